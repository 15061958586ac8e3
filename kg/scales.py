"""Scales on which the field publishes valence, arousal and dominance, and the way to -1..1 and back.

All maps are linear between the ends of a scale. Which data set uses which scale stands in
:data:`SCALE_OF_DATASET`; it holds for means as published, not for every copy in circulation.
"""

from dataclasses import dataclass
from math import isfinite

from affectgraph.kg.model import Vad
from affectgraph.ontology.errors import InputError, UnknownTermError


@dataclass(frozen=True, slots=True)
class Scale:
    """A closed range of ratings; ``arousal_flipped`` where its low end means excited.

    >>> SCALES["1..9"].to_bipolar(7.0)
    0.5
    """

    name: str
    low: float
    high: float
    arousal_flipped: bool = False

    @property
    def middle(self) -> float:
        """The rating that becomes 0."""
        return (self.low + self.high) / 2

    @property
    def half_width(self) -> float:
        """How far the ends lie from the middle: a spread on this scale, divided by it, is one on -1..1."""
        return (self.high - self.low) / 2

    def holds(self, rating: float) -> bool:
        """Return whether a rating lies on the scale."""
        return isfinite(rating) and self.low <= rating <= self.high

    def to_bipolar(self, rating: float) -> float:
        """Return a rating of this scale on -1..1.

        :raises InputError: if it is no number of the scale.
        """
        if not self.holds(rating):
            raise InputError(
                f"Expected a rating in {self.low:g}..{self.high:g} (scale {self.name}), got {rating!r}. "
                "Name the scale the ratings are on."
            )
        return max(-1.0, min(1.0, (rating - self.middle) / self.half_width))

    def from_bipolar(self, value: float) -> float:
        """Return a value of -1..1 as a rating of this scale.

        :raises InputError: if the value is NaN or outside -1..1.
        """
        if not isfinite(value) or not -1 <= value <= 1:
            raise InputError(f"Expected a value in -1..1, got {value!r}. Rescale it first.")
        return max(self.low, min(self.high, self.middle + value * self.half_width))

    def vad_to_bipolar(self, valence: float, arousal: float, dominance: float) -> Vad:
        """Return three ratings of this scale as a point on -1..1; flipped arousal is turned round.

        :raises InputError: if one of them is no number of the scale.

        >>> SCALES["1..5-flipped-arousal"].vad_to_bipolar(5, 1, 3)
        Vad(valence=1.0, arousal=1.0, dominance=0.0)
        """
        sign = -1.0 if self.arousal_flipped else 1.0
        return Vad(
            self.to_bipolar(valence),
            sign * self.to_bipolar(arousal) + 0.0,
            self.to_bipolar(dominance),
        )

    def vad_from_bipolar(self, point: Vad) -> tuple[float, float, float]:
        """Return a point on -1..1 as three ratings of this scale."""
        sign = -1.0 if self.arousal_flipped else 1.0
        return (
            self.from_bipolar(point.valence),
            self.from_bipolar(sign * point.arousal),
            self.from_bipolar(point.dominance),
        )


SCALES: dict[str, Scale] = {
    scale.name: scale
    for scale in (
        Scale("-1..1", -1, 1),
        Scale("0..1", 0, 1),
        Scale("1..5", 1, 5),
        Scale("1..5-flipped-arousal", 1, 5, arousal_flipped=True),
        Scale("1..7", 1, 7),
        Scale("1..9", 1, 9),
        Scale("1..10", 1, 10),
        Scale("-3..3", -3, 3),
        Scale("-10..10", -10, 10),
        Scale("0..100", 0, 100),
    )
}
"""Scales by name."""

SCALE_OF_DATASET: dict[str, str] = {
    "affectnet": "-1..1",
    "afew-va": "-10..10",
    "anew": "1..9",
    "deap": "1..9",
    "emobank": "1..5",
    "emotic": "1..10",
    "glasgow": "1..9",
    "iemocap": "1..5",
    "mosei": "-3..3",
    "msp-improv": "1..5-flipped-arousal",
    "msp-podcast": "1..7",
    "nrc-vad-1": "0..1",
    "nrc-vad-2.1": "-1..1",
    "warriner": "1..9",
}
"""Data set -> name of its scale. MOSEI's -3..3 is its sentiment, that is valence; AffectNet and AFEW-VA have
no dominance. Read for AffectNet in Mollahosseini et al. 2017 (arXiv:1708.03985), for DEAP in the data set's
readme (https://www.eecs.qmul.ac.uk/mmv/datasets/deap/readme.html), for AFEW-VA (Kossaifi et al. 2017) in
public code that reads it."""


def scale(name: str) -> Scale:
    """Return a scale by its name, or by that of a data set.

    :raises UnknownTermError: if there is neither.

    >>> scale("1..9") is scale("Warriner")
    True
    """
    wanted = name.strip().lower()
    found = SCALES.get(SCALE_OF_DATASET.get(wanted, wanted))
    if found is None:
        names = ", ".join([*SCALES, *SCALE_OF_DATASET])
        raise UnknownTermError(name, kind="a scale", hint=f"There are: {names}.")
    return found
