"""What handlers work with: the graph, and the linker and checker on it, made once per process.

Needs no web framework: the REST service, and the server of the Model Context Protocol, share it.
"""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from affectgraph.api.query_counts import CountedQueries
from affectgraph.api.query_runner import InProcessQueries, QueryRunner
from affectgraph.api.store_figures import KeptFigures
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers import ActionUnitLinker, Annotator, LabelLinker, SchemeLinker, VadLinker
from affectgraph.linkers.suggest import Suggester
from affectgraph.reasoner import Checker, Reasoner, ReasonSettings, Retriever

if TYPE_CHECKING:
    from affectgraph.api.llm_runs import ModelRuns
    from affectgraph.api.user_data import UserData

SCHEME_LINKERS = 8
"""Linkers of schemes that are kept; each remembers the labels it has read."""

POLICIES = 8
"""Checkers by other policies on sources that are kept; each remembers its findings."""


class Services:
    """The graph with its linkers and checker.

    Each is made when first asked for; two threads that ask at the same time make equal ones.

    :param llm: the language model with its queue, if there is one.
    :param queries: what runs SPARQL of strangers; this process itself if left out.
    :param data: users' data, if there are any.
    """

    def __init__(
        self,
        graph: EmotionGraph,
        llm: "ModelRuns | None" = None,
        queries: QueryRunner | None = None,
        data: "UserData | None" = None,
    ) -> None:
        self.graph = graph
        self.data = data
        self.llm = llm
        self.queries = CountedQueries(
            queries if queries is not None else InProcessQueries(graph.store)
        )
        self._annotator = lru_cache(maxsize=None)(self._make_annotator)
        self._checker_by = lru_cache(maxsize=POLICIES)(self._make_checker_by)
        self._scheme_linker = lru_cache(maxsize=SCHEME_LINKERS)(self._make_scheme_linker)

    def on(self, graph: EmotionGraph) -> "Services":
        """Return services on another graph, ready for requests; model, queries and data are shared."""
        other = Services(graph, self.llm, self.queries.runner, self.data)
        other.queries = self.queries
        other.warm_up()
        return other

    @cached_property
    def linker(self) -> LabelLinker:
        """The linker of labels."""
        return LabelLinker(self.graph)

    @cached_property
    def checker(self) -> Checker:
        """The checker of rationales."""
        return Checker(self.graph)

    def checker_by(self, sources: str) -> Checker:
        """Return the checker by a policy on sources; what reads texts is shared.

        :raises UnknownTermError: if there is no such source.
        """
        return self.checker if sources == "any" else self._checker_by(sources)

    @cached_property
    def figures(self) -> KeptFigures:
        """How much the store holds that runs SPARQL of strangers."""
        if self.data is None:
            return KeptFigures(self.graph, self.queries)
        return KeptFigures(self.graph, self.queries, self.data.version)

    @property
    def model_name(self) -> str | None:
        """Name of the language model, as it is shown; None without one."""
        return None if self.llm is None else self.llm.name

    @cached_property
    def retriever(self) -> Retriever:
        """Finds what the graph knows of observations."""
        return Retriever(self.graph, linker=self.linker)

    @cached_property
    def reasoner(self) -> Reasoner:
        """The reasoner without a model."""
        return Reasoner(self.graph)

    def reasoner_for(self, llm: "ModelRuns | None", settings: ReasonSettings) -> Reasoner:
        """Return the reasoner with a model, or none, and settings; what it has indexed is shared."""
        return self.reasoner.using(None if llm is None else llm.model, settings)

    @cached_property
    def units(self) -> ActionUnitLinker:
        """The linker of words for facial actions."""
        return ActionUnitLinker(self.graph)

    @cached_property
    def suggester(self) -> Suggester:
        """Completes names."""
        return Suggester(self.graph)

    @cached_property
    def places(self) -> VadLinker:
        """The linker of places in VAD space."""
        return VadLinker(self.graph)

    def annotator(self, *, overlapping: bool = False, ambiguous: bool = False) -> Annotator:
        """Return the annotator of texts with these settings."""
        return self._annotator(overlapping, ambiguous)

    def scheme_linker(self, name: str) -> SchemeLinker:
        """Return the linker of a scheme's labels.

        :raises UnknownTermError: if there is no such scheme.
        """
        return self._scheme_linker(self.graph.scheme(name).name)

    def _make_annotator(self, overlapping: bool, ambiguous: bool) -> Annotator:
        return Annotator(self.graph, overlapping=overlapping, ambiguous=ambiguous)

    def _make_checker_by(self, sources: str) -> Checker:
        return self.checker.with_sources(sources)

    def _make_scheme_linker(self, name: str) -> SchemeLinker:
        return SchemeLinker(self.graph, name)

    def warm_up(self) -> None:
        """Read every part of the graph now, so that the first request is as fast as the next."""
        index = self.graph.index
        _ = (index.concepts, index.vad, index.patterns, index.detectors, index.associations)
        _ = (index.schemes, index.sources, self.graph.around, self.linker, self.checker)
        _ = (self.units, self.places, self.suggester, self.annotator().annotate("sad"))
        _ = (self.retriever.retrieve({"label": "sadness"}, limit=1), self.reasoner)
