"""SPARQL 1.1 Update on users' graphs: read from a request, made in a worker, written, and then answered."""

from urllib.parse import parse_qs

from starlette.responses import Response

from affectgraph.api.access import require
from affectgraph.api.query_runner import Cancellation
from affectgraph.api.sparql_guard import refuse_unsafe, require_readable
from affectgraph.api.sparql_operation import FORM_TYPE, MOST_FIELDS, UPDATE_TYPE, require_length
from affectgraph.api.update_dataset import USING, USING_NAMED, with_dataset
from affectgraph.api.user_data import UserData
from affectgraph.kg.sparql_tokens import position_of, tokenise
from affectgraph.ontology.errors import QueryError


def read_update(content_type: str, query_string: bytes, body: bytes) -> str | None:
    """Return the text of an update operation (SPARQL 1.1 Protocol, 2.2); None if a request is none.

    The dataset of the request stands in the text then.

    :raises QueryError: if there are several, one is not in UTF-8 or too long, or its dataset cannot be the
        request's.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in {FORM_TYPE, UPDATE_TYPE}:
        return None
    require_length(media_type, body)
    try:
        address = _fields(query_string.decode("ascii", "replace"))
        text = body.decode("utf-8")
        fields = _fields(text) if media_type == FORM_TYPE else {}
    except (UnicodeDecodeError, ValueError) as error:
        raise QueryError(f"Expected a form or an update in UTF-8: {error}.") from error
    updates = [text] if media_type == UPDATE_TYPE else fields.get("update", [])
    if not updates:
        return None
    if len(updates) > 1 or "query" in fields or "query" in address:
        raise QueryError("Expected one update and no query, got more.")
    default, named = (
        [*address.get(name, ()), *fields.get(name, ())] for name in (USING, USING_NAMED)
    )
    require_readable(updates[0])  # nobody has been asked for a key yet
    return with_dataset(updates[0], default, named)


def _fields(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)


def run_update(data: UserData, update: str, cancellation: Cancellation | None = None) -> Response:
    """Make an update; 204 when it is on disk and whoever asks next sees it.

    :raises AccessError: if who asks may not write.
    :raises QueryError: if the update is malformed or refused, or asks too much.
    :raises InputError: if a graph of a kind would lose its form.
    :raises BackendError: if the disk fails, or too many queries run.
    """
    require("write")
    refuse_unsafe(update, updates=True)
    for token in tokenise(update):
        if token.is_word("LOAD"):
            line, column = position_of(update, token.start)
            raise QueryError(
                f"LOAD is refused (at {line}:{column}): nothing is fetched. Send the document to "
                "/rdf-graph-store.",
                query=update,
                position=(line, column),
            )
    data.update(update, cancellation)
    return Response(status_code=204)
