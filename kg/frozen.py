"""Makes values of frozen dataclasses in half the time, for those that are made by the ten thousand."""

from dataclasses import MISSING, Field, fields
from typing import TypeVar

_T = TypeVar("_T")


def _is_plain(field: Field[object]) -> bool:
    return field.init and not field.kw_only and field.default_factory is MISSING


def quickly_made(class_: type[_T]) -> type[_T]:
    """Return a frozen dataclass with slots, its ``__init__`` replaced by one of the same signature.

    The generated one sets each field by ``object.__setattr__``, which looks its name up; this sets it by its
    slot. A field may have a default, and no default factory; ``__post_init__`` is called if there is one.

    :raises TypeError: if the class is no dataclass with slots of its own, or a field has a default factory,
        is for keywords only or not for ``__init__``.

    >>> from dataclasses import dataclass
    >>> @quickly_made
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(y=2, x=1) == Point(1, 2)
    (Point(x=1, y=0), True)
    """
    known = fields(class_)  # type: ignore[arg-type]
    own = vars(class_)
    if "__slots__" not in own or not all(_is_plain(field) and field.name in own for field in known):
        raise TypeError(
            f"Expected a dataclass with slots of its own and plain fields without default factories, got "
            f"{class_.__name__}. Leave the decorator out."
        )
    names = [field.name for field in known]
    space = {f"_set_{name}": vars(class_)[name].__set__ for name in names}
    space |= {f"_default_{f.name}": f.default for f in known if f.default is not MISSING}
    given = [f"{name}=_default_{name}" if f"_default_{name}" in space else name for name in names]
    lines = [f"    _set_{name}(self, {name})" for name in names]
    if hasattr(class_, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec(f"def __init__(self, {', '.join(given)}):\n" + "\n".join(lines), space)  # noqa: S102
    made = space["__init__"]
    made.__annotations__ = {**class_.__init__.__annotations__}
    made.__qualname__ = f"{class_.__qualname__}.__init__"
    class_.__init__ = made  # type: ignore[method-assign]
    return class_
