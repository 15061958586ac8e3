"""Whether a word is only mentioned, not used: quoted, listed as a label, spelled, or part of code."""

import re

from affectgraph.linkers.annotation.context import REACH, Context

_NAMING = frozenset(
    """word words term terms noun nouns verb verbs adjective adjectives adverb adverbs label labels class
    classes column columns field fields tag tags category categories keyword keywords key slider variable
    parameter function string token header heading title spelling synonym antonym translation hashtag
    channel playlist folder file lemma prefix suffix entry row attribute enum flag option dropdown
    checkbox tab emote emoji""".split()
)
"""Nouns that a word mentioned follows: "the word happiness"."""

_NAMED = frozenset(
    "called named titled entitled labelled labeled spelled spelt dubbed tagged".split()
)
_SAYING = frozenset("spell spells pronounce translate translates rhyme rhymes write type".split())
_BEHIND = frozenset(
    """column columns class classes label labels field fields tag tags word slider axis dimension category
    subscale scale emoji emote hashtag file folder button tab""".split()
)
_MEANS = frozenset("means translates rhymes spelled comes denotes".split())
_GLUE = frozenset({'"', "called", "named", "of", "for", "is", ":", "as", "the", "a", "an"})
_LISTS = frozenset(
    "classes labels categories columns fields emotions tags values options headings words".split()
)
_CODE = re.compile(r"[`\\@{}$]|_\w|\w_|\w=\w|</?\w+>|::|\(\)|://|www\.|\w/\w+\.\w|^/\w|\w\.\w+\(")
LONGEST = 60
"""Characters on either side that are read for the run of characters around words."""

_JOINABLE = frozenset(
    """free stricken struck filled ridden inducing looking faced eyed ish provoking so not super half semi
    over ultra mega very extra all self crazy level loving seeking worthy driven fuelled fueled prone
    riddled ever never too un non ex near much now once deeply newly love hate happy sad angry""".split()
)
"""Words that a hyphen joins to a word of emotion and that leave it one."""


_SIGNS = frozenset(
    "emoji emojis emoticon emoticons emote emotes smiley smileys sticker stickers".split()
)


def is_mentioned(context: Context, start: int, end: int, place: tuple[int, int]) -> bool:
    """Return whether words are only mentioned: "the noun anger", "the file fear.csv".

    :param place: where they stand in the text.
    """
    if _tells(context) and _is_told_of(context, start, end):
        return True
    start_at, end_at = place
    return not _is_plain(context.text, start_at, end_at) and _is_code(context, start_at, end_at)


def _tells(context: Context) -> bool:
    """Return whether the text has a word or mark without which no words in it are spoken of."""
    if context.tells is None:
        context.tells = not _TELLING.isdisjoint(context.words)
    return context.tells


def _is_told_of(context: Context, start: int, end: int) -> bool:
    """Return whether words around say that they speak of a word, or give orders to write it."""
    words = context.words
    if not _SIGNS.isdisjoint(words[end : end + 3]):
        return True
    if end < len(words) and (_is_spelled(words, end) or _is_labelled(context, start, end)):
        return True
    if start and (_is_named(context, start, end) or _is_told(context, start)):
        return True
    return _is_listed(context, start, end)


def _is_plain(text: str, start_at: int, end_at: int) -> bool:
    """Return whether words stand between spaces or marks as in prose."""
    return (end_at == len(text) or text[end_at] in _PLAIN) and (
        not start_at or text[start_at - 1] in _OPENING
    )


def _is_labelled(context: Context, start: int, end: int) -> bool:
    """Return whether a noun such as "column" follows: "the fear column"."""
    following = context.words[end]
    if following not in _BEHIND:
        return False
    return following in _TABLES or not context.has_person(start)


_TABLES = frozenset("column columns slider dropdown checkbox".split())
_ORDERS = frozenset("label name rename tag type enter select click".split())


def _is_told(context: Context, start: int) -> bool:
    """Return whether the sentence tells somebody to write or choose the word: "Label the column anger"."""
    if _ORDERS.isdisjoint(words := context.words[max(0, start - REACH) : start]) or not words:
        return False
    first, _ = context.sentence(start)
    return first < start and context.words[first] in _ORDERS and not context.has_person(start)


