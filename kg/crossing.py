"""The values that crosswalks return: how a label can be said in another scheme, and what that loses."""

from collections import Counter
from dataclasses import dataclass

from affectgraph.kg.model import SchemeLabel

CROSSING_RELATIONS = ("exact", "close", "coarser", "finer", "fallback", "none")
"""How a label can be said in another scheme, from nothing lost to everything lost."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost when a label is said in another scheme.

    :param sentence: the loss in words.
    :param distance: steps in the tree between the label's concept and the farthest concept it is said
        by, 0 for the same concept; None where no path of the tree leads there.
    :param merged: names of the labels of its own scheme that are said by the same labels, from which it
        can no longer be told.
    :param dropped: slugs of concepts it stands for that no label of the other scheme covers.
    """

    sentence: str
    distance: int | None
    merged: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """How a label of one scheme can be said in another.

    :param targets: labels of the other scheme, best first; empty if there is none.
    :param relation: ``exact`` (same concept by exact anchors), ``close`` (same concept), ``coarser``
        (the other scheme only has something wider), ``finer`` (only descendants), ``fallback`` (a
        published grouping), ``none``.
    :param via: slugs of the concepts the path runs over.
    :param loss: what is lost on the way.
    """

    label: SchemeLabel
    targets: tuple[SchemeLabel, ...]
    relation: str
    via: tuple[str, ...]
    loss: Loss

    @property
    def is_lossless(self) -> bool:
        """Whether the label keeps its meaning and can still be told from its siblings."""
        return self.relation == "exact" and not self.loss.merged


@dataclass(frozen=True, slots=True)
class CrosswalkSummary:
    """What a crosswalk keeps and loses, over all labels of the source.

    :param source, target: names of the schemes.
    :param relations: relation of each label's crossing, in the order of the source.
    :param lossless: number of labels that keep their meaning and can still be told apart.
    :param merged: groups of labels that are said by the same labels, each of at least two names.
    :param unmappable: names of labels that cannot be said.
    :param homeless: those of them that stand for no concept of the graph.
    :param unreached: names of labels of the target that no label of the source is said by.
    """

    source: str
    target: str
    relations: tuple[str, ...]
    lossless: int
    merged: tuple[tuple[str, ...], ...]
    unmappable: tuple[str, ...]
    homeless: tuple[str, ...]
    unreached: tuple[str, ...]

    @property
    def labels(self) -> int:
        """Number of labels of the source."""
        return len(self.relations)

    @property
    def counts(self) -> dict[str, int]:
        """Number of labels by relation, every relation named, best first."""
        found = Counter(self.relations)
        return {relation: found[relation] for relation in CROSSING_RELATIONS}

    @property
    def shares(self) -> dict[str, float]:
        """Share of the labels by relation, 0..1, rounded to four places."""
        return {name: round(count / self.labels, 4) for name, count in self.counts.items()}

    @property
    def distinctions_lost(self) -> int:
        """How many labels fewer can be told apart: each group of merged labels loses all but one."""
        return sum(len(group) - 1 for group in self.merged)
