"""Claims handed in as such: what their terms must be, and what is refused in words."""

from dataclasses import replace
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import ClaimError, UnknownTermError
from affectgraph.reasoner import Checker, Claim


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def make(type_: Any, subject: Any, object_: Any, **more: Any) -> Claim:
    claim = Claim(
        "c1", type_, subject, object_, "affirmed", "plain", "plain", "", "", (-1, -1), "", "text"
    )
    return replace(claim, **more)


@pytest.mark.parametrize(
    ("number", "name", "verdict", "rule"),
    [
        ("6", "cheek raiser", "supported", "au-name"),
        ("AU12", "Lip Corner Puller", "supported", "au-name"),
        ("4", "cheek raiser", "contradicted", "au-name-of-another-unit"),
        (
            "7",
            "cheek raiser",
            "contradicted",
            "au-name-of-another-unit",
        ),  # FACS tells 6 and 7 apart
        ("12", "smile", "supported", "cue-of-unit"),
        ("4", "smile", "contradicted", "cue-of-another-unit"),
        ("6", "narrowed eyes", "unsupported", "cue-too-loose"),  # said of AU7, too
        ("4", "blorp", "not_checkable", "unknown-phrase"),
        ("99", "cheek raiser", "contradicted", "au-unknown-number"),
    ],
)
def test_name_without_its_codes_is_looked_up(
    checker: Checker, number: str, name: str, verdict: str, rule: str
) -> None:
    found = checker.judge(make("au_identity", (number,), (name,)))

    assert (found.verdict, found.rule) == (verdict, rule)


def test_denied_name_without_its_codes_turns_the_verdict(checker: Checker) -> None:
    claim = make("au_identity", ("4",), ("smile",), polarity="denied")

    assert checker.judge(claim).verdict == "supported"


def test_codes_are_read_as_they_are_written_elsewhere_and_the_claim_stays(checker: Checker) -> None:
    claim = make("expresses", ("AU06", "au12"), ("joy",))

    found = checker.judge(claim)

    assert (found.verdict, found.claim) == ("supported", claim)


def test_emotions_together_are_held_against_the_pattern_of_both(checker: Checker) -> None:
    # au_patterns.tsv: du-2014-happily-surprised-p70-1 has AU1, AU2, AU12, AU25
    codes = ("AU1", "AU2", "AU12", "AU25")

    found = checker.judge(make("expresses", codes, ("joy", "surprise")))

    assert (found.verdict, found.rule, found.strength) == ("supported", "au-in-pattern", 1.0)
    assert {fact.source for fact in found.facts} == {"du-2014"}
    assert checker.judge(make("expresses", ("AU9",), ("joy", "surprise"))).verdict == "unsupported"


@pytest.mark.parametrize(
    ("type_", "subject", "object_"),
    [
        ("expresses", (), ("joy",)),
        ("expresses", ("AU6",), ()),
        ("expresses", ["AU6"], ("joy",)),
        ("expresses", "AU6", ("joy",)),
        ("expresses", (6,), ("joy",)),
        ("blend_of", ("joy",), ()),
        ("blend_of", ("joy",), ("love",)),
        ("observes", (), ("shown",)),
        ("observes", ("AU6",), ("absent",)),
        ("observes", ("not AU6",), ("shown",)),
        ("excludes", (), ("joy",)),
        ("au_identity", (), ("cheek raiser",)),
        ("au_identity", ("six",), ("cheek raiser",)),
        ("au_identity", ("6",), ()),
        ("cue_denotes", ("smile", "grin"), ("AU12",)),
        ("cue_denotes", ("smile",), ()),
        ("in_tier", ("joy",), ("fourth",)),
        ("genuine", ("smile",), ("real",)),
        ("subsumed_by", ("joy", "love"), ("anger",)),
        ("opposite_of", ("joy",), ()),
        ("denotes", (), ("joy",)),
        ("label_in_scheme", (), ("ekman-6",)),
        ("vad_level", ("joy",), ("foo",)),
        ("vad_level", ("joy",), ("valence=x",)),
        ("vad_level", ("joy",), ("valence=9",)),
        ("vad_level", ("joy",), ("valence=nan",)),
        ("vad_level", ("joy",), ("valence:high",)),
        ("vad_level", ("joy",), ("arousal:positive",)),
        ("vad_level", ("joy",), ()),
        ("masks", ("joy",), ()),
        ("modal_conflict", (), ()),
        ("concludes", ("joy",), ("stated",)),
        ("proves", ("joy",), ("anger",)),
        (["expresses"], ("AU6",), ("joy",)),
    ],
)
def test_terms_that_are_not_those_of_the_type_are_refused(
    checker: Checker, type_: Any, subject: Any, object_: Any
) -> None:
    with pytest.raises(ClaimError, match="Expected"):
        checker.judge(make(type_, subject, object_))


