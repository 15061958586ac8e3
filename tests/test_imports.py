"""Imports go one way, and importing the package stays light."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ontology", "kg", "linkers", "reasoner", "api", "client")
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))

HEAVY = (
    "fastapi",
    "jinja2",
    "llguidance",
    "mcp",
    "networkx",
    "owlready2",
    "pandas",
    "polars",
    "pyarrow",
    "pyshacl",
    "ray",
    "rdflib",
    "sentence_transformers",
    "sklearn",
    "spacy",
    "torch",
    "transformers",
    "uvicorn",
)
"""Libraries that may be imported only when something asks for them."""


def imported_names(path: Path) -> Iterator[str]:
    """Yield the full name of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def module_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def loaded_after(code: str) -> set[str]:
    """Return the top-level names of the modules a fresh interpreter holds after running code."""
    report = "import sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("path", FILES, ids=module_id)
def test_module_imports_only_from_its_own_layer_or_those_before_it(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    allowed = LAYERS[: LAYERS.index(layer) + 1]

    ours = [name.split(".") for name in imported_names(path) if name.startswith("affectgraph")]

    # The package's top joins all layers, so only the last one may look back at it.
    outside = [".".join(name) for name in ours if not {*name[1:2]} & {*allowed}]
    assert layer == "api" or outside == [], f"{layer} may import {', '.join(allowed)} only"


@pytest.mark.parametrize("path", FILES, ids=module_id)
def test_module_has_one_name_and_is_imported_by_it(path: Path) -> None:
    found = [
        name
        for name in imported_names(path)
        if name.startswith(".") or name.split(".")[0] in {*LAYERS, "src", "tests"}
    ]

    assert found == [], "write affectgraph.<layer>..."


@pytest.mark.parametrize("path", FILES, ids=module_id)
def test_module_imports_no_names_by_star(path: Path) -> None:
    assert [name for name in imported_names(path) if name.endswith(".*")] == []


def test_checks_see_what_is_imported_inside_functions_and_relatively(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("import a.b\ndef f():\n    from c import d\n    from . import e\n")

    assert list(imported_names(path)) == ["a.b", "c.d", "..e"]


def test_importing_the_package_loads_nothing_but_its_name_and_errors() -> None:
    loaded = loaded_after("import affectgraph")

    assert {name for name in loaded if name in HEAVY} == set()
    assert "affectgraph.kg" not in loaded
    assert "pyoxigraph" not in loaded
    assert "numpy" not in loaded


@pytest.mark.parametrize(
    "code",
    [
        "import affectgraph\naffectgraph.load().concept('dread')",
        "from affectgraph.kg import EmotionGraph\nEmotionGraph.load().nearest(0, 0, 0)",
        "import affectgraph\naffectgraph.ground('furious')",
        "import affectgraph.linkers",
        "import affectgraph.reasoner",
        "from affectgraph.reasoner.models import ScriptedModel, TransformersModel",
        "import affectgraph.ontology.build, affectgraph.ontology.gate, affectgraph.ontology.shacl",
        "import affectgraph.api.cli",
    ],
)
def test_work_on_the_graph_loads_no_heavy_library(code: str) -> None:
    assert {name for name in loaded_after(code) if name in HEAVY} == set()


def test_grounding_loads_neither_numpy_nor_what_it_does_not_need() -> None:
    loaded = loaded_after("import affectgraph\naffectgraph.ground('furious')")

    unneeded = {"numpy", "urllib.request", "importlib.resources", "affectgraph.linkers.embedding"}
    assert loaded & unneeded == set()
