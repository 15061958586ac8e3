"""CHANGELOG.md: each version once, each of its kinds of change once and by the names of Keep a Changelog."""

from itertools import pairwise
from pathlib import Path

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
LINES = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def test_each_version_has_one_heading() -> None:
    versions = [line for line in LINES if line.startswith("## ")]

    assert versions[0] == "## [Unreleased]"
    assert len(set(versions)) == len(versions)


def test_each_kind_of_change_has_one_heading_in_a_version() -> None:
    seen: set[str] = set()
    for line in LINES:
        if line.startswith("## "):
            seen = set()
        elif line.startswith("### "):
            assert line[4:] in KINDS - seen, line
            seen.add(line[4:])


def test_every_list_of_changes_stands_below_its_kind() -> None:
    text = [line for line in LINES if line]

    assert not [line for line, after in pairwise(text) if line[:3] == "## " and after[:4] != "### "]


def test_no_change_is_told_twice() -> None:
    told = [line for line in LINES if line.startswith("- ")]

    assert sorted(set(told)) == sorted(told)
