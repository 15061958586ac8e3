"""Writes the generated parts of docs/data-model.md, docs/curation.md and docs/vad.md.

Run by ``make docs``; ``--check`` writes nothing and fails if a page is out of date. The data model
gets every class and property with a query that runs: meanings come from
``ontology/layers/schema.py``; counts, kinds of subject and object, examples and their answers from
the packaged graph. A term of the graph without a meaning, a meaning without a term, and a query of
the page that finds nothing are errors. The curation page gets the rows of every table, the page on
valence, arousal and dominance its counts and errors.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from affectgraph.kg.answers import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology import vad_coverage
from affectgraph.ontology.iris import AG, BASE, PREFIXES, curie
from affectgraph.ontology.layers.checking_terms import CHECKING_TERMS
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.layers.schema import CLASSES, DATA_PROPERTIES, OBJECT_PROPERTIES
from affectgraph.ontology.layers.tracing_terms import TRACING_TERMS
from affectgraph.ontology.layers.user_terms import TermSet
from affectgraph.ontology.rows import TABLES, read_table

DOCS = Path(__file__).resolve().parent
MODEL = DOCS / "data-model.md"
CURATION = DOCS / "curation.md"
VAD_PAGE = DOCS / "vad.md"
SHOWN = 3
LONGEST = 60

BORROWED_CLASSES = {
    "dcat:Dataset": "The core graph, and the description-logic layer, as data sets.",
    "dcat:Distribution": "A file of a release.",
    "ontolex:LexicalEntry": "A word with a part of speech that denotes a concept.",
    "ontolex:LexicalSense": "That a word denotes one concept; carries the source.",
    "ontolex:MultiwordExpression": "A phrase of several words.",
    "ontolex:Word": "A single word.",
    "prov:Entity": "A source, or a fact that comes from one.",
    "sd:Dataset": "The core graph with its named graphs.",
    "sd:NamedGraph": "A named graph.",
    "skos:Collection": "Terms for users' data: observations, checked rationales, runs of reasoning.",
    "skos:Concept": "Any concept or scheme label.",
    "skos:ConceptScheme": "The tree, the states, a label scheme, or a vocabulary of EmotionML.",
    "sssom:Mapping": "A decision on a concept and a term of another vocabulary.",
    "void:Dataset": "A data set, or a part of one that is counted.",
    "void:Linkset": "The links from the graph to one other vocabulary, as a part of it.",
}
"""Classes of other vocabularies that the graph's facts use -> what they stand for here."""

