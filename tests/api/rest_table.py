"""Which route answers what each public function does, and which takes many at once; or why there is none."""

from typing import NamedTuple


class Served(NamedTuple):
    """The route of a function, and its batch twin; ``many`` is a sentence where it needs none."""

    one: str
    many: str


class NotServed(NamedTuple):
    """Why a function has no route."""

    reason: str


IN_PROCESS = NotServed("works on objects of this process: a graph, a store, a library's own types")
STEP = NotServed("a step of a route that answers for the whole")
FILES = NotServed("reads or writes files of the user's machine, by the line: the command line does")
MODEL = NotServed("asks a language model for every text; the service does so for /v1/reason alone")
WHOLE_LIST = "one page of 1,000 holds all there are"
LISTED = "the items of a request are its batch already"

FUNCTIONS: dict[str, Served | NotServed] = {
    # affectgraph
    "ask": Served("POST /v1/ask", "POST /v1/ask/batch"),
    "check": Served("POST /v1/check", "POST /v1/check/batch"),
    "ground": Served("GET /v1/ground", "POST /v1/ground"),
    "ground_many": Served("POST /v1/ground", LISTED),
    "load": IN_PROCESS,
    "rationale_reward": Served("POST /v1/reward", "POST /v1/reward/batch"),
    "reason": Served("POST /v1/reason", "POST /v1/reason/batch"),
    "reason_many": Served("POST /v1/reason/batch", LISTED),
    # affectgraph.kg
    "kg.add_user_data": NotServed("writes a file of quads beside the graph; see import-rdf"),
    "kg.import_vad": NotServed("reads a lexicon whose licence its user holds; see import-vad"),
    "kg.read_lexicon": FILES,
    "kg.scale": Served("GET /v1/vad/scales", WHOLE_LIST),
    "kg.user_graph": NotServed("makes an IRI of a name"),
    # affectgraph.linkers
    "linkers.anchor_shares": STEP,
    "linkers.detect_schemes": Served("POST /v1/schemes/detect", LISTED),
    "linkers.find_mentions": STEP,
    "linkers.fleiss_kappa": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.from_counts": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.from_votes": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.from_weights": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.ground_column": IN_PROCESS,
    "linkers.ground_dataset": FILES,
    "linkers.label_studio_config": NotServed("makes a project's configuration, once"),
    "linkers.map_rows": FILES,
    "linkers.names_feeling": STEP,
    "linkers.normalise": STEP,
    "linkers.pre_annotated_task": NotServed("makes tasks for a project that has its own import"),
    "linkers.read_actions": Served("POST /v1/faces", "POST /v1/faces/batch"),
    "linkers.read_libreface": Served("POST /v1/faces/file", "one file is a batch of frames"),
    "linkers.read_openface": Served("POST /v1/faces/file", "one file is a batch of frames"),
    "linkers.read_py_feat": Served("POST /v1/faces/file", "one file is a batch of frames"),
    "linkers.read_wheel_set": FILES,
    "linkers.roll_up": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.score_wheels": Served("POST /v1/wheels", LISTED),
    "linkers.split_labels": STEP,
    "linkers.to_concepts": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.to_observation": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.to_scheme": Served("POST /v1/schemes/{name}/soft-labels", LISTED),
    "linkers.tree_groupings": Served("POST /v1/wheels", LISTED),
    "linkers.weigh_face": Served("POST /v1/faces", "POST /v1/faces/batch"),
    "linkers.wheel_groupings": NotServed("wheels are files of others; see wheel --wheels"),
    # affectgraph.reasoner
    "reasoner.citable_facts": Served("POST /v1/facts", "POST /v1/facts/batch"),
    "reasoner.compute_score": NotServed("a callback of the trainer verl, in its process"),
    "reasoner.judge_statement": Served("POST /v1/ask", "POST /v1/ask/batch"),
    "reasoner.judge_statements": Served("POST /v1/ask/batch", LISTED),
    "reasoner.rationale_reward": Served("POST /v1/reward", "POST /v1/reward/batch"),
    "reasoner.read_readings": STEP,
    "reasoner.reason_dataset": FILES,
    "reasoner.reasonings_to_rdf": NotServed(
        "traces are written beside answers; see reason --trace"
    ),
    "reasoner.reports_to_rdf": Served("POST /v1/check", "POST /v1/check/batch"),
    "reasoner.retrieve": Served("POST /v1/facts", "POST /v1/facts/batch"),
    "reasoner.trace_record": NotServed("traces are written beside answers; see reason --trace"),
    "reasoner.training_data": FILES,
    "reasoner.trl_reward": NotServed("a callback of the trainer TRL, in its process"),
}
"""Functions of the packages, by their place below ``affectgraph``."""

