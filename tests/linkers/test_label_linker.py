"""Labels without a scheme: what links, what does not, and with what evidence."""

from math import nan
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.linkers.label import MAX_LENGTH
from affectgraph.linkers.scores import DIVIDED, MARGIN, P_RIGHT
from affectgraph.ontology.errors import InputError, UnknownTermError

FORMS = {
    # inflections
    "fears": "fear",
    "worries": "worry",
    "saddest": "sadness",
    "sadder": "sadness",
    "joys": "joy",
    "griefs": "grief",
    "angrier": "anger",
    "happiest": "happiness",
    "calmest": "state/calmness",
    "envies": "envy",
    "hates": "hate",
    "frightens": "fright",
    "loves": "love",
    "jealousies": "jealousy",
    "disappointments": "disappointment",
    "frustrates": "frustration",
    "horrifies": "horror",
    # word families, state of the feeler
    "angry": "anger",
    "irritated": "irritation",
    "annoyed": "annoyance",
    "joyful": "joy",
    "happy": "happiness",
    "sad": "sadness",
    "panicking": "panic",
    "panicky": "panic",
    "worried": "worry",
    "anxious": "anxiety",
    "nervous": "nervousness",
    "terrified": "terror",
    "frightened": "fright",
    "ashamed": "shame",
    "guilty": "guilt",
    "lonely": "loneliness",
    "embarrassed": "embarrassment",
    "humiliated": "humiliation",
    "surprised": "surprise",
    "astonished": "astonishment",
    "amazed": "amazement",
    "proud": "pride",
    "hopeful": "hope",
    "hopeless": "hopelessness",
    "disgusted": "disgust",
    "contemptuous": "contempt",
    "jealous": "jealousy",
    "envious": "envy",
    "furious": "fury",
    "enraged": "rage",
    "resentful": "resentment",
    "delighted": "delight",
    "thrilled": "thrill",
    "relieved": "relief",
    "amused": "amusement",
    "excited": "excitement",
    # other words of the same meaning
    "afraid": "fear",
    "scared": "fear",
    "hatred": "hate",
    "overjoyed": "joy",
    "repulsed": "revulsion",
    "yearning": "longing",
    # states outside the tree
    "grateful": "state/gratitude",
    "bored": "state/boredom",
    "confused": "state/confusion",
    "curious": "state/curiosity",
    "trusting": "state/trust",
    # spelling, space and marks
    "Afraid!": "fear",
    "  SAD ": "sadness",
    "#hopeful": "hope",
    "grief-stricken": "grief",
}
ORDINARY = """
table river computer window chair bottle mountain paper street door kitchen garden pencil bicycle
train station bridge island ocean forest tree leaf stone metal glass cotton sugar salt pepper
bread cheese apple banana orange potato tomato onion carrot rice soup plate fork knife spoon cup
kettle oven fridge lamp candle mirror carpet curtain pillow blanket wall roof floor ceiling stair
garage car truck boat plane wheel engine road map city village country school teacher student
doctor nurse lawyer farmer driver pilot singer painter dog cat horse cow sheep goat bird fish
snake insect spider flower grass rain snow wind cloud sun moon star planet letter word sentence
page book newspaper camera phone radio television keyboard screen software network algorithm
database Monday January breakfast elbow knee shoulder jacket hat shoe sock button zipper hammer
nail ladder
""".split()


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


def test_name_of_every_tree_node_and_state_links_to_itself(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    wrong = []
    for concept in (*graph.emotions(), *graph.states()):
        found = linker.ground(concept.label).concept
        if found != graph.concept(concept.label):
            wrong.append((concept.slug, found))

    assert wrong == []


@pytest.mark.parametrize("form", sorted(FORMS))
def test_form_links_to_its_concept(linker: LabelLinker, form: str) -> None:
    grounding = linker.ground(form)

    assert grounding.status == "linked"
    assert grounding.concept is not None
    assert grounding.concept.slug == FORMS[form]
    assert grounding.reason is None


@pytest.mark.parametrize("noun", ORDINARY)
def test_ordinary_noun_is_not_linked(linker: LabelLinker, noun: str) -> None:
    grounding = linker.ground(noun)

    assert grounding.status == "nil"
    assert grounding.reason in {"unknown", "not_an_emotion"}  # not read, or read and rejected
    assert grounding.candidates == ()
    assert grounding.concept is None
    assert grounding.score == 0.0


def test_ordinary_nouns_are_more_than_a_hundred() -> None:
    assert len(set(ORDINARY)) > 100


@pytest.mark.parametrize("word", ["zorp", "asdf", "x", "zorp-ish", "12", "a b c", "angr", "looks"])
def test_word_that_nobody_read_is_unknown(linker: LabelLinker, word: str) -> None:
    assert linker.ground(word).reason == "unknown"


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("table", "piece of furniture"),
        ("emotion", "none named"),
        ("number", "counting"),
        ("pains", "how somebody behaves"),  # as in "took pains"
        ("dependent", "no emotion of the graph"),  # rejected as a word too, and a label of a scheme
    ],
)
def test_word_that_was_read_and_rejected_is_said_why(
    linker: LabelLinker, word: str, why: str
) -> None:
    grounding = linker.ground(word)

    assert (grounding.status, grounding.reason) == ("nil", "not_an_emotion")
    assert why in grounding.message


