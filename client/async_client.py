"""The client whose answers are awaited."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from affectgraph.api.shapes import Page
from affectgraph.client import (
    faces,
    graph_store,
    judging,
    linking,
    lookups,
    places,
    service,
    user_data,
)
from affectgraph.client.call import Call
from affectgraph.client.errors import UnreachableError
from affectgraph.client.events import EventReader, EventsCall
from affectgraph.client.exchange import (
    Patience,
    Steps,
    import_httpx,
    opening,
    readable_key,
    require_events,
    steps,
)
from affectgraph.client.methods import asking_later, following_later

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")
Event = TypeVar("Event")
Found = TypeVar("Found")
P = ParamSpec("P")


async def _sleep(seconds: float) -> None:
    from anyio import sleep

    await sleep(seconds)


class AsyncClient:
    """Asks a service as :class:`affectgraph.client.Client` does; its methods are awaited.

    Parameters and errors are the same. Tasks may share one; give it back with ``aclose`` or use it in
    ``async with``.

    :param transport: how to reach the service, if not by the network, such as ``httpx.ASGITransport(app)``.
    :param wait: waits for seconds; for tests.

    >>> import anyio, httpx
    >>> from affectgraph.api.app import create_app
    >>> from affectgraph.kg import EmotionGraph
    >>> transport = httpx.ASGITransport(create_app(EmotionGraph.load()))
    >>> async def tier(name: str) -> str | None:
    ...     async with AsyncClient("http://affectgraph", transport=transport) as client:
    ...         return (await client.emotion(name)).tier
    >>> anyio.run(tier, "dread")
    'tertiary'
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None = None,
        timeout: float = 30.0,
        retries: int = 2,
        longest_wait_seconds: float = 30.0,
        transport: "httpx.AsyncBaseTransport | None" = None,
        wait: Callable[[float], Awaitable[object]] = _sleep,
    ) -> None:
        self.base_url = base_url
        self._key = readable_key(key)
        self._patience = Patience(retries, longest_wait_seconds)
        self._wait = wait
        self._http: httpx.AsyncClient = import_httpx().AsyncClient(
            timeout=timeout, transport=transport
        )

    async def send(self, call: Call[Answer]) -> Answer:
        """Return the answer to a question.

        :raises ServiceError: if the service answers with a problem.
        :raises UnreachableError: if no answer comes.
        """
        todo = steps(call, self.base_url, self._key, self._patience)
        return await self._driven(todo, self._http.send)

    @asynccontextmanager
    async def events(self, call: EventsCall[Event]) -> AsyncIterator[AsyncIterator[Event]]:
        """Give the events of an answer, each as it comes; leaving ends the answer, and the work on it.

        :raises ServiceError: if the service answers with a problem, or an event is one.
        :raises UnreachableError: if no answer comes, or it breaks off.
        """
        todo = opening(call, self.base_url, self._key, self._patience)
        response = await self._driven(todo, self._open)
        try:
            require_events(call, response)
            yield self._read(call, response)
        finally:
            await response.aclose()

    async def _read(
        self, call: EventsCall[Event], response: "httpx.Response"
    ) -> AsyncIterator[Event]:
        reader = EventReader(call, self.base_url)
        try:
            async for chunk in response.aiter_bytes():
                for event in reader.take(chunk):
                    yield event
                if reader.is_whole:
                    return
        except import_httpx().RequestError as error:
            raise UnreachableError(self.base_url, error) from error
        reader.end()

    async def _open(self, request: "httpx.Request") -> "httpx.Response":
        """Return a response whose content is to come if it is a success, else read."""
        response = await self._http.send(request, stream=True)
        if not response.is_success:
            await response.aread()
        return response

    async def _driven(
        self, todo: Steps[Found], send: Callable[["httpx.Request"], Awaitable["httpx.Response"]]
    ) -> Found:
        step: Any = next(todo)
        while True:
            try:
                step = todo.send(await self._done(step, send))
            except StopIteration as end:
                found: Found = end.value
                return found

    async def _done(
        self, step: Any, send: Callable[["httpx.Request"], Awaitable["httpx.Response"]]
    ) -> "httpx.Response | None":
        if isinstance(step, float):
            await self._wait(step)
            return None
        try:
            return await send(step)
        except import_httpx().RequestError as error:
            raise UnreachableError(self.base_url, error) from error

    async def pages(
        self, make: Callable[P, Call[Page[Answer]]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[Answer]:
        """Yield the items of a list from all its pages, each asked for when it is needed.

        :param make: what makes the question for a page; its arguments follow.
        """
        call = make(*args, **kwargs)
        while True:
            page = await self.send(call)
            for item in page.items:
                yield item
            offset = page.offset + len(page.items)
            if not page.items or offset >= page.total:
                return
            call = call.at(limit=page.limit, offset=offset)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    emotions = asking_later(lookups.emotions)
    states = asking_later(lookups.states)
    emotion = asking_later(lookups.emotion)
    emotions_many = asking_later(lookups.emotions_many)
    path = asking_later(lookups.path)
    broader = asking_later(lookups.broader)
    narrower = asking_later(lookups.narrower)
    opposites = asking_later(lookups.opposites)
    patterns = asking_later(lookups.patterns)
    vad = asking_later(lookups.vad)
    components = asking_later(lookups.components)
    associations = asking_later(lookups.associations)
    alignments = asking_later(lookups.alignments)
    tree_relation = asking_later(lookups.tree_relation)
    tree_relations = asking_later(lookups.tree_relations)
    tree_entries = asking_later(lookups.tree_entries)
    schemes = asking_later(lookups.schemes)
    scheme = asking_later(lookups.scheme)
    labels = asking_later(lookups.labels)
    cooccurrences = asking_later(lookups.cooccurrences)
    penalties = asking_later(lookups.penalties)
    crosswalk = asking_later(lookups.crosswalk)
    crosswalks = asking_later(lookups.crosswalks)
    sources = asking_later(lookups.sources)
    source = asking_later(lookups.source)
    modalities = asking_later(lookups.modalities)
    modality = asking_later(lookups.modality)
    cue_types = asking_later(lookups.cue_types)
    cue_type = asking_later(lookups.cue_type)
    cause_types = asking_later(lookups.cause_types)
    cause_type = asking_later(lookups.cause_type)
    vocabularies = asking_later(lookups.vocabularies)
    vocabulary = asking_later(lookups.vocabulary)

    action_units = asking_later(faces.action_units)
    action_unit = asking_later(faces.action_unit)
    action_units_many = asking_later(faces.action_units_many)
    rank_emotions = asking_later(faces.rank_emotions)
    weigh_face = asking_later(faces.weigh_face)
    weigh_faces = asking_later(faces.weigh_faces)
    weigh_face_file = asking_later(faces.weigh_face_file)
    face_phrase = asking_later(faces.face_phrase)
    face_phrases = asking_later(faces.face_phrases)
    face_texts = asking_later(faces.face_texts)
    confusable = asking_later(faces.confusable)
    deciding_units = asking_later(faces.deciding_units)
    detectors = asking_later(faces.detectors)
    detector = asking_later(faces.detector)

    nearest = asking_later(places.nearest)
    nearest_many = asking_later(places.nearest_many)
    link_vad = asking_later(places.link_vad)
    place = asking_later(places.place)
    place_many = asking_later(places.place_many)
    scales = asking_later(places.scales)
    rescale = asking_later(places.rescale)
    vad_series = asking_later(places.vad_series)
    vad_agreement = asking_later(places.vad_agreement)
    vad_of_word = asking_later(places.vad_of_word)
    vad_of_words = asking_later(places.vad_of_words)
    vad_disagreements = asking_later(places.vad_disagreements)

    ground = asking_later(linking.ground)
    ground_many = asking_later(linking.ground_many)
    suggest = asking_later(linking.suggest)
    suggest_many = asking_later(linking.suggest_many)
    annotate = asking_later(linking.annotate)
    annotate_document = asking_later(linking.annotate_document)
    annotate_many = asking_later(linking.annotate_many)
    detect_schemes = asking_later(linking.detect_schemes)
    read_column = asking_later(linking.read_column)
    map_column = asking_later(linking.map_column)
    soft_label_items = asking_later(linking.soft_label_items)
    score_wheels = asking_later(linking.score_wheels)
    envelope = asking_later(linking.envelope)

    check = asking_later(judging.check)
    check_document = asking_later(judging.check_document)
    check_many = asking_later(judging.check_many)
    check_many_document = asking_later(judging.check_many_document)
    ask = asking_later(judging.ask)
    ask_many = asking_later(judging.ask_many)
    reward = asking_later(judging.reward)
    reward_many = asking_later(judging.reward_many)
    facts = asking_later(judging.facts)
    facts_many = asking_later(judging.facts_many)
    reason = asking_later(judging.reason)
    reason_events = following_later(judging.reason_events)
    reason_many = asking_later(judging.reason_many)
    estimate = asking_later(judging.estimate)
    estimate_many = asking_later(judging.estimate_many)

    version = asking_later(service.version)
    health = asking_later(service.health)
    ready = asking_later(service.ready)
    void = asking_later(service.void)
    sparql = asking_later(service.sparql)

    user_graphs = asking_later(user_data.user_graphs)
    user_graph = asking_later(user_data.user_graph)
    put_user_graph = asking_later(user_data.put_user_graph)
    delete_user_graph = asking_later(user_data.delete_user_graph)
    back_up_user_graphs = asking_later(user_data.back_up_user_graphs)

    get_graph = asking_later(graph_store.get_graph)
    put_graph = asking_later(graph_store.put_graph)
    post_graph = asking_later(graph_store.post_graph)
    delete_graph = asking_later(graph_store.delete_graph)