BORROWED_PROPERTIES = {
    "dcat:distribution": "A file of a data set.",
    "dcat:mediaType": "Media type of a file.",
    "dcat:version": "Version of a data set.",
    "dct:bibliographicCitation": "Citation of a source.",
    "dct:conformsTo": "The OWL 2 profiles a data set lies in.",
    "dct:description": "What a scheme is; what is taken from a source; how values were computed.",
    "dct:identifier": "DOI of a source.",
    "dct:isPartOf": "The EmotionML vocabulary of a label; the data set of a rated or computed value.",
    "dct:issued": "Year a scheme was published.",
    "dct:language": "Language of a data set's texts.",
    "dct:relation": "The other data set of a release.",
    "dct:rights": "Licence of what is taken from a source.",
    "dct:source": "The source of a fact.",
    "dct:title": "Name of a scheme, vocabulary or data set.",
    "lexinfo:partOfSpeech": "Part of speech of a word.",
    "ontolex:canonicalForm": "The form of a word.",
    "ontolex:denotes": "The concept a word denotes.",
    "ontolex:isDenotedBy": "A word that denotes the concept.",
    "ontolex:isReferenceOf": "A sense that refers to the concept.",
    "ontolex:isSenseOf": "The word a sense belongs to.",
    "ontolex:reference": "The concept a sense refers to.",
    "ontolex:sense": "A sense of a word.",
    "ontolex:writtenRep": "Spelling of a form.",
    "prov:generatedAtTime": "Day the value was curated.",
    "prov:wasDerivedFrom": "What a derived value was computed from.",
    "rdf:type": "Class of a resource.",
    "rdfs:label": "Name of a word, source or term of another ontology; the word an estimate is for.",
    "rdfs:seeAlso": "Web address of a source or vocabulary, or a term of another ontology.",
    "sd:name": "IRI of a named graph.",
    "sd:namedGraph": "A named graph of the data set.",
    "skos:altLabel": "Another name.",
    "skos:broadMatch": "A wider term, on the other side of an anchor or in another vocabulary.",
    "skos:broader": "Parent in the tree.",
    "skos:broaderTransitive": "Any ancestor in the tree, materialised.",
    "skos:closeMatch": "Nearly the same: a concept and a label or outside term, in both directions.",
    "skos:definition": "Definition, in our own words; of a term of another vocabulary, in its words.",
    "skos:exactMatch": "The same: a concept and a label or outside term, in both directions.",
    "skos:example": "A sentence of everyday English that shows the feeling.",
    "skos:hasTopConcept": "A concept at the top of a scheme.",
    "skos:inScheme": "The scheme a concept or label belongs to.",
    "skos:member": "A term for users' data.",
    "skos:narrowMatch": "A narrower term, on the other side of an anchor or in another vocabulary.",
    "skos:narrower": "Child in the tree.",
    "skos:narrowerTransitive": "Any descendant in the tree, materialised.",
    "skos:notation": "Slug, code or id.",
    "skos:note": "Remark of the curators.",
    "skos:prefLabel": "Name.",
    "skos:related": "A concept of the tree near a state, in both directions.",
    "skos:relatedMatch": "A term of another vocabulary that has to do with a concept, in both directions.",
    "skos:topConceptOf": "The scheme a concept is at the top of.",
    "sssom:mapping_justification": "How a mapping was made.",
    "sssom:predicate_modifier": "Not, on a mapping that was looked at and rejected.",
    "void:class": "The class whose members a part counts.",
    "void:classPartition": "The part of a data set that is of one class.",
    "void:classes": "Number of classes with members.",
    "void:distinctSubjects": "Number of subjects.",
    "void:entities": "Number of resources described.",
    "void:exampleResource": "A resource to look at first.",
    "void:linkPredicate": "The property that the links of a set have.",
    "void:objectsTarget": "The data set that links lead to.",
    "void:properties": "Number of properties used.",
    "void:property": "The property whose triples a part counts.",
    "void:propertyPartition": "The part of a data set that uses one property.",
    "void:subset": "A part of a data set.",
    "void:subjectsTarget": "The data set that links start in.",
    "void:triples": "Number of triples.",
    "void:uriSpace": "Beginning of a data set's IRIs.",
    "void:vocabulary": "A vocabulary that a data set uses.",
}
"""Properties of other vocabularies on the graph's facts -> what they say here."""

DECLARING = re.compile(r"^(owl:|rdfs:(comment|domain|isDefinedBy|range|subClassOf)$)")
"""Terms that only describe the ontology itself."""

ONTOLOGY_ONLY = {"dct:creator", "dct:license", "prov:wasAttributedTo"}
"""Terms that stand at the headers of the ontology and the data sets only."""

GENERIC = {"skos:Concept", "skos:ConceptScheme", "prov:Entity"}
"""Classes that say nothing next to one of the project's own."""

PREFERRED = (
    "emotion/resentment",
    "emotion/joy",
    "emotion/anger",
    "emotion/sadness-secondary",
    "state/trust",
    "au/AU12",
    "vad/glasgow/joy",
    "vad/branch-mean/resentment",
    "vad/glasgow/word/joy",
    "vad/glasgow-adjusted/joy",
    "vad/estimated/admirable",
    "graph/vad-glasgow",
    "scheme/goemotions/gratitude",
    "scheme/goemotions",
    "scheme/parrott",
    "dataset",
    "dataset/class/ag-EmotionConcept",
    "dataset/property/skos-broader",
    "source/scott-2019",
    "source/goemotions",
    "lex/angry-adj",
    "lex/angry-adj/anger",
    "lex/angry-adj/form",
    "cue/raised-eyebrows",
    "au-pattern/emfacs-fear-proto-1",
    "tree-entry/sadness-sadness-sadness",
    "detector/openface-presence",
    "mapping/cili/irritation/i76265",
    "association/opposite/plutchik-1980/emotion-joy/emotion-sadness",
)
"""Subjects to show a property on, best first; else the first that has it."""

PROLOGUE = f"BASE <{BASE}>\n" + "\n".join(
    f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
    for prefix in (
        *(
            "ag",
            "dcat",
            "dct",
            "lexinfo",
            "ontolex",
            "prov",
            "rdf",
            "rdfs",
            "sd",
            "skos",
            "sssom",
            "void",
        ),
    )
)


