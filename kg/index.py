"""Reads a store once into plain Python values, so that a lookup costs microseconds.

Works on any store: everything comes from the queries in ``kg/queries``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import QuerySolutions

from affectgraph.kg import model, vad_index
from affectgraph.kg.alignments import read_mappings
from affectgraph.kg.compiled import kept_lookups, query_text
from affectgraph.kg.grouped import GROUPED, group_rows
from affectgraph.kg.store import GraphStore
from affectgraph.kg.words import WordForms, concept_slug, source_id
from affectgraph.ontology.errors import BackendError
from affectgraph.ontology.iris import AG, SCHEME, SKOS

if TYPE_CHECKING:
    from affectgraph.kg.user_concept_overlay import OwnLabel
    from affectgraph.kg.vad_lexicon import VadLexicon

Row = Mapping[str, str]

RELATIONS = {
    SKOS + "exactMatch": "exact",
    SKOS + "closeMatch": "close",
    SKOS + "broadMatch": "narrower",
    SKOS + "narrowMatch": "broader",
    AG + "composedOf": "component",
}
TRUE = frozenset({"true", "1"})
"""How a truth that a query works out is written: Virtuoso gives an integer."""
ROLES = {AG + "requiredGroup": 0, AG + "optionalGroup": 1, AG + "excludedGroup": 2}


def read_answer(store: GraphStore, name: str) -> tuple[list[str], list[list[str]]]:
    """Return the variables and rows of a packaged query as text; unbound ones are the empty string."""
    packaged = kept_lookups(store)
    kept = packaged.answer(name) if packaged is not None else None
    if kept is not None:
        return kept
    result = store.query(query_text(name))
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected kg/queries/{name}.rq to be a SELECT query.")
    names = [variable.value for variable in result.variables]
    rows = [[term.value if term is not None else "" for term in solution] for solution in result]
    return names, rows


def read_columns(store: GraphStore, name: str) -> dict[str, list[str]]:
    """Return the values of a packaged query by variable; see :func:`read_answer`."""
    packaged = kept_lookups(store)
    kept = packaged.columns(name) if packaged is not None else None
    if kept is not None:
        return kept
    names, rows = read_answer(store, name)
    return {key: [row[column] for row in rows] for column, key in enumerate(names)}


def read_rows(store: GraphStore, name: str) -> Iterator[Row]:
    """Yield the rows of a packaged query by variable; see :func:`read_answer`."""
    names, rows = read_answer(store, name)
    return (dict(zip(names, row, strict=True)) for row in rows)


class GraphIndex:
    """Everything typed lookups need, by key; each part is read when it is first asked for.

    Tuples keep the order of the queries. Parts never change once read, so several threads may share
    an index; two that ask first at the same time read the same part twice and get equal values.

    :param store: where to read from.
    :raises BackendError: if the store holds no AffectGraph, with what to load.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        versions = [row["version"] for row in read_rows(store, "version")]
        if not versions:
            raise BackendError(
                "the store holds no AffectGraph (no version of its ontology).",
                backend=store.name,
                retryable=False,
                hint="Load affectgraph.nq, as written by `affectgraph build`, into it first.",
            )
        self.version: str = versions[0]

    @cached_property
    def concepts(self) -> dict[str, model.Concept]:
        """Concepts by slug."""
        return {concept.slug: concept for concept in _concepts(self._store)}

    @cached_property
    def entries(self) -> tuple[model.TreeEntry, ...]:
        """Lines of the published tree."""
        return tuple(_entries(self._store))

    @cached_property
    def words(self) -> WordForms:
        """Senses of the vocabulary's words by written form."""
        packaged = kept_lookups(self._store)
        kept = packaged.grouped("forms") if packaged is not None else None
        if kept is not None:
            return WordForms(kept.names, kept)
        names, rows = read_answer(self._store, "forms")
        # By code points, as SPARQL orders texts; Virtuoso orders long ones by their beginnings alone.
        rows.sort(key=lambda row: [row[names.index(name)] for name in ("form", "sense", "kind")])
        return WordForms(names, group_rows(names, rows, GROUPED["forms"]))

    @cached_property
    def signs(self) -> frozenset[str]:
        """Emoji and emoticons among the words, as they are written."""
        return frozenset(read_columns(self._store, "signs")["form"])

    @property
    def forms(self) -> tuple[model.WordForm, ...]:
        """All senses of the vocabulary's words, sorted by form."""
        return tuple(sense for senses in self.words.values() for sense in senses)

    @cached_property
    def rejected_forms(self) -> dict[str, str]:
        """Why a word names no feeling, by word."""
        columns = read_columns(self._store, "rejected_forms")
        return dict(zip(columns["form"], columns["reason"], strict=True))

    @cached_property
    def vad(self) -> dict[str, tuple[model.VadValue, ...]]:
        """VAD values that speak by default, by concept slug, measured ones first."""
        return vad_index.concept_values(read_rows(self._store, "vad"), self._slugs)

    @cached_property
    def rated_words(self) -> dict[str, dict[str, model.VadValue]]:
        """VAD values of rated words by word in lower case, then by the sense raters were shown."""
        return vad_index.rated_words(read_rows(self._store, "rated_words"))

    @cached_property
    def further_vad(
        self,
    ) -> tuple[dict[str, tuple[model.VadValue, ...]], dict[str, model.VadValue]]:
        """Adjusted and estimated VAD values by concept slug, and estimates by word in lower case."""
        return vad_index.further_values(read_rows(self._store, "further_vad"), self._slugs)

    @cached_property
    def lexicons(self) -> "tuple[VadLexicon, ...]":
        """Imported lexicons laid over the graph, in the order they were laid; none by itself."""
        return ()

    @cached_property
    def laid_over(self) -> frozenset[str]:
        """IRIs of users' graphs that lie over the graph; none by itself."""
        return frozenset()

    @cached_property
    def own_labels(self) -> "tuple[OwnLabel, ...]":
        """What names the concepts of users' own that lie over the graph; none by itself."""
        return ()

    @cached_property
    def has_own_words(self) -> bool:
        """Whether users' words or concepts lie over the graph's: nothing kept of its words can be used."""
        return False

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {concept.iri: concept.slug for concept in self.concepts.values()}

    @cached_property
    def units(self) -> dict[str, model.ActionUnit]:
        """FACS codes by code."""
        return _units(self._store)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {unit.iri: unit.code for unit in self.units.values()}

    @cached_property
    def patterns(self) -> tuple[model.Pattern, ...]:
        """Published facial patterns."""
        return tuple(_patterns(self._store, self._codes))

    @cached_property
    def detectors(self) -> tuple[model.Detector, ...]:
        """Detectors with the codes they report."""
        return tuple(_detectors(self._store, self._codes))

    @cached_property
    def cues(self) -> tuple[model.Cue, ...]:
        """Everyday phrases for facial actions."""
        return tuple(_cues(self._store, self._codes))

    @cached_property
    def schemes(self) -> dict[str, model.Scheme]:
        """Label schemes by name."""
        return {scheme.name: scheme for scheme in read_schemes(self._store)}

    @cached_property
    def associations(self) -> tuple[model.Association, ...]:
        """Opposites, parts of blends, what leads to what, what occurs with what."""
        return tuple(_associations(self._store))

    @cached_property
    def mappings(self) -> dict[str, tuple[model.Mapping, ...]]:
        """Mappings to other vocabularies by concept slug, nearest match first."""
        rows = groupby(read_rows(self._store, "mappings"), lambda row: row["concept"])
        return {
            concept_slug(iri): tuple(read_mappings(found, concept_slug(iri))) for iri, found in rows
        }

    @cached_property
    def cooccurrences(self) -> dict[str, tuple[model.CoOccurrence, ...]]:
        """Counted pairs of labels by name of the scheme."""
        found: dict[str, list[model.CoOccurrence]] = defaultdict(list)
        for pair in _cooccurrences(self._store):
            found[pair.scheme].append(pair)
        return {scheme: tuple(pairs) for scheme, pairs in found.items()}

    @cached_property
    def deprecated(self) -> tuple[model.DeprecatedTerm, ...]:
        """Terms that earlier releases had."""
        rows = read_rows(self._store, "deprecated")
        return tuple(
            model.DeprecatedTerm(r["term"], r["label"], r["reason"], r["replacement"] or None)
            for r in rows
        )

    @cached_property
    def sources(self) -> dict[str, model.Source]:
        """Sources by id."""
        return {source.id: source for source in _sources(self._store)}


