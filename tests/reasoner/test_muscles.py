"""Muscles stand for the units that they make; which these are is read off ``action_units.tsv`` by hand."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Judgement
from affectgraph.reasoner.extract.muscles import Muscles


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.fixture(scope="module")
def muscles(graph: EmotionGraph) -> Muscles:
    return Muscles(graph)


def sightings(checker: Checker, text: str) -> list[tuple[tuple[str, ...], str, str]]:
    found = [j.claim for j in checker.check(text).judgements if j.claim.type == "observes"]
    return [(claim.subject, claim.polarity, claim.quote) for claim in found]


@pytest.mark.parametrize(
    ("text", "subject", "quote"),
    [
        ("There is clear zygomaticus major activity.", "AU12", "zygomaticus major"),
        ("The zygomatic major muscle is engaged.", "AU12", "zygomatic major muscle"),
        ("The zygomaticus is active.", "AU11|AU12", "zygomaticus"),
        ("The corrugator supercilii contracts.", "AU4|AU44", "corrugator supercilii"),
        ("The medial frontalis is tense.", "AU1", "medial frontalis"),
        ("Frontalis, pars lateralis, is tense.", "AU2", "Frontalis, pars lateralis"),
        ("The frontalis is tense.", "AU1|AU2", "frontalis"),
        ("Orbicularis oculi (pars orbitalis) fires.", "AU6", "Orbicularis oculi (pars orbitalis)"),
        (
            "The levator labii superioris alaeque nasi pulls.",
            "AU9",
            "levator labii superioris alaeque nasi",
        ),
        ("The levator labii superioris pulls.", "AU10", "levator labii superioris"),
        ("The platysma is tense.", "AU20|AU21", "platysma"),
    ],
)
def test_a_muscle_is_a_sighting_of_a_unit_that_it_makes(
    checker: Checker, text: str, subject: str, quote: str
) -> None:
    assert sightings(checker, text) == [((subject,), "affirmed", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "No corrugator activity is visible.",
        "The corrugator is inactive.",
        "The corrugator remains relaxed.",
        "The face shows a relaxed corrugator.",
    ],
)
def test_a_muscle_at_rest_is_an_action_that_is_not_there(checker: Checker, text: str) -> None:
    assert sightings(checker, text) == [(("AU4|AU44",), "denied", "corrugator")]


@pytest.mark.parametrize(
    "text",
    [
        "The zygomatic bones are high.",
        "The lateral wall is white.",
        "The superior officer is present.",
        "The orbicularis is active.",  # of mouth or eyes: ten units
        "The temporalis is active.",  # jaw drop is made by relaxing it
    ],
)
def test_other_words_are_no_muscle(checker: Checker, text: str) -> None:
    assert sightings(checker, text) == []


@pytest.mark.parametrize("text", ["AU4 (corrugator supercilii) is on.", "AU9 (corrugator) is on."])
def test_a_muscle_beside_a_code_explains_it(checker: Checker, text: str) -> None:
    (found,) = checker.check(text).judgements
    assert found.claim.quote in {"AU4", "AU9"}


def judged(checker: Checker, text: str) -> list[Judgement]:
    return [j for j in checker.check(text).judgements if j.claim.type == "expresses"]


def test_what_a_muscle_shows_is_judged_by_its_units(checker: Checker) -> None:
    (joy,) = judged(checker, "Zygomaticus major contraction suggests joy.")
    (fear,) = judged(checker, "Zygomaticus major contraction suggests fear.")
    assert (joy.claim.subject, joy.verdict) == (("AU12",), "supported")
    assert (fear.claim.subject, fear.verdict) == (("AU12",), "unsupported")


def test_readings_are_held_against_muscles(checker: Checker) -> None:
    (found,) = checker.check("The zygomaticus major contracts.", aus={"AU12_r": 0.0}).judgements
    assert (found.verdict, found.rule) == ("contradicted", "reading-disagrees")


def test_every_muscle_that_contracts_for_a_unit_is_known(
    graph: EmotionGraph, muscles: Muscles
) -> None:
    """Of units with a number whose muscles all contract, each name alone finds the unit among few."""
    for unit in graph.index.units.values():
        if not unit.number.isdigit() or "relax" in unit.muscle or not unit.muscle:
            continue
        for entry in unit.muscle.split(";"):
            name = entry.strip()
            (found,) = muscles.find(name, 0, len(name))
            assert unit.code in found.codes + found.any_of, name
            assert len(found.codes + found.any_of) <= 5
