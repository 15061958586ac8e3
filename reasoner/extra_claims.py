"""What a language model read in a text beside the rules, and how its claims are told apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from affectgraph.linkers.face_columns import Readings
from affectgraph.ontology.errors import AffectGraphError, ClaimError, UnknownTermError
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.claim_answers import LONGEST_QUOTE, ClaimAnswer, terms_in_words
from affectgraph.reasoner.claim_terms import read_terms
from affectgraph.reasoner.extract.attributions import attributions_in, said_by
from affectgraph.reasoner.json_answers import shown_json
from affectgraph.reasoner.model import Claim, Judgement, Report, Verdict, verdict_counts
from affectgraph.reasoner.models.model import Generation, Usage
from affectgraph.reasoner.score import checkability, verdict_share

Reason = Literal["form", "quote", "words", "terms", "repeated"]
"""Why a model's claim does not count: it lacks a field or is of a type not offered; its quote does not stand
in the text, has no word or cuts one; a word that is a term does not stand in the quote; its terms are not
those of its type, or not the graph's; it was given before."""


@dataclass(frozen=True, slots=True)
class RejectedClaim:
    """A claim of a model that does not count.

    :param message: what was expected and what came.
    :param given: the claim as JSON, at most 300 characters of it.
    """

    reason: Reason
    message: str
    given: str


@dataclass(frozen=True, slots=True)
class ExtraClaims:
    """What a model read in a text beside the rules. These counts are its own; no score takes them in.

    :param judgements: verdicts on its claims, in the order of the text; ids are ``m1``, ``m2``, ...
    :param known: ids of the rules' claims that it found as well, one for each claim it gave of them.
    :param rejected: what does not count, in the order given.
    :param model: its name.
    :param generation: its answer, with text, tokens and seconds; None if there is none.
    :param error: why nothing could be read: the model's failure, or an answer out of form.
    :param notes: what was left out or cut, and what the answer notes.
    """

    judgements: tuple[Judgement, ...]
    known: tuple[str, ...]
    rejected: tuple[RejectedClaim, ...]
    model: str
    generation: Generation | None = None
    error: AffectGraphError | None = None
    notes: tuple[str, ...] = ()

    @property
    def usage(self) -> Usage:
        """Tokens of the answer; zeros if there is none."""
        return self.generation.usage if self.generation is not None else Usage(0, 0)

    def counts(self) -> dict[Verdict, int]:
        """Return how many of its claims got each verdict, all four named."""
        return verdict_counts(self.judgements)

    def contradictions(self) -> tuple[Judgement, ...]:
        """Return its contradicted claims in order."""
        return tuple(j for j in self.judgements if j.verdict == "contradicted")

    def figures(self) -> dict[str, float | None]:
        """Return what its claims come to, each 0..1 to four places, or None where undefined.

        ``checkability``, ``grounded_precision`` and ``contradiction_rate`` are reckoned as those of a report,
        from its new claims alone. ``well_formed`` is the share of the claims it gave that are new or known,
        so neither made up nor out of form nor given twice; own definition.
        """
        kept = len(self.judgements) + len(self.known)
        all_given = kept + len(self.rejected)
        found = {
            "checkability": checkability(self.judgements),
            "grounded_precision": verdict_share(self.judgements, "supported"),
            "contradiction_rate": verdict_share(self.judgements, "contradicted"),
            "well_formed": kept / all_given if all_given else "no claim was given",
        }
        return {n: None if isinstance(v, str) else round(v, 4) for n, v in found.items()}


@dataclass(frozen=True, slots=True)
class ExtendedReport:
    """A report of the rules, and beside it what a language model read.

    :param report: as :meth:`Checker.check` gives it without a model.
    """

    report: Report
    extra: ExtraClaims


@dataclass(frozen=True, slots=True)
class SortedClaims:
    """The claims of one answer, told apart; fields as in :class:`ExtraClaims`."""

    judgements: tuple[Judgement, ...]
    known: tuple[str, ...]
    rejected: tuple[RejectedClaim, ...]


