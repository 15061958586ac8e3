"""What answers must be, and how they are read: citations are looked up, nothing else passes."""

import json
from typing import Any

import pytest

from affectgraph.ontology.errors import ClaimError, InputError
from affectgraph.reasoner.constrain import (
    NO_FACT,
    UNDETERMINED,
    CitableFact,
    CitedText,
    JsonSchema,
    RationaleSchema,
)

BROWS = CitableFact("AU4 is the brow lowerer", ())
JOY = CitableFact('joy is "primary", says Parrott', ())


def schema(**options: Any) -> RationaleSchema:
    return RationaleSchema([BROWS, JOY], ["anger", "joy"], ["AU4", "AU12"], **options)


def answer(**changes: Any) -> str:
    value = {
        "steps": [
            {"text": "The brows are down.", "fact": BROWS.text},
            {"text": "So it is anger.", "fact": NO_FACT},
        ],
        "action_units": ["AU4"],
        "emotion": "anger",
    }
    return json.dumps({k: v for k, v in (value | changes).items() if v is not None})


def test_answer_is_read_with_its_facts() -> None:
    read = schema().read(answer())

    assert [statement.fact for statement in read.statements] == [BROWS, None]
    assert (read.emotion, read.action_units, read.facts) == ("anger", ("AU4",), (BROWS,))
    assert read.text == "The brows are down. So it is anger."


def test_abstention_is_an_answer_without_an_emotion() -> None:
    assert schema().read(answer(emotion=UNDETERMINED)).emotion is None


def test_abstention_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ClaimError, match="undetermined"):
        schema(may_abstain=False).read(answer(emotion=UNDETERMINED))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("joy", "in JSON"),
        ("", "in JSON"),
        ("[]", "'steps'"),
        ("null", "'steps'"),
        (answer(steps=None), "'steps'"),
        (answer(steps="x"), "'steps'"),
        (answer(steps=["x"]), "'text'"),
        (answer(steps=[{"text": "x"}]), "'fact'"),
        (answer(steps=[{"text": 3, "fact": NO_FACT}]), "'text'"),
        (
            answer(steps=[{"text": "x", "fact": "AU4 is the lip corner puller"}]),
            "lip corner puller",
        ),
        (answer(steps=[{"text": "x", "fact": "au4 is the brow lowerer"}]), "au4 is"),
        (answer(emotion="Anger"), "'Anger'"),
        (answer(emotion=None), "'emotion'"),
        (answer(action_units=["AU5"]), "'AU5'"),
        (answer(action_units=[4]), "4"),
        (answer()[:-4], "in JSON"),
    ],
)
def test_answer_that_breaks_the_schema_is_refused_with_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ClaimError, match=said):
        schema().read(text)


def test_schema_offers_the_facts_and_no_fact() -> None:
    fields = schema().schema["properties"]

    assert fields["steps"]["items"]["properties"]["fact"]["enum"] == [
        BROWS.text,
        JOY.text,
        NO_FACT,
    ]
    assert fields["action_units"]["items"]["enum"] == ["AU4", "AU12"]
    assert fields["emotion"]["enum"] == ["anger", "joy", UNDETERMINED]


def test_steps_come_before_the_conclusion() -> None:
    assert list(schema().schema["properties"]) == ["steps", "action_units", "emotion"]


def test_schema_without_action_units_has_no_field_for_them() -> None:
    way = RationaleSchema([BROWS], ["anger"])

    assert way.schema["required"] == ["steps", "emotion"]
    assert way.read(answer(action_units=None)).action_units == ()


def test_schema_is_one_that_validators_know() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator

    validator.check_schema(schema().schema)
    assert validator(schema().schema).is_valid(json.loads(answer()))
    assert not validator(schema().schema).is_valid(json.loads(answer(emotion="rage")))


def test_cited_text_is_read_sentence_by_sentence() -> None:
    read = CitedText([BROWS, JOY]).read(
        'The brows are down [AU4 is the brow lowerer] It is no joy [joy is "primary", says Parrott]'
    )

    assert [(s.text, s.fact) for s in read.statements] == [
        ("The brows are down", BROWS),
        ("It is no joy", JOY),
    ]
    assert read.emotion is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No citation at all.",
        "Down [AU4 is the brow lowerer",
        "Down [AU4 is the brow lowerer] and more",
        "Down [AU4]",
        "Down []",
        "[AU4 is the brow lowerer]",
        "Down [[AU4 is the brow lowerer]]",
    ],
)
def test_cited_text_that_breaks_its_grammar_is_refused(text: str) -> None:
    with pytest.raises(ClaimError, match="Expected"):
        CitedText([BROWS]).read(text)


@pytest.mark.parametrize("text", ["", "  ", "a [b]", "a\nb", "a\x00", "]"])
def test_fact_that_cannot_stand_in_brackets_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="without brackets"):
        CitableFact(text, ())


@pytest.mark.parametrize("facts", [[BROWS, BROWS], [CitableFact(NO_FACT, ())]])
def test_facts_that_share_their_words_are_refused(facts: list[CitableFact]) -> None:
    with pytest.raises(InputError, match="words of their own"):
        RationaleSchema(facts, ["joy"])
    with pytest.raises(InputError, match="words of their own"):
        CitedText(facts)


def test_schema_without_emotions_is_refused() -> None:
    with pytest.raises(InputError, match="at least one emotion"):
        RationaleSchema([BROWS], [])


@pytest.mark.parametrize("options", [{"most_steps": 0}, {"longest": 0}, {"longest": -3}])
def test_schema_without_room_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(InputError, match="room for 1 sentence"):
        schema(**options)


def test_same_facts_of_another_graph_version_have_another_digest() -> None:
    digests = {
        JsonSchema.of({"enum": ["a"]}, graph_version=version).digest for version in ("1", "2", "1")
    }

    assert len(digests) == 2


def test_grammar_and_schema_of_one_text_have_different_digests() -> None:
    from affectgraph.reasoner.constrain import LarkGrammar

    assert JsonSchema("x").digest != LarkGrammar("x").digest


@pytest.mark.parametrize("text", ["joy \ud800", "\udfff", 5, None])
def test_fact_that_is_no_text_of_whole_characters_is_refused(text: Any) -> None:
    with pytest.raises(InputError, match="Expected a fact in words"):
        CitableFact(text, ())


@pytest.mark.parametrize(
    "names",
    [{"emotions": "joy"}, {"emotions": [5]}, {"emotions": ["joy"], "action_units": "AU4"}],
)
def test_text_is_no_list_of_names(names: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="list of names"):
        RationaleSchema([], **names)


STEP = {"text": "Brows.", "fact": NO_FACT}


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": []},
        {"steps": [STEP] * 9},
        {"steps": [{**STEP, "text": ""}]},
        {"steps": [{**STEP, "text": "x" * 401}]},
        {"steps": [{**STEP, "why": "so"}]},
        {"steps": ["Brows."]},
        {"action_units": ["AU4"] * 3},
        {"further": 1},
    ],
)
def test_reading_refuses_what_the_schema_refuses(changes: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    way = schema(longest=400)
    text = answer(**changes)

    assert not Draft202012Validator(way.schema).is_valid(json.loads(text))
    with pytest.raises(ClaimError, match="Expected"):
        way.read(text)


@pytest.mark.parametrize("changes", [{"steps": [STEP] * 8}, {"action_units": ["AU4", "AU4"]}])
def test_reading_takes_what_the_schema_takes(changes: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    text = answer(**changes)

    assert Draft202012Validator(schema().schema).is_valid(json.loads(text))
    assert schema().read(text).emotion == "anger"