@pytest.mark.parametrize(
    ("type_", "subject", "object_"),
    [
        ("expresses", ("AU99",), ("joy",)),
        ("expresses", ("AU6|AU99",), ("joy",)),
        ("expresses", ("smile",), ("joy",)),
        ("expresses", ("AU6",), ("joyz",)),
        ("observes", ("AU99",), ("shown",)),
        ("excludes", ("not AU99",), ("joy",)),
        ("cue_denotes", ("smile",), ("AU99",)),
        ("au_identity", ("6",), ("cheek raiser", "AU99")),
        ("in_tier", ("blorp",), ("primary",)),
        ("transition", ("joy",), ("blorp",)),
        ("label_in_scheme", ("joy",), ("no-scheme",)),
    ],
)
def test_terms_that_the_graph_lacks_are_refused(
    checker: Checker, type_: Any, subject: Any, object_: Any
) -> None:
    with pytest.raises(UnknownTermError):
        checker.judge(make(type_, subject, object_))


@pytest.mark.parametrize(
    "more",
    [
        {"span": (3, 9), "quote": "joy"},
        {"span": (-1, 2), "quote": "joy"},
        {"span": (0, 0), "quote": "joy"},
        {"span": (0.0, 3.0), "quote": "joy"},
        {"span": [0, 3], "quote": "joy"},
        {"span": (0,), "quote": ""},
        {"quote": None},
        {"polarity": "no"},
        {"commitment": "sure"},
        {"modality": "smell"},
        {"side": ["left"]},
    ],
)
def test_fields_that_contradict_themselves_are_refused(
    checker: Checker, more: dict[str, Any]
) -> None:
    with pytest.raises(ClaimError, match="Expected"):
        checker.judge(make("subsumed_by", ("irritation",), ("anger",), **more))


@pytest.mark.parametrize("span", [(-1, -1), (0, 3), (7, 10)])
def test_span_as_long_as_its_quote_or_none_is_taken(
    checker: Checker, span: tuple[int, int]
) -> None:
    claim = make("subsumed_by", ("irritation",), ("anger",), span=span, quote="joy")

    assert checker.judge(claim).verdict == "supported"


@pytest.mark.parametrize("claim", [None, {}, "joy", 3])
def test_what_is_no_claim_is_refused(checker: Checker, claim: Any) -> None:
    with pytest.raises(ClaimError, match="Expected a Claim"):
        checker.judge(claim)


def test_every_claim_that_is_read_from_a_text_can_be_judged_as_such(checker: Checker) -> None:
    text = (
        "AU6 (cheek raiser), AU99 and the frown, i.e. AU4, are visible; the voice trembles. "
        "AU6 suggests joy. No AU12 rules out joy. "
        "Joy is a primary emotion, has high valence and is the opposite of sadness."
    )
    claims = [j for j in checker.check(text).judgements if j.claim.type != "concludes"]

    assert len({j.claim.type for j in claims}) > 5
    assert [checker.judge(j.claim).verdict for j in claims] == [j.verdict for j in claims]
