"""Makes one answer of the answers for a label's parts, and ranks candidates."""

from collections.abc import Sequence
from dataclasses import replace

from affectgraph.linkers.lexicon import STRONG_ANCHORS
from affectgraph.linkers.model import Candidate, Grounding, NilReason, Status
from affectgraph.linkers.scores import DIVIDED, MARGIN


def decide(
    text: str, candidates: list[Candidate], *, divided: frozenset[str] = frozenset()
) -> Grounding:
    """Return the answer that candidates give: linked, neutral, or ambiguous between branches.

    :param divided: slugs of concepts that one sense of the word is shared out between. Where the best
        candidates of different branches are all of them, either is right, and the first is taken: the
        one with the larger share, of equal ones the nearest to a primary, then by name.
    """
    if len(candidates) == 1:
        return _meaning(text, candidates)
    ranked = rank(candidates)
    rivals = _rivals(ranked)
    if rivals and all(c.concept.slug in divided for c in (ranked[0], *rivals)):
        return _divided(text, ranked, rivals)
    if rivals:
        return Grounding(text, "ambiguous", tuple(ranked), None, _several(ranked))
    return _meaning(text, ranked)


def _meaning(text: str, ranked: Sequence[Candidate]) -> Grounding:
    """Return the answer of candidates of which the first has no rival."""
    concept = ranked[0].concept
    if concept.branch == "NeutralState":
        message = "The label says that there is no emotion."
        return Grounding(text, "neutral", tuple(ranked), None, message)
    return Grounding(text, "linked", tuple(ranked), None, f"Means {concept.slug}.")


def compound(text: str, parts: tuple[Grounding, ...]) -> Grounding:
    """Return the answer for a label of several parts: all candidates, ambiguous across branches.

    Parts without a candidate stay in ``parts`` and are named in the message.
    """
    placed = [part for part in parts if part.candidates]
    if not placed:
        return Grounding(text, "nil", (), _reason(parts), _unplaced(parts), parts=parts)
    ranked = tuple(rank(_merged(placed)))
    status = _joint_status(placed)
    names = " and ".join(dict.fromkeys(part.candidates[0].concept.slug for part in placed))
    message = f"A compound of {names}." if status == "ambiguous" else f"Means {names}."
    unread = [part for part in parts if not part.candidates]
    if unread:
        message += f" {_unplaced(tuple(unread))}"
    return Grounding(text, status, ranked, None, message, parts=parts)


def rank(candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates best first; of equal ones the nearest to a primary."""
    if len(candidates) < 2:
        return candidates
    return sorted(candidates, key=lambda c: (-c.score, len(c.path) or 9, c.concept.slug))


def _merged(placed: list[Grounding]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for candidate in (candidate for part in placed for candidate in part.candidates):
        other = found.get(candidate.concept.slug)
        if other is not None:
            best, rest = sorted((other, candidate), key=lambda c: -c.score)
            evidence = tuple(dict.fromkeys((*best.evidence, *rest.evidence)))
            candidate = Candidate(best.concept, best.score, evidence)
        found[candidate.concept.slug] = candidate
    return list(found.values())


def _joint_status(placed: list[Grounding]) -> Status:
    if any(part.status == "ambiguous" for part in placed):
        return "ambiguous"
    best = [part.candidates[0] for part in placed]
    if not all(best[0].concept == other.concept or _same_branch(best[0], other) for other in best):
        return "ambiguous"
    return placed[0].status


def _reason(parts: tuple[Grounding, ...]) -> NilReason:
    reasons = [part.reason for part in parts if part.reason]
    if "negated" in reasons:
        return "negated"
    return reasons[0] if len(set(reasons)) == 1 else "unknown"


def _unplaced(parts: tuple[Grounding, ...]) -> str:
    return "Not placed: " + ", ".join(f"{part.text!r} ({part.reason})" for part in parts) + "."


def _several(ranked: list[Candidate]) -> str:
    if all(c.evidence[0].matched.endswith("(component)") for c in ranked):
        return f"A compound of {' and '.join(c.concept.slug for c in ranked)}."
    return f"Several concepts fit: {' or '.join(c.concept.slug for c in ranked)}."


def _rivals(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of other branches than the best that come close to it."""
    best = ranked[0]
    return [c for c in ranked[1:] if best.score - c.score < MARGIN and not _same_branch(best, c)]


def _divided(text: str, ranked: list[Candidate], rivals: list[Candidate]) -> Grounding:
    best, *rest = ranked
    lowered = [replace(c, score=min(c.score, DIVIDED)) for c in (best, *rest)]
    others = " or ".join(rival.concept.slug for rival in rivals)
    message = f"Means {best.concept.slug}, and as well {others}: the word is shared between them."
    return Grounding(text, "linked", tuple(lowered), None, message, is_divided=True)


def _same_branch(first: Candidate, second: Candidate) -> bool:
    if first.concept.is_emotion and second.concept.is_emotion:
        return first.concept.primary == second.concept.primary
    relations = {e.matched.rpartition("(")[2] for e in (*first.evidence, *second.evidence)}
    return bool(relations & {f"{name})" for name in STRONG_ANCHORS})
