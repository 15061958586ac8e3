"""Language models behind one protocol: on this machine's processor or GPU, or from a script."""

from typing import TYPE_CHECKING

from affectgraph.ontology.exports import exported_from as _exported_from

if TYPE_CHECKING:
    from affectgraph.reasoner.models.model import (
        Delta,
        FinishReason,
        Generation,
        GenerationRequest,
        LanguageModel,
        Message,
        Role,
        Usage,
    )
    from affectgraph.reasoner.models.scripted import Reply, ScriptedModel
    from affectgraph.reasoner.models.transformers_model import TransformersModel

__all__ = [
    "Delta",
    "FinishReason",
    "Generation",
    "GenerationRequest",
    "LanguageModel",
    "Message",
    "Reply",
    "Role",
    "ScriptedModel",
    "TransformersModel",
    "Usage",
]

__getattr__, __dir__ = _exported_from(
    __name__,
    {
        "model": (
            "Delta",
            "FinishReason",
            "Generation",
            "GenerationRequest",
            "LanguageModel",
            "Message",
            "Role",
            "Usage",
        ),
        "scripted": ("Reply", "ScriptedModel"),
        "transformers_model": ("TransformersModel",),
    },
)
