"""Claims on what facial actions are called, and on numbers that FACS lacks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.faces import ABSENT
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.ties import Tie
from affectgraph.reasoner.model import Channel

_UNKNOWN_NAME = late_pattern(r"\s?\((?P<name>[A-Za-z][^()]{1,60})\)")
_IS = late_pattern(r"\b(?:is|are|was|were)\b")


def namings(
    view: View, scope: Scope, ties: Sequence[Tie], names: Mapping[str, frozenset[str]]
) -> Iterator[Draft]:
    """Yield the claims that a code and a name or phrase belong together, and codes that FACS lacks.

    :param names: what each FACS code is called, in lower case; a phrase may be a name, too ("squint").
    """
    for tie in ties:
        code, phrase = view.marks[tie.code], view.marks[tie.phrase]
        start, end = view.start(tie.start), view.end(tie.end)
        name = view.text[phrase.start : phrase.end]
        between = view.mask[tie.start : tie.end]
        commitment = scope.commitment(tie.start, tie.end)
        denied = tie.is_copula and bool(re.search(r"n't\b|\bnot\b", between))
        is_own = bool(code.codes) and name.lower() in names[code.codes[0]]
        is_name = phrase.is_name and not _IS.search(name)
        if phrase.letter == "F" and (is_name or is_own or not code.codes):
            codes = code.codes if is_own else phrase.codes + phrase.any_of
            if not phrase.is_present:
                codes = tuple(f"{ABSENT}{c}" for c in codes)
            yield Draft(
                "au_identity",
                start,
                end,
                tuple(dict.fromkeys(view.marks[n].value for n in sorted((tie.code, *tie.more)))),
                (name, *codes),
                denied,
                commitment,
                modality="face",
                confidence=1.0,
            )
        else:
            codes = tuple(c for n in sorted((tie.code, *tie.more)) for c in view.marks[n].codes)
            absent = ABSENT if not phrase.is_present and scope.denied(tie.code) else ""
            yield Draft(
                "cue_denotes",
                start,
                end,
                (name,),
                tuple(f"{absent}{c}" for c in codes),
                denied,
                commitment,
                modality=cast(Channel, phrase.value if phrase.letter == "C" else "face"),
                confidence=phrase.confidence,
            )
    tied = {n for t in ties for n in (t.code, *t.more)}
    for number, mark in enumerate(view.marks):
        if mark.letter == "U" and not mark.codes and number not in tied:
            unknown = _UNKNOWN_NAME.match(view.text, mark.end)
            yield Draft(
                "au_identity",
                mark.start,
                unknown.end() if unknown else mark.end,
                (mark.value,),
                (unknown["name"] if unknown else "",),
                modality="face",
                confidence=1.0,
            )
