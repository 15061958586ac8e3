"""Word families: the adverbs, nouns, participles and other spellings that accepted words have.

Rules propose, a word list disposes: a form is a candidate only if it stands in a list of English words
(Debian's ``wamerican-huge`` and ``wbritish-huge``), and enters the vocabulary only when it was read.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from affectgraph.ontology.errors import BackendError
from affectgraph.ontology.rows import Row
from affectgraph.ontology.vocabulary import Candidate

WORD_LISTS = (
    Path("/usr/share/dict/american-english-huge"),
    Path("/usr/share/dict/british-english-huge"),
)

SPELLINGS = (
    ("ise", "ize"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("isation", "ization"),
    ("our", "or"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("ourable", "orable"),
    ("ourably", "orably"),
    ("ourless", "orless"),
    ("lled", "led"),
    ("lling", "ling"),
    ("llment", "lment"),
    ("ae", "e"),
    ("oe", "e"),
)
"""British ending or letters and American ones."""

VOWELS = frozenset("aeiou")


def read_word_lists(paths: Iterable[Path] = WORD_LISTS) -> frozenset[str]:
    """Return the lower-case words of the lists.

    :raises BackendError: if a list is not there.
    """
    words: set[str] = set()
    for path in paths:
        if not path.is_file():
            raise BackendError(
                f"expected a word list at {path}, found none.",
                backend="word list",
                retryable=False,
                hint="Debian: apt-get install wamerican-huge wbritish-huge.",
            )
        words.update(path.read_text(encoding="utf-8").split())
    return frozenset(words)


def adverbs(adjective: str) -> Iterator[str]:
    """Yield the adverbs an adjective may form.

    >>> [*adverbs("gloomy")], [*adverbs("ecstatic")]
    (['gloomily'], ['ecstatically', 'ecstaticly'])
    """
    if adjective.endswith("y") and adjective[-2] not in VOWELS:
        yield adjective[:-1] + "ily"
    elif adjective.endswith("le") and adjective[-3] not in VOWELS:
        yield adjective[:-1] + "y"
    else:
        if adjective.endswith("ic"):
            yield adjective + "ally"
        yield adjective + "ly"


def nouns(adjective: str) -> Iterator[str]:
    """Yield the nouns in -ness and -ity an adjective may form."""
    stem = adjective[:-1] + "i" if adjective.endswith("y") and len(adjective) > 3 else adjective
    yield stem + "ness"


def participles(verb: str) -> Iterator[tuple[str, str]]:
    """Yield (form, role) of a verb's participles: whom it befalls, and what brings it about.

    >>> [*participles("disgust")]
    [('disgusted', 'state'), ('disgusting', 'stimulus')]
    """
    for ending, role in (("ed", "state"), ("ing", "stimulus")):
        yield from ((form, role) for form in inflected(verb, ending))


def inflected(verb: str, ending: str) -> Iterator[str]:
    """Yield how a verb may take an ending that starts with a vowel."""
    if verb.endswith("e"):
        yield verb[:-1] + ending
    elif verb.endswith("y") and verb[-2] not in VOWELS and ending == "ed":
        yield verb[:-1] + "ied"
    else:
        yield verb + ending
        if len(verb) > 2 and verb[-1] not in VOWELS | {"w", "x", "y"} and verb[-2] in VOWELS:
            yield verb + verb[-1] + ending


def spellings(form: str) -> Iterator[str]:
    """Yield the other side's spelling of a form, British or American.

    >>> [*spellings("humour")]
    ['humor']
    """
    for british, american in SPELLINGS:
        for mine, other in ((british, american), (american, british)):
            if british in {"ae", "oe"}:
                if mine == british and mine in form:
                    yield form.replace(mine, other)
            elif form.endswith(mine):
                yield form.removesuffix(mine) + other


def family_candidates(rows: Iterable[Row], words: frozenset[str]) -> list[Candidate]:
    """Return the attested family members of accepted rows that no row has, sorted by concept and form.

    Members of members are not proposed: what ``suffix`` rows would give is coined more than met.

    :param rows: accepted rows of the vocabulary.
    :param words: the words that exist.
    """
    rows = tuple(rows)
    taken = {(row["form"], row["pos"]) for row in rows}
    found = {
        (form, pos, row["node"]): Candidate(
            form, pos, "", f"{label} {row['form']}", row["node"], "", 0.0, "suffix"
        )
        for row in rows
        if row["kind"] == "word" and row["route"] != "suffix" and " " not in row["form"]
        for form, pos, label in _members(row)
        if form in words and (form, pos) not in taken
    }
    return sorted(found.values(), key=lambda c: (c.proposed, c.form, c.pos))


def _members(row: Row) -> Iterator[tuple[str, str, str]]:
    form, pos = row["form"], row["pos"]
    if pos == "adj" and len(form) > 3:
        yield from ((word, "adv", "in a way that is") for word in adverbs(form))
        yield from ((word, "noun", "the quality of being") for word in nouns(form))
    if pos == "verb":
        yield from ((word, "adj", f"participle ({role}) of") for word, role in participles(form))
    yield from ((word, pos, "other spelling of") for word in spellings(form))