@pytest.mark.parametrize(
    ("word", "slug"),
    [("arouse", "arousal"), ("concentrate", "state/concentration"), ("feels", "state/being-moved")],
)
def test_word_that_mostly_means_something_else_is_not_linked_alone(
    linker: LabelLinker, word: str, slug: str
) -> None:
    grounding = linker.ground(word)

    assert (grounding.status, grounding.reason) == ("nil", "not_an_emotion")
    assert grounding.candidates == ()
    assert slug in grounding.message


@pytest.mark.parametrize(
    ("word", "slug"),
    [("hapiness", "happiness"), ("greatful", "state/gratitude"), ("devestated", "shock")],
)
def test_common_misspelling_is_a_word_of_its_own(linker: LabelLinker, word: str, slug: str) -> None:
    assert slug in {candidate.concept.slug for candidate in linker.ground(word).candidates}


@pytest.mark.parametrize(
    ("sign", "slug"), [("\U0001f622", "sadness"), ("\U0001f621", "anger"), (":(", "sadness")]
)
def test_sign_links_to_what_it_shows(linker: LabelLinker, sign: str, slug: str) -> None:
    concept = linker.ground(f" {sign}\ufe0f ").concept

    assert concept is not None
    assert concept.slug == slug


@pytest.mark.parametrize(
    "label",
    [
        "not happy",
        "Not Happy!",
        "not_angry",
        "no fear",
        "never sad",
        "without fear",
        "non-hostile",
        "don't feel sad",
        "don\u2019t feel sad",
        "isn't afraid",
    ],
)
def test_denied_emotion_is_never_turned_into_its_opposite(linker: LabelLinker, label: str) -> None:
    grounding = linker.ground(label)

    assert (grounding.status, grounding.reason) == ("nil", "negated")
    assert grounding.candidates == ()


@pytest.mark.parametrize("label", ["not a table", "no river", "nothing", "not"])
def test_denial_of_no_emotion_is_unknown(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).reason == "unknown"


def test_opposite_word_that_is_one_word_is_a_word_of_its_own(linker: LabelLinker) -> None:
    concept = linker.ground("unhappy").concept

    assert concept is not None
    assert concept.slug == "unhappiness"


@pytest.mark.parametrize(
    "label",
    [
        "\u60b2\u4f24",
        "\u6012\u308a",
        "alegr\u00eda",
        "\u00dcberraschung",
        "\u0440\u0430\u0434\u043e\u0441\u0442\u044c",
        "\u0641\u0631\u062d",
    ],
)
def test_label_of_another_language_is_said_to_be_one(linker: LabelLinker, label: str) -> None:
    grounding = linker.ground(label)

    assert (grounding.status, grounding.reason) == ("nil", "language")


@pytest.mark.parametrize("label", ["", " ", "\n\t", "...", '""', "#", "_"])
def test_label_of_nothing_but_space_and_marks_is_empty(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).reason == "empty"


@pytest.mark.parametrize("label", [None, 3, 3.5, nan, [], ["joy"], {}, b"joy", True, object])
def test_value_that_is_no_text_is_not_text(linker: LabelLinker, label: object) -> None:
    grounding = linker.ground(label)

    assert (grounding.status, grounding.reason) == ("nil", "not_text")
    assert isinstance(grounding.text, str)


