"""Where answered records go: stdout, or a file that a later run can go on with."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import typer

from affectgraph.api.cli_base import emit, usage
from affectgraph.api.record_files import JSON_ENDINGS, Line

KEY = "affectgraph"
"""Field that an answered record gains."""
BUFFER = 1 << 20
"""Bytes read at once when lines are counted."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where answers are written.

    :param write: takes one JSON line without its end.
    :param flush: makes sure that what was written is in the file.
    :param done: number of complete lines that an earlier run wrote.
    :param last: the last of them, None if there is none.
    """

    write: Callable[[str], None]
    flush: Callable[[], None]
    done: int = 0
    last: dict[str, Any] | None = None


STDOUT = Output(emit, lambda: None)


@contextmanager
def open_output(path: Path | None, *, resume: bool) -> Iterator[Output]:
    """Give stdout, or a file of JSON lines; to go on, its torn last line is cut off first.

    Nothing is cut off a file whose end does not look like that of an earlier run, such as the input.

    :raises typer.BadParameter: if the file is no ``.jsonl`` or ``.ndjson``, cannot be written, has
        something in it and ``resume`` is not asked for, or does not end in an answered record.
    """
    if path is None:
        if resume:
            raise usage("--resume goes with --to FILE.")
        yield STDOUT
        return
    if path.suffix.lower() not in JSON_ENDINGS:
        raise usage(f"Expected --to with a name in .jsonl or .ndjson, got {path}.")
    if not resume and path.exists() and path.stat().st_size:
        raise usage(f"{path} exists. Go on with --resume, or remove it first.")
    try:
        stream = path.open("r+b" if path.exists() else "x+b")
    except OSError as error:
        raise usage(f"Cannot write {path}: {error.strerror}.") from error
    with stream:
        done, last = _complete_lines(stream, path)
        yield Output(lambda text: _write(stream, text), stream.flush, done=done, last=last)


def _write(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8") + b"\n")


def _complete_lines(stream: BinaryIO, path: Path) -> tuple[int, dict[str, Any] | None]:
    """Return the number of complete lines and the last; the file is cut and stands after it."""
    count = end = start_of_last = position = 0
    while block := stream.read(BUFFER):
        count += block.count(b"\n")
        for newline in _last_two(block):
            start_of_last, end = end, position + newline + 1
        position += len(block)
    stream.seek(start_of_last)
    last = _answered(stream.read(end - start_of_last), path) if count else None
    _require_torn(stream.read(), path)
    stream.truncate(end)
    stream.seek(end)
    return count, last


def _answered(content: bytes, path: Path) -> dict[str, Any]:
    """Return the answered record that a line holds.

    :raises typer.BadParameter: if it holds none.
    """
    try:
        found = json.loads(content)
    except ValueError as error:
        raise _no_answer(content, path) from error
    if not isinstance(found, dict) or KEY not in found:
        raise _no_answer(content, path)
    return found


def _require_torn(content: bytes, path: Path) -> None:
    """Refuse what stands after the last line end if it is not the beginning of an answered record."""
    try:
        json.loads(content)
    except ValueError:
        if content and not content.startswith(b"{"):
            raise _no_answer(content, path) from None
    else:
        _answered(content, path)


def _no_answer(content: bytes, path: Path) -> typer.BadParameter:
    return usage(
        f"Expected answered records in {path}, got {content[:60]!r} last. Write to another file."
    )


def _last_two(block: bytes) -> list[int]:
    """Return the places of the last two line ends of a block, in order."""
    last = block.rfind(b"\n")
    before = block.rfind(b"\n", 0, last) if last > 0 else -1
    return [place for place in (before, last) if place >= 0]


def not_done(lines: Iterable[Line], output: Output) -> Iterator[Line]:
    """Return the lines that an earlier run did not answer.

    :raises typer.BadParameter: if the last answered line is not that of the input.
    """
    source = iter(lines)
    if not output.done:
        return source
    answered = list(islice(source, output.done - 1, output.done))
    if not answered or not _is_same(answered[0], output.last or {}):
        raise usage(
            f"Line {output.done} of --to does not answer record {output.done} of the input. "
            "Resume with the same input and --field, or write to another file."
        )
    return source


def _is_same(line: Line, answer: dict[str, Any]) -> bool:
    expected = {"input": line.raw} if line.record is None else line.record
    return _without_answer(expected) == _without_answer(answer)


def _without_answer(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != KEY}
