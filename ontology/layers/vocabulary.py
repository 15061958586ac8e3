"""The vocabulary: words, phrases, interjections and signs of emotion as OntoLex lexical entries.

``vocabulary.tsv`` holds every candidate that was read, whatever the decision. Rows that were accepted
become senses of lexical entries, each with its source and place in it (the day stands in the table, once
for all of them at the ontology); a word that was rejected in every sense becomes an ``ag:RejectedForm``,
so that a linker can say why it links nowhere.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pyoxigraph import Quad

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.iris import AG, LEX, LEXINFO, ONTOLEX, PROV, RDFS, SKOS
from affectgraph.ontology.layers.tree import concept_slugs, require_concept
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    boolean,
    decimal,
    describe,
    provenance,
    slug,
    string,
    text,
)

PARTS_OF_SPEECH = {
    "noun": "noun",
    "verb": "verb",
    "adj": "adjective",
    "adv": "adverb",
    "intj": "interjection",
    "symbol": "symbol",
}
SIGNS = {
    "emoji": AG + "Emoji",
    "emoticon": AG + "Emoticon",
    "misspelling": AG + "Misspelling",
}
"""Kind of sign, or of writing -> its class; all are lexical entries."""

WORD_KINDS = frozenset({"word", "multiword", "idiom", "interjection"})
KINDS = WORD_KINDS.union(SIGNS)
"""Kinds of senses of entries in words; one entry may have senses of several."""

ACCEPTING = frozenset({"accept", "move", "split"})
"""Decisions that put a candidate into the graph: as proposed, under another concept, under several."""

JOINED = "join"
"""Decision on a sense of a word that was found right, and for which another sense of the word stands.

An entry has one sense per concept; and where the senses of a word were given to several concepts, the
word was settled on some of them. Such rows record the reading and are not built."""


def accepted_rows() -> tuple[Row, ...]:
    """Return the rows of the vocabulary that the graph carries, in file order."""
    return tuple(row for row in read_table("vocabulary") if row["decision"] in ACCEPTING)


def entry_name(form: str, pos: str) -> str:
    """Return the last part of an entry's IRI: words by their letters, signs by their code points.

    >>> entry_name("over the moon", "adj"), entry_name(":)", "symbol")
    ('over-the-moon-adj', 'u3a-29-symbol')
    """
    plain = unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode()
    if pos == "symbol" or not re.search("[a-z0-9]", plain):
        return "-".join(
            ["u" + format(ord(form[0]), "x"), *(format(ord(c), "x") for c in form[1:]), pos]
        )
    return f"{slug(plain)}-{pos}"


def entry_class(form: str, kind: str) -> str:
    """Return the class of an entry: what is written with a space is an expression of several words.

    >>> entry_class("self-pity", "multiword").rpartition("#")[2]
    'Word'
    """
    several = ONTOLEX + "MultiwordExpression"
    return SIGNS.get(kind) or (several if " " in form else ONTOLEX + "Word")


def vocabulary_quads() -> Iterator[Quad]:
    """Yield one lexical entry per (form, part of speech), a sense per concept, and the rejected forms.

    :raises OntologyError: if a row is wrong, or two forms would share one IRI.
    """
    known = concept_slugs()
    names: dict[str, str] = {}
    for row in accepted_rows():
        concept = require_concept(row, row["node"], known)
        entry = LEX + _own_name(row, names)
        sense = f"{entry}/{slug(row['node'])}"
        yield from describe(entry, _entry(row, entry, sense, concept))
        yield from describe(f"{entry}/form", [(ONTOLEX + "writtenRep", text(row["form"]))])
        yield from describe(sense, _sense(row, entry, concept))
        yield from describe(
            concept, [(ONTOLEX + "isDenotedBy", entry), (ONTOLEX + "isReferenceOf", sense)]
        )
    for row in rejected_rows():
        yield from describe(f"{LEX}rejected/{_own_name(row, names)}", _rejected(row))


def _own_name(row: Row, names: dict[str, str]) -> str:
    """Return a row's entry name, refusing one that an earlier form of another spelling has."""
    name = entry_name(row["form"], row["pos"])
    if names.setdefault(name, row["form"]) != row["form"]:
        raise row.error(f"{row['form']!r} and {names[name]!r} would share the IRI lex/{name}.")
    return name


@cache
def rejected_rows() -> tuple[Row, ...]:
    """Return the first rejecting row of every (form, part of speech) that no row accepts."""
    decisions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in read_table("vocabulary"):
        decisions[row["form"], row["pos"]].append(row)
    return tuple(
        rows[0] for rows in decisions.values() if all(r["decision"] == "reject" for r in rows)
    )