def test_longest_label_is_still_read(linker: LabelLinker) -> None:
    assert linker.ground("joy" + " " * (MAX_LENGTH - 3)).status == "linked"


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 100_000])
def test_text_that_is_longer_is_no_label(linker: LabelLinker, length: int) -> None:
    grounding = linker.ground("j" * length)

    assert grounding.reason == "too_long"
    assert str(length) in grounding.message
    assert len(grounding.text) < 100


@pytest.mark.parametrize("label", ["\U0001f600", "joy\U0001f600", "jo\x00y", "\ud800", "\u202ejoy"])
def test_odd_characters_are_answered(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status in {"linked", "nil"}


@pytest.mark.parametrize("label", ["neutral", "Neutral", "no emotion", "emotionless"])
def test_label_that_says_there_is_no_emotion_is_neutral(linker: LabelLinker, label: str) -> None:
    grounding = linker.ground(label)

    assert grounding.status == "neutral"
    assert grounding.concept is not None
    assert grounding.concept.slug == "state/neutral"
    assert grounding.reason is None


def test_word_with_two_senses_is_ambiguous(linker: LabelLinker) -> None:
    grounding = linker.ground("impatient")  # "full of eagerness", "restless under delay"

    slugs = {candidate.concept.slug for candidate in grounding.candidates}
    assert grounding.status == "ambiguous"
    assert grounding.concept is None
    assert slugs == {"eagerness", "irritation"}
    assert "irritation" in grounding.message


def test_word_with_one_sense_between_two_concepts_means_the_first_and_names_the_other(
    linker: LabelLinker,
) -> None:
    grounding = linker.ground("xenophobia")  # half fear, half hostility

    assert grounding.status == "linked"
    assert [candidate.concept.slug for candidate in grounding.candidates] == ["fear", "hostility"]
    assert grounding.score == min(P_RIGHT["lexical"], DIVIDED)
    assert "and as well hostility" in grounding.message


def test_word_whose_senses_differ_in_strength_is_linked_to_the_strongest(
    linker: LabelLinker,
) -> None:
    grounding = linker.ground("appreciation")

    slugs = [candidate.concept.slug for candidate in grounding.candidates]
    assert grounding.status == "linked"
    assert slugs == ["state/gratitude", "state/aesthetic-appreciation"]
    assert grounding.candidates[1].score < grounding.score - MARGIN


def test_word_of_two_concepts_of_one_primary_is_linked(linker: LabelLinker) -> None:
    grounding = linker.ground("sorry")

    slugs = {candidate.concept.slug for candidate in grounding.candidates}
    assert grounding.status == "linked"
    assert slugs == {"regret", "sympathy"}
    assert {candidate.concept.primary for candidate in grounding.candidates} == {"sadness"}


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("hating", "hate"),
        ("fearing", "fear"),
        ("hoping", "hope"),
        ("dreading", "dread"),
        ("regretting", "regret"),
        ("envying", "envy"),
    ],
)
def test_verb_that_is_spelled_as_the_noun_is_inflected_too(
    linker: LabelLinker, form: str, slug: str
) -> None:
    concept = linker.ground(form).concept

    assert concept is not None
    assert concept.slug == slug


@pytest.mark.parametrize("word", ["number", "tenderer", "pains", "cheers", "hostilities"])
def test_word_with_a_meaning_of_its_own_is_no_inflection(linker: LabelLinker, word: str) -> None:
    assert linker.lexicon.look_up(word) == ((), False)


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("approves", "state/approval"),
        ("guiltiest", "guilt"),
        ("suffers", "suffering"),
        ("appreciations", "state/gratitude"),
        ("criticized", "displeasure"),  # rejected as an adjective
    ],
)
def test_inflection_of_a_word_with_another_meaning_links_too(
    linker: LabelLinker, form: str, slug: str
) -> None:
    concept = linker.ground(form).concept

    assert concept is not None
    assert concept.slug == slug


# --- evidence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "kind", "matched"),
    [
        ("fear", "label", "fear"),
        ("fears", "inflection", "fear"),
        ("angry", "derivation", "angry"),
        ("afraid", "lexical", "afraid"),
    ],
)
def test_evidence_says_how_the_concept_was_found(
    linker: LabelLinker, label: str, kind: str, matched: str
) -> None:
    evidence = linker.ground(label).candidates[0].evidence[0]

    assert (evidence.kind, evidence.query, evidence.matched) == (kind, label, matched)