class Reference:
    """Asks the packaged graph for what the page says of each term."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph

    def rows(self, query: str) -> Table:
        """Return the table of a SELECT query given without its prologue.

        :raises ValueError: if it finds nothing.
        """
        answer = self.graph.sparql(f"{PROLOGUE}\n{query}")
        if not isinstance(answer, Table) or not len(answer):
            raise ValueError(f"Expected an answer from the packaged graph, got none:\n{query}")
        return answer

    def column(self, query: str) -> list[str]:
        """Return the first column of a query's answer as text, sorted."""
        answer = self.rows(query)
        return sorted(_text(row[answer.variables[0]]) for row in answer)

    def class_table(self, meanings: dict[str, str]) -> Iterator[str]:
        """Yield the lines of a table of classes, names as CURIEs."""
        yield "| Class | Meaning | Instances | Query | First answers |"
        yield "|---|---|--:|---|---|"
        for name, meaning in sorted(meanings.items()):
            query = f"SELECT ?x {{ ?x a {name} }}"
            found = self.column(query)
            yield _line(name, meaning, str(len(found)), f"`{query}`", _answers(found))

    def property_table(self, meanings: dict[str, str]) -> Iterator[str]:
        """Yield the lines of a table of properties, names as CURIEs."""
        yield "| Property | Meaning | From → to | Triples | Query | Answer |"
        yield "|---|---|---|--:|---|---|"
        for name, meaning in sorted(meanings.items()):
            subjects = self.column(
                f"SELECT ?s {{ ?s {name} ?o "
                f"FILTER(STRSTARTS(STR(?s), '{BASE}') || EXISTS {{ ?s a ag:ExternalTerm }}) }}"
            )
            query = f"SELECT ?o {{ <{_pick(subjects)}> {name} ?o }}"
            kinds = f"{self._kinds(name, '?s')} → {self._kinds(name, '?o')}"
            answers = _answers(self.column(query))
            yield _line(name, meaning, kinds, str(len(subjects)), f"`{query}`", answers)

    def _kinds(self, name: str, end: str) -> str:
        query = (
            f"SELECT DISTINCT ?kind {{ ?s {name} ?o OPTIONAL {{ {end} a ?class }} "
            f"BIND(IF(ISIRI({end}), COALESCE(STR(?class), 'IRI'), "
            f"IF(LANG({end}) != '', 'text@en', STR(DATATYPE({end})))) AS ?kind) }}"
        )
        kinds = [curie(kind) for kind in self.column(query)]
        own = [kind.removeprefix("ag:") for kind in kinds if kind.startswith("ag:")]
        generic = GENERIC if own else set()
        others = [k.removeprefix("xsd:") for k in kinds if not k.startswith(("ag:", "owl:"))]
        shown = own + [kind for kind in others if kind not in generic]
        return ", ".join(shown[:SHOWN]) + (", …" if len(shown) > SHOWN else "")

    def require_documented(self) -> None:
        """Check that the page names every term of the graph's facts, and no other.

        :raises ValueError: naming the terms that are missing or too many.
        """
        own = {f"ag:{name}" for name in (*CLASSES, *OBJECT_PROPERTIES, *DATA_PROPERTIES)}
        documented = own | set(BORROWED_CLASSES) | set(BORROWED_PROPERTIES)
        used = {curie(iri) for iri in self.column("SELECT DISTINCT ?p { ?s ?p ?o }")}
        used |= {curie(iri) for iri in self.column("SELECT DISTINCT ?c { ?s a ?c }")}
        used -= {name for name in used if DECLARING.match(name)} | ONTOLOGY_ONLY
        if used != documented:
            raise ValueError(
                f"Expected docs/reference.py and schema.py to name the terms of the graph; "
                f"without a meaning: {sorted(used - documented)}; "
                f"not in the graph: {sorted(documented - used)}."
            )

    def sections(self) -> dict[str, list[str]]:
        """Return the lines of every generated section by its name."""
        classes = {f"ag:{name}": comment for name, (_, comment) in CLASSES.items()}
        links = {f"ag:{name}": comment for name, comment in OBJECT_PROPERTIES.items()}
        values = {f"ag:{name}": comment for name, (_, comment) in DATA_PROPERTIES.items()}
        return {
            "prologue": ["```sparql", *PROLOGUE.splitlines(), "```"],
            "classes": list(self.class_table(classes)),
            "links": list(self.property_table(links)),
            "values": list(self.property_table(values)),
            "observations": list(user_table(OBSERVATION_TERMS, "episode, state")),
            "checking": list(user_table(CHECKING_TERMS, "any")),
            "tracing": list(user_table(TRACING_TERMS, "run, draft")),
            "borrowed-classes": list(self.class_table(BORROWED_CLASSES)),
            "borrowed-properties": list(self.property_table(BORROWED_PROPERTIES)),
        }