METHODS: dict[str, Served | NotServed] = {
    # the graph
    "EmotionGraph.action_unit": Served(
        "GET /v1/action-units/{code}", "POST /v1/action-units/batch"
    ),
    "EmotionGraph.action_units": Served("GET /v1/action-units", WHOLE_LIST),
    "EmotionGraph.alignments": Served(
        "GET /v1/emotions/{name}/alignments", "POST /v1/emotions/batch"
    ),
    "EmotionGraph.around": Served("GET /v1/modalities", WHOLE_LIST),
    "EmotionGraph.associations": Served(
        "GET /v1/emotions/{name}/associations", "POST /v1/emotions/batch"
    ),
    "EmotionGraph.broader": Served("GET /v1/emotions/{name}/broader", "POST /v1/emotions/batch"),
    "EmotionGraph.close": IN_PROCESS,
    "EmotionGraph.common_ancestor": Served("GET /v1/tree/relation", "POST /v1/tree/relation"),
    "EmotionGraph.components": Served(
        "GET /v1/emotions/{name}/components", "POST /v1/emotions/batch"
    ),
    "EmotionGraph.concept": Served("GET /v1/emotions/{name}", "POST /v1/emotions/batch"),
    "EmotionGraph.confusable": Served("GET /v1/faces/confusable", WHOLE_LIST),
    "EmotionGraph.cooccurrences": Served("GET /v1/schemes/{name}/co-occurrences", WHOLE_LIST),
    "EmotionGraph.crosswalk": Served("GET /v1/crosswalk", "POST /v1/crosswalk"),
    "EmotionGraph.crosswalk_summary": Served("GET /v1/crosswalk", "POST /v1/crosswalk"),
    "EmotionGraph.deciding_units": Served(
        "GET /v1/faces/deciding", "/v1/faces/confusable has the units of all pairs"
    ),
    "EmotionGraph.detector": Served("GET /v1/detectors/{name}", "GET /v1/detectors"),
    "EmotionGraph.emotions": Served("GET /v1/emotions", WHOLE_LIST),
    "EmotionGraph.emotions_by_action_units": Served(
        "POST /v1/action-units/emotions", "POST /v1/faces/batch"
    ),
    "EmotionGraph.get_action_unit": STEP,
    "EmotionGraph.get_concept": STEP,
    "EmotionGraph.is_a": Served("GET /v1/tree/relation", "POST /v1/tree/relation"),
    "EmotionGraph.labels": Served("GET /v1/schemes/{name}/labels", WHOLE_LIST),
    "EmotionGraph.load": IN_PROCESS,
    "EmotionGraph.narrower": Served("GET /v1/emotions/{name}/narrower", "POST /v1/emotions/batch"),
    "EmotionGraph.nearest": Served("GET /v1/nearest", "POST /v1/nearest"),
    "EmotionGraph.nearest_names": NotServed("every 404 has them as `nearest`"),
    "EmotionGraph.opposites": Served(
        "GET /v1/emotions/{name}/opposites", "POST /v1/emotions/batch"
    ),
    "EmotionGraph.path": Served("GET /v1/emotions/{name}/path", "POST /v1/emotions/batch"),
    "EmotionGraph.pattern_lattice": IN_PROCESS,
    "EmotionGraph.patterns": Served(
        "GET /v1/emotions/{name}/action-units", "POST /v1/emotions/batch"
    ),
    "EmotionGraph.penalty_matrix": Served("GET /v1/schemes/{name}/penalties", "it has all pairs"),
    "EmotionGraph.scheme": Served("GET /v1/schemes/{name}", "GET /v1/schemes"),
    "EmotionGraph.schemes": Served("GET /v1/schemes", WHOLE_LIST),
    "EmotionGraph.source": Served("GET /v1/sources/{id}", "GET /v1/sources"),
    "EmotionGraph.sources": Served("GET /v1/sources", WHOLE_LIST),
    "EmotionGraph.sparql": Served("GET /sparql", "a query takes VALUES"),
    "EmotionGraph.states": Served("GET /v1/states", WHOLE_LIST),
    "EmotionGraph.to_networkx": IN_PROCESS,
    "EmotionGraph.to_rdflib": IN_PROCESS,
    "EmotionGraph.tree_distance": Served("GET /v1/tree/relation", "POST /v1/tree/relation"),
    "EmotionGraph.tree_entries": Served("GET /v1/tree/entries", "166 lines: /sparql has them all"),
    "EmotionGraph.unlikely_pairs": Served("GET /v1/schemes/{name}/co-occurrences", WHOLE_LIST),
    "EmotionGraph.vad": Served("GET /v1/emotions/{name}/vad", "POST /v1/emotions/batch"),
    "EmotionGraph.vad_disagreements": Served("GET /v1/vad/disagreements", WHOLE_LIST),
    "EmotionGraph.vad_of_word": Served("GET /v1/vad/words", "POST /v1/vad/words"),
    "EmotionGraph.version": Served("GET /v1/version", "there is one"),
    "EmotionGraph.with_user_data": IN_PROCESS,
    "EmotionGraph.with_vad": IN_PROCESS,
    # linkers
    "ActionUnitLinker.find": Served("POST /v1/faces/texts", LISTED),
    "ActionUnitLinker.ground": Served("GET /v1/faces/phrases", "POST /v1/faces/phrases"),
    "ActionUnitLinker.ground_many": Served("POST /v1/faces/phrases", LISTED),
    "Annotator.annotate": Served("GET /v1/annotate", "POST /v1/annotate"),
    "Annotator.annotate_many": Served("POST /v1/annotate", LISTED),
    "LabelLinker.ground": Served("GET /v1/ground", "POST /v1/ground"),
    "LabelLinker.ground_many": Served("POST /v1/ground", LISTED),
    "SchemeLinker.label": Served("POST /v1/schemes/{name}/read", LISTED),
    "SchemeLinker.map": Served("POST /v1/schemes/{name}/map", LISTED),
    "SchemeLinker.read": Served("POST /v1/schemes/{name}/read", LISTED),
    "Suggester.suggest": Served("GET /v1/suggest", "POST /v1/suggest"),
    "VadLinker.link": Served("POST /v1/vad/link", LISTED),
    "VadLinker.link_many": Served("POST /v1/vad/link", LISTED),
    "VadLinker.place": Served("GET /v1/vad/place", "POST /v1/vad/place"),
    # reasoner
    "Checker.check": Served("POST /v1/check", "POST /v1/check/batch"),
    "Checker.check_many": Served("POST /v1/check/batch", LISTED),
    "Checker.check_record": Served("POST /v1/check", "POST /v1/check/batch"),
    "Checker.judge": Served("POST /v1/ask", "POST /v1/ask/batch"),
    "Checker.with_sources": Served("POST /v1/check", "POST /v1/check/batch"),
    "ClaimExtractor.check": MODEL,
    "ClaimExtractor.check_many": MODEL,
    "Reasoner.estimate": Served("POST /v1/reason/estimate", "POST /v1/reason/estimate/batch"),
    "Reasoner.events": Served("POST /v1/reason", "a stream is of one observation"),
    "Reasoner.reason": Served("POST /v1/reason", "POST /v1/reason/batch"),
    "Reasoner.reason_many": Served("POST /v1/reason/batch", LISTED),
    "Reasoner.using": IN_PROCESS,
    "Retriever.retrieve": Served("POST /v1/facts", "POST /v1/facts/batch"),
    "Retriever.retrieve_given": STEP,
}
"""Methods of the classes that look up, link, check and reason."""

