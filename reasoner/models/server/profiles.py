"""What sets the servers apart that speak OpenAI's chat completions, as data."""

from dataclasses import dataclass

from affectgraph.ontology.errors import InputError

LARGEST_DRAWN_SEED = 2**31 - 1
"""Seeds drawn here stay below it, since every server takes them."""


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """How one kind of server is asked.

    :param name: what users call it.
    :param owner: what it writes into ``owned_by`` of its list of models; empty if that does not tell.
    :param grammar_at: keys that lead to the place of a GBNF grammar in a request; empty if it takes none.
    :param max_tokens_key: key of the most tokens of an answer.
    :param largest_seed: largest seed it takes as it is.
    :param keeps_seed: whether equal seeds give equal answers, as far as its documentation says.
    :param most_stops: most stop texts of a request; further ones are cut off here. None if unlimited.
    :param is_strict: whether it takes the part of JSON Schema that OpenAI's strict mode does, and no more.
    """

    name: str
    owner: str = ""
    grammar_at: tuple[str, ...] = ()
    max_tokens_key: str = "max_tokens"
    largest_seed: int = 2**63 - 1
    keeps_seed: bool = True
    most_stops: int | None = None
    is_strict: bool = False


GENERIC = ServerProfile("generic")

PROFILES: dict[str, ServerProfile] = {
    profile.name: profile
    for profile in (
        GENERIC,
        # developers.openai.com/api/reference, "Create chat completion": max_tokens is deprecated, at most 4
        # stop texts, seed by best effort. "Structured outputs", supported schemas: the part of JSON Schema.
        ServerProfile(
            "openai",
            max_tokens_key="max_completion_tokens",
            keeps_seed=False,
            most_stops=4,
            is_strict=True,
        ),
        # docs.vllm.ai, "Structured Outputs" (0.12 on; guided_grammar before) and "Reproducibility".
        ServerProfile("vllm", owner="vllm", grammar_at=("structured_outputs", "grammar")),
        # docs.sglang.io, "Structured Outputs": ebnf in GBNF. A seed counts with
        # --enable-deterministic-inference only.
        ServerProfile("sglang", owner="sglang", grammar_at=("ebnf",), keeps_seed=False),
        # tools/server/README.md of llama.cpp: grammar, seed (uint32, its largest value draws one).
        ServerProfile(
            "llama.cpp", owner="llamacpp", grammar_at=("grammar",), largest_seed=2**32 - 2
        ),
        # docs.ollama.com/api/openai-compatibility: response_format, seed and stop, no grammar.
        ServerProfile("ollama", owner="library", largest_seed=LARGEST_DRAWN_SEED),
    )
}


def profile_named(name: str) -> ServerProfile:
    """Return a profile by its name.

    :raises InputError: if there is none.

    >>> profile_named("sglang").grammar_at
    ('ebnf',)
    """
    if name not in PROFILES:
        raise InputError(f"Expected a server profile of {', '.join(PROFILES)}, got {name!r}.")
    return PROFILES[name]


def profile_of(owner: str, host: str) -> ServerProfile:
    """Return the profile of a server by the ``owned_by`` of its models and its host, else the generic one.

    >>> profile_of("llamacpp", "localhost").name, profile_of("somebody", "localhost").name
    ('llama.cpp', 'generic')
    """
    if host == "api.openai.com":
        return PROFILES["openai"]
    known = {profile.owner: profile for profile in PROFILES.values() if profile.owner}
    return known.get(owner, GENERIC)
