"""Classes and properties for what the checker says of rationales: runs, reports, claims, verdicts.

The packaged graph holds no rationale, so it uses none of them. :mod:`affectgraph.reasoner.report_rdf` writes
them, with PROV-O for the run and Web Annotation for spans; ``ontology/shapes/checking.ttl`` says what such a
record looks like.
"""

from affectgraph.ontology.iris import PROV
from affectgraph.ontology.layers.user_terms import TermSet

CHECKING_TERMS = TermSet(
    "CheckingTerms",
    "Terms for checked rationales; users' data has them, the packaged graph has not.",
    {
        "CheckingRun": (None, "One run of the checker over rationales."),
        "ClaimVerdict": (PROV + "Entity", "What the graph says of one claim."),
        "Rationale": (PROV + "Entity", "A text that gives reasons for a reading of an item."),
        "RationaleClaim": (
            PROV + "Entity",
            "Something that a rationale or its record says and that can be held against the graph.",
        ),
        "RationaleReport": (PROV + "Entity", "What the graph says of one rationale."),
    },
    {
        "claimObject": ("RationaleClaim", None, "What a claim says of its subject."),
        "claimObjectAnyOf": (
            "RationaleClaim",
            "ActionUnit",
            "A facial action that a claim may say of its subject; one of several.",
        ),
        "claimOf": ("RationaleClaim", "Rationale", "The rationale that makes a claim."),
        "claimSubject": ("RationaleClaim", None, "What a claim is about; all of several."),
        "claimSubjectAnyOf": (
            "RationaleClaim",
            "ActionUnit",
            "A facial action that a claim may be about; one of several.",
        ),
        "concludingClaim": (
            "RationaleReport",
            "RationaleClaim",
            "The claim that carries the conclusion of a rationale.",
        ),
        "hasVerdict": ("RationaleReport", "ClaimVerdict", "The verdict on a claim."),
        "judges": ("ClaimVerdict", "RationaleClaim", "The claim that a verdict is on."),
        "labelConcept": ("Rationale", None, "The concept that a rationale's label is read as."),
        "reportOf": ("RationaleReport", "Rationale", "The rationale that a report is on."),
        "restsOn": ("ClaimVerdict", None, "A triple of the graph that a verdict rests on."),
        "rivalConcept": ("ClaimVerdict", None, "Another concept that the same evidence fits."),
    },
    {
        "auAgreement": (
            "decimal",
            "Agreement of the actions a text names with those that readings show, 0 to 1.",
        ),
        "checkability": ("decimal", "Share of the claims of a text that could be judged, 0 to 1."),
        "claimChannel": ("string", "The channel a claim speaks of: face, voice, text, ..."),
        "claimDegree": ("string", "How strongly a claim holds by its text: slight or strong."),
        "claimObjectText": ("string", "What a claim says, in words or as a code of the checker."),
        "claimSide": ("string", "Side of the face a claim speaks of: left, right or both."),
        "claimSubjectText": (
            "string",
            "What a claim is about, in words or as a code of the checker.",
        ),
        "claimType": ("string", "What kind of statement a claim is: expresses, observes, ..."),
        "consistency": (
            "decimal",
            "Weight of a text's evidence for its conclusion over that for any emotion, 0 to 1.",
        ),
        "contradictionRate": (
            "decimal",
            "Contradicted claims over judged ones, 0 to 1; hedged ones count half.",
        ),
        "dissentingSource": ("string", "A source or data set that says otherwise."),
        "evidenceRecall": (
            "decimal",
            "Share of the actions that readings show which a text names as shown, 0 to 1.",
        ),
        "faithfulnessF1": (
            "decimal",
            "Harmonic mean of grounded precision and evidence recall, 0 to 1.",
        ),
        "fixHint": ("string", "How to mend a contradicted claim."),
        "groundedPrecision": (
            "decimal",
            "Supported claims over judged ones, 0 to 1; hedged ones count half.",
        ),
        "isDenied": ("boolean", "Whether the text denies what a claim says."),
        "isHedged": ("boolean", "Whether the text is not sure of what a claim says."),
        "labelScore": (
            "decimal",
            "Nearness in the tree of what a text concludes to its label, 0 to 1.",
        ),
        "rationaleText": ("string", "The text of a rationale."),
        "ruleId": ("string", "The rule of the checker that gave a verdict."),
        "sourcePolicy": (
            "string",
            "Whose word counted in a run where sources disagree: any, majority, or the id of a source.",
        ),
        "verdict": ("string", "supported, contradicted, unsupported or not_checkable."),
        "verdictStrength": ("decimal", "How much speaks for a verdict, 0 to 1."),
        "verdictText": ("string", "A verdict in one sentence."),
    },
)
