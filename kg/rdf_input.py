"""Reads RDF of strangers: what could hang, crash or fill a process is read in another one, or refused.

Turtle, TriG, N-Triples and N-Quads without triple terms are read here, as their parser keeps no stack. The
parsers of RDF/XML and JSON-LD take time that grows with the square of the nesting, and nested triple terms
overflow the stack and end the process. Such documents are read by ``python -m affectgraph.kg.rdf_input``,
which is killed at a limit of time or memory. Nothing is fetched: a context that is elsewhere is refused.
"""

import json
import re
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from affectgraph.kg.user_writes import MOST_TRIPLES
from affectgraph.ontology.errors import InputError

MIB = 1024 * 1024
FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
"""Formats that are read, by name."""
MEDIA_TYPES: dict[str, str] = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/trig": "trig",
    "application/n-triples": "ntriples",
    "application/n-quads": "nquads",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
"""Media type -> name of a format."""
ENDINGS: dict[str, str] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".jsonld": "jsonld",
}
"""Ending of a file's name -> name of a format."""

_NESTED = frozenset({"rdfxml", "jsonld"})
_NO_BASE = "affectgraph-no-base://document/"
"""Stands for the base that a JSON-LD document lacks: its parser would drop relative IRIs without a word."""
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFUSED = 3
"""Exit code of the reading process for a document that is refused, with the reason on stderr."""


@dataclass(frozen=True, slots=True)
class InputLimits:
    """How much a document may be and take.

    :param size: bytes of the document. :param triples: triples in it.
    :param written: characters of its triples in full, where prefixes may make much of little.
    :param seconds: of reading in another process. :param memory: bytes that process may add.
    """

    size: int = 64 * MIB
    triples: int = MOST_TRIPLES
    written: int = 512 * MIB
    seconds: float = 20.0
    memory: int = 1024 * MIB


LIMITS = InputLimits()
"""Limits that hold where no others are said."""


def read_rdf(
    content: bytes,
    format: str,  # noqa: A002
    *,
    base: str | None = None,
    limits: InputLimits = LIMITS,
) -> list[Quad]:
    """Return the quads of a document, its blank nodes renamed so that they meet no others.

    :param content: in UTF-8, with a byte order mark or without.
    :param format: one of :data:`FORMATS`.
    :param base: IRI that relative ones are resolved against; without it they are refused.
    :raises InputError: if there is no such format, the document does not parse, has a DOCTYPE, names a
        context to be fetched, has relative IRIs and no base, has triple terms of RDF 1.2, or passes a limit.

    >>> [quad.predicate.value for quad in read_rdf(b"<urn:s> <urn:p> 1 .", "turtle")]
    ['urn:p']
    """
    if format not in FORMATS:
        raise InputError(f"Expected a format of {', '.join(FORMATS)}, got {format!r}.")
    content = content.removeprefix(BOM_UTF8)
    _refuse_early(content, format, limits)
    if format in _NESTED or b"<<" in content:
        return _read_apart(content, format, base, limits)
    return list(_read(content, format, base, limits))


def _refuse_early(content: bytes, format_: str, limits: InputLimits) -> None:
    if len(content) > limits.size:
        raise InputError(
            f"Expected a document of up to {limits.size:,} bytes, got {len(content):,}. Send it in parts."
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"Expected a document in UTF-8, got {error}. Save it as UTF-8.") from error
    if format_ == "rdfxml" and _DOCTYPE.search(content):
        raise InputError(
            "Expected RDF/XML without DOCTYPE and entities, which can blow a document up, got one. Write the "
            "entities out, or send Turtle."
        )


def _read(content: bytes, format_: str, base: str | None, limits: InputLimits) -> Iterator[Quad]:
    """Yield the quads of a document; raises as :func:`read_rdf`."""
    stands_in = base is None and format_ == "jsonld"
    try:
        quads = parse(
            content,
            format=FORMATS[format_],
            base_iri=_NO_BASE if stands_in else base,
            rename_blank_nodes=True,
        )
        yield from _bounded(quads, limits)
    except InputError:
        raise
    except (SyntaxError, ValueError) as error:
        raise InputError(_reason(format_, error)) from error


def _bounded(quads: Iterable[Quad], limits: InputLimits) -> Iterator[Quad]:
    written = 0
    for count, quad in enumerate(quads, start=1):
        if isinstance(quad.object, Triple):
            raise InputError(
                "Expected RDF 1.1, got a triple term of RDF 1.2. Say it by a resource of its own."
            )
        text = str(quad)
        written += len(text)
        if _NO_BASE in text:
            raise InputError(
                f"Expected absolute IRIs, or a base, got a relative one in {text[:200]!r}. Name the base."
            )
        if count > limits.triples or written > limits.written:
            raise InputError(
                f"Expected up to {limits.triples:,} triples with {limits.written:,} characters, got more. "
                "Send the document in parts."
            )
        yield quad


def _reason(format_: str, error: Exception) -> str:
    said = str(error)
    if "LoadDocumentCallback" in said:
        return (
            "Expected JSON-LD with its context inside, got one that names a context elsewhere, and nothing "
            "is fetched. Put the context into the document."
        )
    if "No scheme found" in said:
        return f"Expected absolute IRIs, or a base, got a relative one: {said}. Name the base."
    return f"Expected a document in {FORMATS[format_].name}, got {said}. Mend it, or name its true format."


# --- in a process of its own --------------------------------------------------------------------------


def _read_apart(content: bytes, format_: str, base: str | None, limits: InputLimits) -> list[Quad]:
    """Return the quads that another process reads, which can be killed."""
    order = {
        "format": format_,
        "base": base,
        "triples": limits.triples,
        "written": limits.written,
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "affectgraph.kg.rdf_input"],
            input=json.dumps(order).encode("ascii") + b"\n" + content,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"Expected a document that is read in {limits.seconds:g} s, got one that is not. It is nested "
            "too deeply, or too long: send N-Triples, or parts."
        ) from error
    if done.returncode == _REFUSED:
        raise InputError(done.stderr.decode("utf-8", "replace"))
    if done.returncode != 0:
        raise InputError(
            f"Expected a document that can be read in {limits.memory // MIB:,} MiB, got one that ended the "
            "process that read it. It is nested too deeply, or too long: send N-Triples, or parts."
        )
    # Blank nodes have new names already; these keep them.
    return list(parse(done.stdout, format=RdfFormat.N_QUADS))


def _limit_self(memory: int, seconds: float) -> None:
    """Give up what reading does not need: files, processes, memory and time beyond the limits."""
    import resource

    statm = Path("/proc/self/statm")
    pages = statm.read_text("ascii").split() if statm.is_file() else []
    for kind, value in (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(kind, (value, value))
    if pages:
        most = int(pages[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> int:
    """Read an order and a document from stdin, and write its quads to stdout as N-Quads."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(head)
    limits = InputLimits(
        triples=order["triples"],
        written=order["written"],
        seconds=order["seconds"],
        memory=order["memory"],
    )
    _limit_self(limits.memory, limits.seconds)
    try:
        lines = [f"{quad} .\n" for quad in _read(content, order["format"], order["base"], limits)]
    except InputError as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        return _REFUSED
    sys.stdout.buffer.write("".join(lines).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
