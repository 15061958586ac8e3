"""Users' graphs are kept whole on disk, each with what is said of it, by one process at a time."""

import subprocess
import sys
from collections.abc import Iterator
from errno import EBUSY
from pathlib import Path
from threading import Event, Thread

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from affectgraph.kg.user_backup import restore, verified
from affectgraph.kg.user_catalogue import About, GraphEntry, digest_of
from affectgraph.kg.user_names import CATALOGUE, graph_iri
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change
from affectgraph.ontology.errors import BackendError, InputError, UnknownTermError
from affectgraph.ontology.iris import XSD

P = NamedNode("urn:p")


def triple(number: int) -> Triple:
    return Triple(NamedNode(f"urn:s{number}"), P, Literal(str(number)))


ONE, TWO, THREE = map(triple, (1, 2, 3))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def reopened(folder: Path) -> dict[str, set[Triple]]:
    with UserStore.open(folder, create=False) as store:
        assert store.check() == []
        return {entry.iri: set(store.triples(entry.iri)) for entry in store.entries()}


def test_graph_is_there_after_the_store_is_opened_again(folder: Path) -> None:
    about = About("scheme", agent="Ada", source="https://example.org/", licence="CC BY 4.0")
    with UserStore.open(folder) as store:
        store.put("mine", [ONE, TWO], about)

    with UserStore.open(folder) as store:
        entry = store.entry("mine")
        assert set(store.triples("mine")) == {ONE, TWO}
        assert (entry.name, entry.iri) == ("mine", graph_iri("mine"))
        assert (entry.kind, entry.agent, entry.licence) == ("scheme", "Ada", "CC BY 4.0")
        assert (entry.source, entry.triples, entry.version) == ("https://example.org/", 2, 1)
        assert entry.digest == digest_of([TWO, ONE])
        assert entry.created == entry.modified


