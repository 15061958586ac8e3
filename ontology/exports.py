"""Names that a package gives without importing their modules before one is asked for."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def exported_from(
    package: str, homes: Mapping[str, tuple[str, ...]]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package (PEP 562); a name is imported when first used.

    :param package: its full name.
    :param homes: names by the module of the package that defines them.

    >>> get, names = exported_from("affectgraph.ontology", {"version": ("VERSION",)})
    >>> "VERSION" in names(), isinstance(get("VERSION"), str)
    (True, True)
    """
    modules = {name: module for module, names in homes.items() for name in names}

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return get, lambda: sorted({*vars(sys.modules[package]), *modules})
