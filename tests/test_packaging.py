"""The package map against the folders: what is not in the map is missing from every wheel."""

import fnmatch
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ontology", "kg", "linkers", "reasoner", "api", "client")
LEFT_OUT = ("__pycache__", "*.pyc", ".*", "packaged")


@pytest.fixture(scope="module")
def setuptools_map() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = project["tool"]["setuptools"]
    return found


def is_left_out(path: Path) -> bool:
    return any(fnmatch.fnmatch(part, pattern) for part in path.parts for pattern in LEFT_OUT)


def source_files() -> list[Path]:
    """Return every file of the layers, relative to the root."""
    found = (path.relative_to(ROOT) for layer in LAYERS for path in (ROOT / layer).rglob("*"))
    return sorted(path for path in found if (ROOT / path).is_file() and not is_left_out(path))


def package_of(folder: Path) -> str:
    return ".".join(("affectgraph", *folder.parts))


# --- the map --------------------------------------------------------------------------------------


def test_every_folder_with_files_is_a_package_of_the_map(setuptools_map: dict[str, Any]) -> None:
    folders = {path.parent for path in source_files()}

    missing = {package_of(folder) for folder in folders} - set(setuptools_map["packages"])
    assert missing == set(), "add these to [tool.setuptools] packages and package-dir"


def test_every_package_of_the_map_is_a_folder_with_files(setuptools_map: dict[str, Any]) -> None:
    folders = {package_of(path.parent) for path in source_files()} | {"affectgraph"}

    assert set(setuptools_map["packages"]) - folders == set()


def test_packages_and_their_folders_are_the_same_list_in_order(
    setuptools_map: dict[str, Any],
) -> None:
    packages = setuptools_map["packages"]

    assert packages == sorted(packages)
    assert list(setuptools_map["package-dir"]) == packages


def test_each_package_is_mapped_to_its_real_folder(setuptools_map: dict[str, Any]) -> None:
    expected = {
        package: "/".join(package.split(".")[1:]) or "src/affectgraph"
        for package in setuptools_map["packages"]
    }

    assert setuptools_map["package-dir"] == expected


def test_every_data_file_is_matched_by_package_data(setuptools_map: dict[str, Any]) -> None:
    patterns = setuptools_map["package-data"]

    unmatched = [
        str(path)
        for path in source_files()
        if path.suffix != ".py"
        and not any(
            fnmatch.fnmatch(path.name, pattern)
            for pattern in patterns.get(package_of(path.parent), [])
        )
    ]
    assert unmatched == [], "add their endings to [tool.setuptools.package-data]"
    assert not setuptools_map["include-package-data"]


def test_every_package_data_pattern_matches_a_file(setuptools_map: dict[str, Any]) -> None:
    idle = [
        (package, pattern)
        for package, patterns in setuptools_map["package-data"].items()
        for pattern in patterns
        if not list((ROOT / setuptools_map["package-dir"][package]).glob(pattern))
    ]

    assert idle == []


def test_import_name_is_one_link_per_layer() -> None:
    folder = ROOT / "src" / "affectgraph"
    links = {
        path.name: path.readlink().as_posix() for path in folder.iterdir() if path.is_symlink()
    }

    assert links == {layer: f"../../{layer}" for layer in LAYERS}
    assert {path.name for path in folder.iterdir() if path.name != "__pycache__"} == {
        "__init__.py",
        "py.typed",
        *LAYERS,
    }


def test_every_layer_is_imported_from_its_real_folder() -> None:
    import affectgraph.kg.graph

    assert Path(affectgraph.kg.graph.__file__).resolve() == ROOT / "kg" / "graph.py"


# --- the wheel ------------------------------------------------------------------------------------

LARGEST_WHEEL = 25_000_000
Build = Callable[[Path, Path], Path]


def copy_of_the_tree(target: Path) -> Path:
    """Return a copy without what git ignores, so that building leaves nothing behind."""
    ignored = shutil.ignore_patterns(
        ".*", "__pycache__", "*.egg-info", "build", "dist", "out", "htmlcov", "packaged"
    )
    shutil.copytree(ROOT, target, symlinks=True, ignore=ignored)
    return target


def run_build(source: Path, out: Path, *options: str) -> None:
    # -P: a file or folder named build where pytest was started must not be run in its stead.
    subprocess.run(  # noqa: S603 - this interpreter, fixed options
        [sys.executable, "-P", "-m", "build", *options, "--outdir", str(out), str(source)],
        cwd=source,
        check=True,
        capture_output=True,
        text=True,
    )


def direct_wheel(source: Path, out: Path) -> Path:
    run_build(source, out, "--wheel")
    (wheel,) = out.glob("*.whl")
    return wheel


def wheel_from_sdist(source: Path, out: Path) -> Path:
    run_build(source, out)
    (wheel,) = out.glob("*.whl")
    return wheel


def wheel_without_links(source: Path, out: Path) -> Path:
    for layer in LAYERS:
        (source / "src" / "affectgraph" / layer).unlink()
    return direct_wheel(source, out)


@pytest.mark.slow
@pytest.mark.parametrize("build", [direct_wheel, wheel_from_sdist, wheel_without_links])
def test_wheel_holds_every_file_and_works_alone(build: Build, tmp_path: Path) -> None:
    pytest.importorskip("build", reason="needs build: pip install 'affectgraph[dev]'")
    wheel = build(copy_of_the_tree(tmp_path / "tree"), tmp_path / "out")

    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        archive.extractall(tmp_path / "installed")

    expected = {str(PurePosixPath("affectgraph", *path.parts)) for path in source_files()}
    compiled = {name for name in names if name.startswith("affectgraph/kg/packaged/")}
    assert names - compiled == expected | {"affectgraph/__init__.py", "affectgraph/py.typed"}
    assert compiled >= {
        f"affectgraph/kg/packaged/{name}" for name in ("GRAPH", "rows/concepts.json")
    }
    assert wheel.stat().st_size < LARGEST_WHEEL
    code = (
        "import affectgraph; print(affectgraph.__file__); "
        "print(affectgraph.load().concept('dread').path); "
        "from affectgraph.ontology.graph_checks import rules; print(len(rules()) > 15)"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        str(tmp_path / "installed" / "affectgraph" / "__init__.py"),
        "('fear', 'nervousness', 'dread')",
        "True",
    ]
