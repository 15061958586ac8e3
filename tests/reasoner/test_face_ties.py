"""Wordings that tie numbers of action units to names: what is claimed, what is a mistake, what is neither."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Judgement

NAMING = {"au_identity", "cue_denotes"}


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def namings(checker: Checker, text: str) -> list[Judgement]:
    return [j for j in checker.check(text).judgements if j.claim.type in NAMING]


TIES = """
    {code} ({name})
    {code} [{name}]
    {code} ("{name}")
    {code} (*{name}*)
    {code} (**{name}**)
    {code} (_{name}_)
    {code} (the {name})
    {code} (i.e., {name})
    {code} (that is, the {name})
    {code} (also known as {name})
    {code} (or {name})
    {code} (which is the {name})
    {code} ({name}, intensity 2.1)
    {code} (intensity 2.1, {name})
    {code} (2.1, {name})
    {code} (2.1; {name})
    {code} (2.1) {name}
    {code} at 2.1 ({name})
    {code} with an intensity of 2.1 ({name})
    {code}=2.1 ({name})
    {code}: 2.1 ({name})
    {code}: 2.1 - {name}
    {code}_r: 2.1 ({name})
    {code}C ({name})
    {code} activation ({name})
    {code} activity ({name})
    activation of {code} ({name})
    {code} activation, the {name}, is seen.
    {code}: {name}
    {code} = {name}
    {code} - {name}
    {code} - {name} (intensity 2.3)
    {code} \u2013 {name}
    {code} \u2014 {name}
    {code} -> {name}
    {code} \u2192 {name}
    {code} / {name}
    {code}/{name}
    {code} {name}
    {code} {name} is present.
    {code} '{name}'
    {code} "{name}"
    {code}, {name}
    {code}, the {name}, is active.
    {code}, or {name}, is there.
    {code}, i.e., {name}
    {code}, also called the {name}, is active.
    {code}, known as the {name}, is active.
    {code} is the {name}.
    {code} is called {name}.
    {code} is known as the {name}.
    {code} is coded as {name}.
    {code} corresponds to {name}.
    {code} corresponds to the {name}.
    {code} refers to the {name}.
    {code} stands for {name}.
    {code} denotes the {name}.
    {code} indicates {name}.
    {code} involves the {name}.
    - **{code}** ({name}): 2.3
    - **{code}**: {name}
    * **{code} ({name})**
    1. {code} \u2013 {name}
    1. **{code} - {name}:** clearly visible
    | {code} | {name} | present |
    | {code} | 2.3 | {name} |
    {code} | {name} | present
    "{code}": "{name}"
    {{"{code}": "{name}"}}
    {{"au": "{code}", "name": "{name}", "intensity": 2.1}}
    {{"code": "{code}", "intensity": 2.1, "name": "{name}"}}
    {{"name": "{name}", "au": "{code}"}}
    {name} ({code})
    {name} [{code}]
    {name} (i.e. {code})
    {name} (coded as {code})
    {name} ({code}, 2.3)
    {name} ({code} = 2.3)
    {name} - {code}
    {name} \u2013 {code}
    {name}: {code}
    {name} = {code}
    {name} {code} is present.
    the {name} {code} is present.
    The {name}, {code}, is seen.
    The {name}, i.e. {code}, is seen.
    The {name}, which is {code}, is seen.
    The {name}, known as {code}, is seen.
    The {name} is {code}.
    The {name} is coded as {code}.
    The {name} corresponds to {code}.
    The {name} may be {code}.
    * **{name} ({code})**: 2.3
    | {name} | {code} |
    {code}\uff08{name}\uff09
    {code}\uff1a{name}
    <b>{code}</b> ({name})
    `{code}` ({name})
    {code},{name},2.4
    {code} \u2011 {name}
    {code}, commonly known as "{name}", is seen.
    {code}, a.k.a. {name}
    {code} \u2013 also referred to as the {name} \u2013 is seen.
    {code}, which stands for the {name}, is on.
    {code} (as in {name})
    {code}'s {name} is seen.
    {name} (FACS: {code})
    {name} (strong {code})
    {name}/{code}
    {name}, per {code}
    The FACS code for {name} is {code}.
