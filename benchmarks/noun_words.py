"""Joins nouns of WordNet 3.0 in ``linkers/data/nouns.txt``; the same files give the same bytes.

Three lists of plain lower-case words, a blank line between them: nouns whose first sense is a person
(``noun.person``); nouns whose first sense is a thing, a substance, food, a plant, a place of nature, a
shape or an amount; and all other nouns. A word counts as a noun if WordNet's counts of tagged texts
(``cntlist.rev``) give it no other part of speech as often. Words of persons that everyday texts use of
things or as surnames (:data:`THINGS_TOO`, read by hand) are left out. Only words of SCOWL's list up to
size 70 are kept, of things and other nouns only those of size 35.

Run: ``python benchmarks/noun_words.py FOLDER`` with the folder of WordNet's files (Debian's
wordnet-base: ``/usr/share/wordnet``).
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from run_info import print_run_info

from affectgraph.linkers.english import english_words

TARGET = Path(__file__).parents[1] / "linkers" / "data" / "nouns.txt"
FILES = ("data.noun", "index.noun", "index.verb", "index.adj", "index.adv", "cntlist.rev")
PERSON = 18
THINGS = frozenset({6, 13, 17, 20, 23, 25, 27})
"""Numbers of WordNet's files of nouns: artifact, food, object, plant, quantity, shape, substance."""

THINGS_TOO = frozenset(
    """abomination aeon anathema ares ate atlas auxiliary badger balder banks bannister batter
    beater begin bettor blaster blimp booster bourbon brooks brownie browning buff burger burns
    calculator carrier chambers chameleon character chink chosen clapper clone coaster cobbler cog
    compiler controller cooky cracker crane cub cutter daemon decoder decorator decoy diesel dike
    diner distributor domino downing dragon drawer drew earl eater edger embodiment emulator
    examiner exchanger exporter fastener fields fisher fodder ford freak fry fuller garland gates
    gob goner gore goring grabber grader graves grind hacker handler hanger hart have hawking hays
    heavyweight hog hood host hulk idler incarnation interpreter jumper knocker loader lodge lodger
    logger logician lookout luminary macaroni mainstay maintainer manes mannequin mapper marcher
    marks master masters mercenary mills mime minion monitor monstrosity moor mover munch mutant
    mutation nag oaf offspring ogre oracle ostrich packer paddy panacea parks parsons
    passer peer perfecter pierce piston pitcher pivot planter plotter plunger polo porter potter
    powerhouse predictor prey printer proponent provider proxy puck puke
    qualifier quarry quiche raffles rake ranker reaper recipient rider riser rocker rooter
    router runt salter scab scanner scorpion screw securer seer segregate selector sellers
    sender server sessions setter sharper sheller shrew shrimp shrink sills sire siren sitter slave
    sleeper snot sparer spearhead specifier spirit sponsor sprinter steamroller stickler
    subject switcher synthesiser synthesizer tackle taco tamer terminator tester thatcher tiger
    toaster torpedo trailer trainer transmitter trapper trawler tumbler tuner tzar vampire vermin
    victoria villa voucher ward warren washer wasp waters watts waver weasel wellington wells
    werewolf whale whaler wilder wiper wren zombi""".split()
)

_WORD = re.compile(r"[a-z]{2,}")


def first_files(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield nouns with the number of the file that their most frequent sense stands in."""
    file_of = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").split("\n"):
        if line[:1].isdigit():
            offset, file, _ = line.split(" ", 2)
            file_of[offset] = int(file)
    for line in (folder / "index.noun").read_text(encoding="utf-8").split("\n"):
        cells = line.split()
        if cells and _WORD.fullmatch(cells[0]):
            yield cells[0], file_of[cells[-int(cells[2])]]


def counts(folder: Path) -> dict[str, dict[str, int]]:
    """Return how often a word was tagged as noun (1), verb (2), adjective (3, 5) or adverb (4)."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").split("\n"):
        if line:
            key, _, count = line.split()
            word, _, rest = key.partition("%")
            found[word][rest[0]] += int(count)
    return found


def other_words(folder: Path) -> set[str]:
    """Return the words that are a verb, an adjective or an adverb as well."""
    files = (folder / f"index.{kind}" for kind in ("verb", "adj", "adv"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").split("\n"))
    return {line.split(" ", 1)[0] for line in lines if line[:1].isalpha()}


def chosen_folder() -> Path:
    """Return the folder of the command line; without WordNet's files in it, a usage error ends the script."""
    parser = argparse.ArgumentParser(description="Writes nouns of WordNet 3.0.")
    parser.add_argument("folder", type=Path, help="WordNet's files, as in /usr/share/wordnet")
    folder: Path = parser.parse_args().folder
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        parser.error(f"expected WordNet's {', '.join(FILES)} in {folder}, lacking {missing[0]}.")
    return folder


def main() -> None:
    """Write the lists and print their counts."""
    folder = chosen_folder()
    print_run_info()
    tagged, english = counts(folder), english_words()
    others = other_words(folder)
    lists: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for word, file in first_files(folder):
        count = tagged.get(word, {})
        rest = sum(count.values()) - count.get("1", 0)
        is_person = file == PERSON
        if word in others and (rest >= count.get("1", 0) or not count):
            continue
        if is_person:
            if word not in THINGS_TOO and word in english.every:
                lists[0].add(word)
        elif word in english.common:
            lists[1 if file in THINGS else 2].add(word)
    text = "\n\n".join("\n".join(sorted(words)) for words in lists) + "\n"
    TARGET.write_bytes(text.encode())
    sizes = [len(words) for words in lists]
    print(f"{sizes} persons, things and others, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
