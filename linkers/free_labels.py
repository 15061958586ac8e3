"""Reads labels without a scheme: by the vocabulary, then by what a longer or misspelled label turns on."""

import re
from collections.abc import Sequence

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotation.uses import is_seldom_felt
from affectgraph.linkers.compounds import compound, decide
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.families import relatives
from affectgraph.linkers.idioms import Idioms
from affectgraph.linkers.label_forms import Simpler
from affectgraph.linkers.language import language_sign
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.lexicon import SUGGESTING, Lexicon
from affectgraph.linkers.mentions import FELT, Keep
from affectgraph.linkers.model import Candidate, Evidence, EvidenceKind, Grounding
from affectgraph.linkers.normalise import is_foreign_script
from affectgraph.linkers.phrase_words import ARTICLES, PEOPLE, PERSONS, POSSESSIVES, SELVES
from affectgraph.linkers.scheme_labels import OUTPUT, nil, read_scheme_labels
from affectgraph.linkers.scores import P_RIGHT
from affectgraph.linkers.signs import sign_entries
from affectgraph.linkers.spelling import corrections, may_be_misspelled

REJECTED = {
    "body": "it says something of the body",
    "conduct": "it says how somebody behaves",
    "medical": "it is a medical term",
    "mind": "it says what somebody thinks or knows",
    "opposite": "it denies a feeling",
    "quality": "it says what something is like",
    "rare": "it is hardly used of a feeling",
    "sense": "none of its senses is one",
    "thing": "it is a thing or an event",
}
"""Kinds of reason for which words of the vocabulary were rejected, in words."""

_NOTHING = late_pattern(
    r"(?:no|without|lack of|absence of|lacks|lacking|devoid of|shows? no) (?:any |an? |clear |strong |"
    r"particular |discernible |visible |obvious |specific |apparent |real |detectable |evident |special |"
    r"distinct |significant |marked |sign of |trace of |hint of )*"
    r"(?:emotions?|feelings?|affect|sentiment|mood|expression|emotional \w+)"
    r"(?: (?:here|at all|was|is|are|were|or|feelings?|emotions?|\w+ed|\w+n|present|visible|apparent)){0,3}"
    r"|none (?:was |were |is |are )?(?:detected|expressed|shown|found|visible|present|apparent|identified)"
    r"|nothing (?:in particular|special|much|of note)"
    r"|(?:not|un)[ -]?emotional|not feeling anything(?: in particular)?"
    r"|(?:neither|not) (?:positive|good|happy|pleasant) n?or (?:negative|bad|sad|unhappy|unpleasant)"
    r"|neutral(?: [a-z]+){0,2} (?:voice|tone|face|manner|statement|comment|delivery|stance|attitude|"
    r"demeanou?r|language|reading|text|message|remark)"
)
"""What models write for "no emotion" beside the labels that schemes have for it."""

MISSING = frozenset({"nan", "null", "n/a", "na", "undefined", "nil", "none", "missing"})
"""What stands where no label is; "none" may be none of a list, and says of no feeling that it is absent."""

LONGEST_PHRASE = 8
"""Words of the longest label of which one word is taken."""

_PREPOSITION = re.compile(
    r" (?:of|about|at|for|to|in|over|towards?|that|by|from|on|with|because|due|when|while|as|after|"
    r"during|upon|into|regarding|since|if|through|against|around|before|behind|without|under|between|"
    r"like|than) "
)
_BRINGING = frozenset({"with", "in", "into", "from", "by"})
"""Prepositions behind a phrase that bring in the feeling it goes with."""

_ADJECTIVE = frozenset({"adjective"})
_BEGINNING = frozenset({"adjective", "interjection"})
_OF_PEOPLE = FELT | {"expression"}
_BY = re.compile(r"([a-z]+) (by|at|about|of) ")
"""A word with what it comes from: "haunted by it"."""

_DETERMINERS = (POSSESSIVES | ARTICLES | PERSONS | SELVES) - {"i", "he", "she", "we", "they", "who"}
"""What an object begins with."""

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


