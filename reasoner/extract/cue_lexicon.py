"""The cue lexicon: words for cues of voice, posture and words said, from ``channel_cues.tsv``."""

from collections.abc import Iterator

from affectgraph.ontology.rows import Row, read_table


def cue_pattern(channel: str, *roles: str) -> str:
    r"""Return a pattern for the words of a channel that have one of some roles, longer phrases first.

    :param channel: ``voice``, ``posture`` or ``text``.
    :param roles: as in :data:`affectgraph.ontology.channel_cue_checks.ROLES`.

    >>> import re
    >>> re.search(cue_pattern("posture", "bearer"), "his clenched fists tremble")[0]
    'fists'
    """
    rows = sorted(_rows(channel, roles), key=lambda row: -row["words"].count(" "))
    return rf"(?:{'|'.join(map(_row_pattern, rows))})\b"


def first_words(channel: str, *roles: str) -> frozenset[str]:
    """Return the words with which a phrase of these roles begins, as they are written.

    >>> "upper" in first_words("posture", "bearer"), "body" in first_words("posture", "bearer")
    (True, True)
    """
    begun = (row["words"].split(" ")[0] for row in _rows(channel, roles))
    return frozenset(word for place in begun for word in place.split("/"))


def _rows(channel: str, roles: tuple[str, ...]) -> Iterator[Row]:
    return (r for r in read_table("channel_cues") if r["channel"] == channel and r["role"] in roles)


def _row_pattern(row: Row) -> str:
    words = r"\s+".join(map(_place, row["words"].split(" ")))
    if row["only_before"]:
        words += rf"(?=\s+{_spaced(row['only_before'])}\b)"
    if row["not_before"]:
        words += rf"(?!\s+{_spaced(row['not_before'])}\b)"
    return words


def _place(options: str) -> str:
    """Return a pattern for the words that may stand in one place."""
    written = options.replace("*", "[a-z]*").replace("/", "|")
    return f"(?:{written})" if "/" in options else written


def _spaced(words: str) -> str:
    return words.replace(" ", r"\s+")
