"""What the linkers answer as plain text for the terminal."""

from collections.abc import Iterable, Sequence

from affectgraph.api.text import table, vad_text
from affectgraph.linkers.annotation.model import Annotation, Span, TextMention
from affectgraph.linkers.face_readings import FaceReadings, FaceSegment
from affectgraph.linkers.scheme import LabelColumn, MappedColumn, SchemeFit, UnknownLabel
from affectgraph.linkers.vad import LabelVad, VadMatch

SHOWN_LABELS = 20
"""Labels without a place that the text names."""


def annotation_text(found: Annotation) -> str:
    """Return a text with its mentions as a table, and what it sums up to."""
    text = found.text.strip("\r\n")
    if not found.mentions:
        return f"{text}\n  No word of it names an emotion."
    header = ["place", "words", "means", "polarity", "intensity", "certainty", "role", "who"]
    lines = [text, *_indented(table(header, map(_mention_row, found.mentions)))]
    shares = sorted(found.emotions.shares.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{name} {share:.2f}" for name, share in shares if share > 0)
    lines.append(f"  emotions: {shown}")
    if found.vad is not None:
        mean = found.vad.mean
        lines.append(
            f"  V {mean.valence:+.2f}  A {mean.arousal:+.2f}  D {mean.dominance:+.2f}, from "
            + ", ".join(part.value.form or part.mention.concept.slug for part in found.vad.parts)
        )
    return "\n".join(lines)


def _mention_row(mention: TextMention) -> tuple[object, ...]:
    marks = [name for name in ("ambiguous", "figurative") if getattr(mention, f"is_{name}")]
    return (
        f"{mention.start}-{mention.end}",
        mention.quote,
        mention.concept.slug + "".join(f" ({mark})" for mark in marks),
        _with_cue(mention.polarity, mention.polarity_cue),
        _with_cue(mention.grade, mention.intensity_cue),
        _with_cue(mention.certainty, mention.certainty_cue),
        mention.role,
        "" if mention.experiencer is None else mention.experiencer.quote,
    )


def _with_cue(value: str, cue: Span | None) -> str:
    return value if cue is None else f"{value} ({cue.quote})"


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


# --- VAD ------------------------------------------------------------------------------------------


def matches_text(found: Iterable[VadMatch]) -> str:
    """Return the concepts near a place as a table."""
    rows = [
        (
            "" if m.distance_sd is None else m.distance_sd,
            m.distance,
            "yes" if m.is_inside else "",
            m.concept.slug,
            " > ".join(m.concept.path),
            vad_text(m.value),
        )
        for m in found
    ]
    return table(["SD away", "distance", "inside", "concept", "path", "value"], rows)


def place_text(found: LabelVad) -> str:
    """Return where a label lies, and the values it rests on."""
    if found.mean is None:
        return f"{found.grounding.text!r}: no place. {found.message}"
    mean = found.mean
    numbers = f"V {mean.valence:+.2f}  A {mean.arousal:+.2f}  D {mean.dominance:+.2f}"
    lines = [f"{found.grounding.text!r}: {numbers}. {found.message}"]
    lines += [
        f"  {part.weight:.2f} {part.concept.slug}: {vad_text(part.value)}" for part in found.parts
    ]
    return "\n".join(lines)


# --- columns --------------------------------------------------------------------------------------


def fits_text(fits: Sequence[SchemeFit]) -> str:
    """Return the schemes that fit a column as a table, with what does not fit the best."""
    if not fits:
        return "No scheme has any of these labels."
    rows = [(f.scheme, f.coverage, f.used, len(f.unknown)) for f in fits]
    lines = [table(["scheme", "rows covered", "labels used", "unknown labels"], rows)]
    return "\n".join([*lines, *_unknown_lines(fits[0].unknown, fits[0].scheme)])


def column_text(column: LabelColumn) -> str:
    """Return a column read in a scheme: its labels with counts and meanings, and what is none."""
    meanings = dict(zip(column.names, column.groundings, strict=True))
    rows = [(name, count, meanings[name].message) for name, count in column.counts.items() if count]
    lines = [table(["label", "rows", "means"], rows)]
    if column.missing:
        lines.append(f"no label: {_rows(column.missing)}")
    return "\n".join([*lines, *_unknown_lines(column.unknown, column.scheme)])


def mapped_text(mapped: MappedColumn) -> str:
    """Return a column said in another scheme: each label that occurs, and every loss."""
    rows = [
        (
            c.label.name,
            mapped.source.counts[c.label.name],
            ", ".join(x.name for x in c.targets) or "-",
            c.relation,
        )
        for c in mapped.crossings
    ]
    total = len(mapped.labels)
    lines = [table([mapped.source.scheme, "rows", mapped.target, "relation"], rows)]
    lines.append(f"{mapped.lossless} of {total} rows without loss")
    return "\n".join([*lines, *mapped.losses()])


def _unknown_lines(unknown: Sequence[UnknownLabel], scheme: str) -> list[str]:
    lines = [
        f"{u.text!r} ({_rows(u.count)}): no label of {scheme}."
        + (f" Nearest: {u.nearest}." if u.nearest else "")
        for u in unknown[:SHOWN_LABELS]
    ]
    left = len(unknown) - len(lines)
    return [*lines, f"and {left} more; --json has all"] if left else lines


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


# --- faces ----------------------------------------------------------------------------------------


def readings_text(readings: FaceReadings) -> str:
    """Return what was read of a face: rows, then a table of each segment."""
    counts = readings.counts
    lines = [
        f"{readings.tool}: {counts.total} rows, {counts.used} used, {counts.failed} failed, "
        f"{counts.low_confidence} of low confidence, {counts.other_faces} of other faces"
    ]
    for part in readings.segments:
        lines += _segment_lines(part, several=len(readings.segments) > 1)
    return "\n".join(lines)


def _segment_lines(part: FaceSegment, *, several: bool) -> list[str]:
    times = "" if part.start_s is None else f"{part.start_s:g} to {part.end_s:g} s: "
    head = [f"{times}{part.frames} frames, shown: {' '.join(part.shown) or 'none'}"]
    if several or not part.units:
        return head
    header = ["code", "shown", "occurs", "intensity", "at most", "probability", "at most"]
    rows = [
        (
            *(u.code, u.shown_share, u.occurrence_share, u.mean_intensity, u.max_intensity),
            *(u.mean_probability, u.max_probability),
        )
        for u in part.units.values()
    ]
    return [*head, table(header, rows)]