class FreeLabels:
    """The vocabulary as a reader of labels.

    :param hidden: names of schemes whose labels are no evidence.
    """

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon, hidden: frozenset[str]) -> None:
        self._graph = graph
        self._lexicon = lexicon
        self._hidden = hidden
        self._idioms = Idioms(lexicon)

    def sign(self, text: str, sign: str) -> Grounding | None:
        """Return what an emoji or emoticon shows, None if it is none."""
        entries = sign_entries(sign, self._lexicon)
        if not entries:
            return None
        return _decided(text, sign.strip(), entries, None)

    def exact(self, text: str, form: str) -> Grounding | None:
        """Return what a form means by the vocabulary or, failing that, by some scheme; else None."""
        entries, inflected = self._entries(form)
        usual = [entry for entry in entries if not entry.is_rare]
        if usual:
            return _decided(text, form, usual, "inflection" if inflected else None)
        labels = self._lexicon.scheme_labels.get(form, ())
        found = [label for label in labels if label.scheme not in self._hidden]
        if found:
            return read_scheme_labels(self._graph, text, form, found, "other-scheme")
        if _NOTHING.fullmatch(form):
            return self.exact(text, "neutral") if form != "neutral" else None
        made_of = relatives(form, self._lexicon) if not self._is_read(form) else ()
        if made_of:
            return _decided(text, form, made_of, "derivation")
        return self.idiom(text, form, is_whole=True)

    def idiom(self, text: str, form: str, *, is_whole: bool = False) -> Grounding | None:
        """Return what a phrase means that the vocabulary has in other words, or None.

        :param is_whole: whether nothing may follow the phrase, as "about it" does.
        """
        if " " not in form or form in self._graph.index.rejected_forms:
            return None
        carried = self._goes_with(text, form) if not is_whole else None
        if carried is not None:
            return carried
        found = self._idioms.look_up(form)
        if found is None or (is_whole and not found.is_whole):
            return None
        if found.rest and found.rest[0] in _BRINGING:
            named = self._phrase(text, " ".join(found.rest[1:]))
            if named is not None:  # "weighed down with sorrow" names what weighs
                return named
        kind: EvidenceKind = "inflection" if found.is_whole else "phrase"
        return _decided(text, form, found.entries, kind)

    def holds(self, form: str) -> bool:
        """Return whether the vocabulary has a form, though it may mostly mean something else."""
        return bool(self._entries(form)[0])

    def _entries(self, form: str) -> tuple[tuple[Entry, ...], bool]:
        found = self._lexicon.look_up(form)
        if not found[0] and "-" in form:
            found = self._lexicon.look_up(form.replace("-", " "))
            return found if found[0] else self._lexicon.look_up(form.replace("-", ""))
        return found

    def otherwise(self, text: str, steps: list[Simpler]) -> Grounding:
        """Return what a label means whose forms the vocabulary does not have, or why it means nothing."""
        form, last = steps[0].form, steps[-1].form
        if form in MISSING:
            return nil(text, "empty", f"Expected a label, got {text!r}, which says that none is.")
        if OUTPUT.fullmatch(last):
            message = f"{text!r} is a model's output without a name; give the scheme it counts in."
            return nil(text, "unknown", message)
        if is_foreign_script(last):
            return _other_language(text, language_sign(last) or "")
        rejected = next((s.form for s in (steps[0], steps[-1]) if self._is_read(s.form)), None)
        if rejected is not None:
            return nil(text, "not_an_emotion", self._why_not(text, rejected))
        sign = language_sign(last)
        if sign is not None:
            return _other_language(text, sign)
        return (
            self._turning_on(text, last)
            or (self._of_person(text, form.split(" ")) if form != last else None)
            or self._misspelled(text, last)
            or self._unknown(text, last)
        )

    def _is_read(self, form: str) -> bool:
        return form in self._graph.index.rejected_forms or self.holds(form)

    # --- longer labels ---------------------------------------------------------------------------

    def _turning_on(self, text: str, form: str) -> Grounding | None:
        """Return what the word of a longer label means that it turns on: "fear of failure"."""
        form = form.replace("-", " ")
        words = form.split(" ")
        if not 1 < len(words) <= LONGEST_PHRASE:
            return None
        head = _PREPOSITION.split(f"{form} ", maxsplit=1)[0].strip()
        if head != form:
            tail = form[len(head) + 1 :]
            return (
                self._phrase(text, tail)
                or self._phrase(text, head)
                or self._moved_by(text, form)
                or self._turning_on(text, head)
            )
        if not all(map(_WORD.fullmatch, words)):
            return None
        placed = [self._phrase(word, word) for word in words]
        if all(placed):
            return compound(text, tuple(p for p in placed if p is not None))
        return (
            self._phrase(text, words[-1])
            or self._acted(text, words)
            or self._of_person(text, words)
            or self._shown(text, words)
            or self._phrase(text, words[0], _may_begin)
        )

    def _acted(self, text: str, words: list[str]) -> Grounding | None:
        """Return what a verb says that has an object: "adores her sister"."""
        if words[1] not in _DETERMINERS:
            return None
        if words[-1] in PEOPLE - {"it"}:  # "misses her mother", not "misses the bus"
            felt = [e for e in self._entries(words[0])[0] if _is_verb(e) and e.role == "state"]
            if felt and not any(entry.is_rare for entry in felt):
                return _decided(text, words[0], felt, "phrase")
        return self._phrase(text, words[0], None if words[0].endswith("ing") else _is_verb)

    def _moved_by(self, text: str, form: str) -> Grounding | None:
        """Return what a participle says that has a cause: "haunted by it" is not "haunted house"."""
        found = _BY.match(form)
        if found is None or not (found[2] == "about" or found[1].endswith(("ed", "en"))):
            return None
        felt = [e for e in self._entries(found[1])[0] if _is_felt(e)]
        return _decided(text, found[1], felt, "phrase") if felt else None

    def _shown(self, text: str, words: list[str]) -> Grounding | None:
        """Return what an expression shows, whatever it is like: "crying uncontrollably"."""
        if len(words) != 2 or not words[1].endswith("ly"):
            return None
        shown = [e for e in self._entries(words[0])[0] if e.role == "expression" and not e.is_rare]
        return _decided(text, words[0], shown, "phrase") if shown else None

    def _goes_with(self, text: str, form: str) -> Grounding | None:
        """Return the feeling that an expression goes with: "trembling with anger"."""
        head, _, tail = form.rpartition(" with ")
        shown = self._entries(head)[0] if head else ()
        if not shown or not all(e.role == "expression" or e.is_weak for e in shown):
            return None
        return self._phrase(text, tail, _is_noun)

    def _of_person(self, text: str, words: list[str]) -> Grounding | None:
        """Return what is said of a person: "beaming dad", "true-blue supporter".

        Words with another common meaning count here if they say it of people.
        """
        if words[-1] not in PEOPLE - PERSONS:
            return None
        form = " ".join(words[:-1])
        felt = [entry for entry in self._entries(form)[0] if _is_felt(entry)]
        return _decided(text, form, felt, "phrase") if felt else None

    def _phrase(self, text: str, word: str, keep: Keep | None = None) -> Grounding | None:
        """Return what a word of a label means if it names a feeling and ``keep`` holds of it."""
        entries, _ = self._entries(word)
        named = [
            e for e in entries if not e.is_weak and not e.is_rare and (keep is None or keep(e))
        ]
        return _decided(text, word, named, "phrase") if named else None

    # --- misspelled labels -----------------------------------------------------------------------

    def _misspelled(self, text: str, form: str) -> Grounding | None:
        if not may_be_misspelled(form) or self._is_inflected_rejection(form):
            return None
        found: dict[str, Candidate] = {}
        for entries in corrections(form, self._lexicon).values():
            for entry in entries:
                found.setdefault(entry.concept.slug, _candidate(form, entry, "spelling"))
        return decide(text, list(found.values())) if found else None

    def _is_inflected_rejection(self, form: str) -> bool:
        rejected = self._graph.index.rejected_forms
        return any(
            form.removesuffix(ending) in rejected for ending in ("s", "es", "d", "ed", "ing")
        )

    # --- nothing ---------------------------------------------------------------------------------

    def _why_not(self, text: str, form: str) -> str:
        rare = self._entries(form)[0]
        if rare:
            concepts = " or ".join(entry.concept.slug for entry in rare)
            return f"{text!r} mostly means something else; {concepts} needs a context that says so."
        reason = self._graph.index.rejected_forms[form]
        return f"{text!r} was read and names no feeling: {REJECTED.get(reason, reason)}."

    def _unknown(self, text: str, form: str) -> Grounding:
        close = self._lexicon.alike(form)
        hint = f" Words that look alike: {', '.join(close)}." if close else ""
        return nil(text, "unknown", f"The graph knows no emotion word {text!r}.{hint}")


