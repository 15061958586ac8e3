"""A file of checked rationales as one HTML page that needs no network: scores, marked texts, verdicts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from affectgraph.api.marking import BY_WEIGHT, marked
from affectgraph.api.rendering import render_text, template_text
from affectgraph.ontology.iris import BASE
from affectgraph.reasoner.model import Report, Verdict

_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What HTML or UTF-8 cannot hold."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A record with its report, or with what was wrong.

    :param name: what the page calls it: its id, or its line.
    :param text: the rationale; empty if there is none.
    :param outcome: the report, or the fault in words.
    """

    name: str
    text: str
    outcome: Report | str


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run comes to.

    :param claims: number of claims by verdict, in the order of :data:`BY_WEIGHT`.
    :param scores: mean of each score over the reports in which it is defined, 0..1; None if in none.
    :param contradicted: number of rationales with a contradicted claim.
    """

    claims: dict[Verdict, int]
    scores: dict[str, float | None]
    contradicted: int


def totals(reports: Sequence[Report]) -> Totals:
    """Return what reports come to together."""
    claims = dict.fromkeys(BY_WEIGHT, 0)
    values: dict[str, list[float]] = {}
    for report in reports:
        for verdict, number in report.counts().items():
            claims[verdict] += number
        for name, value in report.scores.values().items():
            values.setdefault(name, []).extend([] if value is None else [value])
    means = {name: sum(found) / len(found) if found else None for name, found in values.items()}
    return Totals(claims, means, sum(bool(report.contradictions()) for report in reports))


def web_href(iri: str) -> str | None:
    """Return where an IRI leads on the web; None for what no browser opens.

    >>> web_href("https://w3id.org/affectgraph/au/AU4")
    'https://w3id.org/affectgraph/au/AU4'
    >>> web_href("javascript:alert(1)")
    """
    return iri if iri.startswith(("http://", "https://")) else None


def report_page(checked: Sequence[Checked], *, title: str) -> str:
    """Return the page. It holds its own style and no script, and loads nothing; links lead to the web.

    Every text is escaped; characters that HTML cannot hold become U+FFFD. Takes some
    milliseconds a rationale of 100 words; the page is some 20 times as long as the texts.

    :param checked: records in the order of the file.
    :param title: heading of the page.
    """
    reports = [c.outcome for c in checked if isinstance(c.outcome, Report)]
    context: dict[str, Any] = {
        "title": title,
        "style": template_text("style.css"),
        "entries": [(f"r{n}", c, _pieces(c)) for n, c in enumerate(checked, start=1)],
        "checked": len(reports),
        "totals": totals(reports),
        "href": web_href,
        "base": BASE,
        "graph_version": reports[0].graph_version if reports else "",
        "sources": ", ".join(dict.fromkeys(report.sources for report in reports)),
        "caveat": reports[0].caveat if reports else "",
    }
    return _UNSHOWN.sub("\ufffd", render_text("report.html", context))


def _pieces(checked: Checked) -> Any:
    if not isinstance(checked.outcome, Report):
        return ()
    return marked(checked.text, checked.outcome.judgements)