def _concepts(store: GraphStore) -> Iterator[model.Concept]:
    for row in read_rows(store, "concepts"):
        yield model.Concept(
            iri=row["concept"],
            slug=concept_slug(row["concept"]),
            label=row["label"],
            definition=row["definition"],
            example=row["example"],
            tier=row["tier"] or None,
            path=tuple(row["path"].split("/")) if row["path"] else (),
            branch=row["branch"].removeprefix(AG) or None,
            class_iri=row["class"],
            source=source_id(row["source"]),
            related=concept_slug(row["related"]) if row["related"] and row["branch"] else None,
        )


def _entries(store: GraphStore) -> Iterator[model.TreeEntry]:
    for row in read_rows(store, "entries"):
        parent = concept_slug(row["parent"]) if row["parent"] else None
        yield model.TreeEntry(
            row["entry"], row["label"], row["tier"], concept_slug(row["concept"]), parent
        )


def _units(store: GraphStore) -> dict[str, model.ActionUnit]:
    aliases = defaultdict(list)
    for row in read_rows(store, "action_unit_names"):
        aliases[row["unit"]].append(row["alias"])
    return {
        row["code"]: model.ActionUnit(
            iri=row["unit"],
            code=row["code"],
            number=row["number"],
            name=row["name"],
            kind=row["kind"],
            aliases=tuple(aliases[row["unit"]]),
            muscle=row["muscle"],
            source=source_id(row["source"]),
        )
        for row in read_rows(store, "action_units")
    }


