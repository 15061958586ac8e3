"""The build: the same bytes every time, nothing lost in any format, and the packaged files are fresh."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from affectgraph.ontology import build
from affectgraph.ontology.iris import AG, GRAPH, PREFIXES, RDF
from affectgraph.ontology.version import VERSION

DIGESTS = """
import hashlib
from affectgraph.ontology.build import dumps
for name, content in dumps():
    print(name, hashlib.sha256(content).hexdigest())
"""

CORE_FILES = [f"affectgraph{ending}" for ending in (*build.TRIPLE_FORMATS, *build.QUAD_FORMATS)]
DL_FILES = [f"affectgraph-dl{ending}" for ending in build.TRIPLE_FORMATS]


def dataset(quads: list[Quad]) -> Dataset:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found


def format_of(name: str) -> RdfFormat:
    return {**build.TRIPLE_FORMATS, **build.QUAD_FORMATS}[Path(name).suffix]


def test_process_with_another_hash_seed_writes_the_same_bytes(contents: dict[str, bytes]) -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "4242"
    run = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", DIGESTS],
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert run.stdout.split() == [
        word
        for name, content in contents.items()
        for word in (name, hashlib.sha256(content).hexdigest())
    ]


@pytest.mark.parametrize("name", build.PACKAGED)
def test_packaged_file_is_what_the_tables_give(name: str, contents: dict[str, bytes]) -> None:
    packaged = files("affectgraph.ontology.built").joinpath(name).read_bytes()

    assert packaged == contents[name], f"{name} is out of date: run `make data`"


def test_every_file_of_a_release_is_written(contents: dict[str, bytes]) -> None:
    assert sorted(contents) == sorted([*CORE_FILES, *DL_FILES, build.VOID_FILE])


@pytest.mark.parametrize("name", CORE_FILES)
def test_core_file_reads_back_as_the_same_graph(
    name: str, core: list[Quad], contents: dict[str, bytes]
) -> None:
    format_ = format_of(name)
    expected = (
        set(core) if format_.supports_datasets and name.endswith((".nq", ".trig")) else None
    ) or {Quad(*triple) for triple in build.default_triples(core)}

    assert set(parse(contents[name], format=format_)) == expected


@pytest.mark.parametrize("name", DL_FILES)
def test_description_logic_file_reads_back_as_the_same_graph(
    name: str, contents: dict[str, bytes]
) -> None:
    found = dataset(list(parse(contents[name], format=format_of(name))))

    assert found == dataset(build.build_dl())


def test_core_has_no_blank_nodes(core: list[Quad]) -> None:
    assert not [q for q in core if BlankNode in {type(q.subject), type(q.object)}]


def test_core_is_sorted_and_free_of_duplicates(core: list[Quad]) -> None:
    keys = [build._sort_key(quad) for quad in core]

    assert keys == sorted(keys)
    assert len(set(core)) == len(core)


def test_tree_has_6_primary_25_secondary_and_106_third_tier_concepts(core: list[Quad]) -> None:
    emotions = {
        q.subject
        for q in core
        if q.predicate.value == RDF + "type" and q.object == NamedNode(AG + "EmotionConcept")
    }
    tiers = Counter(
        str(q.object).strip("<>").removeprefix(AG)
        for q in core
        if q.predicate.value == AG + "tier" and q.subject in emotions
    )

    assert tiers == {"primaryTier": 6, "secondaryTier": 25, "tertiaryTier": 106}


def test_named_graphs_repeat_the_values_of_one_source_each(core: list[Quad]) -> None:
    default = {quad.triple for quad in core if isinstance(quad.graph_name, DefaultGraph)}
    named = [quad for quad in core if not isinstance(quad.graph_name, DefaultGraph)]

    assert {str(quad.graph_name).strip("<>") for quad in named} == {
        GRAPH + "vad-glasgow",
        GRAPH + "vad-branch-mean",
        GRAPH + "vad-glasgow-adjusted",
        GRAPH + "vad-estimated",
    }
    assert {quad.triple for quad in named} <= default


def test_turtle_starts_with_every_prefix_sorted(contents: dict[str, bytes]) -> None:
    lines = contents["affectgraph.ttl"].decode().splitlines()

    expected = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    assert lines[: len(expected)] == sorted(expected)


def test_version_in_the_graph_is_the_package_version(contents: dict[str, bytes]) -> None:
    assert f'versionInfo> "{VERSION}" .'.encode() in contents["affectgraph.nt"]


def test_only_the_named_files_are_written(tmp_path: Path) -> None:
    sizes = build.write_dumps(tmp_path / "new" / "folder", names=("affectgraph.nq",))

    written = tmp_path / "new" / "folder" / "affectgraph.nq"
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["affectgraph.nq"]
    assert sizes == {"affectgraph.nq": written.stat().st_size}


def test_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(FileExistsError):
        build.write_dumps(tmp_path / "file")
