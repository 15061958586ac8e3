"""Checks rationales: every claim gets a verdict that the graph can prove."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Real

from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Vad
from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.mentions import Mention
from affectgraph.linkers.model import Grounding
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError
from affectgraph.reasoner.claims import ClaimMaker, claims_of, conclusion_claim
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Judgement, Report
from affectgraph.reasoner.reading import Reader, Reading
from affectgraph.reasoner.rules import Rules
from affectgraph.reasoner.verdict_on_conclusion import ConclusionJudge, agrees

MAX_LENGTH = 100_000
"""Longest rationale in characters."""

FIELDS = ("rationale", "label", "scheme", "aus", "vad")
"""Fields of a record that :meth:`Checker.check_record` reads; others are left alone."""

HEDGED = 0.5
"""Weight of a hedged claim in the scores, and of its strength."""


class Checker:
    """Checks rationales against a graph: deterministic, without a language model.

    Threads may share one. A typical rationale of five sentences takes about a millisecond.

    :param graph: the graph that judges.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self.linker = LabelLinker(graph)
        self._reader = Reader(graph, self.linker.lexicon)
        self._rules = Rules(graph)
        self._conclusions = ConclusionJudge(graph)

    def check(
        self,
        rationale: str | None,
        *,
        label: str | None = None,
        scheme: str | None = None,
        aus: Mapping[str, float] | Readings | None = None,
        vad: Sequence[float] | None = None,
    ) -> Report:
        """Return the claims of a rationale with their verdicts.

        :param rationale: the text, at most 100,000 characters; None if there is none, and then nothing
            is concluded.
        :param label: the emotion the record predicts.
        :param scheme: the label's scheme.
        :param aus: detector columns as OpenFace (``AU12_r``, ``AU12_c``) or py-feat (``AU12``) give them,
            or readings as the readers of :mod:`affectgraph.linkers.face_files` give them.
        :param vad: predicted valence, arousal, dominance, each in -1..1.
        :raises ClaimError: if the rationale is no text or too long.
        :raises InputError: if readings or VAD are out of range.
        :raises UnknownTermError: if there is no such scheme.

        >>> report = Checker(EmotionGraph.load()).check("Irritation is a kind of joy.")
        >>> report.judgements[0].verdict, report.judgements[0].rule
        ('contradicted', 'other-primary')
        """
        text = _require_text(rationale)
        _require_types(label, scheme, aus)
        point = _require_vad(vad)
        readings = _readings(self.graph, aus)
        if scheme is not None:
            self.graph.scheme(scheme)
        grounding = self.linker.ground(label, scheme=scheme) if label is not None else None
        concept = _label_concept(grounding)
        extra = Mention(0, 0, "", (concept,), "state") if concept and label else None
        reading = self._reader.read(text, extra=extra, label=label or "")
        reading = _with_last_inference(reading, concept)
        maker = ClaimMaker(text)
        judged = [
            (claim, self._rules.judge(claim, readings)) for claim in claims_of(reading, maker)
        ]
        if reading.conclusion is not None or (label is not None and rationale is not None):
            conclusion = conclusion_claim(reading, concept, label or "", maker)
            finding = self._conclusions.judge(conclusion, concept, reading, judged)
            judged.append((conclusion, finding))
        judged += [
            (c, self._rules.judge(c, None))
            for c in _input_claims(maker, label, scheme, concept, point)
        ]
        notes = _notes(readings, text)
        return _report(grounding, judged, notes, self.graph.version)

    def check_record(self, record: Mapping[str, object]) -> Report:
        """Return the report on a record with the fields ``rationale label scheme aus vad``.

        A missing or null field is as if not given.

        :raises AffectGraphError: as :meth:`check` does, also for fields of the wrong type.
        """
        if not isinstance(record, Mapping):
            raise ClaimError(
                f"Expected a record with fields {FIELDS}, got {type(record).__name__}."
            )
        if all(record.get(field) is None for field in FIELDS):
            raise ClaimError(f"Expected at least one of the fields {', '.join(FIELDS)}, got none.")
        vad = record.get("vad")
        if not isinstance(vad, Sequence | None) or isinstance(vad, str):
            raise ClaimError(f"Expected three numbers in 'vad', got {vad!r}.")
        return self.check(
            record.get("rationale"),  # type: ignore[arg-type]
            label=record.get("label"),  # type: ignore[arg-type]
            scheme=record.get("scheme"),  # type: ignore[arg-type]
            aus=record.get("aus"),  # type: ignore[arg-type]
            vad=vad,
        )

    def check_many(
        self, records: Iterable[Mapping[str, object]]
    ) -> list[Report | AffectGraphError]:
        """Return the report on each record, in order; a bad record gives its error and loses no other."""
        results: list[Report | AffectGraphError] = []
        for record in records:
            try:
                results.append(self.check_record(record))
            except AffectGraphError as error:
                results.append(error)
        return results