def _patterns(store: GraphStore, codes: dict[str, str]) -> Iterator[model.Pattern]:
    groups: dict[str, tuple[list[Any], list[Any], list[Any]]] = {}
    terms = read_rows(store, "pattern_terms")
    for (pattern, role, _), members in groupby(terms, _by("pattern", "role", "group")):
        actions = tuple(
            model.PatternAction(
                codes[row["unit"]],
                row["side"],
                row["grade"],
                int(row["percent"]) if row["percent"] else None,
                row["atypical"] == "true",
            )
            for row in members
        )
        groups.setdefault(pattern, ([], [], []))[ROLES[role]].append(actions)
    for pattern, rows in groupby(read_rows(store, "patterns"), lambda row: row["pattern"]):
        first, *others = rows
        required, optional, excluded = groups.get(pattern, ([], [], []))
        yield model.Pattern(
            iri=pattern,
            emotion=first["emotion"],
            kind=first["kind"],
            concepts=tuple(concept_slug(row["target"]) for row in (first, *others)),
            is_blend=first["blend"] == "true",
            required=tuple(required),
            optional=tuple(optional),
            excluded=tuple(excluded),
            rule=first["rule"],
            note=first["note"],
            confidence=first["confidence"],
            source=source_id(first["source"]),
        )


def _by(*names: str) -> Any:
    return lambda row: tuple(row[name] for name in names)


def _detectors(store: GraphStore, codes: dict[str, str]) -> Iterator[model.Detector]:
    rows = read_rows(store, "detectors")
    for (iri, name, output), members in groupby(rows, _by("detector", "name", "output")):
        yield model.Detector(iri, name, output, frozenset(codes[row["unit"]] for row in members))


def _cues(store: GraphStore, codes: dict[str, str]) -> Iterator[model.Cue]:
    # By code points, as for words: Virtuoso orders long texts by their beginnings alone.
    rows = sorted(read_rows(store, "cues"), key=_by("phrase", "cue", "unit"))
    keys = _by("cue", "phrase", "polarity", "source", "confidence")
    for (iri, phrase, polarity, source, confidence), members in groupby(rows, keys):
        found = [(codes[row["unit"]], row["any"] in TRUE) for row in members]
        yield model.Cue(
            iri,
            phrase,
            is_present=polarity != "absent",
            codes=tuple(code for code, any_ in found if not any_),
            any_of=tuple(code for code, any_ in found if any_),
            confidence=confidence,
            source=source_id(source),
        )


