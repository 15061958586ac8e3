"""Reads the sets of labels, and the option that picks them; says which answers are right."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Grounding, LabelLinker

DATA = Path(__file__).parent / "data"
FOLDERS = ("development", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""Folders of sets, each with a README that says who wrote them and whether their errors have been read."""


FIRST = DATA / FOLDERS[0]
GRADED = ("open_labels", "morphology", "idioms", "typos", "shapes")
UNPLACED = ("nouns", "foreign")
NONE = "-"
NEGATED = "!negated"


@dataclass(frozen=True, slots=True)
class Case:
    """A label with what it should mean and what the linker said.

    :param gold: alternatives per part; empty where no emotion is named.
    :param kind: group within its set, empty if it has none.
    """

    set: str
    label: str
    kind: str
    gold: tuple[tuple[str, ...], ...]
    is_negated: bool
    found: Grounding
    is_right: bool

    @property
    def is_placed(self) -> bool:
        """Whether one concept was given."""
        return self.found.concept is not None


def option_parser(
    description: str | None, folders: Sequence[str] = FOLDERS
) -> argparse.ArgumentParser:
    """Return a parser with ``--set``, the folder of sets to measure; a script adds its own options."""
    parser = argparse.ArgumentParser(
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--set", choices=folders, default=folders[0], help="folder of benchmarks/data"
    )
    return parser


def sets_of(folder: Path) -> tuple[str, ...]:
    """Return the names of the sets of labels that a folder has."""
    return tuple(n for n in (*GRADED, *UNPLACED) if (folder / f"{n}.tsv").exists())


def rows(name: str, folder: Path = FIRST) -> Iterator[dict[str, str]]:
    """Yield the rows of a set by column; nothing in it is quoted."""
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))


def on_one_path(graph: EmotionGraph, concept: str, references: Iterable[str]) -> bool:
    """Return whether a concept equals a reference or lies on the same path."""
    return any(
        graph.is_a(concept, other) or graph.is_a(other, concept)
        for other in references
        if other != NONE
    )


def cases(
    graph: EmotionGraph, linker: LabelLinker, name: str, folder: Path = FIRST
) -> Iterator[Case]:
    """Yield the graded cases of a set."""
    for row in rows(name, folder):
        label = next(iter(row.values()))
        gold = row.get("gold", NONE)
        meant = [part for part in gold.split("+") if part != NONE and not part.startswith("!")]
        parts = tuple(map(_slugs, meant))
        is_negated = gold.startswith("!") and not parts
        found = linker.ground(label)
        right = _is_right(graph, found, parts, is_negated)
        kind = row.get("kind", "") if name != "shapes" else ""
        if name == "typos":
            kind = "English word" if gold == NONE else "misspelling"
        yield Case(name, label, kind, parts, is_negated, found, right)


def _slugs(text: str) -> tuple[str, ...]:
    return tuple("state/neutral" if slug == "neutral" else slug for slug in text.split("|"))


def kind_of(found: Grounding) -> str:
    """Return the kind of the best evidence of a placed label; ``divided`` if others fit as well."""
    return "divided" if found.is_divided else found.candidates[0].evidence[0].kind


def _is_right(
    graph: EmotionGraph, found: Grounding, gold: tuple[tuple[str, ...], ...], negated: bool
) -> bool:
    """Return whether one concept lies on the path of the gold, or every part has a candidate that does."""
    if negated:
        return found.reason == "negated"
    if not gold or (NONE in gold[0] and not found.candidates):
        return not found.candidates
    if len(gold) == 1:
        return found.concept is not None and on_one_path(graph, found.concept.slug, gold[0])
    slugs = [candidate.concept.slug for candidate in found.candidates]
    return all(any(on_one_path(graph, slug, part) for slug in slugs) for part in gold)
