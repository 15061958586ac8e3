"""docs/mcp.md: its Python runs, its tables list what there is, its settings start the command."""

import doctest
import json
import re
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from typer.main import get_command

from affectgraph.api import mcp_reason, mcp_tool, mcp_tools
from affectgraph.api.cli import app
from affectgraph.api.cli_mcp import HOST, PORT
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_http import PATH
from affectgraph.api.mcp_server import make_server
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Reasoner
from tests.api.mcp_calls import ask

FILE = Path(__file__).parent.parent / "docs" / "mcp.md"
PAGE = FILE.read_text(encoding="utf-8")
SETTINGS = [
    json.loads(x) for x in re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
]
COMMANDS = [
    *re.findall(r"^affectgraph (mcp.*?)(?: +#.*)?$", PAGE, re.MULTILINE),
    *(
        " ".join(server["args"])
        for found in SETTINGS
        for server in (found.get("mcpServers") or found["servers"]).values()
        if "command" in server
    ),
]


def test_python_of_the_page_gives_what_it_prints() -> None:
    failed, tried = doctest.testfile(str(FILE), module_relative=False)

    assert tried >= 10
    assert failed == 0


def test_tables_list_tools_with_their_arguments_and_resources(graph: EmotionGraph) -> None:
    async def work(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        resources = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        return tools, [*(x.uri for x in resources), *(x.uri_template for x in templates)]

    tools, uris = ask(make_server(Services(graph), Reasoner(graph)), work)

    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE))
    assert list(rows) == [tool.name for tool in tools]
    for tool in tools:
        assert re.findall(r"`(\w+)`", rows[tool.name]) == list(tool.input_schema["properties"])
    assert sorted(re.findall(r"^\| `(affectgraph://.*?)`", PAGE, re.MULTILINE)) == sorted(uris)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_page_have_options_that_there_are(command: str) -> None:
    commands: Any = get_command(app)
    parsed = commands.get_command(None, "mcp").make_context("mcp", command.split()[1:])

    assert parsed.params["http"] == ("--http" in command)


def test_page_has_commands_and_settings() -> None:
    assert (len(COMMANDS), len(SETTINGS)) == (6, 5)


def test_figures_of_the_page_are_those_in_use() -> None:
    text = " ".join(PAGE.split())

    assert f"http://{HOST}:{PORT}{PATH}" in text
    assert f"Texts have up to {mcp_tools.TEXT_LIMIT:,} characters" in text
    assert f"over {mcp_tool.ANSWER_LIMIT:,} is refused" in text
    assert f"1 to {mcp_tools.ITEM_LIMIT} `labels`" in text
    assert mcp_reason.CONCURRENT == 4