def _entry(row: Row, entry: str, sense: str, concept: str) -> Iterator[tuple[str, Object]]:
    if row["pos"] not in PARTS_OF_SPEECH:
        raise row.error(f"expected pos of {sorted(PARTS_OF_SPEECH)}, got {row['pos']!r}.")
    if row["kind"] not in KINDS:
        raise row.error(f"expected kind of {sorted(KINDS)}, got {row['kind']!r}.")
    yield A, ONTOLEX + "LexicalEntry"
    yield A, entry_class(row["form"], row["kind"])
    yield RDFS + "label", text(row["form"])
    yield ONTOLEX + "canonicalForm", f"{entry}/form"
    yield LEXINFO + "partOfSpeech", LEXINFO + PARTS_OF_SPEECH[row["pos"]]
    yield ONTOLEX + "sense", sense
    yield ONTOLEX + "denotes", concept
    if row["variant_of"]:
        yield AG + "variantOf", LEX + entry_name(row["variant_of"], row["pos"])


def _sense(row: Row, entry: str, concept: str) -> Iterator[tuple[str, Object]]:
    yield A, ONTOLEX + "LexicalSense"
    yield ONTOLEX + "reference", concept
    yield ONTOLEX + "isSenseOf", entry
    if row["relation"] == "derivation":
        yield AG + "formRelation", string(row["relation"])
    yield AG + "role", string(row["role"])
    yield AG + "polarity", string(row["polarity"])
    yield AG + "strength", decimal(row.number("strength"), 2)
    if row["weight"] != "1":
        yield AG + "weight", decimal(row.number("weight"), 2)
    if "A" in row["flags"]:
        yield AG + "isAmbiguous", boolean(True)
    if "F" in row["flags"]:
        yield AG + "isFigurative", boolean(True)
    if row["gloss"]:
        yield SKOS + "definition", text(row["gloss"])
    if row["reason"]:
        yield SKOS + "note", text(row["reason"])
    yield from (pair for pair in provenance(row) if pair[0] != PROV + "generatedAtTime")


def _rejected(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, AG + "RejectedForm"
    yield RDFS + "label", text(row["form"])
    yield LEXINFO + "partOfSpeech", LEXINFO + PARTS_OF_SPEECH[row["pos"]]
    yield AG + "rejectedBecause", string(row["reason"])


def check_vocabulary() -> Iterator[OntologyError]:
    """Yield a fault for every row whose cells do not fit its decision or have unknown values."""
    known = concept_slugs()
    allowed = {"pos": set(PARTS_OF_SPEECH), "kind": KINDS}
    sensed = {
        "relation": {"derivation", "lexical"},
        "role": {"act", "disposition", "expression", "state", "stimulus"},
        "polarity": {"positive", "negative", "neutral", "mixed"},
    }
    accepted = {(row["form"], row["pos"]) for row in accepted_rows()}
    senses: dict[tuple[str, str, str], int] = {}
    for row in read_table("vocabulary"):
        if row["decision"] not in {*ACCEPTING, JOINED, "reject"}:
            expected = [*sorted(ACCEPTING), JOINED, "reject"]
            yield row.error(f"expected decision of {expected}, got {row['decision']!r}.")
            continue
        is_accepted = row["decision"] in ACCEPTING
        for column, values in (allowed | sensed if is_accepted else allowed).items():
            if row[column] not in values:
                yield row.error(f"expected {column} of {sorted(values)}, got {row[column]!r}.")
        if row["form"] != row["form"].lower() and row["pos"] != "symbol":
            yield row.error(f"expected a lower-case form, got {row['form']!r}.")
        if is_accepted:
            yield from _check_sense(row, known, senses)
        elif row["decision"] == JOINED:
            yield from _check_joined(row, known, accepted)
        else:
            yield from _check_reject(row)


def _check_sense(
    row: Row, known: set[str], senses: dict[tuple[str, str, str], int]
) -> Iterator[OntologyError]:
    key = (row["form"], row["pos"], row["node"])
    if senses.setdefault(key, row.line) != row.line:
        yield row.error(f"the sense is accepted in row {senses[key]} already.")
    if row["node"] not in known:
        yield row.error(f"node: expected a tree node or state/..., got {row['node']!r}.")
    for column in ("strength", "weight"):
        if not 0 < row.number(column) <= 1:
            yield row.error(f"expected {column} in 0..1, got {row[column]}.")
    if set(row["flags"]) - {"A", "F"}:
        yield row.error(f"expected flags of A and F, got {row['flags']!r}.")
    if (row["decision"] == "accept") != (row["node"] == row["proposed"]):
        yield row.error("expected the proposed node exactly if the decision is accept.")


def _check_joined(
    row: Row, known: set[str], accepted: set[tuple[str, str]]
) -> Iterator[OntologyError]:
    if row["node"] not in known:
        yield row.error(f"node: expected a tree node or state/..., got {row['node']!r}.")
    if (row["form"], row["pos"]) not in accepted:
        yield row.error("expected another row that accepts the word; accept this one instead.")


def _check_reject(row: Row) -> Iterator[OntologyError]:
    if row["node"]:
        yield row.error(f"expected no node of a rejected candidate, got {row['node']!r}.")
    if not row["reason"]:
        yield row.error("expected the reason of the rejection.")
