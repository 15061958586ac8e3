"""The rules that judge what numbers and phrases are called: "AU6 (cheek raiser)", "the frown, i.e. AU4"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from affectgraph.kg.faces import find_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import ActionUnit
from affectgraph.linkers.face_grammar import find_descriptions
from affectgraph.linkers.face_phrases import PhraseBook
from affectgraph.ontology.iris import AG, BASE
from affectgraph.reasoner.extract.faces import ABSENT
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim, Fact
from affectgraph.reasoner.relation_rules import denied

NEIGHBOURS = tuple(
    frozenset(codes.split())
    for codes in (
        "AU6 AU7 AU42 AU44",  # orbicularis oculi narrows the eye
        "AU41 AU43 AU45",  # levator palpebrae superioris relaxes, the lid comes down
        "AU23 AU24",  # orbicularis oris tightens or presses the lips
        "AU25 AU26 AU27",  # scored as parts of one mouth opening
    )
)
"""Units that everyday words do not tell apart, by muscles and notes of ``action_units.tsv``: a phrase for one
of them does not contradict the number of another. Names of FACS do."""

UPPER_FACE = frozenset("AU1 AU2 AU4 AU5 AU6 AU7 AU41 AU42 AU43 AU44 AU45 AU46".split())
"""Units of the brows, lids and cheeks, as FACS divides the face."""

OTHER_CODES = frozenset("0 50 70 71 72 73 74 80 81 82 84 85 91 92 97 98".split())
"""Numbers that FACS gives to what is no action unit: a neutral face, visibility, speech, gross behaviour
(Wikipedia's list of its codes, source ``wikipedia-facs``). The graph knows no more of them."""

_STRANDS = frozenset({"glabella lowerer", "inner eyebrow lowerer", "eyebrow gatherer"})
"""Names that some software gives to strands of AU4 (notes of ``action_units.tsv``)."""


class NameRules:
    """Rules on names of facial actions over one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self.graph = graph
        self.facts = Facts(graph)
        self._book = PhraseBook(graph)
        self._weak = frozenset(c.iri for c in graph.index.cues if c.confidence == "low")

    def au_identity(self, claim: Claim) -> Finding:
        """Judge a number tied to a name."""
        finding = self._identity(claim)
        return denied(finding) if claim.is_denied else finding

    def _identity(self, claim: Claim) -> Finding:
        name, named = claim.object[0], claim.object[1:]
        units: list[ActionUnit] = []
        for number in claim.subject:
            unit = find_unit(self.graph.index, number)
            if unit is None:
                return self._no_such_unit(number, name, named)
            units.append(unit)
        if not named:
            meaning = self._book.name(name)
            if meaning is None or not meaning.is_name:
                return self._phrase_of(claim, name, units)
            named = meaning.all_codes
        if any(code.startswith(ABSENT) for code in named):
            return self._named_absence(units[0], name, named)
        said = " and ".join(f"{u.code} is the {u.name.lower()}" for u in units)
        facts = tuple(self.facts.unit_name(u.code) for u in units)
        wrong = [u for u in units if u.code not in named]
        if not wrong:
            aliases = (f for u in units for f in self._alias_fact(u.code, name))
            return Finding(
                "supported", "au-name", 1.0, f"{said}; {name!r} names it.", (*facts, *aliases)
            )
        if name.lower() in _STRANDS and wrong[0].code == "AU4":
            sentence = f"{said}; {name!r} is a strand of it in some software."
            return Finding("unsupported", "au-name-of-strand", 0.0, sentence, facts)
        names = " or ".join(f"{code} {self.graph.index.units[code].name.lower()}" for code in named)
        return Finding(
            "contradicted",
            "au-name-of-another-unit",
            1.0,
            f"{said}, but {name!r} names {names}.",
            (*facts, *(self.facts.unit_name(code) for code in named)),
            f"{said}; {name} is {', '.join(named)}.",
        )

    def _phrase_of(self, claim: Claim, phrase: str, units: Sequence[ActionUnit]) -> Finding:
        """Judge a phrase that is no name in FACS, tied to a number without the codes it stands for."""
        codes = tuple(unit.code for unit in units)
        return self.cue_denotes(
            replace(claim, type="cue_denotes", subject=(phrase,), object=codes, polarity="affirmed")
        )

    def _named_absence(self, unit: ActionUnit, name: str, named: tuple[str, ...]) -> Finding:
        missing = " or ".join(code.removeprefix(ABSENT) for code in named)
        return Finding(
            "contradicted",
            "au-name-of-absence",
            1.0,
            f"{unit.code} is the {unit.name.lower()}, but {name!r} says that {missing} is missing.",
            (self.facts.unit_name(unit.code),),
            f"{unit.code} is the {unit.name.lower()}; name what is shown.",
        )

    def _alias_fact(self, code: str, name: str) -> list[Fact]:
        unit = self.graph.index.units[code]
        return [self.facts.unit_alias(code, a) for a in unit.aliases if a.lower() == name.lower()]

    def _no_such_unit(self, number: str, name: str, named: tuple[str, ...]) -> Finding:
        if number in OTHER_CODES and not named:
            sentence = f"FACS gives {number} to something other than an action unit."
            return Finding("not_checkable", "au-other-code", 0.0, sentence)
        hint = (
            f"{name} is {', '.join(named)}."
            if named
            else "FACS numbers its action units 1 to 46, head and eye positions 51 to 69."
        )
        facts = tuple(self.facts.unit_name(code) for code in named)
        return Finding(
            "contradicted",
            "au-unknown-number",
            1.0,
            f"FACS has no action unit {number}.",
            facts,
            hint,
        )

    def cue_denotes(self, claim: Claim) -> Finding:
        """Judge which action a phrase is said to be."""
        phrase = claim.subject[0]
        if claim.modality not in {"", "face"}:
            return self._not_facial(claim, phrase)
        meaning = self._meaning(phrase)
        if meaning is None:
            sentence = f"No phrase here reads {phrase!r}."
            return Finding("not_checkable", "unknown-phrase", 0.0, sentence)
        codes, is_present, is_weak = meaning
        objects = tuple(code.removeprefix(ABSENT) for code in claim.object)
        is_present = is_present or any(code.startswith(ABSENT) for code in claim.object)
        names = " or ".join(f"{c} {self.graph.index.units[c].name.lower()}" for c in codes)
        facts = tuple(self.facts.unit_name(code) for code in (*codes, *objects))
        sentence = f"{phrase!r} names {names}."
        if is_present and set(objects) <= set(codes) and objects:
            finding = Finding("supported", "cue-of-unit", 1.0, sentence, facts)
        elif set(objects) & set(codes) and is_present:
            return Finding("unsupported", "cue-of-part", 0.0, sentence, facts)
        elif _is_loose(codes, objects, is_present=is_present, is_weak=is_weak):
            return Finding("unsupported", "cue-too-loose", 0.0, sentence, facts)
        else:
            said = ", ".join(
                f"{c} is the {self.graph.index.units[c].name.lower()}" for c in objects
            )
            finding = Finding(
                "contradicted",
                "cue-of-another-unit",
                1.0,
                sentence,
                facts,
                f"{phrase} is {' or '.join(codes)}; {said}.",
            )
        return denied(finding) if claim.is_denied else finding

    def _not_facial(self, claim: Claim, phrase: str) -> Finding:
        fact = self.facts.fact(
            BASE + "cue-type/facial-action",
            AG + "ofModality",
            BASE + "modality/face",
            "affectgraph",
        )
        codes = ", ".join(claim.object)
        finding = Finding(
            "contradicted",
            "cue-of-other-channel",
            1.0,
            f"{codes} is a facial action, {phrase!r} is none.",
            (fact, *(self.facts.unit_name(code) for code in claim.object)),
            f"Leave out {codes}.",
        )
        return denied(finding) if claim.is_denied else finding

    def _meaning(self, phrase: str) -> tuple[tuple[str, ...], bool, bool] | None:
        """Return the codes of a phrase, whether it says that they are there, and whether it is weak."""
        known = self._book.name(phrase)
        if known is not None:
            return known.all_codes, known.is_present, known.iri in self._weak
        found = self._book.find(phrase)
        described = find_descriptions(phrase)
        best = max(found, key=lambda m: m.end - m.start, default=None)
        longest = max(described, key=lambda d: d.end - d.start, default=None)
        if longest is not None and (
            best is None or longest.end - longest.start > best.end - best.start
        ):
            return longest.rule.codes + longest.rule.any_of, longest.rule.is_present, False
        if best is None:
            return None
        meaning = best.meaning
        return meaning.all_codes, meaning.is_present, meaning.iri in self._weak


def _is_loose(
    codes: Iterable[str], said: Iterable[str], *, is_present: bool, is_weak: bool
) -> bool:
    """Return whether a phrase for some codes may be said of others without a mistake.

    Of neighbours; if the phrase is weak, of any unit in the same half of the face; and if it only says that
    something is missing ("closed mouth"), of every other unit.
    """
    if not is_present:
        return not set(codes) & set(said)
    if any(group.intersection(codes) and group.intersection(said) for group in NEIGHBOURS):
        return True
    return is_weak and {c in UPPER_FACE for c in codes} == {c in UPPER_FACE for c in said}