def test_label_known_from_a_scheme_only_links_through_it(linker: LabelLinker) -> None:
    grounding = linker.ground("being-hurt")

    assert grounding.concept is not None
    assert grounding.concept.slug == "hurt"
    assert grounding.candidates[0].evidence[0].kind == "other-scheme"
    assert grounding.candidates[0].evidence[0].matched.startswith("fsre/")


def test_hidden_scheme_is_no_evidence(graph: EmotionGraph) -> None:
    hiding = LabelLinker(graph, hidden_schemes=["fsre"])

    kinds = {e.kind for c in hiding.ground("being-hurt").candidates for e in c.evidence}
    assert "other-scheme" not in kinds


@pytest.mark.parametrize("hidden", ["goemotions", 5, None, [5]])
def test_hidden_schemes_that_are_no_names_are_refused(graph: EmotionGraph, hidden: Any) -> None:
    with pytest.raises(InputError, match="Expected"):
        LabelLinker(graph, hidden_schemes=hidden)


def test_unknown_scheme_to_hide_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="goemotoins"):
        LabelLinker(graph, hidden_schemes=["goemotoins"])


@pytest.mark.parametrize(
    "options",
    [{"limit": "5"}, {"limit": None}, {"limit": 1.5}, {"preset": []}, {"preset": 1}, {"scheme": 5}],
)
def test_option_of_another_type_is_refused(linker: LabelLinker, options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="Expected"):
        linker.ground("joy", **options)


@pytest.mark.parametrize(
    "label", sorted([*FORMS, "sorry", "appreciation", "xenophobia", "neutral", "being-hurt"])
)
def test_candidates_have_evidence_and_sorted_scores(
    graph: EmotionGraph, linker: LabelLinker, label: str
) -> None:
    known = {source.id for source in graph.sources()}

    candidates = linker.ground(label).candidates

    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    for candidate in candidates:
        assert 0 < candidate.score <= 1
        assert candidate.evidence
        assert {evidence.source for evidence in candidate.evidence} <= known
        assert all(0 < evidence.value <= 1 for evidence in candidate.evidence)
        assert candidate.path == candidate.concept.path


@pytest.mark.parametrize("label", ["fear", "fears", "angry", "being-hurt", "sorry"])
def test_iri_of_evidence_stands_in_the_graph(
    graph: EmotionGraph, linker: LabelLinker, label: str
) -> None:
    for candidate in linker.ground(label).candidates:
        for evidence in candidate.evidence:
            assert graph.sparql(f"ASK {{ <{evidence.iri}> ?p ?o }}") is True


def test_name_scores_above_its_inflection_and_both_above_a_weak_word(linker: LabelLinker) -> None:
    name, inflected, weak = (linker.ground(x).score for x in ("contentment", "fears", "content"))

    assert name > inflected > weak > 0


# --- limits and words for people -------------------------------------------------------------------


def test_limit_cuts_candidates_and_keeps_the_status(linker: LabelLinker) -> None:
    whole, cut = linker.ground("impatient"), linker.ground("impatient", limit=1)

    assert cut.candidates == whole.candidates[:1]
    assert cut.status == whole.status == "ambiguous"


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_below_one_is_an_error(linker: LabelLinker, limit: int) -> None:
    with pytest.raises(InputError, match="limit of at least 1"):
        linker.ground("joy", limit=limit)


def test_explanation_of_a_link_names_path_word_and_source(linker: LabelLinker) -> None:
    text = linker.ground("annoyed").explain()

    assert "'annoyed': linked" in text
    assert "anger > irritation > annoyance" in text
    assert "derivation: 'annoyed' matches 'annoyed' (wordnet-3.0" in text


def test_explanation_of_a_state_names_its_branch(linker: LabelLinker) -> None:
    assert "outside the tree (SocialAttitude)" in linker.ground("trust").explain()


def test_explanation_of_no_link_is_its_message(linker: LabelLinker) -> None:
    grounding = linker.ground("table")

    assert grounding.explain() == f"'table': nil. {grounding.message}"


@pytest.mark.parametrize(
    "label", ["", "table", "not happy", "\u60b2\u4f24", None, "x" * 300, "joy"]
)
def test_every_answer_has_a_message_that_ends_as_a_sentence(
    linker: LabelLinker, label: object
) -> None:
    assert linker.ground(label).message.strip().endswith((".", "!", "?"))
