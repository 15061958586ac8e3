"""Classes and properties for runs of reasoning: rounds, prompts, drafts, what they cost and what was kept.

The packaged graph holds no run, so it uses none of them. :mod:`affectgraph.reasoner.trace` writes them, with
PROV-O for what came from what and the terms of :mod:`.checking_terms` for claims and verdicts;
``ontology/shapes/tracing.ttl`` says what such a record looks like.
"""

from affectgraph.ontology.iris import AG, PROV
from affectgraph.ontology.layers.user_terms import TermSet

TRACING_TERMS = TermSet(
    "TracingTerms",
    "Terms for runs of reasoning; users' data has them, the packaged graph has not.",
    {
        "DraftingRound": (None, "One turn of a run: what a model was asked, and its drafts."),
        "Prompt": (PROV + "Entity", "The messages that a model was asked with in one round."),
        "RationaleDraft": (AG + "Rationale", "A rationale that a model wrote in one round."),
        "ReasoningRun": (None, "One run of the reasoner over one observation."),
    },
    {
        "cites": ("Rationale", None, "A triple of the graph that a sentence of a rationale cites."),
        "concludedConcept": ("", None, "The concept that a run or a draft concludes."),
        "keptRationale": ("ReasoningRun", "Rationale", "The rationale that a run gives."),
    },
    {
        "abstains": ("boolean", "Whether a run leaves the emotion open."),
        "answerForm": ("string", "The form in which answers were asked for: json, cited or free."),
        "cachedTokens": ("integer", "Tokens of a draft's prompt that were computed before."),
        "checkSeconds": ("decimal", "What reading and checking a draft took, in seconds."),
        "completionTokens": ("integer", "Tokens of a draft."),
        "draftScore": (
            "decimal",
            "What a draft is worth by its check, -1 to 1; -1 if it is not in form.",
        ),
        "entropyBits": (
            "decimal",
            "What the evidence leaves open between branches before a run, in bits.",
        ),
        "errorType": ("string", "The kind of error that ended a run."),
        "feedbackTone": ("string", "The tone of the feedback that a round answers."),
        "finishReason": ("string", "Why a draft ended: stop, length or cancelled."),
        "formProblem": ("string", "Why a draft is not in the form that was asked for."),
        "generationSeconds": ("decimal", "What writing a draft took, in seconds."),
        "promptStyle": ("string", "Name of the prompt style of a run."),
        "promptTokens": ("integer", "Tokens of a draft's prompt, those computed before with them."),
        "randomSeed": ("integer", "Seed of the samples of a run, or of one draft that is sampled."),
        "retrievalSeconds": ("decimal", "What retrieval took in a run, in seconds."),
        "roundNumber": ("integer", "Place of a round in its run, from 1."),
        "runSeconds": ("decimal", "What a run took, in seconds."),
        "samplingTemperature": (
            "decimal",
            "Temperature at which a draft was asked for; 0 is greedy.",
        ),
        "stopReason": (
            "string",
            "Why a run ended: no_model, clean, unchanged, budget or model_failed.",
        ),
        "textDigest": (
            "string",
            "SHA-256 of a text in UTF-8, in hexadecimal: of an observed text, a prompt or an answer.",
        ),
    },
)
