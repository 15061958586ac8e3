"""The client that waits for its answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
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
from affectgraph.client.methods import asking, following

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")
Event = TypeVar("Event")
Found = TypeVar("Found")
P = ParamSpec("P")


class Client:
    """Asks a service: a method for each route, with the route's parameters, and its answer as a value.

    Answers are the frozen models that the service itself sends. What a service of a later release has
    besides is left out. May be shared by threads; give it back with ``close`` or use it in ``with``.

    :param base_url: where the service is, such as ``http://127.0.0.1:8000``.
    :param key: the key to send with every question, if the service wants one.
    :param timeout: seconds to wait for a connection, and for each part of an answer.
    :param retries: how often to ask again after 429 or 503 with ``Retry-After``.
    :param longest_wait_seconds: the longest ``Retry-After`` to wait for; beyond it the error comes at once.
    :param transport: how to reach the service, if not by the network.
    :param wait: waits for seconds; for tests.
    :raises MissingExtraError: if httpx is not installed (extra ``client``).
    :raises InputError: if the key has signs that no header holds, or a number of patience is below 0.

    Every method raises :class:`affectgraph.client.ServiceError` of one of its kinds if the service answers
    with a problem, and :class:`affectgraph.client.UnreachableError` if no answer comes.

    >>> from affectgraph.api.app import create_app
    >>> from affectgraph.client import lookups
    >>> from affectgraph.client.in_process import InProcessTransport
    >>> from affectgraph.kg import EmotionGraph
    >>> app = create_app(EmotionGraph.load())
    >>> with Client("http://affectgraph", transport=InProcessTransport(app)) as client:
    ...     client.ground("annoyed").candidates[0].concept.slug
    ...     [source.id for source in client.pages(lookups.sources, limit=50)][:2]
    'annoyance'
    ['affectgraph', 'affectnet']
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None = None,
        timeout: float = 30.0,
        retries: int = 2,
        longest_wait_seconds: float = 30.0,
        transport: "httpx.BaseTransport | None" = None,
        wait: Callable[[float], object] = sleep,
    ) -> None:
        self.base_url = base_url
        self._key = readable_key(key)
        self._patience = Patience(retries, longest_wait_seconds)
        self._wait = wait
        self._http: httpx.Client = import_httpx().Client(timeout=timeout, transport=transport)

    def send(self, call: Call[Answer]) -> Answer:
        """Return the answer to a question.

        :raises InputError: if something given can be in no request.
        :raises ServiceError: if the service answers with a problem.
        :raises UnreachableError: if no answer comes.
        """
        return self._driven(steps(call, self.base_url, self._key, self._patience), self._http.send)

    @contextmanager
    def events(self, call: EventsCall[Event]) -> Iterator[Iterator[Event]]:
        """Give the events of an answer, each as it comes; leaving ends the answer, and the work on it.

        :raises ServiceError: if the service answers with a problem, or an event is one.
        :raises UnreachableError: if no answer comes, or it breaks off.
        """
        todo = opening(call, self.base_url, self._key, self._patience)
        response = self._driven(todo, self._open)
        try:
            require_events(call, response)
            yield self._read(call, response)
        finally:
            response.close()

    def _read(self, call: EventsCall[Event], response: "httpx.Response") -> Iterator[Event]:
        reader = EventReader(call, self.base_url)
        try:
            for chunk in response.iter_bytes():
                yield from reader.take(chunk)
                if reader.is_whole:
                    return
        except import_httpx().RequestError as error:
            raise UnreachableError(self.base_url, error) from error
        reader.end()

    def _open(self, request: "httpx.Request") -> "httpx.Response":
        """Return a response whose content is to come if it is a success, else read."""
        response = self._http.send(request, stream=True)
        if not response.is_success:
            response.read()
        return response

    def _driven(
        self, todo: Steps[Found], send: Callable[["httpx.Request"], "httpx.Response"]
    ) -> Found:
        step: Any = next(todo)
        while True:
            try:
                step = todo.send(self._done(step, send))
            except StopIteration as end:
                found: Found = end.value
                return found

    def _done(
        self, step: Any, send: Callable[["httpx.Request"], "httpx.Response"]
    ) -> "httpx.Response | None":
        if isinstance(step, float):
            self._wait(step)
            return None
        try:
            return send(step)
        except import_httpx().RequestError as error:
            raise UnreachableError(self.base_url, error) from error

    def pages(
        self, make: Callable[P, Call[Page[Answer]]], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[Answer]:
        """Yield the items of a list from all its pages, each asked for when it is needed.

        :param make: what makes the question for a page, such as ``affectgraph.client.lookups.sources``;
            its arguments follow, of which ``limit`` is the size of a page.
        """
        call = make(*args, **kwargs)
        while True:
            page = self.send(call)
            yield from page.items
            offset = page.offset + len(page.items)
            if not page.items or offset >= page.total:
                return
            call = call.at(limit=page.limit, offset=offset)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    emotions = asking(lookups.emotions)
    states = asking(lookups.states)
    emotion = asking(lookups.emotion)
    emotions_many = asking(lookups.emotions_many)
    path = asking(lookups.path)
    broader = asking(lookups.broader)
    narrower = asking(lookups.narrower)
    opposites = asking(lookups.opposites)
    patterns = asking(lookups.patterns)
    vad = asking(lookups.vad)
    components = asking(lookups.components)
    associations = asking(lookups.associations)
    alignments = asking(lookups.alignments)
    tree_relation = asking(lookups.tree_relation)
    tree_relations = asking(lookups.tree_relations)
    tree_entries = asking(lookups.tree_entries)
    schemes = asking(lookups.schemes)
    scheme = asking(lookups.scheme)
    labels = asking(lookups.labels)
    cooccurrences = asking(lookups.cooccurrences)
    penalties = asking(lookups.penalties)
    crosswalk = asking(lookups.crosswalk)
    crosswalks = asking(lookups.crosswalks)
    sources = asking(lookups.sources)
    source = asking(lookups.source)
    modalities = asking(lookups.modalities)
    modality = asking(lookups.modality)
    cue_types = asking(lookups.cue_types)
    cue_type = asking(lookups.cue_type)
    cause_types = asking(lookups.cause_types)
    cause_type = asking(lookups.cause_type)
    vocabularies = asking(lookups.vocabularies)
    vocabulary = asking(lookups.vocabulary)

    action_units = asking(faces.action_units)
    action_unit = asking(faces.action_unit)
    action_units_many = asking(faces.action_units_many)
    rank_emotions = asking(faces.rank_emotions)
    weigh_face = asking(faces.weigh_face)
    weigh_faces = asking(faces.weigh_faces)
    weigh_face_file = asking(faces.weigh_face_file)
    face_phrase = asking(faces.face_phrase)
    face_phrases = asking(faces.face_phrases)
    face_texts = asking(faces.face_texts)
    confusable = asking(faces.confusable)
    deciding_units = asking(faces.deciding_units)
    detectors = asking(faces.detectors)
    detector = asking(faces.detector)

    nearest = asking(places.nearest)
    nearest_many = asking(places.nearest_many)
    link_vad = asking(places.link_vad)
    place = asking(places.place)
    place_many = asking(places.place_many)
    scales = asking(places.scales)
    rescale = asking(places.rescale)
    vad_series = asking(places.vad_series)
    vad_agreement = asking(places.vad_agreement)
    vad_of_word = asking(places.vad_of_word)
    vad_of_words = asking(places.vad_of_words)
    vad_disagreements = asking(places.vad_disagreements)

    ground = asking(linking.ground)
    ground_many = asking(linking.ground_many)
    suggest = asking(linking.suggest)
    suggest_many = asking(linking.suggest_many)
    annotate = asking(linking.annotate)
    annotate_document = asking(linking.annotate_document)
    annotate_many = asking(linking.annotate_many)
    detect_schemes = asking(linking.detect_schemes)
    read_column = asking(linking.read_column)
    map_column = asking(linking.map_column)
    soft_label_items = asking(linking.soft_label_items)
    score_wheels = asking(linking.score_wheels)
    envelope = asking(linking.envelope)

    check = asking(judging.check)
    check_document = asking(judging.check_document)
    check_many = asking(judging.check_many)
    check_many_document = asking(judging.check_many_document)
    ask = asking(judging.ask)
    ask_many = asking(judging.ask_many)
    reward = asking(judging.reward)
    reward_many = asking(judging.reward_many)
    facts = asking(judging.facts)
    facts_many = asking(judging.facts_many)
    reason = asking(judging.reason)
    reason_events = following(judging.reason_events)
    reason_many = asking(judging.reason_many)
    estimate = asking(judging.estimate)
    estimate_many = asking(judging.estimate_many)

    version = asking(service.version)
    health = asking(service.health)
    ready = asking(service.ready)
    void = asking(service.void)
    sparql = asking(service.sparql)

    user_graphs = asking(user_data.user_graphs)
    user_graph = asking(user_data.user_graph)
    put_user_graph = asking(user_data.put_user_graph)
    delete_user_graph = asking(user_data.delete_user_graph)
    back_up_user_graphs = asking(user_data.back_up_user_graphs)

    get_graph = asking(graph_store.get_graph)
    put_graph = asking(graph_store.put_graph)
    post_graph = asking(graph_store.post_graph)
    delete_graph = asking(graph_store.delete_graph)
