"""A file of checked rationales as one HTML page that needs no network: scores, marked texts, verdicts."""

import re
from collections.abc import Iterable, Sequence
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
    :param support, contradiction, coverage: means over the rationales with a claim, 0..1; 0 if none has.
    :param scored: number of those rationales.
    :param contradicted: number of rationales with a contradicted claim.
    """

    claims: dict[Verdict, int]
    support: float
    contradiction: float
    coverage: float
    scored: int
    contradicted: int


def totals(reports: Iterable[Report]) -> Totals:
    """Return what reports come to together."""
    claims = dict.fromkeys(BY_WEIGHT, 0)
    scored: list[Report] = []
    for report in reports:
        for verdict, number in report.counts().items():
            claims[verdict] += number
        if report.judgements:
            scored.append(report)
    count = len(scored) or 1
    return Totals(
        claims,
        sum(report.support for report in scored) / count,
        sum(report.contradiction for report in scored) / count,
        sum(report.coverage for report in scored) / count,
        len(scored),
        sum(bool(report.contradictions()) for report in scored),
    )


def web_href(iri: str) -> str | None:
    """Return where an IRI leads on the web; None for what no browser opens.

    >>> web_href("https://w3id.org/affectgraph/au/AU4")
    'https://w3id.org/affectgraph/au/AU4'
    >>> web_href("javascript:alert(1)")
    """
    return iri if iri.startswith(("http://", "https://")) else None


def report_page(checked: Sequence[Checked], *, title: str) -> str:
    """Return the page. It holds its own style and no script, and loads nothing; links lead to the web.

    Every text is escaped; characters that HTML cannot hold become U+FFFD. Takes about a millisecond a
    rationale, and some 20 times the length of the texts.

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
        "caveat": reports[0].caveat if reports else "",
    }
    return _UNSHOWN.sub("\ufffd", render_text("report.html", context))


def _pieces(checked: Checked) -> Any:
    if not isinstance(checked.outcome, Report):
        return ()
    return marked(checked.text, checked.outcome.judgements)