def _is_spelled(words: list[str], end: int) -> bool:
    """Return whether a word is spoken of behind a closing quote: 'fear" means', 'joy" has'."""
    position = end + (words[end] == '"')
    if position >= len(words):
        return False
    if words[position] in _MEANS:
        return words[end] == '"' or words[position] in {"translates", "rhymes"}
    letters = words[position : position + 4]
    return words[position] in {"has", "contains"} and bool({"letters", "syllables"} & set(letters))


def _is_named(context: Context, start: int, end: int) -> bool:
    """Return whether a noun such as "word" leads up to a mention with at most glue between."""
    words = context.words
    position = start - 1
    while position > max(0, start - 4) and words[position] in _GLUE:
        position -= 1
    word = words[position]
    if word not in _LEADING:
        return False
    if word in _SAYING:
        return position == start - 1 or words[start - 1] == '"'
    if word in _NAMED:
        return not context.has_person(start)
    if word not in _NAMING or _FITS & set(words[end : end + 4]):
        return False
    between = words[position + 1 : start]
    return between not in (["is"], ["of"], ["is", "for"], ["is", "a"])


_LEADING = _NAMING | _NAMED | _SAYING
_FITS = frozenset("fits fit applies apply seems matches match".split())


def _is_listed(context: Context, start: int, end: int) -> bool:
    """Return whether words stand in a list of labels: "six classes: anger, fear, joy"."""
    words = context.words
    for position in range(start - 1, max(-1, start - REACH), -1):
        if words[position] in {".", "!", "?", "\n"}:
            return False
        if words[position] == ":":
            near = words[max(0, position - 4) : position]
            return bool(_LISTS & set(near)) and "," in words[position : end + 2]
    return False


_TELLING = frozenset({":", "letters", "syllables"}).union(
    _SIGNS, _BEHIND, _MEANS, _LEADING, _ORDERS
)


def _is_code(context: Context, start_at: int, end_at: int) -> bool:
    """Return whether the run of characters around words is code, a path, an address or a compound."""
    if not context.has_code:
        return False
    text = context.text
    before = text[start_at - 1] if start_at else " "
    after = text[end_at] if end_at < len(text) else " "
    before_run = text[max(0, start_at - LONGEST) : start_at].rpartition(" ")[2]
    behind_run = text[end_at : end_at + LONGEST].partition(" ")[0]
    run = before_run.rpartition("\n")[2] + text[start_at:end_at] + behind_run.partition("\n")[0]
    run = run.strip(".,;:!?\"'()*\u201c\u201d\u2018\u2019")
    if "-" in (before, after) and _is_compound(text, start_at, end_at, before, after):
        return True
    if before == "@" or (after == "(" and text[end_at + 1 : end_at + 2] == ")"):
        return True
    return _CODE.search(run) is not None or _has_ending(text, end_at)


def _has_ending(text: str, end_at: int) -> bool:
    """Return whether a file's ending stands right behind: "fear.csv"."""
    if text[end_at : end_at + 1] != ".":
        return False
    ending = re.match("[A-Za-z0-9]+", text[end_at + 1 : end_at + 8])
    return ending is not None and ending.group().lower() in _ENDINGS


_ENDINGS = frozenset(
    """bmp cfg com cpp css csv dat db dll doc docx edu eps epub exe gif gov gz html ini io ipynb java jpeg
    jpg js json jsonl lua md mid mkv mov mp3 mp4 mpeg npy npz odt ogg org parquet pdf php pkl png ppt pptx
    py rb rdf rst rtf sav sh sql srt svg tar tex tif tiff toml ts tsv ttl txt wav webm webp wmv xls xlsx
    xml yaml yml zip""".split()
)
"""Endings of files and addresses."""


_PLAIN = frozenset(" \n\t,!?;:\"')*\u2019\u2026\u2014")
_OPENING = _PLAIN | {"("}


def _is_compound(text: str, start_at: int, end_at: int, before: str, after: str) -> bool:
    """Return whether a hyphen joins words to another that makes it something else: "merry-go-round"."""
    if before == "-":
        joined = re.search(r"[^\W_]+$", text[max(0, start_at - LONGEST) : start_at - 1])
        if joined is not None and joined.group().lower() not in _JOINABLE:
            return True
    if after == "-":
        joined = re.match(r"[^\W_]+", text[end_at + 1 : end_at + LONGEST])
        return joined is not None and joined.group().lower() not in _JOINABLE
    return False
