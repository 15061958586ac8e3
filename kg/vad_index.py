"""Reads VAD values of concepts and words into plain values, measured, derived and estimated alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from affectgraph.kg import model
from affectgraph.ontology.iris import SOURCE, VAD

Row = Mapping[str, str]

GLASGOW = "glasgow"
ADJUSTED = "glasgow-adjusted"
BRANCH_MEAN = "branch-mean"
ORIGINS = (GLASGOW, BRANCH_MEAN, ADJUSTED, model.ESTIMATED)
"""Origins of the values that the graph itself carries, the most trusted first."""


def concept_values(
    rows: Iterable[Row], slugs: Mapping[str, str]
) -> dict[str, tuple[model.VadValue, ...]]:
    """Return the values of concepts by slug, measured ones first.

    :param slugs: slug by IRI of the concept.
    """
    found: dict[str, list[model.VadValue]] = defaultdict(list)
    for row in rows:
        found[slugs[row["concept"]]].append(_value(row, row["match"], _shown(row)))
    return {
        concept: tuple(sorted(values, key=lambda value: (not value.is_measured, value.iri)))
        for concept, values in found.items()
    }


def rated_words(rows: Iterable[Row]) -> dict[str, dict[str, model.VadValue]]:
    """Return the values of rated words by word in lower case, then by sense; no sense comes first."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["form"].casefold()].append(row)
    return {
        word: {
            row["sense"]: _value(row, _match(row["sense"], len(members)), _shown(row))
            for row in sorted(members, key=lambda row: row["sense"])
        }
        for word, members in grouped.items()
    }


def _match(sense: str, ratings: int) -> str:
    if sense:
        return "sense"
    return "exact" if ratings == 1 else "unmarked"


def further_values(
    rows: Iterable[Row], slugs: Mapping[str, str]
) -> tuple[dict[str, tuple[model.VadValue, ...]], dict[str, model.VadValue]]:
    """Return computed values: those of concepts by slug, and estimates of words by word in lower case."""
    concepts: dict[str, list[model.VadValue]] = defaultdict(list)
    words: dict[str, model.VadValue] = {}
    for row in rows:
        match = "estimated" if row["word"] else "adjusted"
        value = _value(row, match, row["word"])
        if row["target"] in slugs:
            concepts[slugs[row["target"]]].append(value)
        if row["word"]:
            words[row["word"].casefold()] = value
    return {slug: tuple(values) for slug, values in concepts.items()}, words


def _shown(row: Row) -> str:
    return f"{row['form']} ({row['sense']})" if row["sense"] else row["form"]


def _value(row: Row, match: str, form: str) -> model.VadValue:
    raters = row.get("raters", "")
    return model.VadValue(
        iri=row["value"],
        mean=model.Vad(float(row["valence"]), float(row["arousal"]), float(row["dominance"])),
        spread=(float(row["valenceSd"]), float(row["arousalSd"]), float(row["dominanceSd"])),
        match=match,
        form=form,
        raters=int(raters) if raters else None,
        source=row["source"].removeprefix(SOURCE),
        derived_by=row.get("derivedBy") or None,
        origin=row["value"].removeprefix(VAD).partition("/")[0],
    )
