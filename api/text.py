"""Answers as plain text for the terminal: aligned tables and short reports."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from affectgraph.kg.crossing import Crossing, CrosswalkSummary
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, FacialEvidence, Neighbour, Pattern, VadValue
from affectgraph.ontology.diff import Change, GraphDiff, Link
from affectgraph.ontology.iris import curie

if TYPE_CHECKING:
    from affectgraph.reasoner.model import Judgement, Report
    from affectgraph.reasoner.statement import StatementVerdict

GAP = "  "


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as text in aligned columns; the last column is not padded.

    >>> print(table(["a", "b"], [["long", 1]]))
    a     b
    long  1
    """
    cells = [[_cell(value) for value in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = (
        GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    return " ".join(text.split())


def concept_text(graph: EmotionGraph, concept: Concept) -> str:
    """Return a concept with its path, children, opposites and values."""
    slug = concept.slug
    where = " > ".join(concept.path) if concept.path else f"outside the tree ({concept.branch})"
    rows = [
        ("path", where),
        ("tier", concept.tier),
        ("definition", concept.definition),
        ("example", concept.example),
        ("narrower", ", ".join(child.slug for child in graph.narrower(slug))),
        ("opposites", ", ".join(f"{x.end} ({x.source})" for x in graph.opposites(slug))),
        ("values", "; ".join(vad_text(value) for value in graph.vad(slug))),
        ("IRI", concept.iri),
    ]
    lines = [f"{name + ':':12}{value}" for name, value in rows if value]
    return "\n".join([concept.label, *lines])


def vad_text(value: VadValue) -> str:
    """Return a VAD value in one line: means, the rated word, its source."""
    mean = value.mean
    kind = f"{value.match}, {value.source}" if value.form else f"{value.kind}, {value.source}"
    numbers = f"V {mean.valence:+.2f}  A {mean.arousal:+.2f}  D {mean.dominance:+.2f}"
    return f"{numbers} ({value.form + ', ' if value.form else ''}{kind})"


def neighbours_text(found: Iterable[Neighbour]) -> str:
    """Return neighbours as a table."""
    rows = [
        (n.distance, n.concept.slug, " > ".join(n.concept.path), vad_text(n.value)) for n in found
    ]
    return table(["distance", "concept", "path", "value"], rows)


def ranking_text(found: Sequence[FacialEvidence]) -> str:
    """Return a ranking by facial actions as a table, with its caveat."""
    if not found:
        return f"No published pattern names any of these actions.\n{CAVEAT}"
    rows = [
        (
            e.score,
            e.concept.slug,
            " ".join(e.met),
            " ".join(e.missing),
            " ".join(e.unseen),
            f"{e.pattern.kind}, {e.pattern.source}",
        )
        for e in found
    ]
    header = ["score", "concept", "met", "missing", "cannot be seen", "best pattern"]
    return f"{table(header, rows)}\n{CAVEAT}"


def patterns_text(patterns: Sequence[Pattern]) -> str:
    """Return published patterns as a table."""
    if not patterns:
        return "No source publishes a facial pattern for it."
    rows = [
        (_groups(p.required) or p.rule, _groups(p.optional), _groups(p.excluded), p.kind, p.source)
        for p in patterns
    ]
    return table(["required", "optional", "excluded", "kind", "source"], rows)


def _groups(groups: Iterable[Iterable[object]]) -> str:
    return " + ".join(
        "|".join(dict.fromkeys(str(getattr(a, "code", a)) for a in group)) for group in groups
    )


def crosswalk_text(crossings: Iterable[Crossing]) -> str:
    """Return a crosswalk as a table."""
    rows = [
        (
            c.label.name,
            ", ".join(x.name for x in c.targets) or "-",
            c.relation,
            " > ".join(c.via),
            c.loss.sentence,
        )
        for c in crossings
    ]
    return table(["label", "in the other scheme", "relation", "via", "loss"], rows)


def crosswalk_summary_text(summary: CrosswalkSummary) -> str:
    """Return what a crosswalk keeps and loses, in a few lines."""
    counts = ", ".join(f"{n} {relation}" for relation, n in summary.counts.items() if n)
    lines = [
        f"{summary.source} in {summary.target}: {summary.labels} labels, {counts}; "
        f"{summary.lossless} without loss, {summary.distinctions_lost} distinctions lost"
    ]
    lines += [f"told apart no longer: {', '.join(group)}" for group in summary.merged]
    if summary.unmappable:
        lines.append(f"cannot be said: {', '.join(summary.unmappable)}")
    return "\n".join(lines)


def solutions_text(names: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return the solutions of a query as a table, IRIs in short form."""
    return table(list(names), [[_term(term) for term in row] for row in rows])


def _term(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.value
    return curie(str(getattr(term, "value", term)))


def summary_text(name: str, report: "Report") -> str:
    """Return a report in a few lines: label, counts, conclusion, and each contradicted claim."""
    grounding = report.grounding
    label = "no label"
    if grounding is not None:
        concept = grounding.concept.slug if grounding.concept else grounding.reason or ""
        label = f"{grounding.text!r} {grounding.status}{' ' if concept else ''}{concept}"
    counts = ", ".join(f"{n} {v.replace('_', ' ')}" for v, n in report.counts().items() if n)
    ends = [j.verdict for j in report.judgements if j.claim.id == report.conclusion]
    conclusion = f"; conclusion {ends[0].replace('_', ' ')}" if ends else ""
    lines = [f"{name}: {label}; {counts or 'no claims'}{conclusion}"]
    lines += [f"    contradicted: {j.sentence} {j.hint}".rstrip() for j in report.contradictions()]
    return "\n".join(lines)


def report_text(report: "Report") -> str:
    """Return a report as text: one paragraph per claim, then the scores and the caveat."""
    lines = [report.grounding.explain()] if report.grounding is not None else []
    lines += _judgement_lines(report.judgements)
    if not report.judgements:
        lines.append("No claim was found that the graph could judge.")
    counts = ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in report.counts().items())
    lines.append(counts)
    figures = ", ".join(
        f"{name.replace('_', ' ')} {value:.2f}"
        for name, value in report.scores.values().items()
        if value is not None
    )
    if figures:
        lines.append(figures)
    if report.sources != "any":
        lines.append(f"Sources that count: {report.sources}.")
    return "\n".join([*lines, *report.notes, report.caveat])


def statement_text(found: "StatementVerdict") -> str:
    """Return whether a statement holds as text: the answer, one paragraph per claim, the caveat."""
    lines = [f"{found.truth} ({found.reason}): {found.sentence}"]
    return "\n".join([*lines, *_judgement_lines(found.judgements), *found.notes, found.caveat])


def _judgement_lines(judgements: "Iterable[Judgement]") -> list[str]:
    lines = []
    for judgement in judgements:
        claim = judgement.claim
        said_by = f", said by {claim.attributed_to}" if claim.attributed_to else ""
        lines.append(f"{judgement.verdict:13} {claim.id} {claim.type}: {claim.quote!r}{said_by}")
        lines.append(f"{'':14}{judgement.sentence} [{judgement.rule}]")
        if judgement.hint:
            lines.append(f"{'':14}Mend: {judgement.hint}")
        if judgement.carried_by:
            lines.append(f"{'':14}Carried by: {', '.join(judgement.carried_by)}")
        if judgement.dissent:
            lines.append(f"{'':14}Otherwise in: {', '.join(judgement.dissent)}")
        sources = ", ".join(dict.fromkeys(fact.source for fact in judgement.facts))
        if sources:
            lines.append(f"{'':14}Sources: {sources}")
    return lines


def diff_text(found: GraphDiff) -> str:
    """Return what changed between two graphs: a part a paragraph, one change a line."""
    parts = [
        "\n".join([f"{part.replace('_', ' ')} ({count})", *map(_diff_line, getattr(found, part))])
        for part, count in found.counts().items()
        if count
    ]
    if any(found.left_out):
        first, second = found.left_out
        parts.append(
            f"left out: triples with blank nodes, {first} of the first, {second} of the second"
        )
    return "\n\n".join(parts) if not found.is_empty else "\n\n".join(["no change", *parts])


def _diff_line(entry: str | Change | Link) -> str:
    if isinstance(entry, str):
        return f"  {curie(entry)}"
    if isinstance(entry, Link):
        where = f" ({curie(entry.source)})" if entry.source else ""
        return f"  {curie(entry.start)} {curie(entry.relation)} {curie(entry.end)}{where}"
    old, new = (", ".join(map(curie, side)) or "nothing" for side in (entry.old, entry.new))
    return f"  {curie(entry.subject)} {curie(entry.property)}: {old} -> {new}"
