"""What the packaged graph's words come to for the linkers, worked out once and kept beside its rows.

Otherwise the first label or text would have to normalise every form and find every phrase's first word, and
the senses of each word would be ranked when it is met. What is kept takes a few milliseconds to read. It is
used only if it was made from the same graph by the same code.
"""

import json
from collections.abc import Callable, Iterator, KeysView, Mapping
from pathlib import Path
from zlib import crc32

from affectgraph.kg.compiled import FOLDER, KEYED, ROWS, PackagedStore, kept_lookups
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.grouped import GroupedRows, replace_file, write_grouped
from affectgraph.kg.store import GraphStore

Lists = Mapping[str, tuple[str, ...]]
"""Words by a key, in order."""

MADE_BY = (
    "../kg/grouped.py",
    "../kg/words.py",
    "annotation/matcher.py",
    "annotation/stems.py",
    "annotation/tokens.py",
    "entry.py",
    "idioms.py",
    "lexicon.py",
    "lexicon_rows.py",
    "normalise.py",
    "phrase_patterns.py",
    "phrase_words.py",
    "prepared.py",
)
"""Modules that decide what is kept."""

ENTRIES = "lexicon_entries" + KEYED
"""File of the entries of a lexicon."""

_BETWEEN = "\t"


class KeptLists(Lists):
    r"""Lists that are taken apart when they are asked for. Threads may share one.

    :param keys: the keys, with tabs between.
    :param others: the lists that are not their key alone, with tabs between their words.

    >>> dict(KeptLists("joy\tdeja vu\tno word", {"deja vu": "déjà vu\tdeja vu", "no word": ""}))
    {'joy': ('joy',), 'deja vu': ('déjà vu', 'deja vu'), 'no word': ()}
    """

    def __init__(self, keys: str, others: Mapping[str, str]) -> None:
        self._said: dict[str, str | None] = dict.fromkeys(keys.split(_BETWEEN) if keys else ())
        self._said.update(others)

    def __getitem__(self, key: str) -> tuple[str, ...]:
        said = self._said[key]
        if said is None:
            return (key,)
        return tuple(said.split(_BETWEEN)) if said else ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __contains__(self, key: object) -> bool:
        return key in self._said

    def keys(self) -> KeysView[str]:
        """Return the keys; what is common to them and a set is found without a look at all of them."""
        return self._said.keys()


def kept_file(store: GraphStore, name: str) -> Path | None:
    """Return the path of a file that is kept of the packaged graph, None for another or without it."""
    packaged = kept_lookups(store)
    return packaged.kept(name) if packaged is not None else None


def prepared(graph: EmotionGraph, name: str, make: Callable[[], Lists]) -> Lists:
    """Return the kept lists of a graph, or make them if none of this graph and code are kept.

    :param name: name of their file.
    """
    store = graph.store
    path = None if graph.index.has_own_words else kept_file(store, _file(name))
    if path is not None:
        head, _, keys = path.read_bytes().partition(b"\n")
        kept = json.loads(head)
        if kept["made_by"] == _code():
            return KeptLists(keys.decode(), kept["others"])
    return make()


def kept_entries(graph: EmotionGraph) -> GroupedRows | None:
    """Return the kept entries of a graph by form, as :mod:`affectgraph.linkers.lexicon_rows` has them.

    None if none of this graph and code are kept.
    """
    store = graph.store
    path = None if graph.index.has_own_words else kept_file(store, ENTRIES)
    kept = GroupedRows(path) if path is not None else None
    return kept if kept is not None and kept.query == str(_code()) else None


def write_prepared(folder: Path = FOLDER) -> int:
    """Write what is kept of the packaged graph beside its compiled rows; return its size in bytes.

    :param folder: where :func:`affectgraph.kg.compiled.compile_packaged` wrote the rows.
    """
    from affectgraph.linkers.annotation.matcher import phrase_starts
    from affectgraph.linkers.idioms import phrase_keys
    from affectgraph.linkers.lexicon import Lexicon
    from affectgraph.linkers.lexicon_rows import NAMES, entry_rows

    entries = folder / ROWS / ENTRIES
    entries.unlink(missing_ok=True)  # so that the entries are made and not read
    graph = EmotionGraph(PackagedStore(folder))
    words = Lexicon(graph).words
    figurative = frozenset(sense.form for sense in graph.index.forms if sense.is_figurative)
    write_grouped(entries, str(_code()), NAMES, [*entry_rows(words, figurative)], "key")
    lists = {"phrase_starts": phrase_starts(words), "phrase_keys": phrase_keys(words)}
    sizes = [_write(folder / ROWS / _file(name), held) for name, held in lists.items()]
    return entries.stat().st_size + sum(sizes)


def _write(path: Path, lists: Lists) -> int:
    keys = _BETWEEN.join(lists)
    others = {key: _BETWEEN.join(held) for key, held in lists.items() if held != (key,)}
    head = json.dumps({"made_by": _code(), "others": others}, ensure_ascii=False)
    return replace_file(path, f"{head}\n{keys}".encode())


def _file(name: str) -> str:
    return f"{name}.lists"


def _code() -> int:
    """Return a checksum of the modules that decide what the lists hold; 0 if one is not there to read."""
    folder = Path(__file__).parent
    try:
        return crc32(b"".join((folder / name).read_bytes() for name in MADE_BY))
    except OSError:
        return 0
