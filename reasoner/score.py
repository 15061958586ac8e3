"""The scores of a checked rationale, with their formulas and where those come from.

"Supported" means throughout that a claim agrees with the knowledge cited, not that the label is right. The
scores are reported together (:class:`affectgraph.reasoner.model.Scores`), since each alone can be had
cheaply: precision by saying little, recall by saying everything.
"""

from collections.abc import Iterable, Mapping, Sequence

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.alike import is_kind, joined
from affectgraph.reasoner.conclusion_evidence import facial_groups, sightings
from affectgraph.reasoner.model import Claim, Judgement, Scores, Verdict

NO_CONCLUSION = "the text concludes nothing"
NO_READINGS = "no readings were given"

NEAR = 0.5
"""Score of a state outside the tree against the emotion that comes nearest to it; own definition."""


def score(
    judgements: Sequence[Judgement],
    *,
    readings: Readings | None,
    label: Concept | str,
    conclusion: Concept | None,
    consistency: float | None,
) -> Scores:
    """Return the scores of a rationale. Claims from the record's fields take no part.

    :param judgements: the verdicts on all claims.
    :param readings: what a detector reported, None if nothing is known of the face.
    :param label: what the record's label means, or the reason why that is unknown.
    :param conclusion: what the text itself concludes, None if nothing.
    :param consistency: how well its own evidence fits that, as
        :meth:`affectgraph.reasoner.verdict_on_conclusion.ConclusionJudge.consistency` reckons it.
    """
    judgements = [j for j in judgements if j.claim.source == "text"]
    precision = verdict_share(judgements, "supported")
    named: dict[str, float] = {}
    if readings is not None:
        named = named_units(sightings((j.claim, j.verdict) for j in judgements))
    recall = _recall(named, readings)
    found: dict[str, float | str] = {
        "checkability": checkability(judgements),
        "grounded_precision": precision,
        "contradiction_rate": verdict_share(judgements, "contradicted"),
        "evidence_recall": recall,
        "faithfulness_f1": _faithfulness(precision, recall),
        "label_score": _label_score(label, conclusion),
        "consistency": _consistency(conclusion, consistency),
        "au_agreement": _agreement(named, readings),
    }
    values = {n: round(v, 4) if not isinstance(v, str) else None for n, v in found.items()}
    reasons = tuple((n, v) for n, v in found.items() if isinstance(v, str))
    return Scores(**values, undefined=reasons)


def checkability(judgements: Sequence[Judgement]) -> float | str:
    """Return the share of the claims that could be judged, or why there is none.

    Own definition.
    """
    if not judgements:
        return "no claim was read"
    return sum(j.verdict != "not_checkable" for j in judgements) / len(judgements)


def verdict_share(judgements: Sequence[Judgement], verdict: Verdict) -> float | str:
    """Return claims with a verdict over judged claims, a hedged claim counting half.

    For ``supported`` this is FActScore's precision, the share of atomic facts that a knowledge source
    supports (Min et al. 2023, EMNLP); for ``contradicted`` the share of contradicted claims of RefChecker
    (Hu et al. 2024, arXiv 2405.14486). Leaving out what could not be judged, and the half weight of
    hedges, are own definitions.
    """
    judged = [j for j in judgements if j.verdict != "not_checkable"]
    if not judged:
        return "no claim could be judged"
    return sum(j.claim.weight for j in judged if j.verdict == verdict) / total_weight(judged)


def total_weight(judgements: Iterable[Judgement]) -> float:
    """Return what claims count together: 1 each, 0.5 if hedged."""
    return sum(j.claim.weight for j in judgements)


def named_units(claims: Iterable[Claim]) -> dict[str, float]:
    """Return the codes that sightings name, each with its largest weight.

    A plain sighting gives 1, a hedged one 0.5, and alternatives share that: of "AU6 or AU7" each gets a
    half.
    """
    found: dict[str, float] = {}
    for claim in claims:
        for group in facial_groups(claim):
            for code in group:
                found[code] = max(found.get(code, 0.0), claim.weight / len(group))
    return found


