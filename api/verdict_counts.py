"""How many claims of a run got each verdict, and whether that fails the run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from affectgraph.api.cli_base import note

if TYPE_CHECKING:
    from affectgraph.reasoner import Report


class FailOn(StrEnum):
    """Verdicts that may fail a run."""

    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"


FailOnOption = Annotated[
    list[FailOn] | None,
    typer.Option("--fail-on", help="Exit with 1 if a claim of this run has this verdict."),
]


@dataclass
class VerdictCounts:
    """Counts the verdicts of one run.

    :param claims: claims by verdict. :param records: records that have such a claim, by verdict.
    """

    claims: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)

    def add(self, report: "Report") -> None:
        """Count the claims of a report."""
        found = report.counts()
        self.claims.update(found)
        self.records.update(verdict for verdict, number in found.items() if number)

    def text(self) -> str:
        """Return how many claims got each verdict, in words."""
        return ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in self.claims.items())

    def fails_on(self, verdicts: Iterable[FailOn]) -> bool:
        """Return whether a claim has one of the verdicts; stderr says how many have."""
        found = [verdict.value for verdict in verdicts if self.claims[verdict.value]]
        for verdict in found:
            claims, records = self.claims[verdict], self.records[verdict]
            note(f"failed: {claims} claims of {records} records are {verdict.replace('_', ' ')}")
        return bool(found)
