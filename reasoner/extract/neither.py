"""What a sentence says of all that it has just named: "AU6 and AU12 are expected, but neither is seen"."""

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.triggers import ABSENCE

_NONE_SEEN = late_pattern(
    r"(?:\s?\([^()]{0,40}\))?\s{0,2}"
    r"(?:(?:,|and|or|&|\+|,\s?and|plus|with)\s{0,3}(?:(?:an?|the|her|his|their)\s{1,3})?[UF]"
    r"(?:\s?\([^()]{0,40}\))?\s{0,2}){0,12}"
    r"(?:\s{0,2}(?:(?:is|are|was|were)\s{1,3}(?:\w+ly\s{1,3}|what\s|the\s|a\s){0,2}(?:expect|requir|need|necess|typical|character|part\b|signs?\b"
    r"|marker|hallmark|among|associat|link|criteri|pattern)|would|should|could|may|might)[a-zE\s]{1,40})?"
    r"[,;]?\s{1,3}(?:(?:and|but|yet|though|although|while|however,?)\s{1,3})?"
    r"(?:none|neither)(?:\s{1,3}of\s{1,3}(?:which|them|these|those|the\s(?:two|three)))?\s{1,3}"
    r"(?:(?:is|are|was|were|(?:can|could)\s{1,3}be|(?:appears?|seems?)\s{1,3}to\s{1,3}be|has\s{1,3}been)\s{1,3}(?:\w+ly\s{1,3})?"
    r"(?:present|visible|active|activated|shown|seen|observed|detected|there|found|evident|apparent|displayed|engaged"
    r"|noticeable|discernible|reported)(?!\s{1,3}(?:to\s{1,3}be|as)\s{1,3}(?!present|visible|active))"
    r"|(?:appears?|appeared|occurs?|occurred|shows?|showed)(?!\s+to\b))\b"
)


def none_is_seen(view: View, number: int) -> bool:
    """Return whether words behind a mark, or behind the list it begins, say that nothing of it is there."""
    if not view.triggers & ABSENCE:
        return False
    return _NONE_SEEN.match(view.mask, view.places[number] + 1) is not None
