"""The tools of the Model Context Protocol. Their docstrings and fields are what a model reads of them."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, Strict

from affectgraph.api import answers, shapes
from affectgraph.api import mcp_answers as replies
from affectgraph.api.annotations import Annotation, to_annotation
from affectgraph.api.bodies import JsonCoordinate, JsonReadings
from affectgraph.api.crossings import Crossing
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_sparql import answer_query
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.model import SchemeLabel
from affectgraph.linkers.presets import Preset
from affectgraph.ontology.errors import InputError, UnknownTermError

TEXT_LIMIT = 20_000
"""Characters of a text or rationale; REST and the command line take more."""
ITEM_LIMIT = 50
"""Labels of one call."""

SchemeName = Annotated[
    str,
    Field(
        max_length=200,
        description="Label scheme, such as goemotions, ekman-6, meld; see `schemes`.",
    ),
]
OptionalScheme = Annotated[
    str | None,
    Field(
        max_length=200,
        description="Label scheme that the label is of, such as goemotions; see `schemes`.",
    ),
]
EmotionName = Annotated[
    str,
    Field(max_length=500, description="Slug (`dread`, `state/trust`), label, CURIE or IRI."),
]
Labels = Annotated[
    list[Annotated[str, Field(max_length=1_000)]],
    Field(min_length=1, max_length=ITEM_LIMIT, description="1 to 50 labels, words or phrases."),
]
Few = Annotated[int, Field(ge=1, le=50, description="At most so many.")]
Part = Literal["narrower", "opposites", "vad"]


class GraphTools:
    """The tools that need nothing but the graph. Threads may share one."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._graph = services.graph

    def lookup(
        self,
        name: EmotionName,
        include: Annotated[
            list[Part],
            Field(
                description="What to say besides definition and place in the tree.", max_length=3
            ),
        ] = [],  # noqa: B006 - the schema shows it; nothing changes it
    ) -> replies.LookedUp:
        """Look up an emotion of the tree (joy, dread) or a state outside it (state/trust): definition, path.

        For names that the graph itself uses. For any other word or a model's label, use `ground`.
        """
        concept = self._graph.concept(name)
        found: dict[Part, Callable[[], tuple[shapes.Shape, ...]]] = {
            "narrower": lambda: self._narrower(concept.slug),
            "opposites": lambda: self._opposites(concept.slug),
            "vad": lambda: tuple(shapes.to_vad(value) for value in self._graph.vad(concept.slug)),
        }
        answer = replies.LookedUp.model_validate(concept)
        return answer.model_copy(update={part: found[part]() for part in include})

    def _narrower(self, slug: str) -> tuple[shapes.ConceptName, ...]:
        return tuple(map(shapes.ConceptName.model_validate, self._graph.narrower(slug)))

    def _opposites(self, slug: str) -> tuple[shapes.Association, ...]:
        return tuple(map(shapes.Association.model_validate, self._graph.opposites(slug)))

    def ground(
        self,
        labels: Labels,
        scheme: OptionalScheme = None,
        preset: Annotated[
            Preset,
            Field(description="How sure an answer has to be; `always` takes the best of several."),
        ] = "balanced",
        limit: Annotated[Few, Field(description="Candidates per label.")] = 3,
    ) -> answers.GroundAnswer:
        """Say which emotion of the graph each word or label means, with P(right), path and evidence.

        Status is `linked`, `ambiguous` (several), `neutral` or `nil`. `nil` is an answer: the label names
        no emotion that is known here, and `reason` says why. "Not happy" is never turned into an opposite.
        """
        found = self._services.linker.ground_many(labels, scheme=scheme, preset=preset, limit=limit)
        return answers.to_ground_answer(found)

    def annotate(
        self,
        text: Annotated[str, Field(max_length=TEXT_LIMIT, description="English text.")],
        evidence: Annotated[
            bool, Field(description="Also why each concept, and what the sums are made of.")
        ] = False,
    ) -> Annotation:
        """Find the emotions a text names: words with concept, denial, strength, certainty and who feels it.

        `emotions` sums up what is affirmed, as shares of the six primaries, states and neutral; `vad` its
        valence, arousal and dominance. By words alone: irony and what is only implied are not seen.
        """
        found = to_annotation(self._services.annotator().annotate(text))
        return found if evidence else replies.without_evidence(found)

    def check(
        self,
        rationale: Annotated[
            str | None,
            Field(max_length=TEXT_LIMIT, description="Text that argues for an emotion; English."),
        ] = None,
        label: Annotated[
            str | None, Field(max_length=1_000, description="The label it argues for.")
        ] = None,
        scheme: OptionalScheme = None,
        aus: Annotated[
            JsonReadings | None,
            Field(
                max_length=200,
                description='Detector columns, such as {"AU06_r": 2.1, "AU12_r": 2.9}.',
            ),
        ] = None,
        vad: Annotated[
            list[JsonCoordinate] | None,
            Field(
                min_length=3, max_length=3, description="Valence, arousal, dominance, each -1..1."
            ),
        ] = None,
        sources: Annotated[
            str,
            Field(
                max_length=200,
                description="Whose word counts: `any`, `majority`, or a source's id.",
            ),
        ] = "any",
        facts: Annotated[bool, Field(description="Also the triples behind each verdict.")] = False,
    ) -> answers.Report:
        """Check a rationale claim by claim: FACS names, what expresses what, VAD, kinds of emotion, labels.

        Each claim is `supported`, `contradicted` (`hint` says how to mend it), `unsupported` (the graph says
        neither) or `not_checkable`. With `aus`, what the text says is shown is held against the readings.
        Show the `caveat`.
        """
        record = {"rationale": rationale, "label": label, "scheme": scheme, "aus": aus, "vad": vad}
        report = answers.to_report(self._services.checker_by(sources).check_record(record))
        return report if facts else replies.without_facts(report)

    def nearest(
        self,
        valence: Annotated[JsonCoordinate, Field(description="Unpleasant -1 to pleasant 1.")],
        arousal: Annotated[JsonCoordinate, Field(description="Calm -1 to excited 1.")],
        dominance: Annotated[JsonCoordinate, Field(description="Controlled -1 to in control 1.")],
        limit: Few = 3,
        measured_only: Annotated[
            bool, Field(description="Leave out values derived from a branch's mean.")
        ] = True,
    ) -> replies.Neighbours:
        """List the emotions nearest to a point of valence, arousal and dominance, each -1..1.

        Norms agree on valence and much less on arousal and dominance: a near neighbour is a suggestion.
        """
        found = self._graph.nearest(
            valence, arousal, dominance, limit=limit, measured_only=measured_only
        )
        return replies.Neighbours(items=tuple(shapes.to_neighbours(found)))

    def aus(
        self,
        actions: Annotated[
            list[str | Annotated[int, Strict()]] | None,
            Field(
                min_length=1, max_length=ITEM_LIMIT, description="FACS codes: AU6, AU12, 4, R14."
            ),
        ] = None,
        emotion: Annotated[
            str | None,
            Field(
                max_length=500,
                description="Instead of actions: an emotion whose patterns are wanted.",
            ),
        ] = None,
        detector: Annotated[
            str | None,
            Field(max_length=200, description="Tool that reported the actions, such as openface."),
        ] = None,
        limit: Few = 3,
    ) -> replies.FaceAnswer:
        """Name facial action units (FACS) and rank emotions by them, or list an emotion's facial patterns.

        Give `actions`, for names, muscles and a ranking by published patterns, or `emotion`. Evidence about
        what a face shows, never a verdict about a person: show the `caveat`.
        """
        if (actions is None) == (emotion is None):
            given = "neither" if actions is None else "both"
            raise InputError(f"Expected either actions or emotion, got {given}. Give one of them.")
        if actions is not None:
            return self._ranking(actions, detector, limit)
        if detector is not None:
            raise InputError("Expected no detector with emotion, got one. Leave it out.")
        return self._patterns(emotion or "", limit)

    def _ranking(
        self, actions: list[str | int], detector: str | None, limit: int
    ) -> replies.FaceAnswer:
        graph = self._graph
        units = dict.fromkeys(graph.action_unit(name) for name in actions)
        found = graph.emotions_by_action_units(actions, detector=detector, limit=limit)
        tool = graph.detector(detector).name if detector is not None else None
        ranking = answers.to_ranking(found, actions=(u.code for u in units), detector=tool)
        return replies.FaceAnswer(
            **dict(ranking), units=tuple(map(shapes.ActionUnit.model_validate, units))
        )

    def _patterns(self, emotion: str, limit: int) -> replies.FaceAnswer:
        found = self._graph.patterns(emotion)
        return replies.FaceAnswer(
            actions=(),
            detector=None,
            ranking=(),
            caveat=CAVEAT,
            patterns=tuple(map(shapes.Pattern.model_validate, found[:limit])),
            left_out=max(0, len(found) - limit),
        )

    def map_(
        self,
        source: Annotated[
            SchemeName, Field(description="Scheme the labels are of, such as goemotions.")
        ],
        target: Annotated[SchemeName, Field(description="Scheme to say them in, such as ekman-6.")],
        labels: Annotated[
            Labels | None, Field(description="Labels of `source`; all of them if left out.")
        ] = None,
    ) -> replies.Mapping:
        """Say labels of one scheme in another: which labels come nearest, how, and what that loses.

        `relation` is exact, close, coarser (only something wider), finer, fallback (a published grouping)
        or none; `loss` says in words what gets lost.
        """
        crossings = self._graph.crosswalk(source, target)
        if labels is not None:
            by_label = {crossing.label: crossing for crossing in crossings}
            crossings = tuple(by_label[self._label(source, label)] for label in labels)
        return replies.Mapping(
            source=self._graph.scheme(source).name,
            target=self._graph.scheme(target).name,
            crossings=tuple(map(Crossing.model_validate, crossings)),
        )

    def _label(self, scheme: str, label: str) -> SchemeLabel:
        linker = self._services.scheme_linker(scheme)
        found = linker.label(label)
        if found is None:
            names = [known.name for known in linker.scheme.labels]
            nearest = tuple(get_close_matches(label.strip().lower(), names))
            hint = f"There are: {', '.join(names)}."
            raise UnknownTermError(
                label, kind=f"a label of {linker.scheme.name}", nearest=nearest, hint=hint
            )
        return found

    def schemes(
        self,
        name: Annotated[
            str | None, Field(max_length=200, description="A scheme whose labels are wanted.")
        ] = None,
    ) -> replies.Schemes:
        """List the label schemes of data sets and theories, or one scheme's labels with what they mean."""
        if name is not None:
            scheme = self._graph.scheme(name)
            return replies.Schemes(
                scheme=shapes.SchemeName.model_validate(scheme),
                labels=tuple(map(replies.to_label_line, scheme.labels)),
            )
        return replies.Schemes(
            schemes=tuple(
                replies.SchemeLine(
                    name=scheme.name,
                    title=scheme.title,
                    kind=scheme.kind,
                    modality=scheme.modality,
                    labels=len(scheme.labels),
                )
                for scheme in self._graph.schemes()
            )
        )

    async def sparql(
        self,
        query: Annotated[
            str,
            Field(
                description="SELECT, ASK, CONSTRUCT or DESCRIBE with its PREFIX lines; no SERVICE."
            ),
        ],
        limit: Annotated[int, Field(ge=1, le=500, description="Rows at most.")] = 25,
    ) -> replies.SparqlAnswer:
        """Query the graph by SPARQL 1.1, read-only; for questions that the other tools do not answer.

        PREFIX ag: <https://w3id.org/affectgraph/ontology#>
        PREFIX emotion: <https://w3id.org/affectgraph/emotion/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        An emotion has skos:prefLabel, skos:definition, skos:broader, skos:broaderTransitive, ag:tier,
        ag:primary, ag:valence, ag:arousal, ag:dominance (each -1..1), ag:oppositeOf, ag:hasPattern (facial
        patterns, with ag:requiredUnit and dct:source). The resource affectgraph://vocabulary names the other
        properties; `SELECT DISTINCT ?p { emotion:anger ?p ?o }` lists those of one. With `has_more`, use
        LIMIT and OFFSET, or ask for more rows.
        """
        return await answer_query(self._services.queries, query, limit=limit)
