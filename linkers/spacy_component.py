"""The annotator as a spaCy component: ``nlp.add_pipe("affectgraph_annotator")``.

The component calls :class:`~affectgraph.linkers.annotate.Annotator` on ``doc.text`` and aligns offsets, so
its answers are those of the plain path. spaCy finds the factory by its entry point; importing this module
needs spaCy.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.annotation.model import Annotation, TextMention
from affectgraph.ontology.errors import InputError, MissingExtraError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingExtraError("spacy", feature="The spaCy component") from error

NAME = "affectgraph_annotator"
SETTINGS = "settings.json"
DOC_EXTENSION = "affectgraph"
SPAN_EXTENSIONS = (
    "affectgraph_mention",
    "affectgraph_polarity",
    "affectgraph_certainty",
    "affectgraph_intensity",
    "affectgraph_role",
)


@lru_cache(maxsize=1)
def _packaged_graph() -> EmotionGraph:
    return EmotionGraph.load()


class AnnotatorComponent:
    """Sets ``doc.spans[key]``: one span a mention, its label the concept's slug.

    Tokens that a mention cuts are taken whole, so a span may be wider than ``mention.start`` to ``end``.
    ``doc._.affectgraph`` holds mentions, emotions and VAD as plain values, which spaCy can write; a span's
    ``_.affectgraph_mention`` is its mention in the same form, and ``_.affectgraph_polarity``,
    ``_certainty``, ``_intensity`` and ``_role`` are fields of it. The graph is the packaged one.

    :param key: name of the span group.
    :param overlapping, ambiguous: as for the annotator.
    """

    def __init__(self, *, key: str, overlapping: bool, ambiguous: bool) -> None:
        self._set(key, overlapping=overlapping, ambiguous=ambiguous)
        _register()

    def _set(self, key: str, *, overlapping: bool, ambiguous: bool) -> None:
        self.key = key
        self.overlapping = overlapping
        self.ambiguous = ambiguous
        self.annotator = Annotator(_packaged_graph(), overlapping=overlapping, ambiguous=ambiguous)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document, in place, and return it."""
        annotation = self.annotator.annotate(doc.text)
        spans: list[Span] = []
        for mention in annotation.mentions:
            span = doc.char_span(
                mention.start, mention.end, label=mention.concept.slug, alignment_mode="expand"
            )
            if span is not None:
                _describe(span, mention)
                spans.append(span)
        doc.spans[self.key] = spans
        doc._.set(DOC_EXTENSION, annotation_summary(annotation))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the settings; the graph is the installed one and not written."""
        return json.dumps(self._settings(), sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "AnnotatorComponent":
        """Take settings written by :meth:`to_bytes`.

        :raises InputError: if the data is not that.
        """
        try:
            settings: dict[str, Any] = json.loads(data)
            self._set(
                str(settings["key"]),
                overlapping=bool(settings["overlapping"]),
                ambiguous=bool(settings["ambiguous"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"Expected the settings of {NAME} as it writes them, got {data[:60]!r}. "
                "Write the pipeline anew with nlp.to_disk or nlp.to_bytes."
            ) from error
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings into a folder, which is made."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SETTINGS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "AnnotatorComponent":
        """Read what :meth:`to_disk` wrote.

        :raises InputError: if the file is not that.
        """
        return self.from_bytes((Path(path) / SETTINGS).read_bytes())

    def _settings(self) -> dict[str, Any]:
        return {"ambiguous": self.ambiguous, "key": self.key, "overlapping": self.overlapping}


@Language.factory(
    NAME,
    default_config={"key": "affectgraph", "overlapping": False, "ambiguous": False},
    assigns=["doc.spans", "doc._.affectgraph"],
)
def make_annotator(
    nlp: Language, name: str, key: str, overlapping: bool, ambiguous: bool
) -> AnnotatorComponent:
    """Return the component; spaCy calls this by its entry point."""
    return AnnotatorComponent(key=key, overlapping=overlapping, ambiguous=ambiguous)


def annotation_summary(annotation: Annotation) -> dict[str, Any]:
    """Return what a document carries, in values that spaCy can write: mentions, emotions and VAD."""
    vad = annotation.vad
    return {
        "mentions": [_mention_summary(mention) for mention in annotation.mentions],
        "emotions": annotation.emotions.shares,
        "vad": None if vad is None else [vad.mean.valence, vad.mean.arousal, vad.mean.dominance],
    }


def _mention_summary(mention: TextMention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
        "concept": mention.concept.slug,
        "candidates": [[c.concept.slug, c.score] for c in mention.candidates],
        "polarity": mention.polarity,
        "certainty": mention.certainty,
        "intensity": mention.intensity,
        "role": mention.role,
        "experiencer": mention.experiencer.quote if mention.experiencer is not None else None,
        "is_figurative": mention.is_figurative,
        "is_ambiguous": mention.is_ambiguous,
    }


def _describe(span: Span, mention: TextMention) -> None:
    values = (
        _mention_summary(mention),
        mention.polarity,
        mention.certainty,
        mention.intensity,
        mention.role,
    )
    for name, value in zip(SPAN_EXTENSIONS, values, strict=True):
        span._.set(name, value)


def _register() -> None:
    if not Doc.has_extension(DOC_EXTENSION):
        Doc.set_extension(DOC_EXTENSION, default=None)
    for name in SPAN_EXTENSIONS:
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