""".strip().splitlines()


@pytest.mark.parametrize("wording", [line[4:] if line[:4] == "    " else line for line in TIES])
@pytest.mark.parametrize(
    ("code", "name", "verdict"),
    [
        ("AU4", "brow lowerer", "supported"),
        ("AU4", "Jaw Drop", "contradicted"),
        ("Action Unit 9", "nose wrinkler", "supported"),
        ("AU06", "lip corner puller", "contradicted"),
    ],
)
def test_number_and_name_are_one_claim_in_every_wording(
    checker: Checker, wording: str, code: str, name: str, verdict: str
) -> None:
    text = wording.format(code=code, name=name)
    if "{code}_r" in wording or "{code}C" in wording:
        text = wording.format(code=code.replace("Action Unit ", "AU"), name=name)

    (naming,) = namings(checker, text)

    assert naming.claim.type == "au_identity"
    assert naming.claim.subject == (str(int("".join(c for c in code if c.isdigit()))),)
    assert naming.claim.object[0].lower() == name.lower()
    assert naming.verdict == verdict


@pytest.mark.parametrize(
    "code", ["AU4", "au4", "AU04", "AU 4", "AU-4", "AU#4", "AU_4", "Action unit 4", "AU number 4"]
)
@pytest.mark.parametrize(
    ("name", "verdict"), [("brow lowerer", "supported"), ("lip suck", "contradicted")]
)
def test_number_may_be_written_in_any_way(
    checker: Checker, code: str, name: str, verdict: str
) -> None:
    (naming,) = namings(checker, f"{code} ({name}) is active.")

    assert (naming.claim.subject, naming.verdict) == (("4",), verdict)


@pytest.mark.parametrize(
    ("text", "phrase", "verdict"),
    [
        ("AU4 lowers the brows", "lowers the brows", "supported"),
        ("AU12 lowers the brows", "lowers the brows", "contradicted"),
        ("AU4, which lowers the brows, is on", "lowers the brows", "supported"),
        ("AU5, responsible for lowering the brows", "lowering the brows", "contradicted"),
        ("AU5 raises the upper eyelid", "raises the upper eyelid", "supported"),
        ("AU12 involves dropping the jaw", "dropping the jaw", "contradicted"),
        ("AU12, where the jaw drops, is on", "jaw drops", "contradicted"),
        ("AU4 is characterized by lowered brows", "lowered brows", "supported"),
        ("AU12 reflects lowered brows", "lowered brows", "contradicted"),
        ("lowered brows (AU4)", "lowered brows", "supported"),
        ("lowered brows, AU12,", "lowered brows", "contradicted"),
        ("lowered brows, as indicated by AU12", "lowered brows", "contradicted"),
        ("lowered brows, reflected in AU4", "lowered brows", "supported"),
        ("lowered brows are captured by AU12", "lowered brows", "contradicted"),
        ("The lowered brows suggest AU12.", "lowered brows", "contradicted"),
        ("The brows are lowered, corresponding to AU4.", "brows are lowered", "supported"),
        ("The brows are lowered, which corresponds to AU12.", "brows are lowered", "contradicted"),
        ("The brows are lowered, as AU4 confirms.", "brows are lowered", "supported"),
        ("She smiles at the camera (AU12).", "smiles", "supported"),
        ("By 'brows lowered' the annotator means AU6.", "brows lowered", "contradicted"),
    ],
)
def test_description_of_a_number_is_a_claim(
    checker: Checker, text: str, phrase: str, verdict: str
) -> None:
    (naming,) = namings(checker, text)

    assert naming.claim.type == "cue_denotes"
    assert (naming.claim.subject, naming.verdict) == ((phrase,), verdict)


LISTS = {
    "AU6 and AU12 (cheek raiser and lip corner puller)": "6+ 12+",
    "AU6 and AU12 (cheek raiser, lip corner puller)": "6+ 12+",
    "AU6 and AU12, the cheek raiser and lip corner puller, are active.": "6+ 12+",
    "AU6+AU12 (cheek raiser + lip corner puller)": "6+ 12+",
    "AU1, AU2 and AU5 (inner brow raiser, outer brow raiser, upper lid raiser)": "1+ 2+ 5+",
    "cheek raiser and lip corner puller (AU6 and AU12)": "6+ 12+",
    "the cheek raiser and the lip corner puller (AU6, AU12)": "6+ 12+",
    "cheek raiser (AU6) and lip corner puller (AU12)": "6+ 12+",
    "AU1 (inner brow raiser), AU2 (outer brow raiser), and AU4 (brow lowerer)": "1+ 2+ 4+",
    "AU1 inner brow raiser, AU4 brow lowerer": "1+ 4+",
    "AU1: inner brow raiser, AU4: brow lowerer": "1+ 4+",
    "AU5 2.0 and AU26 2.0 (upper lid raiser, jaw drop)": "5+ 26+",
    "AU1+AU2 (inner and outer brow raiser)": "1,2+",
    "inner and outer brow raisers (AU1 and AU2)": "1,2+",
    "[AU1] Inner Brow Raiser": "1+",
    "Action Unit 4 (AU4), the brow lowerer, is active.": "4+",
    "Action Unit 4 (AU4, jaw drop) is active.": "4-",
    "(AU1) Jaw Drop": "1-",
    "Cheek Raiser: 1.8 (AU6)": "6+",
    '"AU06_cheek_raiser": 1.8, "AU12_jaw_drop": 2.4': "6+ 12-",
    "AU12 (zygomaticus major; lip corner puller)": "12+",
    "AU12 (zygomaticus major, jaw drop)": "12-",
    "AU25/26 (lips part/jaw drop)": "25+ 26+",
    "AU6 and AU20 (cheek raiser and lip corner puller) are active.": "6+ 20-",
    "AU9 and AU12 (cheek raiser, lip corner puller)": "9- 12+",
    "AU1 (inner brow raiser), AU2 (jaw drop), and AU4 (brow lowerer)": "1+ 2- 4+",
    "AU1: inner brow raiser, AU4: lip suck": "1+ 4-",
    "AU6, the cheek raiser, and AU12, the nose wrinkler, are active.": "6+ 12-",
    "cheek raiser and nose wrinkler (AU6 and AU12)": "6+ 12-",
    "cheek raiser: AU6, nose wrinkler: AU12": "6+ 12-",
    "Neither AU9 (nose wrinkler) nor AU10 (upper lip raiser) appears.": "9+ 10+",
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_each_number_of_a_list_gets_its_own_name(
    checker: Checker, text: str, expected: str
) -> None:
    signs = {"supported": "+", "contradicted": "-"}

    found = [",".join(j.claim.subject) + signs[j.verdict] for j in namings(checker, text)]

    assert sorted(found) == sorted(expected.split())


def test_every_name_is_tied_and_told_from_that_of_another_unit(
    checker: Checker, graph: EmotionGraph
) -> None:
    """Names that everyday speech uses of more than one unit, and those of strands, are left out."""
    units = [
        u for u in graph.index.units.values() if u.kind in {"action-unit", "action-descriptor"}
    ]
    loose = {"squint", "squinting", "eyebrow gatherer", "inner eyebrow lowerer", "glabella lowerer"}
    wrong = []
    for place, unit in enumerate(units):
        other = units[place - 1]
        for name in {unit.name.lower(), *unit.aliases} - loose:
            right = namings(checker, f"AU{unit.number} ({name}) is active.")
            mistaken = namings(checker, f"The {name} (AU{other.number}) is active.")
            verdicts = [j.verdict for j in (*right, *mistaken)]
            if verdicts != ["supported", "contradicted"]:
                wrong.append((name, verdicts))

    assert wrong == []


@pytest.mark.parametrize("join", [", ", "; ", " + ", " and ", "/"])
@pytest.mark.parametrize("form", ["{codes} ({names})", "{names} ({codes})", "{codes} [{names}]"])
def test_lists_of_one_length_are_paired_in_order(
    checker: Checker, graph: EmotionGraph, join: str, form: str
) -> None:
    units = [graph.index.units[f"AU{n}"] for n in (1, 4, 15, 17)]
    codes = join.join(u.code for u in units)
    names = [u.name.lower() for u in units]

    right = namings(checker, form.format(codes=codes, names=join.join(names)) + " are active.")
    names[2] = "nose wrinkler"
    mistaken = namings(checker, form.format(codes=codes, names=join.join(names)))

    assert [j.verdict for j in right] == ["supported"] * 4
    assert [j.claim.subject for j in mistaken if j.verdict == "contradicted"] == [("15",)]


EXPLAINED = """
AU12 (smile)|AU6 (Duchenne marker)|AU6 (Duchenne smile)|AU4 (anger)|AU12 (left side)|AU12 (strong)
AU25 (slightly open mouth)|AU12 (zygomaticus major)|AU4 (corrugator supercilii)|AU6 (orbicularis oculi)
AU7 (squint)|AU7 (squinting)|AU6 (squinting eyes)|AU6 (narrowed eyes)|AU4 (frown)|AU15 (frown)|AU17 (pout)
AU14 (smirk)|AU12 (smirk)|AU10 (sneer)|AU9 (sneer)|AU2 (raised eyebrows)|AU1 (raised eyebrows)
AU1+AU2 (raised eyebrows)|AU43 (closed eyes)|AU45 (closed eyes)|AU26 (open mouth)|AU25 (jaw dropped slightly)
AU26 (parted lips)|AU23 (pressed lips)|AU24 (tight lips)|AU23 (pursed lips)|AU6 (cheek raiser, lid compressor)
AU6 (cheek raiser and lid compressor)|AU12 (broad smile, raised cheeks)
AU4 (wrinkled forehead)|AU4 (glabella lowerer)|AU13 (cheek puffer)|AU34 (cheek puff)|AU50 (speech)
AU85 (head nod)|AU0 (neutral)|AU12 (0.87)|AU12 (right)|AU12 (intensity C)|AU12 (with raised cheeks)
AU12 (with AU6, the cheek raiser)|AU12 (no cheek raiser)|AU12 (not the lip stretcher)
AU12 (and the cheek raiser)|AU12 (unlike AU15, the lip corner depressor)
AU12 (together with the cheek raiser) is on.
AU12, cheek raiser, and jaw drop|AU12, the cheek raiser and the jaw drop are on.|AU12 with the cheek raiser
AU4, AU7, lip tightener and chin raiser|cheek raiser, AU12 and AU25 are active.|AU6 + AU12 (genuine smile)
AU6, AU12 (raised cheeks, smile)|furrowed brows and a tight stare (AU4)|eyes wide and brows raised (AU5)
She smiles broadly with her teeth showing (AU12).|AU4 and AU7 (furrowed brows)|a furrowed brow (AU4, AU7)
AU6 is active, and the lips are pressed together.|AU12 is on while the brows are lowered.
AU6 and lowered brows are visible.|The brows are lowered and AU12 is on.|AU12 = 2.1, raised cheeks
AU4 (2.3), lip tightener (1.9)|Brow lowerer is on; AU12 is not.|AU1, AU4, lip corner depressor
AU25 = 0.2 -> lips together|AU12 accompanies the raised cheeks.|AU12 precedes the nose wrinkle.
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


