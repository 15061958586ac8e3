"""The graph as a server of the Model Context Protocol, for language models and the programs around them."""

from typing import Any

from mcp.server.caching import CacheHint
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, InputRequiredResult
from pydantic import ValidationError

from affectgraph.api import mcp_reason
from affectgraph.api.batches import SHOWN, faults_text
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_resources import add_resources
from affectgraph.api.mcp_tool import to_tool
from affectgraph.api.mcp_tools import GraphTools
from affectgraph.api.problems import shorten
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner import Reasoner

INSTRUCTIONS = """\
AffectGraph is an open knowledge graph of emotions: Parrott's tree (6 primary, 25 secondary, 106 tertiary \
emotions), states outside it, words, valence-arousal-dominance norms, published facial action (FACS) \
patterns and the label schemes of data sets, every fact with its source.

What a word or label means: `ground`. Emotions in a text: `annotate`. Whether a rationale holds: `check`; \
mend what is `contradicted` by its `hint`. Facial action units: `aus`. A point of valence, arousal, \
dominance: `nearest`. One data set's labels in another's: `map`. An emotion of the graph: `lookup`. \
Anything else: `sparql`.

Fields that are empty are left out of an answer's text. Answers describe what words and faces are said to \
express; they diagnose nobody. Where an answer has a `caveat`, pass it on.
"""
HOUR_MS = 3_600_000
CACHED = CacheHint(ttl_ms=HOUR_MS, scope="public")
"""How long clients may keep lists and resources: a server never changes its graph."""


class GraphServer(MCPServer[Any]):
    """A server that says what is wrong with a call as the rest of the package does."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Return the answer of a tool.

        :raises ToolError: if there is no such tool, arguments are not what it takes, or the tool refused.
        """
        names = [tool.name for tool in await self.list_tools()]
        if name not in names:
            raise ToolError(f"Expected a tool of {', '.join(names)}, got {shorten(name, SHOWN)!r}.")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                form = f"the input schema of `{name}` gives"
                raise ToolError(faults_text(cause, form=form)) from cause
            if isinstance(cause, ToolError):  # without the SDK's words before it
                raise cause from None
            raise


def make_server(services: Services, reasoner: Reasoner | None = None) -> MCPServer[Any]:
    """Return a server of a graph: tools with structured answers, resources, completion of names.

    It changes nothing and calls nowhere; only ``reason`` asks a model, and is there only with a reasoner.
    Serve it by ``run()`` (standard input and output), ``streamable_http_app()``, or as
    :mod:`affectgraph.api.mcp_http` does.

    :param reasoner: asked by the tool ``reason``.

    >>> from affectgraph.kg.graph import EmotionGraph
    >>> make_server(Services(EmotionGraph.load())).name
    'affectgraph'
    """
    server = GraphServer(
        name="affectgraph",
        title="AffectGraph",
        version=VERSION,
        instructions=INSTRUCTIONS,
        tools=tools_of(services, reasoner),
        # Texts of users do not belong into a log: refused calls are logged from INFO on.
        log_level="WARNING",
        subscriptions=False,
        cache_hints={
            "tools/list": CACHED,
            "resources/list": CACHED,
            "resources/templates/list": CACHED,
            "resources/read": CACHED,
        },
    )
    add_resources(server, services)
    return server


def tools_of(services: Services, reasoner: Reasoner | None) -> list[Tool]:
    """Return the tools, most used first."""
    graph = GraphTools(services)
    found = [
        to_tool(graph.ground, title="What words and labels mean"),
        to_tool(graph.lookup, title="An emotion of the graph"),
        to_tool(graph.annotate, title="Emotions in a text"),
        to_tool(graph.check, title="Check a rationale"),
        to_tool(graph.nearest, title="Emotions near a VAD point"),
        to_tool(graph.aus, title="Facial action units"),
        to_tool(graph.map_, title="Labels in another scheme"),
        to_tool(graph.schemes, title="Label schemes"),
        to_tool(graph.sparql, title="SPARQL query"),
    ]
    if reasoner is not None:
        reason = mcp_reason.ReasonTool(reasoner).reason
        found.append(
            to_tool(reason, title="Reason about an observation", annotations=mcp_reason.ANNOTATIONS)
        )
    return found
