"""The ordered words of the graph: tiers and grades of evidence."""

from typing import Final

TIERS: Final = ("primary", "secondary", "tertiary")
"""Tiers of the tree, from the top."""

GRADES: Final = ("strong", "moderate", "weak")
"""Grades of evidence, best first."""