def user_table(terms: TermSet, anything: str) -> Iterator[str]:
    """Yield the lines of a table of terms for users' data, which the packaged graph does not use.

    :param anything: what a property is of that names no class.
    """
    yield "| Term | From → to | Meaning |"
    yield "|---|---|---|"
    for name, (parent, meaning) in terms.classes.items():
        yield _line(f"ag:{name}", f"a {curie(parent)}" if parent else "", meaning)
    for name, (subject, value, meaning) in terms.object_properties.items():
        yield _line(f"ag:{name}", f"{subject or anything} → {value or 'any'}", meaning)
    for name, (datatype, meaning) in terms.data_properties.items():
        yield _line(f"ag:{name}", f"→ {datatype}", meaning)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pick(subjects: list[str]) -> str:
    present = set(subjects)
    best = (name for name in PREFERRED if BASE + name in present)
    return next(best, subjects[0].removeprefix(BASE))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _answers(found: list[str]) -> str:
    shown = [_short(value) for value in found[:SHOWN]]
    return "; ".join(shown) + ("; …" if len(found) > SHOWN else "")


def _short(value: str) -> str:
    name = curie(value) if value.startswith(AG) else value.removeprefix(BASE)
    if not value.startswith(BASE):
        name = curie(value)
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def written_queries(page: str) -> list[str]:
    """Return the queries in the fenced ``sparql`` blocks of the page's written part."""
    blocks = re.findall(r"^```sparql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [block for block in blocks if "SELECT" in block]


def table_rows() -> Iterator[str]:
    """Yield the lines of the table of curated tables: rows, grades of confidence, sources."""
    yield "| Table | Rows | High | Medium | Low | Sources |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name in TABLES:
        rows = read_table(name)
        if name == "sources":
            yield _line(f"{name}.tsv", str(len(rows)), "", "", "", "")
            continue
        grades = Counter(row["confidence"] for row in rows)
        shown = [str(grades[grade]) for grade in ("high", "medium", "low")]
        sources = len({row["source"] for row in rows})
        yield _line(f"{name}.tsv", str(len(rows)), *shown, str(sources))


def vad_sections() -> dict[str, list[str]]:
    """Return the lines of the generated sections on valence, arousal and dominance."""
    return {
        "coverage": list(vad_coverage.coverage_table()),
        "adjustment": list(vad_coverage.adjustment_lines()),
        "validation": list(vad_coverage.validation_table()),
        "errors": list(vad_coverage.error_table()),
    }


def render(page: Path, sections: dict[str, list[str]]) -> str:
    """Return a page's text with every section between its markers replaced.

    :raises ValueError: if a section has not exactly one place in the page.
    """
    text = page.read_text(encoding="utf-8")
    for name, lines in sections.items():
        place = re.compile(rf"<!-- generated: {name} -->\n.*?<!-- end -->", re.DOTALL)
        found = place.findall(text)
        if len(found) != 1:
            raise ValueError(f"Expected one place for {name!r} in {page}, got {len(found)}.")
        content = "\n".join([f"<!-- generated: {name} -->", "", *lines, "", "<!-- end -->"])
        text = text.replace(found[0], content)
    return text


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` say whether they are up to date; return the exit code."""
    reference = Reference(EmotionGraph.load())
    reference.require_documented()
    for query in written_queries(MODEL.read_text(encoding="utf-8")):
        reference.rows(query)
    pages = {
        MODEL: reference.sections(),
        CURATION: {"tables": list(table_rows())},
        VAD_PAGE: vad_sections(),
    }
    stale = []
    for page, sections in pages.items():
        content = render(page, sections)
        if content == page.read_text(encoding="utf-8"):
            continue
        stale.append(f"docs/{page.name}")
        if "--check" not in arguments:
            page.write_text(content, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"Out of date: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
