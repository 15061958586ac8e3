"""Concepts that count as another one."""


def joined(slug: str) -> str:
    """Return a slug, of happiness that of joy: schemes, patterns and data sets use the two for one.

    >>> joined("happiness"), joined("fear")
    ('joy', 'fear')
    """
    return "joy" if slug == "happiness" else slug
