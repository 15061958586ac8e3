"""Prints what a measurement ran on: machine, Python, packages, versions, commit.

Other benchmarks call :func:`print_run_info` first, so that every table of figures says where it
comes from. Nothing is read but the machine, the installed packages and git.
"""

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "pyoxigraph",
    "rdflib",
    "networkx",
    "pydantic",
    "typer",
    "fastapi",
    "owlready2",
    "numpy",
)


def run_info() -> dict[str, str]:
    """Return what the run rests on, by name, in the order to print."""
    return {
        "machine": f"{_processor()}, {_cores()} cores usable, {_memory()}",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": ", ".join(filter(None, map(_installed, PACKAGES))),
        "java": _output("java", "-version").partition("\n")[0] or "none",
        "affectgraph": f"package {VERSION}, graph {EmotionGraph.load().version}",
        "commit": _commit(),
    }


def print_run_info() -> None:
    """Print what the run rests on, one line each, and an empty line."""
    for name, value in run_info().items():
        print(f"{name}: {value}")
    print()


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB memory"


def _installed(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    commit = _output("git", "-C", str(ROOT), "rev-parse", "--verify", "--short=12", "HEAD")
    if not commit or commit.startswith("fatal"):
        return "none"
    changed = _output("git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no")
    return f"{commit} with uncommitted changes" if changed else commit


def _output(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


if __name__ == "__main__":
    print_run_info()
