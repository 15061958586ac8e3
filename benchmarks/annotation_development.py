"""Measures the annotator: python benchmarks/annotation_development.py [--errors] [--set second|third|...].

The README of each folder of ``data`` says who wrote its texts and whether their errors have been read. Where
they have, the figures say how well the annotator does on texts it was repaired on, and bound from above
what other texts give. What a folder lacks is left out.
"""

import csv
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path

from development import DATA, FIRST, option_parser
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.annotation.model import TextMention

GRADES = {"slight": "low", "plain": "normal", "strong": "high", "extreme": "high"}
Z = 1.96
Row = dict[str, str]


class Score:
    """Counts right answers, and keeps the wrong ones."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.right = 0
        self.wrong: list[str] = []

    def add(self, *, is_right: bool, note: str) -> None:
        """Count a case; the note says what went wrong."""
        if is_right:
            self.right += 1
        else:
            self.wrong.append(note)

    @property
    def cases(self) -> int:
        """How many were counted."""
        return self.right + len(self.wrong)

    def line(self) -> str:
        """Return right answers, cases, share and its interval."""
        cases = self.cases
        low, high = wilson(self.right, cases)
        share = self.right / cases
        return f"{self.name:38} {self.right:4} of {cases:4}  {share:.3f}  [{low:.3f}, {high:.3f}]"


def wilson(right: int, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share."""
    share, spread = right / cases, Z * Z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / cases + spread / (4 * cases)) / (1 + spread)
    return middle - half, middle + half


def rows(name: str, folder: Path = FIRST) -> Iterator[Row]:
    if not (folder / name).exists():
        return
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def mention_at(annotator: Annotator, text: str, word: str) -> TextMention | None:
    start = text.lower().find(word.lower())
    for mention in annotator.annotate(text).mentions:
        if mention.start <= start < mention.end:
            return mention
    return None


def polarity_at(annotator: Annotator, text: str, word: str) -> str:
    mention = mention_at(annotator, text, word)
    return "missed" if mention is None else mention.polarity


def negation(annotator: Annotator, folder: Path) -> list[Score]:
    every, found = Score("polarity, missed words wrong"), Score("polarity of the words found")
    for row in rows("negation.tsv", folder):
        got = polarity_at(annotator, row["text"], row["word"])
        note = f"{row['polarity']} but {got}: {row['word']} | {row['text']}"
        every.add(is_right=got == row["polarity"], note=note)
        if got != "missed":
            found.add(is_right=got == row["polarity"], note=note)
    return [every, found]


def mixed(annotator: Annotator, folder: Path) -> list[Score]:
    score = Score("mixed polarity, both words right")
    for row in rows("mixed.tsv", folder):
        got = [polarity_at(annotator, row["text"], row[f"word{i}"]) for i in (1, 2)]
        wanted = [row["polarity1"], row["polarity2"]]
        score.add(is_right=got == wanted, note=f"{wanted} but {got}: {row['text']}")
    return [score]


def neutral(annotator: Annotator, folder: Path) -> list[Score]:
    score = Score("neutral comments without a mark")
    for row in rows("neutral_comments.tsv", folder):
        marked = [m.quote for m in annotator.annotate(row["text"]).mentions if not m.is_negated]
        score.add(is_right=not marked, note=f"{marked}: {row['text']}")
    return [score]


def emotional(annotator: Annotator, folder: Path) -> list[Score]:
    top, any_mention = (
        Score("emotional comments, top emotion right"),
        Score("the same, marked at all"),
    )
    for row in rows("emotional_comments.tsv", folder):
        annotation = annotator.annotate(row["text"])
        gold = set(row["gold"].split("|"))
        found = {s for m in annotation.mentions for s in (m.concept.slug, *m.concept.path)}
        emotions = annotation.emotions
        note = f"{row['gold']} but {[(m.quote, m.concept.slug) for m in annotation.mentions]}: {row['text']}"
        primaries = {p for slug in gold for p in annotator.graph.concept(slug).path[:1]}
        is_right = emotions.top in primaries or bool(gold & found)
        top.add(is_right=is_right, note=note)
        any_mention.add(is_right=bool(annotation.mentions), note=note)
    return [top, any_mention]


def fields(annotator: Annotator, folder: Path) -> list[Score]:
    checks: dict[str, Callable[[Row, TextMention], tuple[str, str]]] = {
        "polarity": lambda row, m: (row["polarity"], m.polarity),
        "intensity": lambda row, m: (row["intensity"], GRADES[m.grade]),
        "certainty": lambda row, m: (row["certainty"], m.certainty),
        "role": lambda row, m: (row["role"], m.role),
        "experiencer": lambda row, m: (
            row["experiencer"],
            m.experiencer.quote if m.experiencer is not None else "-",
        ),
    }
    mentioned, concept = Score("annotated: word found"), Score("annotated: concept")
    scores = {name: Score(f"annotated: {name}") for name in checks}
    for row in rows("annotated.tsv", folder):
        mention = mention_at(annotator, row["text"], row["quote"])
        mentioned.add(
            is_right=mention is not None, note=f"{row['quote']} ({row['gold']}): {row['text']}"
        )
        if mention is None:
            continue
        slugs = {s for c in mention.candidates for s in (c.concept.slug, *c.concept.path)}
        gold = set(row["gold"].split("|"))
        concept.add(is_right=bool(slugs & gold), note=f"{gold} but {slugs}: {row['quote']}")
        for name, check in checks.items():
            wanted, got = check(row, mention)
            note = f"{wanted} but {got}: {row['quote']} | {row['text']}"
            scores[name].add(is_right=wanted == got, note=note)
    return [mentioned, concept, *scores.values()]


MEASURES = (negation, mixed, neutral, emotional, fields)


def scores(annotator: Annotator, folder: Path) -> list[Score]:
    """Return what is measured on the texts of a folder, in the order to print."""
    found = (score for measure in MEASURES for score in measure(annotator, folder))
    return [score for score in found if score.cases]


def main() -> None:
    parser = option_parser(__doc__)
    parser.add_argument("--errors", action="store_true", help="print what went wrong, too")
    options = parser.parse_args()
    print(f"set: {options.set}")
    print_run_info()
    for score in scores(Annotator(EmotionGraph.load()), DATA / options.set):
        print(score.line())
        if options.errors:
            print(*(f"    {note}" for note in score.wrong), sep="\n")


if __name__ == "__main__":
    main()
