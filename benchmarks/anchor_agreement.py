"""How far two readers agree on where the schemes' labels stand in the graph.

The first reading is ``scheme_labels.tsv``; the second, blind to it, ``anchor_readings.tsv``. An item is a
label as one reader read it; a category is the set of targets it was given, so a label with two targets
agrees only if both are the same. Rows marked ``adopted`` count as disagreement: the first reading said
something else then and was changed. Prints agreement with a Wilson interval and Cohen's kappa with a
bootstrap interval (fixed seed), for all labels and by day of reading, and every disagreement. Labels
that were read blind once more are counted apart.
"""

from collections import Counter
from dataclasses import dataclass

from agreement import RESAMPLES, SEED, kappa_line
from run_info import print_run_info

from affectgraph.ontology.rows import Row, read_table

CHANGED = frozenset({("changed after this reading", "")})
"""Category of a first reading that is not recorded because it was changed afterwards."""

SECOND = "second, blind"

Reading = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """A label with both readings as sets of (target, relation), and what became of the second."""

    scheme: str
    label: str
    reader: str
    day: str
    first: Reading
    second: Reading
    outcome: str
    reason: str


def read_items() -> list[Item]:
    """Return the labels that were read blind, in the order of the table of readings."""
    first: dict[tuple[str, str], list[Row]] = {}
    for row in read_table("scheme_labels"):
        first.setdefault((row["scheme"], row["label"]), []).append(row)
    second: dict[tuple[str, str, str], list[Row]] = {}
    for row in read_table("anchor_readings"):
        second.setdefault((row["scheme"], row["label"], row["reader"]), []).append(row)
    return [_item(first[scheme, label], rows) for (scheme, label, _), rows in second.items()]


def _item(first: list[Row], second: list[Row]) -> Item:
    head = second[0]
    if len({row["outcome"] for row in second}) != 1:
        raise head.error("expected one outcome for all rows of a label and reader.")
    before = CHANGED if head["outcome"] == "adopted" else _reading(first)
    reason = "; ".join(dict.fromkeys(row["reason"] for row in second if row["reason"]))
    item = Item(
        head["scheme"],
        head["label"],
        head["reader"],
        head["date"],
        before,
        _reading(second),
        head["outcome"],
        reason,
    )
    if (item.outcome == "agrees") != (targets(item.first) == targets(item.second)):
        raise head.error(
            f"expected outcome 'agrees' exactly if the targets are the same, got {item.outcome!r} "
            f"for {show(item.first)} and {show(item.second)}."
        )
    return item


def _reading(rows: list[Row]) -> Reading:
    return frozenset((row["target"], row["relation"]) for row in rows)


def targets(reading: Reading) -> Reading:
    """Return a reading without its relations."""
    return frozenset((target, "") for target, _ in reading)


def show(reading: Reading) -> str:
    """Return a reading as text."""
    return " + ".join(
        sorted(f"{target or 'none'} {relation}".strip() for target, relation in reading)
    )


def print_figures(title: str, items: list[Item]) -> None:
    """Print agreement on targets, and on targets and relations, of some labels."""
    print(f"{title}: {len(items)} labels")
    print("  " + kappa_line("targets", [(targets(i.first), targets(i.second)) for i in items]))
    print("  " + kappa_line("targets and relations", [(i.first, i.second) for i in items]))
    outcomes = Counter(item.outcome for item in items)
    print(f"  outcomes: {', '.join(f'{n} {name}' for name, n in sorted(outcomes.items()))}")


def print_again(items: list[Item]) -> None:
    """Print how many labels a further reader agrees on."""
    equal = sum(item.outcome == "agrees" for item in items)
    print(f"read blind once more, not counted above: {equal} of {len(items)} agree on the targets")


def main() -> None:
    """Print the figures and the disagreements."""
    print_run_info()
    items = read_items()
    counted = [item for item in items if item.reader == SECOND]
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    print(f"labels: {len(labels)} in the schemes, {len(counted)} read twice")
    print(f"intervals: Wilson; bootstrap with {RESAMPLES} resamples, seed {SEED}\n")
    print_figures("all", counted)
    for day in sorted({item.day for item in counted}):
        print_figures(f"read on {day}", [item for item in counted if item.day == day])
    late = sum("had no state" in item.reason for item in counted)
    print(f"of the overruled: {late} for a state that was made after the second reading")
    print_again([item for item in items if item.reader != SECOND])
    print()
    for item in items:
        if item.outcome != "agrees":
            print(f"{item.scheme} {item.label!r}: {show(item.first)} | {show(item.second)}", end="")
            print(f" | {item.reader} | {item.outcome}: {item.reason}")


if __name__ == "__main__":
    main()
