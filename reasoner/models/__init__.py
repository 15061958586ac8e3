"""Language models behind one protocol: on this machine, behind a server, or from a script."""

from typing import TYPE_CHECKING

from affectgraph.ontology.exports import exported_from as _exported_from

if TYPE_CHECKING:
    from affectgraph.reasoner.models.http_model import HttpModel
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
    from affectgraph.reasoner.models.opening import open_model
    from affectgraph.reasoner.models.scripted import Reply, ScriptedModel
    from affectgraph.reasoner.models.server.errors import FailureKind, ModelServerError
    from affectgraph.reasoner.models.server.retries import Retries
    from affectgraph.reasoner.models.server.transport import Timeouts
    from affectgraph.reasoner.models.transformers_model import TransformersModel

__all__ = [
    "Delta",
    "FailureKind",
    "FinishReason",
    "Generation",
    "GenerationRequest",
    "HttpModel",
    "LanguageModel",
    "Message",
    "ModelServerError",
    "Reply",
    "Retries",
    "Role",
    "ScriptedModel",
    "Timeouts",
    "TransformersModel",
    "Usage",
    "open_model",
]

__getattr__, __dir__ = _exported_from(
    __name__,
    {
        "http_model": ("HttpModel",),
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
        "opening": ("open_model",),
        "scripted": ("Reply", "ScriptedModel"),
        "server.errors": ("FailureKind", "ModelServerError"),
        "server.retries": ("Retries",),
        "server.transport": ("Timeouts",),
        "transformers_model": ("TransformersModel",),
    },
)
