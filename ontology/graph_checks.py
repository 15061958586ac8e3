"""Checks of the whole graph: one named query per rule, and every row it returns is a violation.

The queries are ``ontology/checks/RULE-violation.rq``; the first sentence of their header says the rule.
They need a fraction of a second together on the embedded store and run on any SPARQL 1.1 server.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

from pyoxigraph import QuerySolutions, Store

from affectgraph.ontology.build import build_core
from affectgraph.ontology.errors import InputError

ENDING = "-violation.rq"


class Queryable(Protocol):
    """What a check needs: a pyoxigraph ``Store``, or any store of :mod:`affectgraph.kg`."""

    def query(self, sparql: str, /) -> Any:
        """Return the solutions of a SELECT query."""
        ...


@dataclass(frozen=True, slots=True)
class CheckFailure:
    """A rule that does not hold, with everything that breaks it.

    :param rule: name of the rule, the file's name without ``-violation.rq``.
    :param says: the rule in words.
    :param rows: one mapping per violation, from the query's variables to text; unbound ones are left
        out.
    """

    rule: str
    says: str
    rows: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        lines = [f"{self.rule}: {self.says} {len(self.rows)} violations:"]
        lines += ["  " + ", ".join(f"{k} = {v}" for k, v in row.items()) for row in self.rows[:20]]
        return "\n".join(lines)


def rules() -> tuple[str, ...]:
    """Return the names of all rules, sorted.

    >>> "tree-counts" in rules()
    True
    """
    names = (entry.name for entry in files("affectgraph.ontology.checks").iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


def rule_query(rule: str) -> str:
    """Return the text of a rule's query, its header included.

    :raises InputError: if there is no such rule.
    """
    if rule not in rules():
        raise InputError(f"Expected a rule of {', '.join(rules())}, got {rule!r}.")
    return files("affectgraph.ontology.checks").joinpath(rule + ENDING).read_text("utf-8")


def rule_text(rule: str) -> str:
    """Return what a rule says, in one sentence: the first line of its query's header."""
    return rule_query(rule).partition("\n")[0].removeprefix("# ")


def run_check(store: Queryable, rule: str) -> CheckFailure | None:
    """Return how a store breaks a rule, None if the rule holds.

    :raises InputError: if there is no such rule.
    """
    result = store.query(rule_query(rule))
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"Expected ontology/checks/{rule}{ENDING} to be a SELECT query.")
    names = [variable.value for variable in result.variables]
    rows = tuple(
        {
            name: getattr(term, "value", str(term))
            for name, term in zip(names, solution, strict=True)
            if term is not None
        }
        for solution in result
    )
    return CheckFailure(rule, rule_text(rule), rows) if rows else None


def run_checks(store: Queryable) -> list[CheckFailure]:
    """Return every rule the store breaks, sorted by name; empty if all hold."""
    failures = (run_check(store, rule) for rule in rules())
    return [failure for failure in failures if failure is not None]


def built_store() -> Store:
    """Return a store in memory with the core graph as built from the tables.

    :raises OntologyError: if a table is wrong.
    """
    store = Store()
    store.bulk_extend(build_core())
    return store
