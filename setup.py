"""Adds one step to the build that pyproject.toml describes: the compiled form of the packaged graph."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithGraph(build_py):
    """Compiles the graph: rows and lists into a wheel; the store as well into an installed clone."""

    def run(self) -> None:
        """Copy the modules, then compile the graph."""
        super().run()
        # An editable installation imports from src/affectgraph; a wheel from what was just copied,
        # which is whole even where the links of src/affectgraph are missing.
        package = ROOT / "src" if self.editable_mode else Path(self.build_lib).resolve()
        folder = ROOT if self.editable_mode else package / "affectgraph"
        sys.path.insert(0, str(package))
        try:
            from affectgraph.kg.compiled import compile_packaged
            from affectgraph.linkers.prepared import write_prepared
        except ImportError as error:
            self.warn(f"the graph is not compiled ({error}); it will be parsed at each start.")
            return
        finally:
            sys.path.remove(str(package))
        target = folder / "kg" / "packaged"
        size = compile_packaged(target, with_store=self.editable_mode) + write_prepared(target)
        self.announce(f"compiled the graph: {size:,} bytes", level=2)


setup(cmdclass={"build_py": BuildWithGraph})
