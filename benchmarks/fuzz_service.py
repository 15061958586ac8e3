r"""Throws made requests at the service, and counts what they got; any 500 is a fault.

    python benchmarks/fuzz_service.py --queries 12000 --requests 12000 --seed 1

Queries go to ``/sparql`` with a pool of processes, requests to every route of the OpenAPI document, all over
ASGI, a few at once. A fault is a status that the route may not have, an answer that is not of its type, or a
service that does not answer a plain question at the end. The command exits with 1 if there is any.

Schemathesis reads the same description in its own way. It has many dependencies, so that it is run from an
environment of its own, against ``affectgraph serve``:

    schemathesis run http://127.0.0.1:8000/openapi.json --phases examples,coverage,fuzzing --seed 1 \
        --checks not_a_server_error,status_code_conformance \
        --checks content_type_conformance,response_schema_conformance
"""

import argparse
import json
import logging
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import httpx
from fastapi import FastAPI
from fuzz_queries import Case, query_cases
from fuzz_requests import request_cases
from run_info import print_run_info

from affectgraph.api.app import create_app
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_pool import QueryPool
from affectgraph.kg.graph import EmotionGraph

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "tests" / "kg" / "competency"
SPARQL_STATUSES = frozenset({200, 400, 406, 413, 503})
ROUTE_STATUSES = frozenset({200, 303, 308, 400, 404, 405, 406, 413, 415, 422})
AT_ONCE = 4
SHOWN = 20

Judge = Callable[[Case, httpx.Response], str | None]
"""Returns what is wrong with an answer, None if nothing."""


@dataclass(slots=True)
class Outcome:
    """What cases got.

    :param statuses: number of answers by kind of case and status.
    :param faults: cases with what is wrong.
    """

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[tuple[Case, str]] = field(default_factory=list)


def good_queries() -> list[str]:
    """Return the competency queries."""
    return [path.read_text(encoding="utf-8") for path in sorted(GOOD.glob("*.rq"))]


def judge_query(case: Case, response: httpx.Response) -> str | None:
    """Return what is wrong with an answer of ``/sparql``, None if nothing."""
    return judged(response, SPARQL_STATUSES)


def judge_request(case: Case, response: httpx.Response) -> str | None:
    """Return what is wrong with an answer of another route, None if nothing."""
    return judged(response, ROUTE_STATUSES)


def judged(response: httpx.Response, statuses: frozenset[int]) -> str | None:
    """Return what is wrong with an answer that may have some statuses, None if nothing."""
    type_ = response.headers.get("content-type", "")
    if response.status_code not in statuses:
        return f"status {response.status_code}: {response.text[:300]}"
    if "json" in type_ and response.content:
        try:
            found = json.loads(response.content)
        except ValueError as error:
            return f"no JSON: {error}"
        if response.status_code >= 400 and found.get("status") != response.status_code:
            return f"a problem of another status: {found}"
    elif response.status_code >= 400 and not type_.startswith("text/html"):
        return f"an error as {type_ or 'nothing'}"
    return None


async def throw(app: FastAPI, cases: Sequence[Case], judge: Judge) -> Outcome:
    """Send cases, :data:`AT_ONCE` at a time, and return what they got."""
    outcome = Outcome()
    waiting = iter(cases)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test", timeout=120) as client,
        anyio.create_task_group() as tasks,
    ):

        async def sender() -> None:
            for case in waiting:
                response = await client.request(
                    case.method, case.path, headers=case.headers, content=case.body
                )
                outcome.statuses[case.kind][response.status_code] += 1
                fault = judge(case, response)
                if fault is not None:
                    outcome.faults.append((case, fault))

        for _ in range(AT_ONCE):
            tasks.start_soon(sender)
    return outcome


async def still_answers(app: FastAPI) -> bool:
    """Return whether the service answers a plain question and a plain query."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        query = await client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
        concept = await client.get("/v1/emotions/dread")
    return query.status_code == concept.status_code == 200 and query.json()["boolean"] is True


def print_outcome(title: str, outcome: Outcome, seconds: float) -> None:
    total = sum(sum(found.values()) for found in outcome.statuses.values())
    print(f"{title}: {total:,} cases in {seconds:.0f} s, {len(outcome.faults)} faults")
    for kind, found in sorted(outcome.statuses.items()):
        print(f"  {kind:44}", "  ".join(f"{status}: {n:,}" for status, n in sorted(found.items())))
    for case, fault in outcome.faults[:SHOWN]:
        print(f"  FAULT {case.method} {case.path[:300]!r} {case.body[:600]!r}\n        {fault}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=int, default=12_000)
    parser.add_argument("--requests", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.getLogger("affectgraph.access").disabled = True
    print_run_info()
    print(f"seed: {options.seed}\n")

    limits = PoolLimits(workers=2, timeout_seconds=0.3, memory_mb=256, result_mb=2)
    faults = 0
    with QueryPool(limits=limits) as pool:
        app = create_app(EmotionGraph.load(), queries=pool)
        runs: list[tuple[str, Sequence[Case], Judge]] = [
            (
                "SPARQL",
                query_cases(options.queries, good_queries(), seed=options.seed),
                judge_query,
            ),
            (
                "REST",
                request_cases(app.openapi(), options.requests, seed=options.seed),
                judge_request,
            ),
        ]
        for title, cases, judge in runs:
            start = time.monotonic()
            outcome = anyio.run(throw, app, cases, judge)
            print_outcome(title, outcome, time.monotonic() - start)
            faults += len(outcome.faults)
        answers = anyio.run(still_answers, app)
        print(f"\nstill answers: {'yes' if answers else 'no'}; faults: {faults}")
    return 0 if answers and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
