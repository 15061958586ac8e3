"""Patterns are compiled when they are used, or when there is time."""

import re
import subprocess
import sys
from copy import deepcopy

import pytest

from affectgraph.linkers.late_pattern import compile_next, late_pattern


def printed_by(code: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_late_pattern_does_what_a_pattern_does() -> None:
    late, plain = late_pattern(r"J(o+)y", re.IGNORECASE), re.compile(r"J(o+)y", re.IGNORECASE)

    for text in ("jooy", "a joy", "sad"):
        assert bool(late.match(text)) == bool(plain.match(text))
        assert late.findall(text) == plain.findall(text)
        assert late.sub("X", text) == plain.sub("X", text)
    assert (late.pattern, late.flags) == (plain.pattern, plain.flags)


def test_wrong_late_pattern_is_found_out_when_used() -> None:
    late = late_pattern("(")

    with pytest.raises(re.error):
        late.match("joy")


def test_copy_of_a_late_pattern_finds_the_same() -> None:
    late = late_pattern("jo+y")
    early = late_pattern("jo+y")
    assert early.match("joy")

    assert [bool(deepcopy(x).match("jooy")) for x in (late, early)] == [True, True]


def test_patterns_are_compiled_one_by_one_until_none_is_left() -> None:
    while compile_next():
        pass
    kept = [late_pattern(f"late{n}") for n in range(2)]

    assert [compile_next() for _ in range(3)] == [True, True, False]
    assert [p.pattern for p in kept] == ["late0", "late1"]


def test_wrong_pattern_is_found_out_when_all_are_compiled_and_not_once_it_has_gone() -> None:
    while compile_next():
        pass
    gone = late_pattern("(")
    del gone
    assert compile_next()

    kept = late_pattern("(")
    with pytest.raises(re.error):
        compile_next()
    del kept


def test_import_of_the_reasoner_compiles_no_pattern_of_its_extraction() -> None:
    code = """
import re, sys
import affectgraph.reasoner
for name, module in list(sys.modules.items()):
    if name.startswith("affectgraph.reasoner.extract"):
        print(*(f"{name}.{n}" for n, x in vars(module).items() if isinstance(x, re.Pattern)), end="")
"""

    assert printed_by(code) == ""


def test_every_late_pattern_of_the_package_can_be_compiled() -> None:
    code = """
import affectgraph.linkers, affectgraph.reasoner
from affectgraph.linkers.late_pattern import compile_next
count = 0
while compile_next():
    count += 1
print(count > 200)
"""

    assert printed_by(code) == "True"
