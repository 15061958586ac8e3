"""Checks rationales: every claim gets a verdict that the graph can prove."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.finite import is_finite, written
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Vad
from affectgraph.linkers.face_columns import Readings, disagreements, read_readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.mentions import Mention
from affectgraph.linkers.model import Grounding
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError
from affectgraph.reasoner.claim_terms import read_terms
from affectgraph.reasoner.conclusion_evidence import (
    MOST_DROPPED,
    Evidence,
    EvidenceReader,
    agrees,
    without_words,
)
from affectgraph.reasoner.conclusion_votes import ConclusionVotes, Lacking
from affectgraph.reasoner.extract.conclusions import Stated
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.reading import Reader, Reading, with_conclusion
from affectgraph.reasoner.finding import Finding, judgement_of, numbered
from affectgraph.reasoner.model import Claim, ClaimType, Judgement, Report, Scores
from affectgraph.reasoner.persons import felt_by_others
from affectgraph.reasoner.rules import Rules
from affectgraph.reasoner.score import score
from affectgraph.reasoner.source_policy import read_policy
from affectgraph.reasoner.text_notes import text_notes

MAX_LENGTH = 100_000
"""Longest rationale in characters."""

FIELDS = ("rationale", "label", "scheme", "aus", "vad")
"""Fields of a record that :meth:`Checker.check_record` reads; others are left alone."""


class Checker:
    """Checks rationales against a graph: deterministic, without a language model.

    Threads may share one. A rationale of 100 words takes some two milliseconds.

    :param graph: the graph that judges.
    :param sources: whose word counts where sources disagree: ``any``, ``majority``, or the id of a source;
        ``docs/checking.md`` says what that means for each kind of claim.
    :raises UnknownTermError: if there is no such source.
    """

    def __init__(self, graph: EmotionGraph, *, sources: str = "any") -> None:
        self.graph = graph
        self.policy = read_policy(graph, sources)
        self.linker = LabelLinker(graph)
        self._reader = Reader(graph, self.linker.lexicon)
        self._rules = Rules(graph, self.linker.lexicon, self.policy)
        self._evidence = EvidenceReader(graph)
        self._conclusions = ConclusionVotes(graph, self.policy)

    def with_sources(self, sources: str) -> "Checker":
        """Return a checker of the same graph by another policy; what reads texts is shared.

        :raises UnknownTermError: if there is no such source.

        >>> Checker(EmotionGraph.load()).with_sources("emfacs").policy.only
        'emfacs'
        """
        policy = read_policy(self.graph, sources)
        other = copy(self)
        other.policy = policy
        other._rules = Rules(self.graph, self.linker.lexicon, policy)
        other._conclusions = ConclusionVotes(self.graph, policy)
        return other

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
        reading = self._reader.read(
            text, extra=extra, label=label or "", is_intensity=_are_intensities(readings)
        )
        reading = _with_last_inference(reading, concept)
        judged = self._judged(reading, readings)
        evidence = self._evidence.gather(reading, judged)
        has_conclusion = bool(reading.stated) or label is not None
        lacking = self._evidence.without_each(judged, evidence) if has_conclusion else []
        stated = self._stated(reading, concept, readings, evidence, lacking)
        final = reading.conclusion and _stated_claim(reading, reading.conclusion)
        judged = sorted([*judged, *stated], key=lambda pair: pair[0].span)
        number = next((n for n, (claim, _) in enumerate(judged) if claim == final), None)
        if final is None and label is not None and rationale is not None:
            claim = _label_claim(label, concept)
            number = len(judged)
            finding = self._conclusions.judge(claim, concept, readings, evidence, lacking)
            judged.append((claim, finding))
        judged += [
            (c, self._rules.judge(c, None)) for c in _input_claims(label, scheme, concept, point)
        ]
        ids = {id(claim): f"c{n}" for n, (claim, _) in enumerate(judged, start=1)}
        judgements = tuple(
            judgement_of(numbered(claim, ids[id(claim)]), finding, ids) for claim, finding in judged
        )
        has_claims = any(j.claim.source == "text" for j in judgements)
        return Report(
            grounding=grounding,
            judgements=judgements,
            scores=self._scores(judgements, number, readings, grounding, evidence),
            conclusion=judgements[number].claim.id if number is not None else None,
            notes=_notes(readings, text, has_claims=has_claims),
            graph_version=self.graph.version,
            caveat=CAVEAT,
            sources=self.policy.only or self.policy.kind,
        )

    def _scores(
        self,
        judgements: tuple[Judgement, ...],
        final: int | None,
        readings: Readings | None,
        grounding: Grounding | None,
        evidence: Evidence,
    ) -> Scores:
        claim = judgements[final].claim if final is not None else None
        concept, consistency = None, None
        if claim is not None and claim.source == "text":
            concept = self.graph.concept(claim.subject[0])
            consistency = self._conclusions.consistency(claim, concept, evidence)
        return score(
            judgements,
            readings=readings,
            label=_label_meaning(grounding),
            conclusion=concept,
            consistency=consistency,
        )

    def _judged(self, reading: Reading, readings: Readings | None) -> list[tuple[Claim, Finding]]:
        found = []
        for part in reading.sentences:
            for draft in part.drafts:
                claim = draft.claim(reading.text, part.offset)
                found.append((claim, self._rules.judge(claim, readings)))
        return found

    def _stated(
        self,
        reading: Reading,
        label: Concept | None,
        readings: Readings | None,
        evidence: Evidence,
        lacking: Lacking,
    ) -> list[tuple[Claim, Finding]]:
        found = []
        known: dict[tuple[object, ...], Finding] = {}
        in_passing = replace(evidence, words=())
        lacking_in_passing = [(claim, replace(left, words=())) for claim, left in lacking]
        claims = [_stated_claim(reading, stated) for stated in reading.stated]
        said = [(c, without_words(evidence, c)) for c in claims[:MOST_DROPPED]]
        others = felt_by_others(reading)
        for stated, claim, felt in zip(reading.stated, claims, others, strict=True):
            is_final = stated == reading.conclusion
            key = (claim.subject[0], claim.is_denied, is_final, felt)
            if key not in known:
                own = evidence if is_final else in_passing
                dropped = [*lacking, *said] if is_final else lacking_in_passing
                if felt:
                    own = replace(own, of_others=felt)
                    dropped = [(one, replace(left, of_others=felt)) for one, left in dropped]
                is_of_another = not is_final and label and any(agrees(label, one) for one in felt)
                held = None if is_of_another else label
                known[key] = self._conclusions.judge(claim, held, readings, own, dropped)
            found.append((claim, known[key]))
        return found

    def judge(
        self, claim: Claim, *, aus: Mapping[str, float] | Readings | None = None
    ) -> Judgement:
        """Return the verdict on one claim that is given as such, whatever text it comes from.

        :param claim: of any type but ``concludes``, which a whole rationale decides.
        :param aus: as in :meth:`check`.
        :raises ClaimError: if the claim is of that type, or its terms are not those of its type.
        :raises UnknownTermError: if it names what the graph does not have.
        """
        terms = read_terms(self.graph, claim)
        return judgement_of(claim, self._rules.judge(terms, _readings(self.graph, aus)))

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
            raise ClaimError(f"Expected three numbers in 'vad', got {written(vad)}.")
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
    if reading.conclusion is not None or label is None:
        return reading
    found = [
        (number, inference)
        for number, part in enumerate(reading.sentences)
        for inference in part.inferences
        if not inference.is_denied and not inference.is_out
    ]
    concepts = [reading.concept(number, i.target) for number, i in found]
    if not found or any(agrees(concept, label) for concept in concepts):
        return reading
    own = [(n, i) for n, i in found if not reading.sentences[n].attributions]
    number, inference = (own or found)[-1]
    part = reading.sentences[number]
    start = part.offset + part.view.start(inference.start)
    end = part.offset + part.view.end(inference.end)
    stated = Stated(number, inference.target, 1, start, end, False, False)
    return with_conclusion(reading, stated)


def _stated_claim(reading: Reading, stated: Stated) -> Claim:
    slug = reading.concept(stated.view, stated.mark).slug
    draft = Draft(
        "concludes",
        stated.start,
        stated.end,
        (slug,),
        ("stated",),
        stated.is_denied,
        "hedged" if stated.is_hedged else "plain",
        stated.degree,
        attributed_to=stated.attributed_to,
    )
    return draft.claim(reading.text)


def _label_claim(label: str, concept: Concept | None) -> Claim:
    subject = (concept.slug,) if concept else ()
    return _from_input("concludes", label, subject, ("from the label",))


def _from_input(
    type_: ClaimType, quote: str, subject: tuple[str, ...], object_: tuple[str, ...]
) -> Claim:
    return Claim(
        "", type_, subject, object_, "affirmed", "plain", "plain", "", "", (-1, -1), quote, "input"
    )


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
            raise ClaimError(f"Expected text in {name!r}, got {written(value)}.")
    if not isinstance(aus, Mapping | Readings | None):
        raise ClaimError(f"Expected an object of columns in 'aus', got {written(aus)}.")


def _readings(graph: EmotionGraph, aus: Mapping[str, float] | Readings | None) -> Readings | None:
    return aus if aus is None or isinstance(aus, Readings) else read_readings(graph, aus)


def _require_vad(vad: object) -> Vad | None:
    if vad is None:
        return None
    if not isinstance(vad, Sequence) or isinstance(vad, str) or len(vad) != 3:
        raise InputError(
            f"Expected valence, arousal and dominance, three numbers, got {written(vad)}."
        )
    if not all(is_finite(value) for value in vad):
        raise InputError(f"Expected three finite numbers in -1..1, got {written(vad)}.")
    return Vad(*(float(value) for value in vad))


def _label_concept(grounding: Grounding | None) -> Concept | None:
    return grounding.concept if grounding else None


def _input_claims(
    label: str | None, scheme: str | None, concept: Concept | None, point: Vad | None
) -> list[Claim]:
    found: list[Claim] = []
    if label is not None and label.strip() and scheme is not None:
        found.append(_from_input("label_in_scheme", label, (label,), (scheme,)))
    if concept is not None and point is not None:
        level = f"valence={point.valence:g}"
        quote = f"{label}, valence {point.valence:+g}"
        found.append(_from_input("vad_level", quote, (concept.slug,), (level,)))
    return found


def _are_intensities(readings: Readings | None) -> bool:
    columns = readings.values.values() if readings is not None else ()
    return any(name.endswith("_r") for values in columns for name, _ in values)


def _notes(readings: Readings | None, rationale: str, *, has_claims: bool) -> tuple[str, ...]:
    notes: list[str] = []
    if readings is not None and readings.ignored:
        notes.append(
            f"Columns that are no facial actions were left out: {', '.join(readings.ignored)}."
        )
    if readings is not None:
        notes += disagreements(readings)
    return (*notes, *text_notes(rationale, has_claims=has_claims))


def _label_meaning(grounding: Grounding | None) -> Concept | str:
    if grounding is None:
        return "no label was given"
    return grounding.concept or "the label names no single concept"
