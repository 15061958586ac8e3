"""What does the embedding tier get right? Fits the figures of ``linkers/embedding_scores.py``.

The mixed set: every accepted form of the vocabulary, its own row hidden, right if the answer is one of its
concepts or on the same path as one; and every form that was read and rejected, its own row hidden, for which
every answer is wrong. Precision is of the answers, recall of the accepted forms.

``entry out`` hides that row alone, so relatives of a word ("vengeful" for "vengefully") may speak for it.
``family out`` hides every row that has a word with the same first five letters: what is left is meaning
alone, and the figures are a lower bound.

Needs the extra ``[embeddings]``; a minute, after the vectors are made. Run:
``python benchmarks/embedding_tier.py``. ``benchmarks/embedding_speed.py`` measures speed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.embedding import NEIGHBOURS, EmbeddingLinker, EmbeddingMatch, on_one_path
from affectgraph.linkers.embedding_index import Near
from affectgraph.linkers.embedding_rows import plain, row_vectors
from affectgraph.linkers.embedding_scores import (
    INTERCEPT,
    MARGIN_FLOOR,
    SLOPE,
    SUPPORT_FLOOR,
    p_right,
)
from affectgraph.linkers.encoder import Vectors
from affectgraph.linkers.lexicon import RARE, Lexicon

PRECISION = 0.9
STEM = 5
BLOCK = 512
FLOORS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True)
class Case:
    """A form with its row hidden, and the tier's best match.

    :param is_accepted: whether the form names an emotion.
    :param is_right: whether the match is on the path of one of its concepts.
    """

    text: str
    is_accepted: bool
    match: EmbeddingMatch | None
    is_right: bool
    is_vetoed: bool
    nearest_is_right: bool
    nearest: float

    @property
    def support(self) -> float:
        """Support of the match, 0 without one."""
        return self.match.support if self.match else 0.0

    def is_answered(self, floor: float) -> bool:
        """Return whether the tier answers at a floor."""
        if self.match is None or self.match.margin < MARGIN_FLOOR or self.is_vetoed:
            return False
        return self.match.support >= floor


class Mixed:
    """The mixed set on one linker; forms are embedded in its precision, rows in float32."""

    def __init__(self, linker: EmbeddingLinker) -> None:
        self.linker = linker
        self.index = linker.prepare()
        self.vectors: Vectors = row_vectors(self.index.encoder, linker.rows)
        self.concepts = linker.graph.index.concepts
        self.words = Lexicon(linker.graph).words
        self.asked = [i for i, row in enumerate(linker.rows) if ": " not in row.text]
        self.forms = self._embedded_forms()
        self.families = self._families()

    def cases(self, *, without_family: bool, rejected: bool = True) -> list[Case]:
        """Return a case for every form; ``rejected=False`` leaves the rejected forms out of the vote."""
        return list(self._cases(without_family, rejected))

    def _cases(self, without_family: bool, rejected: bool) -> Iterator[Case]:
        out = [i for i, row in enumerate(self.linker.rows) if row.concept is None]
        for start in range(0, len(self.asked), BLOCK):
            asked = self.asked[start : start + BLOCK]
            cosines = self.forms[start : start + BLOCK] @ self.vectors.T
            if not rejected:
                cosines[:, out] = -1
            for line, index in zip(cosines, asked, strict=True):
                line[index] = -1
                if without_family:
                    line[self._relatives(index)] = -1
                yield self._case(index, line)

    def _embedded_forms(self) -> Vectors:
        if self.index.encoder.precision == "float32":
            return self.vectors[self.asked]
        return self.index.encoder.encode([self.linker.rows[i].text for i in self.asked])

    def _case(self, index: int, cosines: NDArray[np.float32]) -> Case:
        rows = self.linker.rows
        which = np.argpartition(-cosines, NEIGHBOURS)[:NEIGHBOURS]
        near = [Near(rows[i], round(float(cosines[i]), 5)) for i in which]
        near.sort(key=lambda n: -n.cosine)
        match = next(self.linker.matches(near), None)
        first = next((n for n in near if n.row.concept is not None), None)
        return Case(
            rows[index].text,
            rows[index].concept is not None,
            match,
            match is not None and self._is_right(index, match.concept.slug),
            match is not None and self.linker.is_vetoed(rows[index].text, match.concept),
            first is not None and self._is_right(index, first.row.concept or ""),
            first.cosine if first else 0.0,
        )

    def _is_right(self, index: int, slug: str) -> bool:
        row = self.linker.rows[index]
        if row.concept is None:
            return False
        entries = self.words.get(row.text, ())
        named = [e.concept for e in entries] or [self.concepts[row.concept]]
        return any(on_one_path(concept, self.concepts[slug]) for concept in named)

    def _families(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.linker.rows):
            for stem in _stems(row.text):
                found[stem].append(index)
        return found

    def _relatives(self, index: int) -> list[int]:
        stems = _stems(self.linker.rows[index].text)
        return [other for stem in stems for other in self.families[stem]]


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in text.partition(":")[0].split() if len(word) > 3}


def precision_and_recall(cases: Sequence[Case], floor: float) -> tuple[float, float, float]:
    """Return precision, recall and the share of rejected forms that are answered, at a floor."""
    answered = [case for case in cases if case.is_answered(floor)]
    right = sum(case.is_right for case in answered)
    accepted = sum(case.is_accepted for case in cases)
    wrong = sum(not case.is_accepted for case in answered)
    return right / max(len(answered), 1), right / accepted, wrong / (len(cases) - accepted)


def fitted_floor(cases: Sequence[Case]) -> float:
    """Return the least floor, in steps of .01, from which precision is at least PRECISION."""
    for floor in np.arange(0.3, 1, 0.01):
        if precision_and_recall(cases, float(floor))[0] >= PRECISION:
            return round(float(floor), 2)
    return 1.0


def fitted_line(cases: Sequence[Case]) -> tuple[float, float]:
    """Return intercept and slope of the logistic regression of being right on support, to two places.

    Fitted where the tier may answer at all: margin and veto passed.
    """
    used = [case for case in cases if case.is_answered(0.0)]
    x = np.stack([np.ones(len(used)), [case.support for case in used]])
    y = np.array([case.is_right for case in used], dtype=np.float64)
    beta = np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-beta @ x))
        beta = beta + np.linalg.solve((x * p * (1 - p)) @ x.T, x @ (y - p))
    return round(float(beta[0]), 2), round(float(beta[1]), 2)


def recall_by(cases: Sequence[Case], score: Callable[[Case], float], right: list[bool]) -> float:
    """Return the most recall any floor of a score reaches at PRECISION."""
    order = np.argsort([-score(case) for case in cases], kind="stable")
    hits = np.cumsum(np.array(right)[order])
    reached = np.nonzero(hits / np.arange(1, len(order) + 1) >= PRECISION)[0]
    accepted = sum(case.is_accepted for case in cases)
    return float(hits[reached[-1]] / accepted) if len(reached) else 0.0


def print_options(mixed: Mixed, cases: Sequence[Case]) -> None:
    """Print how often each way to choose is right on accepted forms, and its recall at PRECISION."""
    without = mixed.cases(without_family=False, rejected=False)
    nearest = [case.nearest_is_right for case in cases]
    options: tuple[tuple[str, Sequence[Case], Callable[[Case], float], list[bool]], ...] = (
        ("nearest word, by cosine", cases, lambda c: c.nearest, nearest),
        ("vote of accepted forms", without, lambda c: c.support, [c.is_right for c in without]),
        ("vote, rejected forms too", cases, lambda c: c.support, [c.is_right for c in cases]),
    )
    print(f"{'entry out':28}{'accuracy':>9}{f'recall at {PRECISION}':>15}")
    for name, used, score, right in options:
        accepted = [r for r, case in zip(right, used, strict=True) if case.is_accepted]
        share = sum(accepted) / len(accepted)
        print(f"{name:28}{share:9.3f}{recall_by(used, score, right):15.3f}")


def print_curve(name: str, cases: Sequence[Case]) -> None:
    """Print precision and recall by floor."""
    print(f"\n{name:12}{'floor':>7}{'precision':>11}{'recall':>8}{'rejected answered':>19}")
    for floor in (*FLOORS, SUPPORT_FLOOR):
        precision, recall, wrong = precision_and_recall(cases, floor)
        mark = "  in use" if floor == SUPPORT_FLOOR else ""
        print(f"{'':12}{floor:7.2f}{precision:11.3f}{recall:8.3f}{wrong:19.3f}{mark}")


def print_reliability(cases: Sequence[Case]) -> None:
    """Print how often answers of each score were right at the floor in use, and the calibration error."""
    used = [case for case in cases if case.is_answered(SUPPORT_FLOOR)]
    error = 0.0
    print(f"\n{'score':12}{'answers':>8}{'mean score':>12}{'right':>8}")
    for low in np.arange(0.8, 1, 0.02):
        bucket = [c for c in used if low <= p_right(c.support) < low + 0.02]
        if bucket:
            score = sum(p_right(c.support) for c in bucket) / len(bucket)
            right = sum(c.is_right for c in bucket) / len(bucket)
            error += abs(score - right) * len(bucket) / len(used)
            span = f"{low:.2f}-{low + 0.02:.2f}"
            print(f"{span:12}{len(bucket):8}{score:12.3f}{right:8.3f}")
    print(f"expected calibration error: {error:.3f}")


def print_veto(cases: Sequence[Case]) -> None:
    """Print what the veto takes away at the floor in use: wrong answers and right ones."""
    near = [c for c in cases if c.match is not None and c.match.margin >= MARGIN_FLOOR]
    for floor in (0.0, SUPPORT_FLOOR):
        vetoed = [c for c in near if c.is_vetoed and c.support >= floor]
        right = sum(c.is_right for c in vetoed)
        print(f"veto from a floor of {floor}: {len(vetoed) - right} wrong, {right} right answers")


def print_rare(mixed: Mixed, cases: Sequence[Case]) -> None:
    """Print what the floor makes of forms rejected as rare, which are not embedded as rows."""
    known = {row.text for row in mixed.linker.rows}
    rejected = mixed.linker.graph.index.rejected_forms
    rare = sorted(
        {plain(form) for form, reason in rejected.items() if reason == RARE}
        - known
        - {plain(form) for form in mixed.words}
    )
    answered = sum(map(bool, mixed.linker.candidates_many(rare)))
    kept = [case for case in cases if case.is_answered(SUPPORT_FLOOR)]
    precision = sum(case.is_right for case in kept) / (len(kept) + answered)
    print(f"\nrejected as rare: {answered} of {len(rare)} answered", end="; ")
    print(f"precision {precision:.3f} if each is wrong")


def main() -> None:
    """Print options, fit, curves, reliability and veto."""
    print_run_info()
    linker = EmbeddingLinker(EmotionGraph.load(), device="cpu")
    mixed = Mixed(linker)
    accepted = sum(linker.rows[i].concept is not None for i in mixed.asked)
    print(
        f"{len(linker.rows)} rows; mixed set: {accepted} accepted, "
        f"{len(mixed.asked) - accepted} rejected forms\n"
    )
    cases = mixed.cases(without_family=False)
    print_options(mixed, cases)
    print(f"\nline: fitted {fitted_line(cases)}, in use {(INTERCEPT, SLOPE)}")
    print(f"floor: fitted {fitted_floor(cases)}, in use {SUPPORT_FLOOR}")
    print_curve("entry out", cases)
    print_curve("family out", mixed.cases(without_family=True))
    print_reliability(cases)
    print_veto(cases)
    print_rare(mixed, cases)


if __name__ == "__main__":
    main()
