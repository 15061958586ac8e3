"""What ``reason`` would take for a file: records, what is wrong with the bad ones, calls and tokens."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from affectgraph.api.cli_base import note
from affectgraph.api.cli_records import CHUNK
from affectgraph.api.estimates import RunCost
from affectgraph.api.observation_options import observation_record
from affectgraph.api.record_files import Line
from affectgraph.api.shapes import Shape
from affectgraph.api.text import table
from affectgraph.ontology.errors import AffectGraphError

if TYPE_CHECKING:
    from affectgraph.reasoner import Reasoner
    from affectgraph.reasoner.estimate import ModelCost, RunEstimate

FAULTS_SHOWN = 20
"""Bad records that are told one by one; the others are counted."""


class BadRecord(Shape):
    """A record that cannot be reasoned about."""

    line: int
    """Line, or row of Parquet, from 1."""
    message: str
    """What is wrong with it."""


class DryRun(Shape):
    """What reasoning about the records of a file would take with a model."""

    style: str
    """Name of the prompt style."""
    records: int
    """Records of the file, bad ones with them."""
    bad: int
    """Records that cannot be reasoned about."""
    clear: int
    """Records of which the graph leaves less than 1 bit open."""
    medium: int
    """Records of which it leaves 1 to 2 bits open."""
    open: int
    """Records of which it leaves 2 bits or more open."""
    least: RunCost
    """If of every record a first draft is clean."""
    most: RunCost
    """If every record needs all its rounds."""
    errors: tuple[BadRecord, ...]
    """The first 20 bad records."""


def dry_run(
    reasoner: "Reasoner", lines: Iterable[Line], *, field: str, in_table: bool, says_count: bool
) -> DryRun:
    """Return what reasoning about records would take; no model is asked.

    :param field: field of the text.
    :param in_table: whether records are rows of a table.
    :param says_count: whether stderr says how many are read.
    """
    from affectgraph.reasoner.estimate import ModelCost

    counts: Counter[str] = Counter()
    least = most = ModelCost()
    errors: list[BadRecord] = []
    for number, line in enumerate(lines, start=1):
        found = _estimate(reasoner, line, field, in_table)
        if isinstance(found, str):
            counts["bad"] += 1
            errors += [BadRecord(line=line.number, message=found)][: FAULTS_SHOWN - len(errors)]
        else:
            counts[found.ambiguity] += 1
            least, most = least + found.least, most + found.most
        if says_count and number % CHUNK == 0:
            note(f"{number} records")
    return DryRun(
        style=reasoner.settings.style,
        records=counts.total(),
        bad=counts["bad"],
        clear=counts["clear"],
        medium=counts["medium"],
        open=counts["open"],
        least=_cost(least),
        most=_cost(most),
        errors=tuple(errors),
    )


def _estimate(reasoner: "Reasoner", line: Line, field: str, in_table: bool) -> "RunEstimate | str":
    """Return what a record would take, or what is wrong with it."""
    if line.record is None:
        return line.fault
    record: dict[str, Any] = line.record
    try:
        return reasoner.estimate(observation_record(record, field=field, in_table=in_table))
    except AffectGraphError as error:
        return str(error)


def _cost(cost: "ModelCost") -> RunCost:
    return RunCost.model_validate(cost)


def dry_run_text(found: DryRun) -> str:
    """Return what a run would take as text: counts, a table of calls and tokens, bad records."""
    rows = [
        (name, f"{cost.calls:,}", f"{cost.prompt_tokens:,}", f"{cost.answer_tokens:,}")
        for name, cost in (("least", found.least), ("most", found.most))
    ]
    lines = [
        f"{found.records:,} records: {found.clear:,} clear, {found.medium:,} medium, "
        f"{found.open:,} open, {found.bad:,} bad",
        table(["", "calls", "prompt tokens", "answer tokens at most"], rows),
        "least: of every record a first draft is clean; most: every record needs all its rounds",
        f"Tokens of prompts in the style {found.style} are estimated at 3 characters each.",
        *(f"line {bad.line}: {bad.message}" for bad in found.errors),
    ]
    if found.bad > len(found.errors):
        lines.append(f"{found.bad - len(found.errors):,} more bad records")
    return "\n".join(lines)
