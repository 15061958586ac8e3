"""A claim as it is read off a sentence, before it has a number."""

from typing import NamedTuple

from affectgraph.reasoner.model import Channel, Claim, ClaimType, Commitment, Degree, Side


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

    def claim(self, text: str, offset: int = 0) -> Claim:
        """Return the claim on a text, without a number; its quote begins and ends with no white space.

        :param offset: place in the text from which the draft counts.
        """
        read = text[offset + self.start : offset + self.end]
        quote = read.strip() or read
        start = offset + self.start + (read.index(quote) if quote != read else 0)
        return Claim(
            "",
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
            "text",
            self.confidence,
            self.attributed_to,
        )
