"""What the packaged file's format and the lazy index cost and save (decision 0003).

For every format of the core graph: bytes, bytes zipped as in a wheel, CPU time until an embedded
store answers. Beside them an Oxigraph directory opened read-only, and what reading each part of the
typed index costs, since only the parts that are asked for are read.
"""

import gc
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from zlib import compress

from pyoxigraph import RdfFormat
from run_info import print_run_info

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology.build import QUAD_FORMATS, TRIPLE_FORMATS, dumps

REPEATS = 7
PARTS = (
    "concepts",
    "entries",
    "forms",
    "vad",
    "units",
    "patterns",
    "detectors",
    "cues",
    "schemes",
    "associations",
    "sources",
)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def loading(content: bytes, format_: RdfFormat) -> float:
    """Return the median CPU milliseconds until a store in memory has read a document."""
    return median(_loaded(content, format_) for _ in range(REPEATS))


def _loaded(content: bytes, format_: RdfFormat) -> float:
    gc.collect()
    start = process_time()
    store = OxigraphStore.from_bytes(content, format_=format_)
    used = (process_time() - start) * 1000
    store.close()
    return used


def opening(folder: Path) -> float:
    """Return the median CPU milliseconds until a directory is open and has answered a count."""
    times = []
    for _ in range(REPEATS):
        start = process_time()
        OxigraphStore.open(folder).query(COUNT)
        times.append((process_time() - start) * 1000)
    return median(times)


def reading(store: GraphStore, part: str) -> float:
    """Return the median CPU milliseconds of reading one part of a new index.

    FACS codes are read before, as parts that name them need them.
    """
    times = []
    for _ in range(REPEATS):
        index = GraphIndex(store)
        if part != "units":
            _ = index.units
        start = process_time()
        getattr(index, part)
        times.append((process_time() - start) * 1000)
    return median(times)


def print_formats() -> None:
    """Print sizes and load times of every format, and of a directory."""
    contents = dict(dumps())
    print("| Core graph as | Graphs | MB | Zipped, MB | Load, ms CPU |\n|---|---|--:|--:|--:|")
    for ending, format_ in {**TRIPLE_FORMATS, **QUAD_FORMATS}.items():
        content = contents[f"affectgraph{ending}"]
        kept = "default and named" if ending in QUAD_FORMATS else "default only"
        milliseconds = loading(content, format_)
        size, zipped = len(content) / 1e6, len(compress(content, 6)) / 1e6
        print(f"| {ending} | {kept} | {size:.1f} | {zipped:.2f} | {milliseconds:.0f} |")
    with TemporaryDirectory() as place:
        folder = Path(place) / "graph"
        OxigraphStore.packaged().save(folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
        print(f"| Oxigraph directory | default and named | {size:.1f} | | {opening(folder):.0f} |")


def print_parts() -> None:
    """Print what each part of the index costs, and all together."""
    store = OxigraphStore.packaged()
    times = {part: reading(store, part) for part in PARTS}
    print("| Part of the index | Read, ms CPU |\n|---|--:|")
    for part, milliseconds in times.items():
        print(f"| {part} | {milliseconds:.1f} |")
    print(f"| all parts | {sum(times.values()):.1f} |")


if __name__ == "__main__":
    print_run_info()
    print_formats()
    print()
    print_parts()