@pytest.mark.parametrize("text", EXPLAINED)
def test_words_that_only_explain_a_number_are_no_mistake(checker: Checker, text: str) -> None:
    assert [j.sentence for j in namings(checker, text) if j.verdict == "contradicted"] == []


@pytest.mark.parametrize(
    "text",
    [
        "AU4 (lips pressed together)",
        "AU12 (brows drawn together)",
        "AU9 (open mouth)",
        "AU15 (smile)",
        "AU5 (closed eyes)",
        "AU31 (parted lips)",
        "AU1 (nose wrinkle)",
        "AU25 (jaw drop)",
        "AU12 (raised cheeks)",
        "AU10 (wrinkled nose)",
    ],
)
def test_phrase_for_another_part_of_the_face_is_a_mistake(checker: Checker, text: str) -> None:
    assert [j.verdict for j in namings(checker, text)] == ["contradicted"]


@pytest.mark.parametrize("number", ["3", "47", "99", "120"])
def test_number_that_facs_does_not_use_is_a_mistake(checker: Checker, number: str) -> None:
    (naming,) = namings(checker, f"AU{number} is active.")

    assert (naming.verdict, naming.rule) == ("contradicted", "au-unknown-number")


@pytest.mark.parametrize("number", ["0", "50", "73", "84", "98"])
def test_number_that_facs_uses_for_something_else_cannot_be_checked(
    checker: Checker, number: str
) -> None:
    (naming,) = namings(checker, f"AU{number} is active.")

    assert (naming.verdict, naming.rule) == ("not_checkable", "au-other-code")


DENIED = {
    "AU28 stands for lip suck, not for lip pucker.": ["supported", "supported"],
    "AU24 does not stand for the lip pressor.": ["contradicted"],
    "AU24 is not the lip suck.": ["supported"],
}


@pytest.mark.parametrize(("text", "expected"), DENIED.items())
def test_name_may_be_denied_to_a_number(checker: Checker, text: str, expected: list[str]) -> None:
    found = namings(checker, text)

    assert [j.verdict for j in found] == expected
    assert found[-1].claim.is_denied


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("lips sucked in (AU28)", "supported"),
        ("lips sucked in (AU4)", "contradicted"),
        ("AU25 (partly open mouth)", "supported"),
        ("AU9 (partly open mouth)", "contradicted"),
        (
            "tightly closed mouth (AU24)",
            "unsupported",
        ),  # the lips are closed, whatever presses them
        ("AU4 (wrinkled forehead)", "unsupported"),
        (
            "AU12 (wrinkled forehead)",
            "contradicted",
        ),  # a weak phrase, yet of the other half of the face
    ],
)
def test_phrases_with_more_words_are_told_apart(checker: Checker, text: str, verdict: str) -> None:
    assert [j.verdict for j in namings(checker, text)] == [verdict]