def unit_recall(named: Mapping[str, float], readings: Readings) -> float:
    """Return the share of the shown units that are named; 1 if none is shown.

    The claim recall of RAGChecker (Ru et al. 2024, arXiv 2408.08067) with the units that the readings
    show for the claims of the truth.
    """
    shown = [code for code, is_shown in readings.shown.items() if is_shown]
    return sum(named.get(code, 0.0) for code in shown) / len(shown) if shown else 1.0


def unit_agreement(named: Mapping[str, float], readings: Readings) -> float | None:
    """Return the agreement of named units with shown ones, 0..1; None if there are none of either.

    Twice the units agreed on over all units scored by both, the agreement index of FACS coders (Ekman,
    Friesen and Hager 2002, Investigator's Guide, after Wexler 1972), which equals F1. Units that the
    detector does not report are left out.
    """
    shown = {code for code, is_shown in readings.shown.items() if is_shown}
    scored = sum(weight for code, weight in named.items() if code in readings.shown)
    agreed = sum(weight for code, weight in named.items() if code in shown)
    return 2 * agreed / (scored + len(shown)) if scored or shown else None


def harmonic_mean(first: float, second: float) -> float:
    """Return the harmonic mean of two shares, 0 if both are 0 (van Rijsbergen 1979: F1).

    >>> harmonic_mean(1.0, 0.5)
    0.6666666666666666
    """
    return 2 * first * second / (first + second) if first + second else 0.0


def tree_score(first: Concept, second: Concept) -> float:
    """Return how near two concepts are in the tree: 1 if equal, 0 if they share no branch.

    One minus the steps between them over the sum of their depths, a primary having depth 1: the
    similarity of Wu and Palmer (1994) with the root at depth 0, and the hierarchical F of Kiritchenko,
    Matwin and Famili (2005) over ancestors. Happiness counts as joy. A state outside the tree scores 1
    against itself and 0.5 against the emotion that comes nearest to it.

    >>> anger, rage = map(EmotionGraph.load().concept, ("anger", "rage"))
    >>> round(tree_score(anger, rage), 2)
    0.67
    """
    if first.slug == second.slug:
        return 1.0
    if {first.related, second.related} & {first.slug, second.slug}:
        return NEAR
    paths = [_path(concept) for concept in (first, second)]
    if not all(paths):
        return 0.0
    first_path, second_path = paths
    shared = sum(a == b for a, b in zip(first_path, second_path, strict=False))
    return 2 * shared / (len(first_path) + len(second_path))


def nearness(graph: EmotionGraph, slug: str, other: str) -> float:
    """Return how far evidence of one concept is evidence of another, 0..1.

    What shows an emotion shows all that it is a kind of, which counts 1; what lies above or beside counts
    its :func:`tree_score`.

    >>> graph = EmotionGraph.load()
    >>> nearness(graph, "rage", "anger"), nearness(graph, "irritation", "rage")
    (1.0, 0.5)
    """
    if is_kind(graph, slug, other):
        return 1.0
    return tree_score(graph.concept(slug), graph.concept(other))


def _path(concept: Concept) -> tuple[str, ...]:
    """Return a concept's place in the tree; what counts as a primary has that primary's."""
    slug = joined(concept.slug)
    return concept.path if slug == concept.slug else (slug,)


def _label_score(label: Concept | str, conclusion: Concept | None) -> float | str:
    if isinstance(label, str):
        return label
    if conclusion is None:
        return NO_CONCLUSION
    return tree_score(label, conclusion)


def _consistency(conclusion: Concept | None, value: float | None) -> float | str:
    if conclusion is None:
        return NO_CONCLUSION
    return value if value is not None else "the text gives no evidence that the graph can read"


def _recall(named: Mapping[str, float], readings: Readings | None) -> float | str:
    if readings is None:
        return NO_READINGS
    if not any(readings.shown.values()):
        return "the readings show no action"
    return unit_recall(named, readings)


def _agreement(named: Mapping[str, float], readings: Readings | None) -> float | str:
    if readings is None:
        return NO_READINGS
    found = unit_agreement(named, readings)
    return found if found is not None else "neither the text nor the readings show an action"


def _faithfulness(precision: float | str, recall: float | str) -> float | str:
    """Return the harmonic mean of precision and recall, as RAGChecker's F1 joins the two."""
    if isinstance(precision, str):
        return precision
    return recall if isinstance(recall, str) else harmonic_mean(precision, recall)
