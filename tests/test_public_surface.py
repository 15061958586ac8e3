"""What the package offers by name: nothing more, nothing less, and no change unseen."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = (
    "affectgraph",
    "affectgraph.ontology",
    "affectgraph.kg",
    "affectgraph.kg.envelopes",
    "affectgraph.linkers",
    "affectgraph.reasoner",
    "affectgraph.reasoner.models",
    "affectgraph.api",
    "affectgraph.client",
)
SNAPSHOT = Path(__file__).parent / "public_surface.txt"


def exported(package: str) -> list[str]:
    return list(getattr(importlib.import_module(package), "__all__", []))


def own_imports(nodes: list[ast.stmt]) -> list[ast.ImportFrom]:
    """Return the imports from the project among statements."""
    return [
        node
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("affectgraph")
    ]


def gives_names_late(package: str) -> bool:
    """Return whether a package imports a module when a name of it is first asked for."""
    return hasattr(importlib.import_module(package), "__getattr__")


def late_homes(package: str) -> dict[str, str]:
    """Return the module of each name that a package gives late, as it tells type checkers."""
    file = inspect.getsourcefile(importlib.import_module(package))
    assert file is not None
    nodes = ast.parse(Path(file).read_text(encoding="utf-8")).body
    late = [node for branch in nodes if isinstance(branch, ast.If) for node in branch.body]
    return {a.name: str(node.module) for node in own_imports(late) for a in node.names}


def public_names(package: str) -> set[str]:
    """Return what a package's own text defines or takes from the project, without leading underscore."""
    file = inspect.getsourcefile(importlib.import_module(package))
    assert file is not None
    nodes = ast.parse(Path(file).read_text(encoding="utf-8")).body
    names = {alias.asname or alias.name for node in own_imports(nodes) for alias in node.names}
    if gives_names_late(package):
        names |= set(late_homes(package))
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            continue
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if not name.startswith("_")}


def reading_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, each by the alphabet, as ruff sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def attributes(class_: type) -> set[str]:
    """Return a class's own public attributes, and those of the bases that nobody sees by name."""
    values = (getattr(importlib.import_module(p), n) for p in PACKAGES for n in exported(p))
    seen = {value for value in values if inspect.isclass(value)}
    bases = [c for c in class_.__mro__[1:] if c.__module__.startswith("affectgraph.")]
    parts = [class_, *(base for base in bases if base not in seen)]
    own = {a for part in parts for a in (*vars(part), *vars(part).get("__annotations__", {}))}
    return {name for name in own if not name.startswith("_")}


def surface() -> Iterator[str]:
    """Yield every exported name, and the public attributes of exported classes."""
    for package in PACKAGES:
        for name in exported(package):
            yield f"{package}.{name}"
            value = getattr(importlib.import_module(package), name)
            if inspect.isclass(value) and value.__module__.startswith("affectgraph"):
                yield from (f"{package}.{name}.{a}" for a in attributes(value))


@pytest.mark.parametrize("package", PACKAGES)
def test_exported_names_are_sorted_and_unique(package: str) -> None:
    names = exported(package)

    assert names == sorted(set(names), key=reading_order)


@pytest.mark.parametrize("package", PACKAGES)
def test_exported_names_are_all_public_names_and_only_those(package: str) -> None:
    names = {name for name in exported(package) if not name.startswith("_")}

    assert names == public_names(package)


@pytest.mark.parametrize("package", PACKAGES)
def test_exported_names_exist_and_public_functions_and_classes_say_what_they_are(
    package: str,
) -> None:
    module = importlib.import_module(package)

    values = {name: getattr(module, name) for name in exported(package)}
    silent = [
        name
        for name, value in values.items()
        if (inspect.isclass(value) or inspect.isfunction(value)) and not inspect.getdoc(value)
    ]
    assert silent == []
    assert module.__doc__


@pytest.mark.parametrize("package", [*filter(gives_names_late, PACKAGES)])
def test_names_given_late_are_those_that_type_checkers_see(package: str) -> None:
    module = importlib.import_module(package)

    assert {*late_homes(package), *module.__all__} <= set(dir(module))
    assert dir(module) == sorted(set(dir(module)))
    for name, home in late_homes(package).items():
        assert getattr(module, name) is getattr(importlib.import_module(home), name)


@pytest.mark.parametrize("package", [*filter(gives_names_late, PACKAGES)])
def test_name_that_a_package_lacks_is_an_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = importlib.import_module(package).Nothing


def test_public_surface_is_the_one_written_down(golden: bool) -> None:
    found = "".join(f"{name}\n" for name in sorted(surface()))
    if golden:
        SNAPSHOT.write_text(found, encoding="utf-8")

    assert found == SNAPSHOT.read_text(encoding="utf-8"), (
        "the public names changed: if that is meant, run `make golden` and say so in CHANGELOG.md"
    )
