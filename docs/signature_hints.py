"""Prints the domains and ranges that properties of the built graph lack: ``python docs/signature_hints.py``.

The rules ``domain-missing`` and ``range-missing`` name every class that fits all uses of a property; the
closest of them, the one with the fewest members, is printed as a line for
``ontology/layers/signatures.py``. Whether it is what the property means is for the reader to say.
"""

import sys
from collections import defaultdict

from pyoxigraph import NamedNode, Store

from affectgraph.ontology.graph_checks import built_store, run_check
from affectgraph.ontology.iris import AG, RDF, XSD, curie

RULES = {"DOMAINS": ("domain-missing", "class"), "RANGES": ("range-missing", "range")}


def members(store: Store, class_: str) -> int:
    """Return how many members a class has."""
    return sum(1 for _ in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(class_)))


def hints(store: Store, rule: str, column: str) -> dict[str, str]:
    """Return property -> closest class that fits all its uses, both compact, sorted."""
    failure = run_check(store, rule)
    found: dict[str, list[str]] = defaultdict(list)
    for row in failure.rows if failure else ():
        if not row[column].startswith((RDF, XSD)):
            found[row["property"]].append(row[column])
    return {
        property_.removeprefix(AG): curie(min(fits, key=lambda fit: (members(store, fit), fit)))
        for property_, fits in sorted(found.items())
    }


def main() -> int:
    """Print the lines; return the exit code."""
    store = built_store()
    for name, (rule, column) in RULES.items():
        print(f"{name}:")
        for property_, class_ in hints(store, rule, column).items():
            print(f'    "{property_}": "{class_}",')
    return 0


if __name__ == "__main__":
    sys.exit(main())
