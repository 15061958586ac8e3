"""Observations that several tests write."""

from datetime import UTC, datetime

from affectgraph.kg.model import Vad
from affectgraph.kg.observation import (
    ActionReading,
    Cause,
    ConceptReading,
    CueReading,
    Episode,
    Observation,
    Rating,
    Referent,
    Span,
)

TEXT = "I still resent what Tom said at the meeting."
WHEN = datetime(2026, 11, 25, 10, tzinfo=UTC)

RESENTMENT = Observation(
    (
        Episode(
            (ConceptReading("resentment", 0.8),),
            intensity=0.6,
            vad=Vad(-0.5, 0.2, -0.1),
            ratings=(
                Rating("scherer-appraisals", "agent-other", 0.9, 0.5),
                Rating("frijda-action-tendencies", "agonistic", 0.4),
            ),
            modalities=("text", "voice"),
            experiencer=Referent("https://example.org/ann"),
            stimulus=Referent("", Span("Tom", 20, 23)),
            target=Referent("Tom Jones"),
            cause=Cause("", Span("what Tom said", 15, 28)),
            offset_ms=250,
            duration_ms=1500,
            start=WHEN,
            end=WHEN,
        ),
    ),
    item="https://example.org/post/1",
    text=TEXT,
    agent="model x",
    created=WHEN,
    id="o-1",
)
"""Everything that EmotionML can hold."""

MIXED = Observation(
    (
        Episode(
            (ConceptReading("joy", 0.5), ConceptReading("relief", 0.25)),
            actions=(ActionReading("AU12", 2.5),),
            detector="openface",
            modalities=("face", "context"),
            cues=(CueReading("facial-action"), CueReading("wording", "at last")),
            cause=Cause("latent"),
        ),
        Episode((ConceptReading("sadness", 0.4, "sad", "crema-d"),)),
        Episode((ConceptReading("state/trust"),), experiencer=Referent("Ann")),
    ),
    item="clip 7.wav",
)
"""Two feelings and a state at once, with what EmotionML and Onyx have no place for."""