NOT_OF_THE_GRAPH = {
    "EmbeddingLinker": "needs a sentence encoder that its user gives; the service loads no model for it",
    "Lexicon": "the parts that linkers are made of",
    "Change": "a value: what a write does to one graph of a user, whose IRI is its first field",
    "Around": "its routes are those of EmotionGraph.around",
}
"""Classes whose methods have no routes of their own."""

OTHER_ROUTES = {
    "GET /v1/cause-types": "EmotionGraph.around",
    "GET /v1/cause-types/{name}": "EmotionGraph.around",
    "GET /v1/cue-types": "EmotionGraph.around",
    "GET /v1/cue-types/{name}": "EmotionGraph.around",
    "GET /v1/modalities/{name}": "EmotionGraph.around",
    "GET /v1/vocabularies": "EmotionGraph.around",
    "GET /v1/vocabularies/{name}": "EmotionGraph.around",
    "POST /v1/envelope": "affectgraph.kg.envelopes",
    "POST /v1/vad/rescale": "affectgraph.kg.Scale",
    "POST /v1/vad/series": "affectgraph.linkers.vad_series",
    "POST /v1/vad/agreement": "affectgraph.linkers.vad_agreement",
    "POST /sparql": "EmotionGraph.sparql",
    "GET /.well-known/void": "EmotionGraph.sparql",
}
"""Routes of parts that the tables above do not name."""
