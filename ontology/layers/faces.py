"""Facial actions: FACS units, published patterns, detectors, grades, base rates and cue phrases."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.au_grammar import ActionTerm, Group, parse_actions
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, AU, CUE, DETECTOR, PATTERN, SKOS
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    boolean,
    decimal,
    describe,
    integer,
    provenance,
    slug,
    string,
    text,
)


def unit_codes() -> dict[str, str]:
    """Return FACS codes by number as text: ``{"12": "AU12", "19": "AD19", "M55": "M55", ...}``."""
    return {row["number"]: row["code"] for row in read_table("action_units")}


def face_quads() -> Iterator[Quad]:
    """Yield everything about facial actions."""
    codes = unit_codes()
    known = concept_slugs()
    for row in read_table("action_units"):
        yield from describe(AU + row["code"], _unit(row))
    for row in read_table("au_patterns"):
        yield from _pattern(row, codes, known)
    for row in read_table("au_detectors"):
        yield from _detector(row, codes)
    for row in read_table("au_intensity"):
        yield from describe(f"{AG}intensity{row['grade']}", _grade(row))
    for row in read_table("au_base_rates"):
        yield from _base_rate(row, codes)
    yield from _cues(codes)


def _unit(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, AG + "ActionUnit"
    yield SKOS + "prefLabel", text(row["name"])
    yield SKOS + "notation", string(row["code"])
    yield AG + "facsNumber", string(row["number"])
    yield AG + "actionKind", string(row["kind"])
    for alias in filter(None, row["aliases"].split("|")):
        yield SKOS + "altLabel", text(alias)
    if row["muscle"]:
        yield AG + "muscle", text(row["muscle"])
    for column in ("side_note", "note"):
        if row[column]:
            yield SKOS + "note", text(row[column])
    yield from provenance(row)


def actions_of(row: Row, column: str, codes: dict[str, str]) -> tuple[Group, ...]:
    """Return the parsed actions of a cell.

    :raises OntologyError: if the cell does not parse or names a number outside FACS.
    """
    try:
        groups = parse_actions(row[column])
    except InputError as error:
        raise row.error(f"{column}: {error}") from error
    for term in (term for group in groups for term in group):
        if term.number not in codes:
            raise row.error(f"{column}: FACS has no action {term.number!r}.")
    return groups


def _pattern(row: Row, codes: dict[str, str], known: set[str]) -> Iterator[Quad]:
    iri = PATTERN + row["pattern"]
    targets = [require_concept(row, name, known) for name in row["target"].split(" + ")]
    is_blend = row["blend"] == "yes"
    pairs: list[tuple[str, Object]] = [
        (A, AG + "ExpressionPattern"),
        (SKOS + "prefLabel", text(row["emotion"])),
        (AG + "patternKind", string(row["kind"])),
        (AG + "isBlend", boolean(is_blend)),
        *((AG + ("blendComponent" if is_blend else "expresses"), target) for target in targets),
        *provenance(row),
    ]
    for column, predicate in (("rule", AG + "patternRule"), ("note", SKOS + "note")):
        if row[column]:
            pairs.append((predicate, text(row[column])))
    yield from describe(iri, pairs)
    for column, role in (
        ("required", "required"),
        ("optional", "optional"),
        ("excluded", "excluded"),
    ):
        for index, group in enumerate(actions_of(row, column, codes), start=1):
            yield from _group(iri, role, index, group, codes)
    if not is_blend:
        yield from describe(targets[0], [(AG + "hasPattern", iri)])


def _group(
    pattern: str, role: str, index: int, group: Group, codes: dict[str, str]
) -> Iterator[Quad]:
    iri = f"{pattern}/{role}-{index}"
    shortcut = AG + f"{role}Unit" if len(group) == 1 else AG + f"{role}AnyOf"
    yield from describe(pattern, [(AG + f"{role}Group", iri)])
    yield from describe(pattern, [(shortcut, AU + codes[term.number]) for term in group])
    yield from describe(iri, [(A, AG + "ActionGroup"), (AG + "groupOf", pattern)])
    for position, term in enumerate(group, start=1):
        option = f"{iri}/{position}"
        yield from describe(iri, [(AG + "alternative", option)])
        yield from describe(option, _term(term, codes))


def _term(term: ActionTerm, codes: dict[str, str]) -> Iterator[tuple[str, Object]]:
    yield A, AG + "ActionTerm"
    yield AG + "actionUnit", AU + codes[term.number]
    if term.side:
        yield AG + "side", string(term.side)
    if term.grade:
        yield AG + "intensityGrade", string(term.grade)
    if term.percent is not None:
        yield AG + "percentOfPosers", integer(term.percent)
    if term.is_atypical:
        yield AG + "isAtypical", boolean(True)


def _detector(row: Row, codes: dict[str, str]) -> Iterator[Quad]:
    iri = DETECTOR + slug(f"{row['detector']} {row['output']}")
    yield from describe(
        iri,
        [
            (A, AG + "Detector"),
            (SKOS + "prefLabel", text(row["detector"])),
            (AG + "detectorOutput", string(row["output"])),
            *([(AG + "originalScale", string(row["scale"]))] if row["scale"] else []),
            *provenance(row),
        ],
    )
    for code in row["aus"].split():
        if code not in codes.values():
            raise row.error(f"expected a FACS code of action_units.tsv, got {code!r}.")
        yield from describe(iri, [(AG + "observes", AU + code)])
        yield from describe(AU + code, [(AG + "observedBy", iri)])


def _grade(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, AG + "IntensityGrade"
    yield SKOS + "notation", string(row["grade"])
    yield SKOS + "prefLabel", text(row["meaning"])
    yield AG + "gradeRank", integer(row.integer("rank"))
    yield AG + "openFaceMinimum", decimal(row.number("openface_min"))
    yield AG + "openFaceMaximum", decimal(row.number("openface_max"))
    yield from provenance(row)


def _base_rate(row: Row, codes: dict[str, str]) -> Iterator[Quad]:
    if row["code"] not in codes.values():
        raise row.error(f"expected a FACS code of action_units.tsv, got {row['code']!r}.")
    iri = f"{AU}{row['code']}/base-rate/{slug(row['dataset'] + ' ' + row['split'])}"
    pairs: list[tuple[str, Object]] = [
        (A, AG + "BaseRate"),
        (AG + "actionUnit", AU + row["code"]),
        (AG + "dataset", string(row["dataset"])),
        (AG + "share", decimal(row.number("share"), 4)),
        *provenance(row),
    ]
    if row["split"]:
        pairs.append((AG + "split", string(row["split"])))
    yield from describe(iri, pairs)


def _cues(codes: dict[str, str]) -> Iterator[Quad]:
    """Yield the phrases; one that differs from an earlier one by a hyphen only is its other spelling."""
    seen: set[str] = set()
    for row in read_table("au_cues"):
        iri = CUE + slug(row["cue"])
        label = SKOS + ("altLabel" if iri in seen else "prefLabel")
        yield from describe(iri, [(label, text(row["cue"])), *_cue(row, codes)])
        seen.add(iri)


def _cue(row: Row, codes: dict[str, str]) -> Iterator[tuple[str, Object]]:
    yield A, AG + "CuePhrase"
    yield AG + "cuePolarity", string(row["polarity"])
    if row["note"]:
        yield SKOS + "note", text(row["note"])
    for group in actions_of(row, "aus", codes):
        predicate = AG + ("describesUnit" if len(group) == 1 else "describesAnyOf")
        for term in group:
            yield predicate, AU + codes[term.number]
    yield from provenance(row)
