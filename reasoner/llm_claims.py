"""A language model reads claims that the rules miss; the graph judges them, and they count apart.

Off unless asked for. A model's claim counts only with a quote that stands in the text, terms that the
graph has, and something that the rules have not read there. The report of the rules stays as it is: the
same claims, verdicts and scores, whatever a model or a text says to a model.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from string import Template
from typing import Any

from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.claim_answers import ClaimAnswer
from affectgraph.reasoner.extra_claims import ClaimSorter, ExtendedReport, ExtraClaims
from affectgraph.reasoner.model import Report
from affectgraph.reasoner.models.model import (
    Generation,
    GenerationRequest,
    LanguageModel,
    Message,
    answers_in_place,
    require_model,
)
from affectgraph.reasoner.offered_terms import term_offer
from affectgraph.reasoner.prompt_styles import prompt_folder, prompt_texts, quoted, require_names

LONGEST_READ = 8000
"""Most characters of a text that a model is shown: its beginning."""

MOST_CLAIMS = 24
"""Most claims of an answer, if a caller does not say another number."""

TOKENS_OF_A_CLAIM = 80
"""Room for one claim of an answer, its names, quote and terms."""

TOGETHER = 32
"""Texts that :meth:`ClaimExtractor.check_many` gives a model at once."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A checked text with what a model is asked about it."""

    text: str
    report: Report
    readings: Readings | None
    answer: ClaimAnswer
    request: GenerationRequest | None
    notes: tuple[str, ...]