def _is_felt(entry: Entry) -> bool:
    """Return whether an adjective says of people how they feel, whatever it says of things."""
    if entry.parts_of_speech != _ADJECTIVE or entry.is_rare:
        return False
    says = entry.strength >= SUGGESTING and entry.role in _OF_PEOPLE
    return not entry.is_weak or (says and not is_seldom_felt(entry.form))


def _is_noun(entry: Entry) -> bool:
    return "noun" in entry.parts_of_speech


def _is_verb(entry: Entry) -> bool:
    return "verb" in entry.parts_of_speech


def _may_begin(entry: Entry) -> bool:
    """Return whether a word is an adjective or a cry and nothing else, so that it may stand for a label."""
    return entry.parts_of_speech <= _BEGINNING


def _decided(
    text: str, form: str, entries: Sequence[Entry], kind: EvidenceKind | None
) -> Grounding:
    """Return the answer that the entries of a form give."""
    candidates = [_candidate(form, entry, kind) for entry in entries]
    if len(entries) == 1:
        return decide(text, candidates)
    divided = frozenset(entry.concept.slug for entry in entries if entry.is_divided)
    return decide(text, candidates, divided=divided)


def _candidate(form: str, entry: Entry, kind: EvidenceKind | None = None) -> Candidate:
    if kind is None or (kind == "inflection" and entry.is_weak):
        kind = "weak" if entry.is_weak else entry.kind
    value = P_RIGHT[kind] if entry.share == 1 else round(P_RIGHT[kind] * entry.share, 4)
    evidence = Evidence(kind, form, entry.form, entry.iri, entry.source, value)
    return Candidate(entry.concept, value, (evidence,))


def _other_language(text: str, sign: str) -> Grounding:
    message = f"Expected an English label, got {text!r} ({sign}); other languages are not held."
    return nil(text, "language", message)