def _with_last_inference(reading: Reading, label: Concept | None) -> Reading:
    """Take a text's last inference for its conclusion, if it states none and none fits the label."""
    found = [(part.sentence, i.mention) for part in reading.sentences for i in part.inferences]
    if reading.conclusion is not None or label is None or not found:
        return reading
    if any(agrees(mention.concept, label) for _, mention in found):
        return reading
    return replace(reading, conclusion=found[-1])


def _require_text(rationale: object) -> str:
    if rationale is None:
        return ""
    if not isinstance(rationale, str):
        raise ClaimError(f"Expected the rationale as text, got {type(rationale).__name__}.")
    if len(rationale) > MAX_LENGTH:
        raise ClaimError(
            f"Expected a rationale of at most {MAX_LENGTH:,} characters, got {len(rationale):,}. "
            "Split it, or check its final part."
        )
    return rationale


def _require_types(label: object, scheme: object, aus: object) -> None:
    for name, value in (("label", label), ("scheme", scheme)):
        if not isinstance(value, str | None):
            raise ClaimError(f"Expected text in {name!r}, got {value!r}.")
    if not isinstance(aus, Mapping | Readings | None):
        raise ClaimError(f"Expected an object of columns in 'aus', got {aus!r}.")


def _readings(graph: EmotionGraph, aus: Mapping[str, float] | Readings | None) -> Readings | None:
    return aus if aus is None or isinstance(aus, Readings) else read_readings(graph, aus)


def _require_vad(vad: object) -> Vad | None:
    if vad is None:
        return None
    if not isinstance(vad, Sequence) or isinstance(vad, str) or len(vad) != 3:
        raise InputError(f"Expected valence, arousal and dominance, three numbers, got {vad!r}.")
    for value in vad:
        if not isinstance(value, Real) or isinstance(value, bool):
            raise InputError(f"Expected three numbers in -1..1, got {vad!r}.")
    return Vad(*(float(value) for value in vad))


def _label_concept(grounding: Grounding | None) -> Concept | None:
    return grounding.concept if grounding else None


def _input_claims(
    maker: ClaimMaker,
    label: str | None,
    scheme: str | None,
    concept: Concept | None,
    point: Vad | None,
) -> list[Claim]:
    found: list[Claim] = []
    if label is not None and label.strip() and scheme is not None:
        found.append(
            maker.from_input("label_in_scheme", label, subject=(label,), object_=(scheme,))
        )
    if concept is not None and point is not None:
        level = f"valence={point.valence:g}"
        quote = f"{label}, valence {point.valence:+g}"
        found.append(
            maker.from_input("vad_level", quote, subject=(concept.slug,), object_=(level,))
        )
    return found


def _notes(readings: Readings | None, rationale: str) -> tuple[str, ...]:
    notes: list[str] = []
    if readings is not None and readings.ignored:
        notes.append(
            f"Columns that are no facial actions were left out: {', '.join(readings.ignored)}."
        )
    if rationale.strip() and not any(char.isascii() and char.isalpha() for char in rationale):
        notes.append("The rationale is not in English; no claim could be read from it.")
    return tuple(notes)


def _report(
    grounding: Grounding | None,
    judged: list[tuple[Claim, Finding]],
    notes: tuple[str, ...],
    version: str,
) -> Report:
    judgements = tuple(
        _judgement(replace(claim, id=f"c{number}"), finding)
        for number, (claim, finding) in enumerate(judged, start=1)
    )
    weights = {j.claim.id: HEDGED if j.claim.is_hedged else 1.0 for j in judgements}
    checkable = [j for j in judgements if j.verdict != "not_checkable"]
    total = sum(weights[j.claim.id] for j in checkable)
    share = {
        verdict: sum(weights[j.claim.id] for j in checkable if j.verdict == verdict) / (total or 1)
        for verdict in ("supported", "contradicted")
    }
    return Report(
        grounding=grounding,
        judgements=judgements,
        support=round(share["supported"], 4),
        contradiction=round(share["contradicted"], 4),
        coverage=round(len(checkable) / len(judgements), 4) if judgements else 0.0,
        conclusion=next((j.claim.id for j in judgements if j.claim.type == "concludes"), None),
        notes=notes,
        graph_version=version,
        caveat=CAVEAT,
    )


def _judgement(claim: Claim, finding: Finding) -> Judgement:
    strength = finding.strength * (HEDGED if claim.is_hedged else 1)
    return Judgement(
        claim,
        finding.verdict,
        finding.rule,
        round(strength, 4),
        finding.sentence,
        finding.facts,
        finding.hint,
        finding.rivals,
    )