class ClaimExtractor:
    """Checks texts by rules, and has a language model read further claims. Threads may share one.

    That the quoted words make the claim is the model's reading, and how good one is at that was not measured.

    :param checker: reads by rules and judges all claims.
    :param model: reads further claims.
    :param prompts: folder with a ``claims.txt`` of one's own, with the sections ``## system`` (``$units``)
        and ``## user`` (``$concepts``, ``$schemes``, ``$text``); the packaged one if left out.
    :param most: most claims of an answer, 1 or more.
    :raises InputError: if there is no such folder, a section or name is missing there, ``most`` is below 1,
        or the model is none.

    >>> from affectgraph.kg import EmotionGraph
    >>> from affectgraph.reasoner.models import ScriptedModel
    >>> answer = ('{"claims":[{"type":"stronger_than","quote":"Rage is anger turned up","subject":["rage"],'
    ...     '"object":["anger"],"polarity":"affirmed","commitment":"plain"}]}')
    >>> extractor = ClaimExtractor(Checker(EmotionGraph.load()), ScriptedModel([answer]))
    >>> found = extractor.check("Rage is anger turned up to eleven.")
    >>> [(j.claim.id, j.verdict) for j in found.extra.judgements], found.report.judgements
    ([('m1', 'supported')], ())
    """

    def __init__(
        self,
        checker: Checker,
        model: LanguageModel,
        *,
        prompts: str | Path | None = None,
        most: int = MOST_CLAIMS,
    ) -> None:
        require_model(model)
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise InputError(f"Expected most claims as a whole number of 1 or more, got {most!r}.")
        self.checker = checker
        self.model = model
        self.most = most
        self._offer = term_offer(checker.graph)
        texts = prompt_texts("claims", prompt_folder(prompts), ("system", "user"))
        require_names("claims", "system", texts["system"], {"units"})
        require_names("claims", "user", texts["user"], {"concepts", "schemes", "text"})
        units = checker.graph.index.units
        named = "; ".join(f"{code} {units[code].name.lower()}" for code in self._offer.units)
        self._system = Message("system", Template(texts["system"]).substitute(units=named))
        self._user = Template(texts["user"])

    def check(
        self,
        rationale: str | None,
        *,
        label: str | None = None,
        scheme: str | None = None,
        aus: Mapping[str, float] | Readings | None = None,
        vad: Sequence[float] | None = None,
    ) -> ExtendedReport:
        """Return the report of the rules, and beside it what the model read.

        Takes and refuses what :meth:`Checker.check` does. A failure of the model is no error here: the report
        stands, and ``extra.error`` says what failed. One request; a text without words asks none.
        """
        readings = self._readings(aus)
        report = self.checker.check(rationale, label=label, scheme=scheme, aus=readings, vad=vad)
        return self._extended([self._case(rationale or "", report, readings, scheme)])[0]

    def check_many(
        self, records: Iterable[Mapping[str, Any]]
    ) -> list[ExtendedReport | AffectGraphError]:
        """Return what comes of each record, in order; a bad record gives its error and loses no other.

        Records are those of :meth:`Checker.check_record`; 32 at once share a batch of the model.
        """
        found: list[ExtendedReport | AffectGraphError] = []
        rows = iter(records)
        while chunk := list(islice(rows, TOGETHER)):
            found += self._chunk(chunk)
        return found

    def _chunk(
        self, records: list[Mapping[str, Any]]
    ) -> Iterator[ExtendedReport | AffectGraphError]:
        tried = [self._case_or_error(record) for record in records]
        extended = iter(self._extended([case for case in tried if isinstance(case, _Case)]))
        return (next(extended) if isinstance(case, _Case) else case for case in tried)

    def _case_or_error(self, record: Mapping[str, Any]) -> _Case | AffectGraphError:
        try:
            report = self.checker.check_record(record)
            readings = self._readings(record.get("aus"))
            return self._case(record.get("rationale") or "", report, readings, record.get("scheme"))
        except AffectGraphError as error:
            return error

    def _readings(self, aus: Mapping[str, float] | Readings | None) -> Readings | None:
        if not isinstance(aus, Mapping):
            return aus
        return read_readings(self.checker.graph, aus)

    def _case(
        self, text: str, report: Report, readings: Readings | None, scheme: str | None
    ) -> _Case:
        shown = text[:LONGEST_READ]
        note = f"Of {len(text):,} characters, the model read the first {LONGEST_READ:,}."
        notes = (note,) if len(text) > LONGEST_READ else ()
        answer = self._offer.answer(shown, report, scheme, self.most)
        request = self._request(shown, answer) if shown.strip() else None
        return _Case(shown, report, readings, answer, request, notes)

    def _request(self, text: str, answer: ClaimAnswer) -> GenerationRequest:
        user = self._user.substitute(
            concepts=", ".join(answer.concepts),
            schemes=", ".join(answer.schemes) or "none",
            text=quoted(text),
        )
        room = max(self.most * TOKENS_OF_A_CLAIM, answer.constraint.reserve)
        messages = (self._system, Message("user", user))
        return GenerationRequest(messages, answer.constraint, max_tokens=room)

    def _extended(self, cases: Sequence[_Case]) -> list[ExtendedReport]:
        asked = [case.request for case in cases if case.request is not None]
        answers = iter(self._answers(asked))
        return [
            ExtendedReport(
                case.report,
                self._nothing(case) if case.request is None else self._extra(case, *next(answers)),
            )
            for case in cases
        ]

    def _answers(
        self, requests: Sequence[GenerationRequest]
    ) -> list[tuple[Generation | None, AffectGraphError | None]]:
        """Return the answer to each request, or the first error of the batch in its place."""
        if not requests:
            return []
        try:
            return [(answer, None) for answer in self.model.batch(requests)]
        except AffectGraphError as error:
            came = answers_in_place(error, len(requests))
            return [(answer, None if answer is not None else error) for answer in came]

    def _nothing(self, case: _Case) -> ExtraClaims:
        return ExtraClaims((), (), (), self.model.name, notes=case.notes)

    def _extra(
        self, case: _Case, generation: Generation | None, error: AffectGraphError | None
    ) -> ExtraClaims:
        empty = replace(self._nothing(case), generation=generation, error=error)
        if generation is None:
            return empty
        empty = replace(empty, notes=(*case.notes, *generation.notes))
        try:
            given = case.answer.read(generation.text)
        except ClaimError as fault:
            return replace(empty, error=fault)
        if len(given) > self.most:
            note = f"Of {len(given)} claims given, the first {self.most} were read."
            empty = replace(empty, notes=(*empty.notes, note))
        sorter = ClaimSorter(self.checker, case.text, case.report, case.readings, case.answer)
        found = sorter.sort(given[: self.most])
        return replace(
            empty, judgements=found.judgements, known=found.known, rejected=found.rejected
        )