class ClaimSorter:
    """Tells the claims of one answer apart: new, known to the rules, or rejected.

    :param checker: judges what is new.
    :param text: what the model was shown. :param report: of that text, by the rules.
    :param readings: of the face, as the report's.
    :param answer: the form of the answer.
    """

    def __init__(
        self,
        checker: Checker,
        text: str,
        report: Report,
        readings: Readings | None,
        answer: ClaimAnswer,
    ) -> None:
        self._checker = checker
        self._text = text
        self._readings = readings
        self._answer = answer
        self._others = attributions_in(text)
        self._rules = [j.claim for j in report.judgements if j.claim.source == "text"]

    def sort(self, given: Sequence[object]) -> SortedClaims:
        """Return what is new with its verdict, in the order of the text, what is known, what is rejected.

        :param given: claims as they stand in the answer, whatever stands there.
        """
        new: list[Claim] = []
        known: list[str] = []
        rejected: list[RejectedClaim] = []
        for value in given:
            found = self._placed(value, new)
            if isinstance(found, RejectedClaim):
                rejected.append(found)
            elif found.source == "text":
                known.append(found.id)
            else:
                new.append(found)
        return SortedClaims(tuple(self._judged(new)), tuple(known), tuple(rejected))

    def _judged(self, new: Sequence[Claim]) -> Iterator[Judgement]:
        placed = sorted(new, key=lambda claim: claim.span)
        for number, claim in enumerate(placed, start=1):
            yield self._checker.judge(replace(claim, id=f"m{number}"), aus=self._readings)

    def _placed(self, value: object, new: Sequence[Claim]) -> Claim | RejectedClaim:
        """Return a new claim in its place, the rules' claim that says the same, or why it does not count."""

        def rejected(reason: Reason, message: str) -> RejectedClaim:
            return RejectedClaim(reason, message, shown_json(value))

        try:
            read = self._answer.claim(value)
        except ClaimError as error:
            return rejected("form", str(error))
        spans = list(_places(self._text, read.quote))
        if not spans:
            return rejected("quote", _quote_message(read.quote))
        for word in terms_in_words(read):
            if not word.strip() or not any(_places(read.quote.casefold(), word.casefold())):
                return rejected("words", f"Expected {word!r} within the quote {read.quote!r}.")
        try:
            claim = read_terms(self._checker.graph, read)
        except (ClaimError, UnknownTermError) as error:
            return rejected("terms", str(error))
        if (rule := _said_before(claim, spans, self._rules)) is not None:
            return rule
        if _said_before(claim, spans, new) is not None:
            return rejected("repeated", "Expected each claim once, got this one before.")
        return replace(claim, span=spans[0], attributed_to=said_by(self._others, spans[0][1]))


def _quote_message(quote: str) -> str:
    if not quote.strip() or len(quote) > LONGEST_QUOTE:
        return f"Expected a quote of 1 to {LONGEST_QUOTE} characters, got {len(quote)}."
    return f"Expected a quote of words that stand in the text, whole ones alone, got {quote!r}."


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield where a quote stands in a text, letter by letter and without cutting a word.

    Signs without a letter or digit say nothing, wherever they stand.
    """
    if not any(map(str.isalnum, quote)) or len(quote) > LONGEST_QUOTE:
        return
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        if not (_cuts_word(text, start) or _cuts_word(text, end)):
            yield start, end
        start = text.find(quote, start + 1)


def _cuts_word(text: str, place: int) -> bool:
    return text[max(0, place - 1) : place].isalnum() and text[place : place + 1].isalnum()


def _said_before(
    claim: Claim, spans: Sequence[tuple[int, int]], others: Iterable[Claim]
) -> Claim | None:
    """Return a claim that says all a claim says, of the same words; a denial of it counts, too.

    Where one of several actions or emotions is named, nothing is added. What the rules took for a denial is
    theirs to decide: another reading of the same words is no new claim.
    """
    return next(
        (
            other
            for other in others
            if other.type == claim.type
            and any(start < other.end and other.start < end for start, end in spans)
            and _says_no_more(claim, other)
        ),
        None,
    )


def _says_no_more(claim: Claim, other: Claim) -> bool:
    mine, its = (
        (_plain(claim.subject), _plain(claim.object)),
        (_plain(other.subject), _plain(other.object)),
    )
    as_said = mine[0] <= its[0] and mine[1] <= its[1]
    return as_said or (claim.type in _EITHER_WAY and mine == its[::-1])


_EITHER_WAY = frozenset({"opposite_of", "exclusive", "co_occurs"})
"""Types that say the same with subject and object exchanged."""

_NUMBER = re.compile(r"^(?:au)?\s?0*(?=\d)")


def _plain(terms: Sequence[str]) -> frozenset[str]:
    """Return terms in comparable form: alternatives apart, numbers of action units without their letters."""
    parts = [part for term in terms for part in term.casefold().split("|")]
    return frozenset(_NUMBER.sub("", part) for part in parts)
