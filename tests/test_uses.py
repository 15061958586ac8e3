"""The three uses of examples/ run, and docs/uses.md shows what they print."""

import doctest
import importlib
import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAGE = ROOT / "docs" / "uses.md"
COMMAND = re.compile(r"^```console\n\$ python (examples/.+)\n((?:(?!```).*\n)*)```", re.MULTILINE)
MODULES = (
    "emotion_detection",
    "empathetic_response",
    "measures",
    "rating_prediction",
    "response_ranking",
    "reviews",
    "text_emotions",
)
ESCONV = {
    "Question",
    "Restatement or Paraphrasing",
    "Reflection of feelings",
    "Self-disclosure",
    "Affirmation and Reassurance",
    "Providing Suggestions",
    "Information",
    "Others",
}
"""strategy.json of thu-coai/Emotional-Support-Conversation."""

DISMISSIVE = re.compile(
    r"calm down|cheer up|get over|at least|could be worse|too sensitive|overreact|don't be|just relax"
    r"|disorder|depress|diagnos|symptom|patholog|therap",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def uses() -> Iterator[dict[str, ModuleType]]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(EXAMPLES))
        for name in MODULES:
            sys.modules.pop(name, None)


def records(name: str) -> list[dict[str, Any]]:
    lines = (EXAMPLES / "data" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def printed(command: str) -> str:
    """Return what an example prints, without the line of the commit."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *shlex.split(command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return re.sub(r"^commit: .+\n", "", done.stdout, flags=re.MULTILINE)


def feel(uses: dict[str, ModuleType], text: str) -> str:
    reader = uses["text_emotions"].packaged_reader()
    found = uses["text_emotions"].votes(reader.read(text))
    return str(uses["text_emotions"].winner(found))


def best(uses: dict[str, ModuleType], text: str) -> str:
    ranking = uses["response_ranking"]
    found = uses["text_emotions"].packaged_reader().read(text)
    return str(ranking.rank(found, ranking.read_strategies())[0].strategy.id)


# --- the page -------------------------------------------------------------------------------------


def test_page_has_a_run_of_each_use_and_of_a_text() -> None:
    commands = [command for command, _ in COMMAND.findall(PAGE.read_text(encoding="utf-8"))]

    assert len(commands) == len(set(commands)) == 5
    assert {shlex.split(command)[0] for command in commands} == {
        f"examples/{name}.py"
        for name in ("emotion_detection", "empathetic_response", "rating_prediction")
    }


@pytest.mark.parametrize(
    "command", [command for command, _ in COMMAND.findall(PAGE.read_text(encoding="utf-8"))]
)
def test_page_shows_what_an_example_prints(command: str, golden: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    output = printed(command)
    if golden:
        shown = re.compile(rf"(\$ python {re.escape(command)}\n)(?:(?!```).*\n)*")
        PAGE.write_text(shown.sub(lambda m: m[1] + output, page), encoding="utf-8")
        return

    assert dict(COMMAND.findall(page))[command] == output, (
        "Run `make golden` and read the diff of docs/uses.md, its prose too."
    )


def test_docstrings_of_the_examples_are_right(uses: dict[str, ModuleType]) -> None:
    tried = [doctest.testmod(uses[name]) for name in MODULES]

    assert sum(result.failed for result in tried) == 0
    assert sum(result.attempted for result in tried) >= 5


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["emotion_sentences", "response_strategies", "response_utterances", "review_parts"],
)
def test_ids_and_texts_of_a_file_are_unique(name: str) -> None:
    rows = records(f"{name}.jsonl")

    for field in ("id", "text" if "text" in rows[0] else "reply"):
        assert [v for v, n in Counter(row[field] for row in rows).items() if n > 1] == []
        assert all(row[field] == row[field].strip() != "" for row in rows)


def test_sentences_are_balanced_over_labels_and_halves(uses: dict[str, ModuleType]) -> None:
    rows = records("emotion_sentences.jsonl")
    cells = Counter((row["emotion"], row["kind"], row["half"]) for row in rows)

    assert Counter(row["emotion"] for row in rows) == dict.fromkeys(
        uses["emotion_detection"].LABELS, 36
    )
    assert {row["kind"] for row in rows} == set(uses["emotion_detection"].KINDS)
    assert all(
        abs(cells[emotion, kind, "train"] - cells[emotion, kind, "test"]) <= 1
        for emotion, kind, _ in cells
    )


def test_no_text_is_in_two_files() -> None:
    sentences = {row["text"] for row in records("emotion_sentences.jsonl")}

    assert sentences.isdisjoint(row["text"] for row in records("response_utterances.jsonl"))


def test_strategies_suit_emotions_of_the_tree_and_bear_names_of_esconv(graph: EmotionGraph) -> None:
    rows = records("response_strategies.jsonl")

    assert len(rows) >= 12
    assert {row["esconv"] for row in rows} <= ESCONV
    for slug in {slug for row in rows for slug in row["suits"]}:
        assert graph.concept(slug).slug == slug
        assert graph.concept(slug).is_emotion
    assert [row["id"] for row in rows if not row["suits"]] == ["invite_to_tell"]


def test_every_primary_has_a_strategy(graph: EmotionGraph) -> None:
    suited = {slug for row in records("response_strategies.jsonl") for slug in row["suits"]}

    assert {graph.concept(slug).primary for slug in suited} == {
        concept.slug for concept in graph.emotions(tier="primary")
    }


def test_replies_neither_dismiss_nor_diagnose() -> None:
    assert DISMISSIVE.search("At least you have a job.")
    for row in records("response_strategies.jsonl"):
        assert DISMISSIVE.search(row["reply"]) is None
        assert DISMISSIVE.search(row["what"]) is None


def test_acceptable_strategies_are_in_the_list() -> None:
    known = {row["id"] for row in records("response_strategies.jsonl")}
    rows = records("response_utterances.jsonl")

    assert len(rows) >= 60
    assert all(0 < len(row["acceptable"]) <= 4 for row in rows)
    assert {name for row in rows for name in row["acceptable"]} == known


def test_keywords_of_the_baseline_are_for_known_strategies(uses: dict[str, ModuleType]) -> None:
    known = {row["id"] for row in records("response_strategies.jsonl")}

    assert set(uses["empathetic_response"].KEYWORDS) < known
    assert uses["empathetic_response"].FALLBACK in known


def test_reviews_are_the_same_in_every_run_and_folds_share_no_sentence(
    uses: dict[str, ModuleType],
) -> None:
    reviews = uses["reviews"].composed_reviews()
    parts = [re.escape(row["text"]) for row in records("review_parts.jsonl")]
    seen: dict[str, set[int]] = {}
    for review in reviews:
        for part in parts:
            if re.search(part.replace(r"\{thing\}", r"\w+"), review.text):
                seen.setdefault(part, set()).add(review.fold)

    assert reviews == uses["reviews"].composed_reviews()
    assert len({review.text for review in reviews}) == len(reviews) == 300
    assert len(seen) > 100
    assert all(len(folds) == 1 for folds in seen.values())
    assert Counter(review.rating for review in reviews) == dict.fromkeys(range(1, 6), 60)
    assert "{" not in "".join(review.text for review in reviews)


# --- reading a text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am happy, though I fear the exam and dread the day after.", "fear"),
        ("I am not angry, I am sad.", "sadness"),
        ("Not now, I am angry.", "anger"),
        ("I am not angry.", "neutral"),
        ("I don't really hate it.", "neutral"),
        ("", "neutral"),
        ("\U0001f6aa 42 ?!", "neutral"),
    ],
)
def test_vote_counts_what_is_named_and_not_denied(
    uses: dict[str, ModuleType], text: str, expected: str
) -> None:
    assert feel(uses, text) == expected


def test_denial_does_not_reach_past_three_words_or_a_comma(uses: dict[str, ModuleType]) -> None:
    is_denied = uses["text_emotions"].is_denied

    for text, expected in {
        "I am not the sort who gets angry": False,
        "I am not at all angry": True,
        "No, I am angry": False,
        "I can\u2019t be angry": True,
        "I noted that I am angry": False,
    }.items():
        assert is_denied(text, text.index("angry")) is expected, text


def test_readings_of_a_word_share_its_weight(uses: dict[str, ModuleType]) -> None:
    found = uses["text_emotions"].packaged_reader().read("I am happy.")

    assert len(found) > 1
    assert sum(felt.weight for felt in found) == pytest.approx(1.0)


# --- measures -------------------------------------------------------------------------------------


def test_macro_f1_is_that_of_the_hand_calculation(uses: dict[str, ModuleType]) -> None:
    # anger: 2*1/(2+1), fear: 2*1/(1+2), five labels never right
    truth, said = ["anger", "anger", "fear"], ["anger", "fear", "fear"]

    assert uses["emotion_detection"].macro_f1(truth, said) == pytest.approx((2 / 3 + 2 / 3) / 7)


def test_majority_takes_the_commonest_label_and_the_first_name_at_a_tie(
    uses: dict[str, ModuleType],
) -> None:
    majority = uses["emotion_detection"].by_majority
    train = [{"emotion": name} for name in ("joy", "fear", "joy", "fear", "love")]

    assert majority(train, train[:2]) == ["fear", "fear"]


def test_interval_of_one_group_has_no_width(uses: dict[str, ModuleType]) -> None:
    interval = uses["measures"].interval

    assert interval(lambda at: float(len(at)), ["a", "a", "a"]) == (3.0, 3.0)


def test_penalty_and_scale_are_learned_without_the_reviews_to_predict(
    uses: dict[str, ModuleType],
) -> None:
    rating = uses["rating_prediction"]
    reviews = uses["reviews"].composed_reviews()
    train = [review for review in reviews if review.fold != 0][::5]
    test = [review for review in reviews if review.fold == 0][:4]
    for features in rating.all_features().values():
        alone = [rating.predict(features, train, [review])[0] for review in test]

        assert rating.predict(features, train, test) == pytest.approx(alone)


def test_description_of_a_text_without_emotion_is_zero_but_for_the_last_number(
    uses: dict[str, ModuleType],
) -> None:
    assert uses["rating_prediction"].describe([]) == [0.0] * 16 + [1.0]


# --- choosing a reply -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am full of dread.", "plan_next_step"),
        ("I am furious.", "validate_anger"),
        ("I am so ashamed.", "soften_self_blame"),
        ("I am lonely.", "keep_company"),
        ("I am so happy!", "celebrate"),
        ("I am not happy.", "invite_to_tell"),
        ("The train leaves at nine.", "invite_to_tell"),
        ("", "invite_to_tell"),
    ],
)
def test_reply_suits_the_emotion_named(
    uses: dict[str, ModuleType], text: str, expected: str
) -> None:
    assert best(uses, text) == expected


def test_relations_are_ordered_from_same_to_opposite(uses: dict[str, ModuleType]) -> None:
    relation = uses["response_ranking"].relation
    pairs = [("fury", "fury"), ("fury", "rage"), ("fury", "anger"), ("anger", "fury")]
    pairs += [("fury", "annoyance"), ("worry", "joy"), ("joy", "sadness")]
    values = [relation(*pair)[0] for pair in pairs]

    assert values == sorted(values, reverse=True)
    assert relation("worry", "anxiety") == (0.4, "same branch")
    assert relation("joy", "sadness") == (-0.5, "opposite")


def test_words_that_only_suggest_an_emotion_never_choose_a_glad_reply(
    uses: dict[str, ModuleType],
) -> None:
    ranking = uses["response_ranking"]
    reader = uses["text_emotions"].packaged_reader()
    for row in records("response_utterances.jsonl") + records("emotion_sentences.jsonl"):
        found = reader.read(row["text"])
        if all(felt.is_weak or felt.is_denied for felt in found):
            top = ranking.rank(found, ranking.read_strategies())[0].strategy

            assert not top.is_glad, row["text"]


def test_glad_strategies_are_those_for_joy_and_love_alone(uses: dict[str, ModuleType]) -> None:
    glad = {s.id for s in uses["response_ranking"].read_strategies() if s.is_glad}

    assert {"celebrate", "savour", "cherish_bond"} <= glad
    assert glad.isdisjoint({"make_room", "comfort_loss", "validate_anger", "invite_to_tell"})


def test_cause_is_what_follows_the_emotion(uses: dict[str, ModuleType]) -> None:
    reader = uses["text_emotions"].packaged_reader()
    for text, expected in {
        "I am angry because the bus was late. Again!": "the bus was late",
        "Because of the bus I am angry.": "",
        "The bus was late because of rain.": "",
    }.items():
        assert uses["empathetic_response"].cause(text, reader.read(text)) == expected


def test_every_example_runs_on_a_part_of_its_data(uses: dict[str, ModuleType]) -> None:
    detection = uses["emotion_detection"].figures(records("emotion_sentences.jsonl")[::7])
    response = uses["empathetic_response"].figures(records("response_utterances.jsonl")[::9])

    assert detection.startswith("Emotion detection in text\ndata: 36 sentences, ")
    assert response.startswith("Choosing an empathetic response\ndata: 8 utterances, ")