def read_schemes(store: GraphStore) -> Iterator[model.Scheme]:
    """Yield the label schemes of a store, by name."""
    aliases: dict[str, tuple[str, ...]] = {
        label: tuple(row["alias"] for row in rows)
        for label, rows in groupby(read_rows(store, "label_aliases"), lambda row: row["label"])
    }
    labels: dict[str, list[model.SchemeLabel]] = defaultdict(list)
    for _, rows in groupby(read_rows(store, "scheme_labels"), lambda row: row["label"]):
        first, *others = rows
        labels[first["scheme"]].append(_scheme_label((first, *others), aliases))
    for row in read_rows(store, "schemes"):
        yield model.Scheme(
            iri=row["scheme"],
            name=row["notation"],
            title=row["title"],
            description=row["description"],
            labelling=row["labelling"],
            modality=row["modality"],
            source=source_id(row["source"]),
            labels=tuple(labels[row["scheme"]]),
            kind=row["kind"],
        )


def _scheme_label(
    rows: tuple[Row, ...], aliases: Mapping[str, tuple[str, ...]]
) -> model.SchemeLabel:
    first = rows[0]
    polarity_source = first["polaritySource"] or first["valenceSource"]
    return model.SchemeLabel(
        iri=first["label"],
        scheme=first["scheme"].rpartition("/")[2],
        name=first["name"],
        position=int(first["position"]),
        anchors=tuple(
            dict.fromkeys(
                model.Anchor(concept_slug(row["target"]), RELATIONS[row["relation"]])
                for row in rows
                if row["target"]
            )
        ),
        fallback=concept_slug(first["fallback"]) if first["fallback"] else None,
        fallback_source=source_id(first["fallbackSource"]) if first["fallbackSource"] else None,
        note="; ".join(dict.fromkeys(row["note"] for row in rows if row["note"])),
        source=source_id(first["source"]),
        polarity=first["polarity"] or first["derivedPolarity"] or None,
        polarity_source=source_id(polarity_source) if polarity_source else None,
        polarity_is_derived=bool(first["derivedPolarity"]),
        aliases=aliases.get(first["label"], ()),
    )


def _associations(store: GraphStore) -> Iterator[model.Association]:
    for row in read_rows(store, "associations"):
        yield model.Association(
            iri=row["association"],
            start=concept_slug(row["from"]),
            relation=row["relation"].removeprefix(AG),
            end=concept_slug(row["to"]),
            theory=row["theory"],
            level=row["level"],
            source=source_id(row["source"]),
            derived_by=row["derivedBy"] or None,
            evidence=row["kind"] or None,
            grade=row["grade"] or None,
            corpus=row["corpus"].removeprefix(SCHEME),
            count=int(row["count"]) if row["count"] else None,
            expected=_number(row["expected"]),
            lift=_number(row["lift"]),
            penalty=_number(row["penalty"]),
            claim=row["claim"],
        )


def _number(value: str) -> float | None:
    return float(value) if value else None


def _cooccurrences(store: GraphStore) -> Iterator[model.CoOccurrence]:
    for row in read_rows(store, "cooccurrences"):
        yield model.CoOccurrence(
            iri=row["pair"],
            scheme=row["corpus"].removeprefix(SCHEME),
            first=row["first"],
            second=row["second"],
            first_count=int(row["firstCount"]),
            second_count=int(row["secondCount"]),
            count=int(row["count"]),
            total=int(row["total"]),
            expected=float(row["expected"]),
            competing=float(row["competing"]),
            lift=float(row["lift"]),
            lift_bounds=(float(row["lower"]), float(row["upper"])),
            phi=float(row["phi"]),
            relation=row["relation"].removeprefix(AG) or None,
            grade=row["grade"] or None,
            penalty=float(row["penalty"] or 0),
            source=source_id(row["source"]),
        )


def _sources(store: GraphStore) -> Iterator[model.Source]:
    from urllib.parse import unquote

    for row in read_rows(store, "sources"):
        yield model.Source(
            iri=row["source"],
            id=row["notation"],
            citation=row["citation"],
            licence=row["licence"],
            doi=unquote(row["doi"].removeprefix("https://doi.org/")),
            url=row["url"],
        )
