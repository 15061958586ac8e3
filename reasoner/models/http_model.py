"""Models behind servers that speak OpenAI's chat completions: vLLM, SGLang, llama.cpp, Ollama, OpenAI."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from secrets import randbelow
from threading import Event
from time import perf_counter
from typing import Any, TypeVar

from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.models.model import (
    Delta,
    Generation,
    GenerationRequest,
    answers_or_error,
)
from affectgraph.reasoner.models.server.answers import Answer, Events
from affectgraph.reasoner.models.server.chat import (
    Ask,
    first_ask,
    payload,
    read_completion,
    read_object,
)
from affectgraph.reasoner.models.server.checks import check_constraint
from affectgraph.reasoner.models.server.errors import MET_BY_ALL, ModelServerError, shown
from affectgraph.reasoner.models.server.profiles import (
    LARGEST_DRAWN_SEED,
    profile_named,
    profile_of,
)
from affectgraph.reasoner.models.server.retries import Retries
from affectgraph.reasoner.models.server.transport import Timeouts, Transport, import_httpx

logger = logging.getLogger(__name__)

T = TypeVar("T")

_CHAT = "/chat/completions"

_FIELDS = re.compile(
    r"(?<![\w-])(response_format|json_schema|structured_outputs|guided_(json|grammar|decoding)|grammar|ebnf)"
    r"(?![\w-])"
)
"""Names of the fields of constraints, by which a server says that it is one of them that it refuses."""

_REFUSED = "the server refused the field of the constraint; it was asked for in words"


class HttpModel:
    """A model behind a server that speaks OpenAI's chat completions. Threads may share one.

    Constraints go into the server's own field for them, and every answer is checked here too, as some servers
    ignore the field. Where a server refuses the field, or an answer breaks its constraint, the constraint is
    asked for in words, once; ``Generation.notes`` says so. What fails for a while is tried again.

    The key is read from the environment variable ``AFFECTGRAPH_LLM_API_KEY``, sent to this server alone, and
    neither logged nor shown. :meth:`connect` asks a server for its kind and its models.

    :param url: address before ``/chat/completions``; ``/v1`` is added where there is no path.
    :param model: the server's name for the model.
    :param profile: kind of server: openai, vllm, sglang, llama.cpp, ollama or generic.
    :param timeouts: how long to wait.
    :param retries: how often to try, and after how long.
    :param concurrency: most requests under way at once, of all threads; further ones wait.
    :raises InputError: if a value is outside its range, or the address holds a user, a query or a fragment.
    :raises MissingExtraError: if httpx is not installed.

    >>> model = HttpModel("http://localhost:8000", "Qwen/Qwen2.5-7B-Instruct", profile="vllm")
    >>> model
    HttpModel('http://localhost:8000/v1', 'Qwen/Qwen2.5-7B-Instruct', profile='vllm')
    >>> model.close()
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        profile: str = "generic",
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        concurrency: int = 16,
    ) -> None:
        if not model:
            raise InputError("Expected the name of a model, got an empty one.")
        self._name = model
        self._profile = profile_named(profile)
        self._retries = retries or Retries()
        self._transport = Transport(url, timeouts=timeouts or Timeouts(), concurrency=concurrency)
        self._concurrency = concurrency
        self._draw = Random(self._retries.seed)  # noqa: S311 - waits, no secrets
        self._closing = Event()
        self._served: tuple[str, ...] = ()
        self._refuses_field = False

    @classmethod
    def connect(
        cls,
        url: str,
        model: str | None = None,
        *,
        profile: str | None = None,
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        concurrency: int = 16,
    ) -> "HttpModel":
        """Return a model of a server, after a look at the list of its models.

        :param model: may be left out where the server has one only, or stand behind a ``#`` in the address.
        :param profile: told by the list if left out.
        :raises InputError: if the server has several models and none is named.
        :raises ModelServerError: if the server cannot be reached, or has no model of the name.
        """
        url, _, named = url.partition("#")
        wanted = model or named
        opened = cls(
            url,
            wanted or "?",
            profile=profile or "generic",
            timeouts=timeouts,
            retries=retries,
            concurrency=concurrency,
        )
        try:
            opened._meet(wanted, is_profile_open=profile is None)
        except BaseException:
            opened.close()
            raise
        return opened

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self._name

    @property
    def url(self) -> str:
        """Address of the server."""
        return self._transport.url

    @property
    def profile(self) -> str:
        """Kind of the server."""
        return self._profile.name

    def __repr__(self) -> str:
        """Return address, model and kind; never the key."""
        return f"HttpModel({self.url!r}, {self._name!r}, profile={self.profile!r})"

    def generate(self, request: GenerationRequest) -> Generation:
        """Return the answer to one request.

        :raises ModelServerError: if the server failed, or its answer breaks the constraint; ``partial`` has
            the text that came.
        :raises InputError: if the constraint is wrong, or the seed too large for the server.
        """
        started = perf_counter()
        ask = self._first_ask(request)
        answer = self._answer(ask)
        if answer.fault is not None and answer.finish == "stop":
            answer = self._answer_anew(ask, answer.text, answer.fault)
        return answer.generation(self._name, perf_counter() - started)

    def batch(self, requests: Sequence[GenerationRequest]) -> list[Generation]:
        """Return an answer per request, in order; up to ``concurrency`` are asked at once.

        :raises AffectGraphError: if one failed, after the others ended; ``answers`` has theirs. After a
            failure that all would meet, such as a refused key, no further one is asked.
        """
        if not requests:
            return []
        is_over = Event()
        with ThreadPoolExecutor(min(self._concurrency, len(requests))) as pool:
            tried = list(pool.map(lambda request: self._try_one(request, is_over), requests))
        return answers_or_error(tried)

    def stream(self, request: GenerationRequest) -> Iterator[Delta]:
        """Yield the answer as it comes; closing the iterator closes the connection, and so frees the server.

        An answer that breaks its constraint is not asked for anew here, as it was shown.

        :raises ModelServerError: as for :meth:`generate`; it is tried again only until the first piece.
        """
        started = perf_counter()
        ask, events = self._with_field_or_words(self._first_ask(request), self._open)
        answer = Answer(ask)
        try:
            for piece in events:
                yield Delta(answer.add(piece))  # empty while it thinks: one may leave there, too
                if answer.is_stopped:
                    break
            rest = answer.end(is_whole=events.is_whole)
            generation = answer.generation(self._name, perf_counter() - started)
        except ModelServerError as error:
            error.partial = error.partial or answer.text
            raise
        finally:
            events.close()
        yield Delta(rest, generation)

    def close(self) -> None:
        """Close the connections and end waits between tries: requests under way fail at once.

        A second call does nothing.
        """
        self._closing.set()
        self._transport.close()

    def _meet(self, wanted: str, *, is_profile_open: bool) -> None:
        """Take name and profile from the server's list of models, where it has one."""
        try:
            listed = read_object(self._tried(lambda: self._transport.get("/models"))).get("data")
        except ModelServerError as error:
            if error.status not in {404, 405} or not wanted:
                raise
            listed = None
        if listed is not None and not isinstance(listed, list):
            raise ModelServerError(
                f"expected a list of models in 'data', got {shown(listed)}.",
                kind="not_the_api",
                hint="Check the address: it is the one before /models, as in .../v1.",
            )
        models = [m for m in listed or [] if isinstance(m, dict) and isinstance(m.get("id"), str)]
        self._served = tuple(m["id"] for m in models)
        self._name = self._chosen(wanted)
        if is_profile_open:
            owner = next((str(m.get("owned_by")) for m in models if m["id"] == self._name), "")
            host = import_httpx().URL(self.url).host
            self._profile = profile_of(owner, host)

    def _chosen(self, wanted: str) -> str:
        if not wanted and len(self._served) == 1:
            return self._served[0]
        if not wanted:
            raise InputError(
                f"Expected the name of a model at {self.url}, got none. It has {self._listed()}; write "
                "URL#NAME."
            )
        if self._served and wanted not in self._served and f"{wanted}:latest" not in self._served:
            raise ModelServerError(
                f"expected a model that {self.url} has, got {wanted!r}. It has {self._listed()}.",
                kind="unknown_model",
                hint="Name one of them.",
            )
        return wanted

    def _listed(self) -> str:
        shown = ", ".join(self._served[:10]) or "none"
        return shown if len(self._served) <= 10 else f"{shown} and {len(self._served) - 10} more"

    def _first_ask(self, request: GenerationRequest) -> Ask:
        check_constraint(request.constraint)
        if request.is_sampled and request.seed is None:
            request = replace(request, seed=randbelow(LARGEST_DRAWN_SEED))
        if request.seed is not None and request.seed > self._profile.largest_seed:
            raise InputError(
                f"Expected a seed of at most {self._profile.largest_seed} for a server of the kind "
                f"{self.profile}, got {request.seed}."
            )
        ask = first_ask(request, self._profile)
        return ask.in_words(_REFUSED) if ask.has_field and self._refuses_field else ask

    def _answer(self, ask: Ask) -> Answer:
        """Return the whole answer to one question."""
        ask, piece = self._with_field_or_words(
            ask,
            lambda one: read_completion(self._transport.post(_CHAT, self._body(one, stream=False))),
        )
        answer = Answer(ask)
        answer.add(piece)
        answer.end(is_whole=True)
        return answer

    def _answer_anew(self, ask: Ask, first: str, fault: str) -> Answer:
        """Return the second answer to one question; where none comes, the first one's text is kept."""
        try:
            return self._answer(ask.again(first, fault))
        except ModelServerError as error:
            error.partial = error.partial or first
            raise

    def _body(self, ask: Ask, *, stream: bool) -> dict[str, Any]:
        return payload(ask, self._name, self._profile, stream=stream)

    def _open(self, ask: Ask) -> Events:
        """Return the pieces of an answer, once the first is there."""
        events = Events(self._transport.events(_CHAT, self._body(ask, stream=True)))
        try:
            events.wait()
        except BaseException:
            events.close()
            raise
        return events

    def _with_field_or_words(self, ask: Ask, call: Callable[[Ask], T]) -> tuple[Ask, T]:
        """Return what a call gives; with the constraint in words if the server refuses its field."""
        try:
            return ask, self._tried(lambda: call(ask))
        except ModelServerError as error:
            is_field = error.kind == "refused" and _FIELDS.search(str(error)) is not None
            if not (ask.has_field and is_field):
                raise
            logger.warning("%s: %s", self._name, _REFUSED)
        asked = ask.in_words(_REFUSED)
        found = self._tried(lambda: call(asked))
        self._refuses_field = (
            True  # only now: had the words failed too, the field may not be the fault
        )
        return asked, found

    def _tried(self, call: Callable[[], T]) -> T:
        """Return what a call gives, tried as often as the retries say."""
        attempt = 1
        while True:
            try:
                return call()
            except ModelServerError as error:
                error.attempts = attempt
                wait = self._retries.wait_seconds(error, attempt, self._draw)
                if wait is None:
                    raise
                logger.info("%s: %s, next try in %.2f s", self._name, error.kind, wait)
            self._pause(wait)
            attempt += 1

    def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until the model is closed."""
        self._closing.wait(seconds)

    def _try_one(
        self, request: GenerationRequest, is_over: Event
    ) -> Generation | AffectGraphError | None:
        if is_over.is_set():
            return None
        try:
            return self.generate(request)
        except AffectGraphError as error:
            if isinstance(error, ModelServerError) and error.kind in MET_BY_ALL:
                is_over.set()
            return error
