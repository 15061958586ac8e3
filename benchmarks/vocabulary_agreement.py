"""How far two readers agree on which words name which emotion.

``vocabulary_readings.tsv`` keeps what each of two readers said of a random sample of the senses that
``vocabulary.tsv`` held when it was drawn, as it was before the differences were settled. An empty target
refuses the sense. Where the first reading divides a sense between concepts, its concept is the heaviest, at
equal weight the first by name; agreement with any of them is printed too. Prints agreement on accepting, on
concepts, and, among senses that both accept, on branch, role, polarity and ambiguity, with intervals; the
same by kind; and every disagreement.
"""

from collections import Counter
from dataclasses import dataclass

from agreement import RESAMPLES, SEED, kappa_line, share_line
from run_info import print_run_info

from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.reading_checks import FIRST, SECOND, weights
from affectgraph.ontology.rows import Row, read_table


@dataclass(frozen=True)
class Item:
    """A sense with both readings of it."""

    first: Row
    second: Row

    @property
    def is_accepted(self) -> tuple[bool, bool]:
        """Whether each reader gave it a concept."""
        return bool(self.first["target"]), bool(self.second["target"])

    @property
    def concepts(self) -> tuple[str, str]:
        """Each reader's heaviest concept, empty if refused."""
        return heaviest(self.first), heaviest(self.second)

    @property
    def is_shared(self) -> bool:
        """Whether the readers have a concept in common, or both refuse."""
        first, second = set(weights(self.first)), set(weights(self.second))
        return bool(first & second) or not (first | second)


def heaviest(row: Row) -> str:
    """Return the concept of the largest weight, the first by name of equal ones; empty if none."""
    given = weights(row)
    return min(given, key=lambda concept: (-given[concept], concept), default="")


def read_items() -> list[Item]:
    """Return the sample, in the order of the table."""
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in read_table("vocabulary_readings"):
        key = (row["form"], row["pos"], row["sense"])
        found.setdefault(key, {})[row["reader"]] = row
    return [Item(readers[FIRST], readers[SECOND]) for readers in found.values()]


def print_decisions(items: list[Item]) -> None:
    """Print the table of accepting and refusing, and what follows from it."""
    counts = Counter(item.is_accepted for item in items)
    print(f"{'first / second':16}{'accept':>8}{'reject':>8}")
    for name, first in (("accept", True), ("reject", False)):
        print(f"{name:16}{counts[first, True]:8}{counts[first, False]:8}")
    print(kappa_line("accept or reject", [item.is_accepted for item in items]))
    print(kappa_line("concept or reject", [item.concepts for item in items]))
    print(share_line("a concept in common", sum(i.is_shared for i in items), len(items)))


def branch(concept: str) -> str:
    """Return the primary of a concept of the tree, the kind of a state outside it."""
    if not concept.startswith("state/"):
        return tree_nodes()[concept].path[0]
    states = {row["state"]: row["branch"] for row in read_table("states")}
    return states[concept.removeprefix("state/")]


def print_details(items: list[Item]) -> None:
    """Print agreement among the senses that both accept."""
    both = [item for item in items if all(item.is_accepted)]
    print(f"\namong the {len(both)} that both accept:")
    print(kappa_line("concept", [item.concepts for item in both]))
    branches = [(branch(first), branch(second)) for first, second in (i.concepts for i in both)]
    print(kappa_line("primary, or branch of states", branches))
    for column in ("role", "polarity", "ambiguous"):
        pairs = [(item.first[column], item.second[column]) for item in both]
        print(kappa_line(column, pairs))
    near = sum(bool({*weights(i.first)} & {*weights(i.second), i.second["second"]}) for i in both)
    print(share_line("second reader's first or second choice", near, len(both)))


def print_kinds(items: list[Item]) -> None:
    """Print agreement by kind of form, words of WordNet apart from words written down for the vocabulary."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        kind = item.first["kind"]
        name = f"{kind}, {'WordNet' if item.first['sense'] else 'no synset'}"
        groups.setdefault(name if kind in {"word", "multiword"} else kind, []).append(item)
    print("\nby kind: a concept in common, or both refuse")
    for name, group in sorted(groups.items(), key=lambda entry: -len(entry[1])):
        print("  " + share_line(name, sum(item.is_shared for item in group), len(group)))
    print("by kind: accept or reject")
    for name, group in sorted(groups.items(), key=lambda entry: -len(entry[1])):
        equal = sum(first == second for first, second in (i.is_accepted for i in group))
        print("  " + share_line(name, equal, len(group)))


def print_rows(items: list[Item]) -> None:
    """Print how many of the sampled senses are rows of the vocabulary now."""
    rows = read_table("vocabulary")
    senses = {(row["form"], row["pos"], row["sense"]) for row in rows}
    kept = sum((i.first["form"], i.first["pos"], i.first["sense"]) in senses for i in items)
    print(f"senses: {len(items)} read twice, of {len(senses)} in the vocabulary now")
    print(f"of those read, {kept} are rows now; {len(items) - kept} were joined with another sense")


def main() -> None:
    """Print the figures and the disagreements."""
    print_run_info()
    items = read_items()
    print_rows(items)
    print(f"intervals: Wilson; bootstrap with {RESAMPLES} resamples, seed {SEED}\n")
    print_decisions(items)
    print_details(items)
    print_kinds(items)
    differ = [item for item in items if not item.is_shared]
    outcomes = Counter(item.second["outcome"] for item in differ)
    print(f"\ndifferences: {len(differ)}", end="; ")
    print(", ".join(f"{n} {name}" for name, n in sorted(outcomes.items())), end="\n\n")
    for item in differ:
        one, other = item.first["target"] or "reject", item.second["target"] or "reject"
        print(f"{item.first['form']!r} {item.first['pos']}: {one} | {other} | ", end="")
        print(f"{item.second['outcome']}: {item.second['reason']}")


if __name__ == "__main__":
    main()
