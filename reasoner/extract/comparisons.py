"""Finds actions that are only told apart, "dimpler vs lip corner puller", and so are not said to be there."""

from affectgraph.linkers.late_pattern import late_pattern

_NAMED = r"(?:the\s+|an?\s+)?[UF](?:\s?\([^()]{0,40}\))?"
_OR = r"(?:vs\.?|versus|and|or|from|with)"
_MIGHT = (
    r"(?:can|may|might|could|should|must|is|are|be|not|never|cannot|often|easily|sometimes|\w+ly)"
)
_COMPARED = late_pattern(
    rf"{_NAMED}\s+(?:vs\.?|versus)\s+{_NAMED}"
    rf"|\b(?:difference|distinction|contrast|confusion)s?\s+(?:between|of)\s+{_NAMED}\s+{_OR}\s+{_NAMED}"
    r"|\b(?:tell(?:ing|s)?|distinguish(?:ing|es)?|discriminat(?:e|ing|es)|separat(?:e|ing|es)"
    rf"|differentiat(?:e|ing|es)|confus(?:e|ing|es))\s+(?:between\s+)?{_NAMED}\s+{_OR}\s+{_NAMED}"
    rf"|{_NAMED}(?:\s+{_MIGHT}){{1,5}}\s+(?:confused|mistaken|distinguished|told|separated|differentiated)"
    rf"\s+(?:apart\s+)?(?:with|for|from)\s+{_NAMED}"
    rf"|{_NAMED}(?:\s+\w+ly)?\s+differs?\s+from\s+{_NAMED}"
    rf"|{_NAMED}(?:\s+{_MIGHT}){{0,4}}\s+be\s+(?:\w+ly\s+)?E\s+with\s+{_NAMED}"
    rf"|\b(?:mistaken\s+for|be\s+(?:\w+ly\s+)?E\s+with)\s+{_NAMED}"
)

"""``E`` stands for "confused", which is an emotion word, too."""


def compared(mask: str) -> list[tuple[int, int]]:
    """Return the pieces of a masked sentence in which actions are only told apart, in order.

    A value or a predicate between them makes them sightings: "AU12 at 2.1 vs AU14 at 0.3".

    >>> mask = "it is hard to tell U from the F."
    >>> [mask[start:end] for start, end in compared(mask)]
    ['tell U from the F']
    """
    return [match.span() for match in _COMPARED.finditer(mask)]
