"""The rules that judge claims on facial actions: sightings, and what they are said to express."""

import re

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Pattern
from affectgraph.linkers.face_columns import Readings
from affectgraph.ontology.iris import AG, BASE
from affectgraph.reasoner.alike import joined
from affectgraph.reasoner.extract.faces import ABSENT
from affectgraph.reasoner.facts import Facts
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Claim
from affectgraph.reasoner.published import PublishedPatterns
from affectgraph.reasoner.relation_rules import denied
from affectgraph.reasoner.source_policy import counts

_NOT_ALWAYS = re.compile(
    r"\b(?:necessarily|always|invariably|automatically|exclusively|uniquely|need\s+not|alone|per\s+se"
    r"|by\s+(?:itself|themselves)|on\s+(?:its|their)\s+own|in\s+(?:itself|isolation))\b|\bneedn't\b",
    re.IGNORECASE,
)


def leaves_room(claim: Claim) -> bool:
    """Return whether a denial leaves room for what it denies: "AU12 does not necessarily mean joy"."""
    return claim.is_denied and (claim.is_hedged or _NOT_ALWAYS.search(claim.quote) is not None)


class FaceRules:
    """Rules on facial actions over one graph. Threads may share one.

    :param only: source whose patterns count, all if None.
    """

    def __init__(self, graph: EmotionGraph, only: str | None = None) -> None:
        self.graph = graph
        self.facts = Facts(graph)
        self._only = only
        self._published = PublishedPatterns(graph, only)

    def observes(self, claim: Claim, readings: Readings | None) -> Finding:
        """Judge a sighting by its channel and by what the detector reported."""
        actions = ", ".join(claim.subject)
        other = self._other_channel(claim)
        if other is not None:
            return other
        if any(is_other_cue(group) for group in claim.subject):
            return _not_checkable("other-channel", f"Nothing here reads {actions}.")
        if readings is None:
            return _not_checkable(
                "no-readings", f"No readings were given to hold {actions} against."
            )
        groups = [group.split("|") for group in claim.subject]
        states = [_state(group, readings) for group in groups]
        is_against = any(states) if claim.is_denied else any(state is False for state in states)
        if not is_against and None in states:
            unseen = ", ".join(g for g, s in zip(claim.subject, states, strict=True) if s is None)
            return _not_checkable(
                "detector-cannot-see",
                f"{readings.detector.name} readings hold nothing on {unseen}.",
            )
        known = [code for group in groups for code in group if code in readings.shown]
        values = "; ".join(
            f"{column} {value:g}" for code in known for column, value in readings.values[code]
        )
        facts = tuple(self.facts.unit_name(code) for code in known)
        said = "absent" if claim.is_denied else "shown"
        if not is_against:
            return Finding(
                "supported", "reading-agrees", 1.0, f"{actions} {said}: {values}.", facts
            )
        wrong = [
            group
            for group, state in zip(claim.subject, states, strict=True)
            if state is claim.is_denied
        ]
        return Finding(
            "contradicted",
            "reading-disagrees",
            1.0,
            f"The text says {actions} is {said}, the readings say otherwise: {values}.",
            facts,
            f"Say that {', '.join(wrong)} is {'shown' if claim.is_denied else 'absent'}, or leave it "
            "out.",
        )

    def _other_channel(self, claim: Claim) -> Finding | None:
        """Contradict a facial action that is said to be heard or read, and a sound said to be seen."""
        cues = [group for group in claim.subject if is_other_cue(group)]
        is_facial = not cues and claim.modality in {"voice", "text"}
        is_heard = any(c.startswith("voice:") for c in cues) and claim.modality == "face"
        if not is_facial and not is_heard:
            return None
        kind, channel = ("facial-action", "face") if is_facial else ("voice-quality", "voice")
        fact = self.facts.fact(
            f"{BASE}cue-type/{kind}", AG + "ofModality", f"{BASE}modality/{channel}", "affectgraph"
        )
        actions = ", ".join(claim.subject)
        return Finding(
            "contradicted",
            "cue-of-other-channel",
            1.0,
            f"{actions} belongs to the {channel}, not to what the text takes it from "
            f"({claim.modality}).",
            (fact,),
            f"Say it of the {channel}.",
        )

    def genuine(self, claim: Claim, readings: Readings | None) -> Finding:
        """Judge whether a smile is said to be genuine: with the cheek raiser, as Duchenne smiles are."""
        if readings is None or not {"AU6", "AU12"} <= set(readings.shown):
            return _not_checkable("no-readings", "No readings of AU6 and AU12 were given.")
        if not readings.shown["AU12"]:
            return Finding("unsupported", "no-smile-read", 0.0, "The readings have no smile, AU12.")
        is_genuine = readings.shown["AU6"]
        facts = (self.facts.unit_name("AU6"), self.facts.unit_name("AU12"))
        sentence = f"AU12 is shown, AU6 is {'shown too' if is_genuine else 'not'}."
        if is_genuine == (claim.object[0] == "genuine"):
            finding = Finding("supported", "duchenne", 1.0, sentence, facts)
        else:
            hint = f"Say that the smile is {'genuine' if is_genuine else 'posed'}."
            finding = Finding("contradicted", "duchenne", 1.0, sentence, facts, hint)
        return denied(finding) if claim.is_denied else finding

    def excludes(self, claim: Claim) -> Finding:
        """Judge actions, or their absence, said to rule an emotion out."""
        if any(is_other_cue(group.removeprefix(ABSENT)) for group in claim.subject):
            return _not_checkable("other-channel", "Cues of other channels exclude nothing here.")
        concept = self.graph.concept(joined(claim.object[0]))
        shown = [g.split("|") for g in claim.subject if not g.startswith(ABSENT)]
        missing = {
            c for g in claim.subject if g.startswith(ABSENT) for c in g[len(ABSENT) :].split("|")
        }
        finding = self._ruled_out(concept, shown, missing)
        return denied(finding) if claim.is_denied else finding

    def _ruled_out(self, concept: Concept, shown: list[list[str]], missing: set[str]) -> Finding:
        cues = ", ".join("/".join(g) for g in shown) or "absence of " + ", ".join(sorted(missing))
        excluding = self._excluding(concept, shown)
        if excluding is not None:
            pattern, codes = excluding
            facts = tuple(self.facts.pattern(pattern, codes))
            sentence = f"{pattern.source} names {', '.join(sorted(codes))} as arguing against it."
            return Finding("supported", "au-excluded", 1.0, sentence, facts)
        failed = self._failed_conditions(concept, missing)
        if failed:
            codes = frozenset().union(*(codes for _, codes in failed))
            pattern = failed[0][0]
            sentence = f"{pattern.source} makes {' or '.join(sorted(codes))} necessary."
            facts = tuple(f for p, c in failed for f in self.facts.pattern(p, c))
            return Finding("supported", "au-necessary", 1.0, sentence, facts)
        best = self._best_pattern(concept, shown) if shown and not missing else None
        if best is not None:
            pattern, _ = best
            codes = frozenset(code for group in shown for code in group)
            return Finding(
                "contradicted",
                "au-in-pattern",
                1.0,
                f"{cues}: part of the {pattern.kind} of {pattern.concepts[0]} in {pattern.source}.",
                tuple(self.facts.pattern(pattern, codes)),
                f"{cues} speaks for {concept.slug}.",
            )
        return Finding(
            "unsupported", "excluded-by-none", 0.0, f"No source has {cues} exclude {concept.slug}."
        )

    def _failed_conditions(
        self, concept: Concept, missing: set[str]
    ) -> list[tuple[Pattern, frozenset[str]]]:
        """Return the necessary conditions that missing actions fail, none unless all of them fail.

        A source that has several conditions for an emotion asks for one of them.
        """
        failed: list[tuple[Pattern, frozenset[str]]] = []
        for pattern in self.graph.index.patterns:
            if not counts(pattern.source, self._only):
                continue
            if pattern.kind != "necessary-condition" or pattern.concepts != (concept.slug,):
                continue
            groups = [frozenset(action.code for action in group) for group in pattern.required]
            own = next((codes for codes in groups if codes <= missing), None)
            if own is None:
                return []
            failed.append((pattern, own))
        return failed

    def expresses(self, claim: Claim) -> Finding:
        """Judge facial actions said to express an emotion, against every published pattern.

        Several emotions at once are held against the patterns of them together ("happily surprised").
        """
        if any(is_other_cue(group) for group in claim.subject):
            return _not_checkable("other-channel", "No table says what cues of this channel show.")
        finding = self._expressed(claim)
        if not claim.is_denied:
            return finding
        if finding.verdict == "supported" and leaves_room(claim):
            return finding._replace(verdict="unsupported", rule="au-not-always", strength=0.0)
        return denied(finding)

    def _expressed(self, claim: Claim) -> Finding:
        if len(claim.object) > 1:
            return self._compound(claim)
        concept = self.graph.concept(joined(claim.object[0]))
        groups = [group.split("|") for group in claim.subject]
        actions = ", ".join(claim.subject)
        excluding = self._excluding(concept, groups)
        if excluding is not None:
            pattern, codes = excluding
            return Finding(
                "contradicted",
                "au-excluded",
                1.0,
                f"{pattern.source} names {', '.join(sorted(codes))} as arguing against {concept.slug}.",
                tuple(self.facts.pattern(pattern, codes)),
                f"Leave {', '.join(sorted(codes))} out of the evidence for {concept.slug}.",
            )
        best = self._best_pattern(concept, groups)
        codes = frozenset(code for group in groups for code in group)
        others = self._published.rivals(codes, concept.slug)
        if best is None:
            return Finding(
                "unsupported",
                "au-in-no-pattern",
                0.0,
                f"No published pattern of {concept.slug} names all of {actions}.",
                rivals=others,
            )
        pattern, support = best
        portion = f"{support:.0%} of its required actions"
        return Finding(
            "supported",
            "au-in-pattern",
            round(support, 4),
            f"{actions}: part of the {pattern.kind} of {pattern.concepts[0]} in {pattern.source} "
            f"({portion}).",
            tuple(self.facts.pattern(pattern, codes)),
            rivals=others,
        )

    def _compound(self, claim: Claim) -> Finding:
        slugs = {joined(slug) for slug in claim.object}
        said = frozenset(code for group in claim.subject for code in group.split("|"))
        names, actions = " and ".join(claim.object), ", ".join(claim.subject)
        for pattern in self.graph.index.patterns:
            is_of_both = {joined(slug) for slug in pattern.concepts} == slugs
            if not is_of_both or not pattern.required or not counts(pattern.source, self._only):
                continue
            if any(pattern.codes.isdisjoint(group.split("|")) for group in claim.subject):
                continue
            required = [frozenset(action.code for action in group) for group in pattern.required]
            met = sum(not group.isdisjoint(said) for group in required)
            return Finding(
                "supported",
                "au-in-pattern",
                round(met / len(required), 4),
                f"{actions}: part of the {pattern.kind} of {names} together in {pattern.source}.",
                tuple(self.facts.pattern(pattern, said)),
            )
        sentence = f"No published pattern of {names} together names all of {actions}."
        return Finding("unsupported", "au-in-no-pattern", 0.0, sentence)

    def pattern_sources(self, claim: Claim) -> frozenset[str]:
        """Return the sources that say what shows the emotion of a claim, or what speaks against it."""
        return self._published.speaking(joined(claim.object[0]))

    def _excluding(
        self, concept: Concept, groups: list[list[str]]
    ) -> tuple[Pattern, frozenset[str]] | None:
        said = {group[0] for group in groups if len(group) == 1}
        for pattern, excluded in self._published.excluded.get(concept.slug, ()):
            codes = excluded & said
            if codes:
                return pattern, codes
        return None

    def _best_pattern(
        self, concept: Concept, groups: list[list[str]]
    ) -> tuple[Pattern, float] | None:
        best: tuple[Pattern, float] | None = None
        said = {code for group in groups for code in group}
        for published in self._published.of(concept.slug):
            if any(published.codes.isdisjoint(group) for group in groups):
                continue
            met = sum(not group.isdisjoint(said) for group in published.groups)
            support = min(met, len(groups)) / len(published.groups)
            if best is None or support > best[1]:
                best = (published.pattern, support)
        return best


def is_other_cue(subject: str) -> bool:
    """Return whether a subject is a cue that is no facial action: "voice:trembling"."""
    return ":" in subject


def _state(group: list[str], readings: Readings) -> bool | None:
    """Return whether one of several codes was seen; None if the detector cannot tell."""
    known = [readings.shown[code] for code in group if code in readings.shown]
    if any(known):
        return True
    return False if len(known) == len(group) else None


def _not_checkable(rule: str, sentence: str) -> Finding:
    return Finding("not_checkable", rule, 0.0, sentence)
