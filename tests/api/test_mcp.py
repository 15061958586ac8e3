"""The tools of the Model Context Protocol: how they are listed, and what they answer."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp.server.mcpserver import MCPServer

from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_server import INSTRUCTIONS, make_server
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from tests.api.asking import get, post
from tests.api.mcp_calls import answer, ask, call, text_of

TOOLS = ["ground", "lookup", "annotate", "check", "nearest", "aus", "map", "schemes", "sparql"]
RATIONALE = "AU6 (cheek raiser) and AU20 (nostril flare) are visible. AU6 and AU12 suggest fear."


@pytest.fixture(scope="module")
def server(graph: EmotionGraph) -> MCPServer[Any]:
    return make_server(Services(graph))


def listed(server: MCPServer[Any]) -> list[Any]:
    found: list[Any] = ask(server, lambda client: client.list_tools()).tools
    return found


# --- the list -------------------------------------------------------------------------------------


def test_tools_are_listed_with_what_a_model_needs_to_use_them(server: MCPServer[Any]) -> None:
    tools = listed(server)

    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.annotations.idempotent_hint
        assert not tool.annotations.destructive_hint
        assert tool.output_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert "$defs" not in tool.input_schema  # clients exist that do not follow references
        for name, field in tool.input_schema["properties"].items():
            assert field["description"], (tool.name, name)


def test_what_a_model_pays_for_the_list_is_small(server: MCPServer[Any]) -> None:
    paid = [(tool.name, tool.description, tool.input_schema) for tool in listed(server)]

    assert len(json.dumps(paid)) + len(INSTRUCTIONS) < 10_000


def test_old_and_new_clients_are_served_alike(server: MCPServer[Any]) -> None:
    def work(client: Any) -> Any:
        return client.call_tool("ground", {"labels": ["furious"]})

    old, new = (ask(server, work, mode=mode).structured_content for mode in ("legacy", "auto"))

    assert old == new
    assert old["items"][0]["candidates"][0]["concept"]["slug"] == "fury"


def test_server_says_who_it_is_and_which_tool_is_for_what(server: MCPServer[Any]) -> None:
    async def work(client: Any) -> Any:
        return client.server_info, client.instructions

    info, instructions = ask(server, work)

    assert (info.name, info.version) == ("affectgraph", "0.1.0")
    assert all(f"`{name}`" in instructions for name in TOOLS if name != "schemes")


# --- answers --------------------------------------------------------------------------------------


def test_ground_says_what_each_label_means_or_why_nothing(server: MCPServer[Any]) -> None:
    found = answer(server, "ground", labels=["furious", "table", "not happy"])

    first, second, third = found["items"]
    assert first["candidates"][0]["concept"]["path"] == ["anger", "rage", "fury"]
    assert (second["status"], second["reason"]) == ("nil", "not_an_emotion")
    assert (third["status"], third["reason"]) == ("nil", "negated")
    assert found["counts"] == {"linked": 1, "ambiguous": 0, "neutral": 0, "nil": 2}


def test_ground_reads_labels_by_their_scheme(server: MCPServer[Any]) -> None:
    found = answer(server, "ground", labels=["admiration", "others"], scheme="goemotions")

    assert found["items"][0]["candidates"][0]["concept"]["slug"] == "state/admiration"
    assert found["items"][1]["reason"] == "not_in_scheme"


def test_ground_gives_no_more_candidates_than_asked_for(server: MCPServer[Any]) -> None:
    (found,) = answer(server, "ground", labels=["joy/fear/anger"], limit=1)["items"]

    assert len(found["candidates"]) == 1


def test_lookup_gives_definition_and_path_and_the_rest_if_asked(server: MCPServer[Any]) -> None:
    brief = answer(server, "lookup", name="nervousness")
    full = answer(server, "lookup", name="nervousness", include=["narrower", "vad", "opposites"])

    assert brief["path"] == ["fear", "nervousness"]
    assert (brief["narrower"], brief["vad"], brief["opposites"]) == (None, None, None)
    assert {"slug": "dread", "tier": "tertiary"}.items() <= next(
        child for child in full["narrower"] if child["slug"] == "dread"
    ).items()
    assert full["vad"][0]["kind"] == "measured"


def test_annotate_tells_denied_from_affirmed(server: MCPServer[Any]) -> None:
    found = answer(server, "annotate", text="I am not angry, I am terrified.")

    polarity = {mention["quote"]: mention["polarity"] for mention in found["mentions"]}
    assert polarity == {"angry": "negated", "terrified": "affirmed"}
    assert found["emotions"]["top"] == "fear"
    assert all(not c["evidence"] for m in found["mentions"] for c in m["candidates"])
    assert (found["emotions"]["parts"], found["vad"]["parts"]) == ([], [])


def test_check_says_what_is_wrong_and_how_to_mend_it(server: MCPServer[Any]) -> None:
    found = answer(server, "check", rationale=RATIONALE, label="fear")

    wrong = [j for j in found["judgements"] if j["verdict"] == "contradicted"]
    assert wrong[0]["hint"] == "AU20 is the lip stretcher; nostril flare is AU38."
    assert found["caveat"] == CAVEAT


def test_check_leaves_out_triples_unless_asked_and_says_how_many(server: MCPServer[Any]) -> None:
    brief = answer(server, "check", rationale=RATIONALE, label="fear")
    full = answer(server, "check", rationale=RATIONALE, label="fear", facts=True)

    count = sum(len(j["facts"]) for j in full["judgements"])
    assert count > 0
    assert not any(j["facts"] for j in brief["judgements"])
    note = f"{count} triples behind the verdicts are left out; facts=true gives them."
    assert brief["notes"] == [*full["notes"], note]


def test_check_holds_the_text_against_readings(server: MCPServer[Any]) -> None:
    found = answer(server, "check", rationale="AU12 is visible.", aus={"AU12_r": 0.0, "AU06_r": 2})

    assert [j["verdict"] for j in found["judgements"]] == ["contradicted"]


def test_check_without_facts_says_nothing_of_any_left_out(server: MCPServer[Any]) -> None:
    found = answer(server, "check", rationale="The door was closed.")

    assert not any("left out" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("rationale", "quote"),
    [
        ('{"rationale": "AU12 is visible."}', "AU12"),
        ('["AU12 is visible."]', "AU12"),
        ("null", None),
    ],
)
def test_text_that_is_json_stays_text(
    server: MCPServer[Any], rationale: str, quote: str | None
) -> None:
    found = answer(server, "check", rationale=rationale, label="joy", aus='{"AU12_r": 2.9}')

    quotes = [j["claim"]["quote"] for j in found["judgements"] if j["claim"]["type"] == "observes"]
    assert quotes == ([quote] if quote else [])
    assert found["grounding"]["text"] == "joy"


def test_nearest_is_in_order_of_distance(server: MCPServer[Any]) -> None:
    found = answer(server, "nearest", valence=-0.4, arousal=0.7, dominance=-0.3)["items"]

    assert [item["concept"]["slug"] for item in found][:2] == ["fright", "horror"]  # as the README
    distances = [item["distance"] for item in found]
    assert distances == sorted(distances)
    assert len(found) == 3


def test_aus_names_actions_and_ranks_emotions_with_the_caveat(server: MCPServer[Any]) -> None:
    found = answer(server, "aus", actions=["au06", 12])

    assert [(u["code"], u["name"]) for u in found["units"]] == [
        ("AU6", "Cheek raiser"),
        ("AU12", "Lip corner puller"),
    ]
    assert found["ranking"][0]["concept"]["slug"] == "joy"
    assert found["caveat"] == CAVEAT


def test_aus_takes_into_account_what_a_detector_cannot_see(server: MCPServer[Any]) -> None:
    found = answer(server, "aus", actions=["AU12"], detector="openface", limit=50)

    assert found["detector"] == "openface"
    assert any(evidence["unseen"] for evidence in found["ranking"])


def test_aus_gives_patterns_of_an_emotion_and_counts_the_rest(server: MCPServer[Any]) -> None:
    one = answer(server, "aus", emotion="pride", limit=1)
    all_ = answer(server, "aus", emotion="pride", limit=50)

    assert {p["source"] for p in all_["patterns"]} == {"cordaro-2018", "tracy-robins-2004"}
    assert (len(one["patterns"]), one["left_out"]) == (1, len(all_["patterns"]) - 1)
    assert (all_["left_out"], all_["caveat"]) == (0, CAVEAT)


def test_map_says_labels_in_another_scheme_with_the_loss(server: MCPServer[Any]) -> None:
    found = answer(
        server, "map", source="goemotions", target="ekman-6", labels=["annoyance", "joy", "anger"]
    )

    said = [
        (c["label"]["name"], c["relation"], c["targets"][0]["name"]) for c in found["crossings"]
    ]
    assert said[0] == ("annoyance", "coarser", "anger")
    assert said[2] == ("anger", "exact", "anger")
    assert "within anger" in found["crossings"][0]["loss"]["sentence"]


def test_map_reads_labels_as_data_files_write_them(server: MCPServer[Any]) -> None:
    found = answer(server, "map", source="crema-d", target="ekman-6", labels=["HAP"])

    assert found["crossings"][0]["label"]["name"] == "happy"
    assert found["crossings"][0]["targets"][0]["name"] == "happiness"


def test_map_without_labels_says_the_whole_scheme(
    server: MCPServer[Any], graph: EmotionGraph
) -> None:
    found = answer(server, "map", source="meld", target="ekman-6")

    names = [crossing["label"]["name"] for crossing in found["crossings"]]
    assert names == [label.name for label in graph.labels("meld")]


def test_schemes_lists_all_or_the_labels_of_one(
    server: MCPServer[Any], graph: EmotionGraph
) -> None:
    everything = answer(server, "schemes")
    one = answer(server, "schemes", name="ekman-6")

    assert [line["name"] for line in everything["schemes"]] == [s.name for s in graph.schemes()]
    assert everything["scheme"] is None
    assert [(line["name"], line["concepts"]) for line in one["labels"]][3] == ("happiness", ["joy"])
    assert one["schemes"] == []


def test_call_has_the_same_answer_on_repeat(server: MCPServer[Any]) -> None:
    first, second = (text_of(call(server, "check", rationale=RATIONALE)) for _ in range(2))

    assert first == second


# --- the same as REST -----------------------------------------------------------------------------


def test_ground_answers_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    body = {"labels": ["dread", "qwxyz", "joy/fear"], "limit": 3}

    assert answer(server, "ground", **body) == post(client, "/v1/ground", body)


def test_check_answers_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    body = {
        "rationale": RATIONALE,
        "label": "fear",
        "vad": [-0.6, 0.4, -0.4],
        "sources": "majority",
    }

    assert answer(server, "check", facts=True, **body) == post(client, "/v1/check", body)


def test_annotate_answers_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    text = "Maybe she is not angry, but I was absolutely terrified."

    assert answer(server, "annotate", text=text, evidence=True) == get(
        client, "/v1/annotate", text=text
    )


def test_aus_ranks_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    body = {"actions": ["AU1", "AU2", "AU26"], "detector": "openface", "limit": 4}
    rest = post(client, "/v1/action-units/emotions", body)

    assert rest.items() <= answer(server, "aus", **body).items()


def test_lookup_and_nearest_answer_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    point = {"valence": 0.5, "arousal": -0.2, "dominance": 0.1, "limit": 4}

    assert (
        get(client, "/v1/emotions/dread").items() <= answer(server, "lookup", name="dread").items()
    )
    assert answer(server, "nearest", **point)["items"] == get(client, "/v1/nearest", **point)


def test_map_crosses_as_rest_does(server: MCPServer[Any], client: TestClient) -> None:
    rest = get(client, "/v1/crosswalk", source="meld", target="ekman-6")

    found = answer(server, "map", source="meld", target="ekman-6")
    assert found["crossings"] == rest["crossings"]
