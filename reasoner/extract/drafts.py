"""A claim as it is read off a sentence, before it has a number."""

from typing import NamedTuple

from affectgraph.reasoner.model import Channel, Claim, ClaimType, Commitment, Degree, Origin, Side


class Draft(NamedTuple):
    """A claim in the making: ``text[start:end]``; fields as in :class:`Claim`."""

    type: ClaimType
    start: int
    end: int
    subject: tuple[str, ...]
    object: tuple[str, ...]
    is_denied: bool = False
    commitment: Commitment = "plain"
    degree: Degree = "plain"
    side: Side = ""
    modality: Channel = ""
    confidence: float = 0.9
    marks: tuple[int, ...] = ()
    attributed_to: str = ""

    def claim(self, text: str, id_: str = "", source: Origin = "text") -> Claim:
        """Return the claim on a text; its quote begins and ends with no white space."""
        read = text[self.start : self.end]
        quote = read.strip() or read
        start = self.start + read.index(quote)
        return Claim(
            id_,
            self.type,
            self.subject,
            self.object,
            "denied" if self.is_denied else "affirmed",
            self.commitment,
            self.degree,
            self.side,
            self.modality,
            (start, start + len(quote)),
            quote,
            source,
            self.confidence,
            self.attributed_to,
        )