def test_put_replaces_add_adds_and_delete_deletes(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        store.put("urn:a", [TWO])
        store.add("urn:a", [TWO, THREE])
        store.add("urn:b", [ONE])
        store.delete("urn:b")

    assert reopened(folder) == {"urn:a": {TWO, THREE}}


def test_what_is_said_of_a_graph_stays_until_something_else_is_said(folder: Path) -> None:
    with UserStore.open(folder) as store:
        first = store.put("mine", [ONE], About("traces", agent="Ada")).entries[0]
        store.add("mine", [TWO], About(agent="Ben"))
        second = store.put("mine", [THREE]).entries[0]

    assert (second.kind, second.agent, second.created) == ("traces", "Ben", first.created)
    assert second.modified >= first.modified


def test_empty_graph_is_a_graph_and_no_graph_is_none(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("nothing", [])

        assert store.entry("nothing").triples == 0
        assert store.triples("nothing") == []
        with pytest.raises(UnknownTermError, match="Nearest: nothing"):
            store.triples("something")
        with pytest.raises(UnknownTermError):
            store.delete("something")

    assert reopened(folder) == {graph_iri("nothing"): set()}


def test_write_changes_several_graphs_at_once_and_says_what_it_changed(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        write = store.apply([Change("urn:a", (TWO, THREE), (ONE, THREE)), Change("urn:b", (ONE,))])

    assert (write.version, [entry.triples for entry in write.entries]) == (2, [2, 1])
    # THREE is to go and to come: it comes. TWO is there already.
    assert [(c.graph, c.added, c.removed) for c in write.changes] == [
        ("urn:a", (THREE,), (ONE,)),
        ("urn:b", (ONE,), ()),
    ]
    assert reopened(folder) == {"urn:a": {TWO, THREE}, "urn:b": {ONE}}


def test_put_changes_what_is_otherwise_and_leaves_the_rest(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        write = store.put("urn:a", [TWO, THREE])
        again = store.put("urn:a", [THREE, TWO])
        assert [(c.added, c.removed) for c in write.changes] == [((THREE,), (ONE,))]
        assert [(c.added, c.removed) for c in again.changes] == [((), ())]
        assert again.entries[0].digest == write.entries[0].digest
        assert store.check() == []

    assert reopened(folder) == {"urn:a": {TWO, THREE}}


def test_graph_too_large_to_be_compared_is_cleared_and_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        monkeypatch.setattr("affectgraph.kg.user_writes.MOST_TRIPLES", 1)
        write = store.put("urn:a", [THREE])
        assert [(c.added, c.removed) for c in write.changes] == [((THREE,), None)]
        assert store.check() == []

    assert reopened(folder) == {"urn:a": {THREE}}


SIGNS = "".join(map(chr, [*range(0x30), 0x5C, 0x7F, 0x85, 0xA0, 0x2028, 0xFEFF, 0xFFFF, 0x1F600]))
TERMS: list[NamedNode | BlankNode | Literal] = [
    *(Literal(f"a{sign}b") for sign in SIGNS),
    *(
        Literal(text)
        for text in ("\\u0041", "\\", "'", '"', '"""', "} } ; DROP ALL #", "<urn:x>", "")
    ),
    *(Literal("x", language=tag) for tag in ("en", "en-GB", "de-CH-1996")),
    *(
        Literal(text, datatype=NamedNode(XSD + name))
        for text, name in [
            ("0.50", "decimal"),
            ("007", "integer"),
            ("1e3", "double"),
            ("x", "integer"),
            ("1", "boolean"),
            ("2026-01-01T00:00:00.000+00:00", "dateTime"),
            ("P0Y1M", "yearMonthDuration"),
            ("0aF", "hexBinary"),
            (" x ", "token"),
        ]
    ),
    *(
        NamedNode(f"http://example.org/{end}")
        for end in ("é日本", "%20#'()*", "?b&c=;d,.", "\u2028")
    ),
    BlankNode("b"),
]


def test_every_term_is_kept_as_the_engine_keeps_it_and_can_be_taken_away(folder: Path) -> None:
    triples = {Triple(NamedNode("urn:s"), NamedNode(f"urn:p{i}"), t) for i, t in enumerate(TERMS)}
    triples.add(Triple(BlankNode("b"), NamedNode("urn:p"), BlankNode("c")))
    engine = Store()
    engine.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    expected = {quad.triple for quad in engine}

    with UserStore.open(folder) as store:
        write = store.put("urn:a", triples)
        assert set(write.changes[0].added) == expected
        assert store.check() == []
        assert held_by(store, "urn:a") == expected
        half = sorted(triples, key=str)[::2]
        store.apply([Change("urn:a", (), tuple(half))])
        assert store.check() == []
        store.add("urn:a", half)
        assert held_by(store, "urn:a") == expected

    assert reopened(folder) == {"urn:a": expected}


def held_by(store: UserStore, iri: str) -> set[Triple]:
    """Return what an open store says that a graph has."""
    return set(store.triples(iri))


def test_write_says_what_it_did_to_the_catalogue(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        store.put("urn:b", [ONE])
        before = set(store.catalogue())
        write = store.apply([Change("urn:a", (TWO,)), Change("urn:c", (TWO,))])
        after = (before - set(write.catalogue.removed or ())) | set(write.catalogue.added)
        assert after == set(store.catalogue())
        assert not any(
            "urn:b" in str(t) for t in (*write.catalogue.added, *(write.catalogue.removed or ()))
        )

        write = store.delete("urn:b")
        after = (after - set(write.catalogue.removed or ())) | set(write.catalogue.added)
        assert after == set(store.catalogue())
        assert len(write.catalogue.added) == 1  # the number of the last write


def test_refused_write_leaves_everything_as_it_was(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        with pytest.raises(InputError, match="one twice"):
            store.apply([Change("urn:a", (TWO,)), Change("urn:a", (THREE,))])
        with pytest.raises(InputError, match="project's own"):
            store.apply([Change("urn:a", (TWO,)), Change(CATALOGUE, (THREE,))])

        assert store.version == 1

    assert reopened(folder) == {"urn:a": {ONE}}


def test_write_of_too_many_triples_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("affectgraph.kg.user_writes.MOST_TRIPLES", 2)
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        with pytest.raises(InputError, match=r"up to 2 triples, got 3"):
            store.put("urn:b", [ONE, TWO, THREE])


def test_write_of_too_many_graphs_is_refused(folder: Path) -> None:
    with UserStore.open(folder) as store:
        with pytest.raises(InputError, match="up to 1,000 graphs, got 1,001"):
            store.apply([Change(f"urn:g{number}", (ONE,)) for number in range(1_001)])
        assert store.version == 0


@pytest.mark.parametrize(
    "name",
    [
        "https://w3id.org/affectgraph/graph/vad-glasgow",
        "https://w3id.org/affectgraph/graph/user/",
        "https://w3id.org/affectgraph/ontology#",
        CATALOGUE,
        "https://w3id.org/affectgraph/graph/user-stage/0/added",
        "https://w3id.org/affectgraph/graph/user/../user-catalogue",
        "https://w3id.org/affectgraph/graph/user/./mine",
        "https://example.org/..?mine",
        "HTTPS://W3ID.org/affectgraph/graph/user-catalogue",
        "My Graph",
        "",
        "a/b",
        "urn:a b",
        "http://[",
        "urn:x>} DROP ALL #",
        "urn:" + "x" * 2_000,
    ],
)
def test_name_that_is_no_users_is_refused(name: str, folder: Path) -> None:
    with UserStore.open(folder) as store:
        with pytest.raises(InputError, match="Expected"):
            store.put(name, [ONE])
        assert store.entries() == ()


def test_short_names_stand_below_the_base_that_the_store_was_made_with(folder: Path) -> None:
    with UserStore.open(folder, base="https://example.org/g/") as store:
        store.put("mine", [ONE])
    with UserStore.open(folder) as store:
        assert store.entry("mine").iri == "https://example.org/g/mine"
        assert store.entry("https://example.org/g/mine").name == "mine"
    with pytest.raises(InputError, match=r"https://example.org/g/"):
        UserStore.open(folder, base="https://example.org/other/")
    with pytest.raises(InputError, match="project's own"):
        UserStore.open(folder.parent / "bad", base="https://w3id.org/affectgraph/graph/")


def test_numbers_are_kept_by_value_and_counted_once(folder: Path) -> None:
    decimal = NamedNode(XSD + "decimal")
    long, short = (Triple(P, P, Literal(text, datatype=decimal)) for text in ("0.50", "0.5"))
    with UserStore.open(folder) as store:
        store.put("urn:a", [long, short])
        store.apply([Change("urn:a", (short,), (long,))])  # the same, to go and to come

        assert store.entry("urn:a").triples == 1
        assert store.check() == []


def test_blank_nodes_keep_what_they_join(folder: Path) -> None:
    node = BlankNode("n")
    with UserStore.open(folder) as store:
        store.put("urn:a", [Triple(node, P, Literal("x"))])
        store.add("urn:a", [Triple(node, P, Literal("y"))])
        store.apply([Change("urn:a", (), (Triple(node, P, Literal("x")),))])

    assert reopened(folder) == {"urn:a": {Triple(node, P, Literal("y"))}}


def test_iri_of_a_graph_that_stands_beside_the_store_is_refused(folder: Path) -> None:
    with UserStore.open(folder, reserved={"urn:theirs"}) as store:
        store.put("urn:mine", [ONE])
        with pytest.raises(InputError, match="got urn:theirs, which the graph beside"):
            store.apply([Change("urn:mine", (TWO,)), Change("urn:theirs", (ONE,))])
        assert set(store.triples("urn:mine")) == {ONE}
    with pytest.raises(InputError, match="got urn:mine, which the graph beside"):
        UserStore.open(folder, reserved={"urn:mine"})
    assert reopened(folder) == {"urn:mine": {ONE}}


def test_graphs_are_listed_whole_while_a_write_deletes_one(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        store.put("urn:b", [ONE])

        class Deleting(dict[str, GraphEntry]):
            """Has a graph deleted between the reading of its names and of what is said of them."""

            def __iter__(self) -> Iterator[str]:
                names = [*super().__iter__()]
                store.delete("urn:b")
                return iter(names)

        store._entries = Deleting(store._entries)
        assert [entry.iri for entry in store.entries()] == ["urn:a", "urn:b"]
        assert [entry.iri for entry in store.entries()] == ["urn:a"]


def test_second_process_is_refused_and_told_who_holds_the_store(folder: Path) -> None:
    with UserStore.open(folder), pytest.raises(BackendError, match=r"which process \d+ holds"):
        UserStore.open(folder)
    with UserStore.open(folder) as store:
        code = f"from affectgraph.kg.user_store import UserStore; UserStore.open({str(folder)!r})"
        other = subprocess.run(  # noqa: S603 - this interpreter
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert "BackendError" in other.stderr
        assert "nobody works in" in other.stderr
        store.put("urn:a", [ONE])
    assert reopened(folder) == {"urn:a": {ONE}}


def test_closed_store_says_so(folder: Path) -> None:
    store = UserStore.open(folder)
    store.close()
    store.close()

    with pytest.raises(BackendError, match="closed"):
        store.put("urn:a", [ONE])


def test_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    for create in (True, False):
        with pytest.raises(BackendError, match="neither"):
            UserStore.open(tmp_path, create=create)
    with pytest.raises(BackendError, match="neither"):
        UserStore.open(tmp_path / "none", create=False)
    Store(str(tmp_path / "engine"))
    with pytest.raises(BackendError, match="neither"):  # such as a copy of the packaged graph
        UserStore.open(tmp_path / "engine")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("affectgraph-data 2\nurn:x:\n", "newer version"),
        ("something else\n", "neither"),
        ("", "neither"),
    ],
)
def test_store_of_a_newer_or_another_format_is_refused(text: str, said: str, folder: Path) -> None:
    UserStore.open(folder).close()
    (folder / "FORMAT").write_text(text)

    with pytest.raises(BackendError, match=said):
        UserStore.open(folder)


def test_graph_that_was_changed_behind_the_catalogue_is_found(folder: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        store.put("urn:b", [THREE])
    engine = Store(str(folder / "triples"))
    engine.remove(Quad(ONE.subject, ONE.predicate, ONE.object, NamedNode("urn:a")))
    engine.add(Quad(ONE.subject, ONE.predicate, ONE.object, NamedNode("urn:c")))
    del engine

    with UserStore.open(folder) as store:
        found = store.check()

    assert len(found) == 2
    assert "catalogue lacks, got urn:c" in found[0]
    assert "2 triples" in found[1]
    assert "in urn:a, got 1" in found[1]
    with pytest.raises(BackendError, match="is damaged"):
        verified(folder)


def test_backup_holds_the_store_as_it_was_and_restores_into_an_empty_folder(
    folder: Path, tmp_path: Path
) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        backup = store.backup(tmp_path / "backup")
        store.put("urn:a", [TWO])
        with pytest.raises(InputError, match="not there yet"):
            store.backup(tmp_path / "backup")

    assert restore(backup, tmp_path / "again") == 1
    assert reopened(tmp_path / "again") == {"urn:a": {ONE}}
    assert reopened(folder) == {"urn:a": {TWO}}
    with pytest.raises(InputError, match="empty folder"):
        restore(backup, folder)
    with pytest.raises(BackendError, match="neither"):
        restore(tmp_path, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_place_where_a_disk_is_mounted_takes_a_backup_and_a_restored_store(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(place: Path) -> None:
        raise OSError(EBUSY, "Device or resource busy", str(place))

    for name in ("backup", "again"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(Path, "rmdir", busy)
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        store.backup(tmp_path / "backup")

    assert restore(tmp_path / "backup", tmp_path / "again") == 1
    assert reopened(tmp_path / "again") == {"urn:a": {ONE}}


def test_damaged_backup_is_not_restored(folder: Path, tmp_path: Path) -> None:
    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE, TWO])
        backup = store.backup(tmp_path / "backup")
    engine = Store(str(backup / "triples"))
    engine.remove_graph(NamedNode("urn:a"))
    del engine

    with pytest.raises(BackendError, match="damaged"):
        restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_backups_and_readers_see_whole_writes_while_others_are_made(
    folder: Path, tmp_path: Path
) -> None:
    done = Event()
    seen: list[set[str]] = []
    with UserStore.open(folder) as store:
        store.put("urn:a", [triple(0)] * 1)

        def read() -> None:
            while not done.is_set():
                # Each write puts a hundred triples that name it: two writes are never seen at once.
                seen.append({t.object.value for t in store.triples("urn:a")})  # type: ignore[union-attr]

        reader = Thread(target=read)
        reader.start()
        for number in range(1, 21):
            made = [Triple(NamedNode(f"urn:s{i}"), P, Literal(str(number))) for i in range(100)]
            store.put("urn:a", made)
            if number % 7 == 0:
                store.backup(tmp_path / f"backup-{number}")
        done.set()
        reader.join()

    assert seen
    assert all(len(values) == 1 for values in seen)
    for number in (7, 14):
        held = reopened(tmp_path / f"backup-{number}")
        assert {t.object for t in held["urn:a"]} == {Literal(str(number))}


@pytest.mark.parametrize("about", [{"kind": "poem"}, {"agent": "x" * 1_001}, {"source": "\ud800"}])
def test_what_the_catalogue_cannot_hold_is_refused(about: dict[str, str]) -> None:
    with pytest.raises(InputError, match="Expected"):
        About(**about)


def test_log_is_forced_to_disk_after_the_commit_and_before_the_acknowledgement(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    with UserStore.open(folder) as store:

        def sync(path: Path) -> None:
            has_triple = any(b"urn:s1" in log.read_bytes() for log in folder.rglob("*.log"))
            synced.append((path.suffix or path.name, has_triple))

        monkeypatch.setattr("affectgraph.kg.user_store.sync_file", sync)
        store.put("urn:a", [ONE])

    # The log has the triple when it is synced, and so has the folder that names it.
    assert (".log", True) in synced
    assert synced[-1] == ("triples", True)


def test_names_of_a_new_store_are_forced_to_disk_before_its_first_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[Path, bool]] = []

    def sync(path: Path) -> None:
        synced.append((path, (folder / "triples").is_dir()))

    monkeypatch.setattr("affectgraph.kg.user_store.sync_file", sync)
    with UserStore.open(folder):
        assert synced == [(folder, True), (folder.parent, True)]


def test_log_that_goes_while_it_is_synced_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> None:
        if path.suffix == ".log":
            raise FileNotFoundError(path)

    monkeypatch.setattr("affectgraph.kg.user_store.sync_file", gone)
    with UserStore.open(folder) as store:
        assert store.put("urn:a", [ONE]).version == 1


def test_disk_that_fails_to_sync_is_said_and_the_store_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise OSError(5, "Input/output error")

    with UserStore.open(folder) as store:
        store.put("urn:a", [ONE])
        with monkeypatch.context() as patch:
            patch.setattr("affectgraph.kg.user_store.sync_file", fail)
            with pytest.raises(BackendError, match="Input/output error"):
                store.put("urn:a", [TWO])
        # Not acknowledged, so it may be there or not; it is whole, and the next write stands.
        assert set(store.triples("urn:a")) in ({ONE}, {TWO})
        assert store.check() == []
        store.put("urn:a", [THREE])

    assert reopened(folder) == {"urn:a": {THREE}}
