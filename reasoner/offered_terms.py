"""Which terms of a graph a language model is offered that reads claims of a text."""

from collections.abc import Iterable
from functools import lru_cache

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.annotate import Annotator
from affectgraph.reasoner.claim_answers import ClaimAnswer
from affectgraph.reasoner.extract.scheme_names import SchemeNames
from affectgraph.reasoner.model import Report

MOST_CONCEPTS = 72
"""Most concepts of one answer. With all action units and a handful of schemes, the enumerations of an answer
then have fewer values than OpenAI's strict mode takes, 1,000."""

MOST_SCHEMES = 8


@lru_cache(maxsize=4)
def term_offer(graph: EmotionGraph) -> "TermOffer":
    """Return the finder of a graph; made once per graph, in some tenths of a second."""
    return TermOffer(graph)


class TermOffer:
    """Finds the terms that a text touches. Threads may share one.

    :param graph: whose terms they are.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._annotator = Annotator(graph)
        self._schemes = SchemeNames(graph)
        tree = [c for c in graph.index.concepts.values() if c.tier in ("primary", "secondary")]
        self._tree = tuple(c.slug for c in sorted(tree, key=lambda c: c.tier or ""))

    @property
    def units(self) -> tuple[str, ...]:
        """All action units by number: they are few, and words for a face need not name one to mean it."""
        return tuple(sorted(self._graph.index.units, key=lambda code: int(code.lstrip("AUDM"))))

    def answer(self, text: str, report: Report, scheme: str | None, most: int) -> ClaimAnswer:
        """Return the form of the answer to a text.

        Concepts come in the order of their use: those that the rules' claims, the label and words of the text
        name, what lies above them, all primaries and all secondary emotions. Schemes are the record's and
        those the text names.

        :param report: of the same text, by the rules.
        :param scheme: of the record's label. :param most: most claims.
        """
        concepts = dict.fromkeys(self._above(self._touched(text, report)))
        concepts |= dict.fromkeys(self._tree)
        schemes = dict.fromkeys(self._named_schemes(text, scheme))
        return ClaimAnswer(
            self.units,
            tuple(concepts)[:MOST_CONCEPTS],
            tuple(schemes)[:MOST_SCHEMES],
            self._graph.version,
            most,
        )

    def _touched(self, text: str, report: Report) -> list[Concept]:
        known = self._graph.index.concepts
        claims = [judgement.claim for judgement in report.judgements]
        terms = [term for claim in claims for term in (*claim.subject, *claim.object)]
        labelled = report.grounding.candidates if report.grounding is not None else ()
        found = [known[term] for term in terms if term in known]
        found += [candidate.concept for candidate in labelled]
        found += [mention.concept for mention in self._annotator.annotate(text).mentions]
        return found

    def _above(self, concepts: Iterable[Concept]) -> list[str]:
        """Return the slugs of concepts, then those of what they lie under."""
        listed = list(concepts)
        return [c.slug for c in listed] + [s for c in listed for s in reversed(c.path[:-1])]

    def _named_schemes(self, text: str, scheme: str | None) -> list[str]:
        named = [self._schemes.scheme(m[0], text) for m in self._schemes.pattern.finditer(text)]
        return [name for name in (scheme, *named) if name is not None]
