"""How far two independent readers agree on where the schemes' labels stand in the graph.

The first reading is ``scheme_labels.tsv``; the second, blind to it, ``anchor_readings.tsv``. Items
are (scheme, label) pairs read by both; a category is the set of targets an item was given, so a
label with two targets agrees only if both are the same. Rows marked ``adopted`` count as
disagreement: the first reading said something else then and was changed. Prints agreement with a
Wilson interval and Cohen's kappa with a bootstrap interval (fixed seed), and every disagreement.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from run_info import print_run_info

from affectgraph.ontology.rows import Row, read_table

SEED = 20260101
RESAMPLES = 2000
CHANGED = frozenset({("changed after this reading", "")})
"""Category of a first reading that is not recorded because it was changed afterwards."""

Reading = frozenset[tuple[str, str]]
Pair = tuple[Reading, Reading]


@dataclass(frozen=True)
class Item:
    """A label with both readings as sets of (target, relation), and what became of the second."""

    scheme: str
    label: str
    first: Reading
    second: Reading
    outcome: str
    reason: str


def read_items() -> list[Item]:
    """Return the items both readers read, in the order of the second reading's table."""
    first: dict[tuple[str, str], list[Row]] = {}
    second: dict[tuple[str, str], list[Row]] = {}
    for name, found in (("scheme_labels", first), ("anchor_readings", second)):
        for row in read_table(name):
            found.setdefault((row["scheme"], row["label"]), []).append(row)
    return [_item(key, first[key], rows) for key, rows in second.items()]


def _item(key: tuple[str, str], first: list[Row], second: list[Row]) -> Item:
    outcomes = {row["outcome"] for row in second}
    if len(outcomes) != 1:
        raise second[0].error(
            f"expected one outcome for all rows of {key}, got {sorted(outcomes)}."
        )
    (outcome,) = outcomes
    before = CHANGED if outcome == "adopted" else _reading(first)
    reason = "; ".join(dict.fromkeys(row["reason"] for row in second if row["reason"]))
    item = Item(*key, before, _reading(second), outcome, reason)
    if (outcome == "agrees") != (targets(item.first) == targets(item.second)):
        raise second[0].error(
            f"expected outcome 'agrees' exactly if the targets are the same, got {outcome!r} for "
            f"{show(item.first)} and {show(item.second)}."
        )
    return item


def _reading(rows: Sequence[Row]) -> Reading:
    return frozenset((row["target"], row["relation"]) for row in rows)


def targets(reading: Reading) -> Reading:
    """Return a reading without its relations."""
    return frozenset((target, "") for target, _ in reading)


def show(reading: Reading) -> str:
    """Return a reading as text."""
    return " + ".join(
        sorted(f"{target or 'none'} {relation}".strip() for target, relation in reading)
    )


def agreement(pairs: Sequence[Pair]) -> float:
    """Return the share of pairs whose two readings are the same, 0 to 1."""
    return sum(first == second for first, second in pairs) / len(pairs)


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa: agreement beyond what the readers' own frequencies give by chance.

    >>> a, b = frozenset({("joy", "")}), frozenset({("fear", "")})
    >>> kappa([(a, a), (a, b), (b, b), (b, a)])
    0.0
    """
    size = len(pairs)
    first = Counter(pair[0] for pair in pairs)
    second = Counter(pair[1] for pair in pairs)
    chance = sum(count * second[category] for category, count in first.items()) / size**2
    return 1.0 if chance == 1 else (agreement(pairs) - chance) / (1 - chance)


def wilson(share: float, size: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share."""
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return centre - half, centre + half


def bootstrap(
    pairs: Sequence[Pair], statistic: Callable[[Sequence[Pair]], float]
) -> tuple[float, float]:
    """Return the 95 % percentile interval of a statistic over resampled pairs."""
    random = Random(SEED)  # noqa: S311 - resampling, no secret
    values = sorted(statistic(random.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return values[round(0.025 * RESAMPLES)], values[round(0.975 * RESAMPLES) - 1]


def _print_figures(name: str, pairs: Sequence[Pair]) -> None:
    share, chance_free = agreement(pairs), kappa(pairs)
    low, high = wilson(share, len(pairs))
    low_kappa, high_kappa = bootstrap(pairs, kappa)
    equal = sum(first == second for first, second in pairs)
    print(
        f"{name}: {equal} of {len(pairs)} agree, {share:.1%} (95 % {low:.1%} to {high:.1%}); "
        f"Cohen's kappa {chance_free:.3f} (95 % {low_kappa:.3f} to {high_kappa:.3f})"
    )


def main() -> None:
    """Print the figures and the disagreements."""
    print_run_info()
    items = read_items()
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    print(f"labels: {len(labels)} in the schemes, {len(items)} read twice")
    print(f"intervals: Wilson; bootstrap with {RESAMPLES} resamples, seed {SEED}\n")
    by_target = [(targets(item.first), targets(item.second)) for item in items]
    _print_figures("targets", by_target)
    _print_figures("targets and relations", [(item.first, item.second) for item in items])
    outcomes = Counter(item.outcome for item in items)
    print(f"outcomes: {', '.join(f'{n} {name}' for name, n in sorted(outcomes.items()))}")
    late = sum("had no state" in item.reason for item in items)
    print(f"of the overruled: {late} for a state that was made after the second reading\n")
    for item in items:
        if item.outcome != "agrees":
            print(f"{item.scheme} {item.label!r}: {show(item.first)} | {show(item.second)}", end="")
            print(f" | {item.outcome}" + (f": {item.reason}" if item.reason else ""))


if __name__ == "__main__":
    main()
