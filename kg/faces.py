"""Ranks emotions by the facial actions given, against every published pattern.

Published tables disagree and full prototypes are rare on real clips, so support is graded, what the
detector cannot see is set apart from what it did not see, and the result is a ranking with rivals,
never one verdict about a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import ActionUnit, Detector, FacialEvidence, Pattern, PatternAction
from affectgraph.ontology.au_lattice import CAVEAT as CAVEAT  # one wording for graph and lookups
from affectgraph.ontology.errors import InputError, UnknownTermError

AGAINST_FACTOR = 0.5
"""Weight of a ranking if a source names one of the shown actions as arguing against the emotion."""

KIND_ORDER = (
    "prototype",
    "prototypical-70",
    "international-core-pattern",
    "defining-set",
    "display",
    "major-variant",
    "index",
    "necessary-condition",
    "pseudo-label-rule",
)
"""Kinds of pattern by authority, for choosing among equally good ones."""

_NAME = re.compile(
    r"(?:(?P<side>[LR])(?=\W*(?:AU|AD|\d)))?[^\w-]*(?:(?P<kind>AU|AD|M)[\s_-]*)?0*(?P<number>\d{1,4})"
    r"(?P<grade>[A-E])?",
    re.IGNORECASE,
)


def find_unit(index: GraphIndex, name: str | int) -> ActionUnit | None:
    """Return the FACS code a name means, None if FACS has no such number.

    Accepts ``12``, ``"12"``, ``"AU12"``, ``"au 12"``, ``"AU06"``, ``"AU12B"``, ``"R14"``, ``"AD19"``
    and ``"M55"``. ``"AU19"`` finds action descriptor 19, as tools write it; a number given to ``AD``
    must be a descriptor.
    """
    match = _NAME.fullmatch(str(name).strip())
    if match is None:
        return None
    number = match["number"]
    kind = (match["kind"] or "AU").upper()
    if kind == "M":
        return index.units.get(f"M{number}")
    for code in (f"{kind}{number}", f"AD{number}"):
        if code in index.units:
            return index.units[code]
    return None


def require_unit(index: GraphIndex, name: str | int) -> ActionUnit:
    """Return the FACS code a name means.

    :raises UnknownTermError: if FACS has no such code.
    """
    unit = find_unit(index, name)
    if unit is None:
        raise UnknownTermError(
            str(name),
            kind="a FACS code (AU1 to AU46 without AU3, AU51 to AU69 without AU59, AU60, AU67 and AU68)",
        )
    return unit


def rank_emotions(
    index: GraphIndex,
    actions: Iterable[str | int],
    *,
    detector: Detector | None = None,
    limit: int | None = None,
) -> list[FacialEvidence]:
    """Return concepts ranked by how well the actions fit their best published pattern.

    For each pattern: ``support`` is the share of its required groups that are met, among those the
    detector can see; ``precision`` the share of the given actions it names; the score is their
    harmonic mean, halved if a source names one of the actions as arguing against the emotion. A
    concept takes its best pattern. Compound expressions are left out: no concept is theirs.

    :param actions: codes, names as :func:`find_unit` takes them; sides and grades are ignored.
    :param detector: what produced the actions; None if everything could be seen.
    :param limit: at most so many concepts; all with a score above 0 if left out.
    :returns: best first; ties by number of sources that support the concept, then by slug.
    :raises UnknownTermError: if an action is no FACS code.
    :raises InputError: if no action is given or ``limit`` is below 1.
    """
    shown = {require_unit(index, name).code for name in actions}
    if not shown:
        raise InputError("Expected at least one facial action such as 'AU12', got none.")
    if limit is not None and limit < 1:
        raise InputError(f"Expected a limit of at least 1, got {limit}.")
    best: dict[str, FacialEvidence] = {}
    sources: dict[str, set[str]] = {}
    for evidence in grade_patterns(index, shown, detector=detector):
        slug = evidence.concept.slug
        sources.setdefault(slug, set()).add(evidence.pattern.source)
        if slug not in best or by_authority(evidence) > by_authority(best[slug]):
            best[slug] = evidence
    ranked = sorted(
        best.values(),
        key=lambda e: (-e.score, -len(sources[e.concept.slug]), e.concept.slug),
    )
    return ranked[:limit]


def grade_patterns(
    index: GraphIndex, shown: Iterable[str], *, detector: Detector | None = None
) -> list[FacialEvidence]:
    """Return how well actions fit each usable pattern of which they meet any group, in the index's order.

    :param shown: FACS codes; support, precision and score are those of :func:`rank_emotions`.
    """
    codes = set(shown)
    # What is shown was seen, whatever the list of the detector says.
    visible = detector.codes | codes if detector is not None else frozenset(index.units)
    read = _read_patterns(index)
    return [_grade(index, pattern, codes, visible) for pattern in read if pattern.any & codes]


@lru_cache(maxsize=4)
def usable_patterns(index: GraphIndex) -> Sequence[Pattern]:
    """Return the patterns of single concepts that ask for any action."""
    return tuple(p for p in index.patterns if p.required and not p.is_blend)


def by_authority(evidence: FacialEvidence) -> tuple[float, int, int]:
    """Return the order of evidence, higher is better: score, actions met, kind of pattern."""
    kind = evidence.pattern.kind
    authority = KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)
    return (evidence.score, len(evidence.met), -authority)


@dataclass(frozen=True, slots=True)
class _Read:
    """A usable pattern with its codes as sets: of all its actions, of each required group, of any group."""

    pattern: Pattern
    codes: frozenset[str]
    groups: tuple[tuple[frozenset[str], tuple[PatternAction, ...]], ...]
    any: frozenset[str]


@lru_cache(maxsize=4)
def _read_patterns(index: GraphIndex) -> tuple[_Read, ...]:
    return tuple(_read(pattern) for pattern in usable_patterns(index))


def _read(pattern: Pattern) -> _Read:
    groups = tuple((frozenset(a.code for a in group), group) for group in pattern.required)
    return _Read(pattern, pattern.codes, groups, frozenset().union(*(own for own, _ in groups)))


def _grade(
    index: GraphIndex, read: _Read, shown: set[str], visible: frozenset[str]
) -> FacialEvidence:
    """Return how well actions fit a pattern of which they meet a group."""
    judged = [pair for pair in read.groups if not pair[0].isdisjoint(visible)]
    missing = [group for own, group in judged if own.isdisjoint(shown)]
    met = sorted(read.codes & shown)
    support = (len(judged) - len(missing)) / len(judged)
    precision = len(met) / len(shown)
    concept = read.pattern.concepts[0]
    against = sorted(excluded_codes(index, concept) & shown)
    score = 2 * support * precision / (support + precision)
    return FacialEvidence(
        concept=index.concepts[concept],
        pattern=read.pattern,
        score=round(score * (AGAINST_FACTOR if against else 1), 4),
        support=round(support, 4),
        precision=round(precision, 4),
        met=tuple(met),
        missing=_names(missing),
        unseen=_names(group for own, group in read.groups if own.isdisjoint(visible)),
        against=tuple(against),
        rivals=rivals(index, met, concept),
    )


def _names(groups: Iterable[tuple[PatternAction, ...]]) -> tuple[str, ...]:
    return tuple("|".join(action.code for action in group) for group in groups)


def excluded_codes(index: GraphIndex, concept: str) -> frozenset[str]:
    """Return the codes that some source names as arguing against a concept.

    Grades count as the plain code only where the source gives none: "not stronger than B" excludes
    no unit.
    """
    return _exclusions(index).get(concept, frozenset())


@lru_cache(maxsize=4)
def _exclusions(index: GraphIndex) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pattern in index.patterns:
        if len(pattern.concepts) == 1:
            actions = (action for group in pattern.excluded for action in group)
            found[pattern.concepts[0]] |= {action.code for action in actions if not action.grade}
    return {concept: frozenset(codes) for concept, codes in found.items()}


def rivals(index: GraphIndex, codes: Iterable[str], concept: str) -> tuple[str, ...]:
    """Return the other concepts of which some pattern requires or allows all of the codes, sorted."""
    wanted = frozenset(codes)
    named = {r.pattern.concepts[0] for r in _read_patterns(index) if wanted <= r.codes}
    return tuple(sorted(named - {concept}))
