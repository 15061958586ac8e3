"""Checks of ``channel_cues.tsv``: words for cues of voice, posture and words said, by their part in a cue.

A cell of ``words`` is a phrase in lower case, with ``/`` between alternatives in one place; ``*`` at the
end of a word stands for any ending: ``shak*/shook``, ``leaning back/forward/away/in``. The checker reads
the table when it first needs it; it is in no graph, since the graph knows no meaning of such a cue.
"""

import re
from collections.abc import Iterator

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.rows import Row, read_table

ROLES = {
    "voice": frozenset({"bearer", "change", "burst", "act", "doing", "phrase"}),
    "posture": frozenset({"bearer", "change", "act", "phrase"}),
    "text": frozenset({"said", "worded", "quoting"}),
}
"""What a phrase of each channel can do in a cue.

* ``bearer``: what is so or does so: "her *voice* is low"; ``change``: what it does: "her voice *trembles*".
* ``burst``: a sound that is counted: "a short *gasp*"; ``act``: what somebody does: "he *leans* back";
  ``doing``: the same behind a verb: "starts *sobbing*"; ``phrase``: a cue as it stands: "*arms crossed*".
* ``said``: what is so when words are: "the *remark* is harsh"; ``worded``: the same behind an adjective
  alone: "her careful *wording*"; ``quoting``: tells that words in quotation marks are said: "she *says*".
"""

MODALITIES = {
    "voice": frozenset({"voice"}),
    "posture": frozenset({"posture", "gesture", "locomotion"}),
    "text": frozenset({"text"}),
}
"""Modalities of the types of cue that a channel has."""

_WORDS = re.compile(r"[a-z]+(?:/[a-z]+)*(?: [a-z]+(?:/[a-z]+)*)*")
_CHANGES = re.compile(r"[a-z]{2,}\*?(?:/[a-z]{2,}\*?)*")
_PLAIN = re.compile(r"(?:[a-z]+(?: [a-z]+)*)?")


def check_channel_cues() -> Iterator[OntologyError]:
    """Yield a fault for every row of an unknown channel, role or type of cue, and for odd words."""
    modalities = {row["cue_type"]: row["modality"] for row in read_table("cue_types")}
    seen: dict[tuple[str, str, str], Row] = {}
    for row in read_table("channel_cues"):
        channel, role = row["channel"], row["role"]
        if channel not in ROLES:
            yield row.error(f"expected a channel of {sorted(ROLES)}, got {channel!r}.")
            continue
        if role not in ROLES[channel]:
            yield row.error(f"expected a role of {sorted(ROLES[channel])}, got {role!r}.")
            continue
        if modalities.get(row["cue_type"]) not in MODALITIES[channel]:
            yield row.error(f"expected a cue type of the {channel}, got {row['cue_type']!r}.")
        form = _CHANGES if role == "change" else _WORDS
        if not form.fullmatch(row["words"]):
            yield row.error(
                "expected lower-case words with / between alternatives"
                f"{' and * for any ending' if role == 'change' else ''}, got {row['words']!r}."
            )
        for column in ("only_before", "not_before"):
            if not _PLAIN.fullmatch(row[column]):
                yield row.error(f"{column}: expected lower-case words, got {row[column]!r}.")
        for phrase in row["words"].split("/") if " " not in row["words"] else [row["words"]]:
            first = seen.setdefault((channel, role, phrase), row)
            if first is not row:
                yield row.error(f"{phrase!r} stands in row {first.line}, too.")
