"""How much a store of users' data may hold; imports no engine, so that clients may know the error."""

from dataclasses import dataclass

from affectgraph.ontology.errors import InputError


class StoreFullError(InputError):
    """A write would make a store hold more than it may; nothing of it is written."""


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """How much a store of users' data may hold at the most.

    :param graphs: of users. :param triples: of all of them together.
    :raises InputError: if a number is below 1.
    """

    graphs: int
    triples: int

    def __post_init__(self) -> None:
        """Refuse what lets nothing in."""
        for name in ("graphs", "triples"):
            if getattr(self, name) < 1:
                raise InputError(f"Expected {name} of at least 1, got {getattr(self, name):,}.")

    def require_room(self, before: tuple[int, int], after: tuple[int, int]) -> None:
        """Do nothing if a write may be made: it stays within the limits, or makes less what is over them.

        :param before: graphs and triples there are. :param after: those there would be.
        :raises StoreFullError: if not.
        """
        named = zip(("graphs", "triples"), (self.graphs, self.triples), before, after, strict=True)
        for name, most, had, has in named:
            if has > most and has > had:
                raise StoreFullError(
                    f"Expected up to {most:,} {name} of users in the store, got a write that makes them "
                    f"{has:,}. Delete what is of no more use."
                )
