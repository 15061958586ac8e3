"""Import of a user's own VAD lexicons: every layout is told apart, every mixture is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from affectgraph.kg import VadImport, import_vad
from affectgraph.kg.model import Vad
from affectgraph.ontology.errors import InputError, UnknownTermError

from .lexicons import (
    ANEW,
    GLASGOW,
    NRC_1,
    NRC_1_COPY,
    NRC_2,
    WORDS,
    XANEW,
    XANEW_COLUMNS,
    lines,
    unit_points,
    xanew,
)

Read = Callable[..., VadImport]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Import what is written into a file."""

    def of(content: str | bytes, **options: object) -> VadImport:
        file = tmp_path / "My Lexicon.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return import_vad(file, **options)  # type: ignore[arg-type]

    return of


# --- known layouts --------------------------------------------------------------------------------


def test_layouts_made_up_here_have_the_published_shape() -> None:
    assert len(XANEW_COLUMNS) == 63
    assert {line.count(",") for line in XANEW.splitlines()} == {64}
    assert {line.count(",") for line in GLASGOW.splitlines()} == {13}
    assert not NRC_1.startswith("word\t")


@pytest.mark.parametrize(
    ("content", "format_", "delimiter", "scale", "header"),
    [
        (NRC_1, "nrc-1", "tab", "0..1", "no header"),
        (NRC_1_COPY, "nrc-1", "comma", "0..1", "one header row"),
        (NRC_2, "nrc-2.1", "tab", "-1..1", "one header row"),
        (XANEW, "warriner", "comma", "1..9", "one header row"),
        (ANEW, "anew", "tab", "1..9", "one header row"),
        (GLASGOW, "glasgow", "comma", "1..9", "two header rows"),
    ],
    ids=["nrc-1", "nrc-1-copy", "nrc-2.1", "warriner", "anew", "glasgow"],
)
def test_published_layout_is_recognised_and_the_reasons_are_given(
    content: str, format_: str, delimiter: str, scale: str, header: str, read: Read
) -> None:
    report = read(content).report

    assert (report.format, report.delimiter, report.scale) == (format_, delimiter, scale)
    assert any(line.startswith(header) for line in report.decisions)
    assert any(line.startswith(f"scale {scale}") for line in report.decisions)
    assert report.bad == ()
    assert report.rows == report.terms
    assert read(content, format_=format_).lexicon.terms == read(content).lexicon.terms


def test_nrc_of_2018_goes_from_unit_to_bipolar(read: Read) -> None:
    lexicon = read(lines("", [[1, 0, 0.5], [0, 1, 0.25]], words=["Love", "dread"])).lexicon

    assert lexicon.terms["love", ""].mean == Vad(1.0, -1.0, 0.0)
    assert lexicon.terms["dread", ""].mean == Vad(-1.0, 1.0, -0.5)


def test_phrases_of_nrc_2_keep_their_spaces(read: Read) -> None:
    lexicon = read(NRC_2).lexicon

    assert lexicon.terms["brim with zyzzyva", ""].mean == Vad(1.0, 1.0, 1.0)


def test_warriner_takes_the_means_of_all_raters_past_the_unnamed_index(read: Read) -> None:
    # 6.26 -> .315, 2.41 -> -.6475, 4.27 -> -.1825; SD 1.2 -> .3; 20 raters
    term = read(XANEW).lexicon.terms["aardvark", ""]

    assert (term.mean.valence, term.mean.arousal, term.mean.dominance) == pytest.approx(
        (0.315, -0.6475, -0.1825)
    )
    assert term.spread == pytest.approx((0.3, 0.3, 0.3))
    assert term.raters == 20


def test_glasgow_takes_valence_from_the_second_block_and_senses_from_brackets(read: Read) -> None:
    # joy: VAL 8.2 -> .8, AROU 7 -> .5, DOM 6.6 -> .4; SD 0.8 -> .2, 1.6 -> .4
    terms = read(GLASGOW).lexicon.terms

    joy = terms["joy", ""]
    assert (joy.mean.valence, joy.mean.arousal, joy.mean.dominance) == pytest.approx(
        (0.8, 0.5, 0.4)
    )
    assert joy.spread == pytest.approx((0.2, 0.4, 0.4))
    assert joy.raters == 32
    assert terms["content", "happy"].mean.valence == 0.75
    assert terms["content", ""].mean.valence == 0.25


def test_anew_reads_by_name_and_not_by_place(read: Read) -> None:
    joy = read(ANEW).lexicon.terms["joy", ""]

    assert (joy.mean.valence, joy.mean.arousal, joy.mean.dominance) == pytest.approx(
        (0.9, 0.55, 0.3)
    )
    assert joy.spread == pytest.approx((0.2, 0.5, 0.4))


# --- any table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("1..5", 1, 5), ("1..7", 1, 7), ("1..10", 1, 10), ("-3..3", -3, 3), ("0..100", 0, 100)],
)
def test_scale_of_an_unknown_lexicon_is_the_smallest_that_holds_it(
    name: str, low: float, high: float, read: Read
) -> None:
    content = lines("term,V,A,D", unit_points(low=low, high=high), delimiter=",")

    found = read(content)

    assert (found.report.format, found.report.scale) == ("csv", name)
    assert found.lexicon.terms["word0", ""].mean == Vad(-1, -1, -1)
    assert found.lexicon.terms["word1", ""].mean == Vad(1, 1, 1)


def test_few_words_do_not_show_their_scale_so_it_must_be_named(read: Read) -> None:
    content = lines("word,v,a,d", [[1, 2, 3], [5, 4, 2]], delimiter=",")

    with pytest.raises(
        InputError, match=r"2 words in 1\.\.5, which may be on 1\.\.5, .*1\.\.9.*--scale"
    ):
        read(content)
    assert read(content, scale="iemocap").lexicon.terms["word1", ""].mean == Vad(1, 0.5, -0.5)


def test_flipped_arousal_is_turned_round(read: Read) -> None:
    content = lines("word,v,a,d", [[5, 1, 3]], delimiter=",")

    found = read(content, scale="msp-improv")

    assert found.lexicon.terms["word0", ""].mean == Vad(1, 1, 0)


def test_columns_can_be_named(read: Read) -> None:
    content = "lemma_en;happy;active;power\njoy;9;7;5\nfear;1;8;3\n"
    named = {"word": "lemma_en", "valence": "happy", "arousal": "active", "dominance": "power"}

    with pytest.raises(InputError, match=r"columns for word, valence, arousal, dominance"):
        read(content)
    found = read(content, columns=named, scale="1..9")

    assert found.lexicon.terms["joy", ""].mean == Vad(1, 0.5, 0)
    assert found.report.delimiter == "semicolon"


@pytest.mark.parametrize(
    "content",
    [
        NRC_1.replace("\n", "\r\n"),
        NRC_1.replace("\n", "\r"),
        "﻿" + NRC_1,
        NRC_1 + "\n\n   \n",
        NRC_1.rstrip("\n"),
        NRC_1.encode("utf-16"),
    ],
    ids=["crlf", "cr", "bom", "empty-lines", "no-last-line-end", "utf-16"],
)
def test_line_ends_marks_and_empty_lines_make_no_difference(
    content: str | bytes, read: Read
) -> None:
    assert read(content).lexicon.terms == read(NRC_1).lexicon.terms


def test_decimal_comma_is_read_where_another_delimiter_parts_the_cells(read: Read) -> None:
    content = NRC_1_COPY.replace(",", ";").replace(".", ",")

    found = read(content)

    assert found.lexicon.terms == read(NRC_1_COPY).lexicon.terms
    assert "numbers have a decimal comma" in found.report.decisions


def test_decimal_comma_is_told_from_a_comma_that_parts_cells(read: Read) -> None:
    # Four cells a line by semicolon and by comma alike; only one gives three numbers.
    found = read("joy;8,2;7,0;6,6\nfear;2,2;7,0;3,0\n", scale="1..9")

    assert found.report.delimiter == "semicolon"
    assert found.lexicon.terms["fear", ""].mean == Vad(-0.7, 0.5, -0.5)


def test_decimal_comma_between_quotes_is_read(read: Read) -> None:
    content = 'word,v,a,d\njoy,"0,9","0,5","0,25"\n'

    assert read(content, scale="0..1").lexicon.terms["joy", ""].mean == Vad(0.8, 0.0, -0.5)


def test_quoted_words_may_hold_the_delimiter_and_a_line_end(read: Read) -> None:
    content = 'word,v,a,d\n"well, well",9,5,1\n"two\nlines",1,1,1\nnext,x,1,1\n' + "".join(
        f"w{i},5,5,5\n" for i in range(20)
    )

    found = read(content, scale="1..9")

    assert found.lexicon.terms["well, well", ""].mean == Vad(1, 0, -1)
    assert ("two\nlines", "") in found.lexicon.terms
    assert [bad.line for bad in found.report.bad] == [5]


def test_quote_in_a_file_parted_by_tabs_is_a_character(read: Read) -> None:
    content = (
        'term\tvalence\tarousal\tdominance\n"\t1\t1\t1\n"so called"\t-1\t-1\t-1\n6" nail\t0\t0\t0\n'
    )

    found = read(content, scale="-1..1")

    assert {word for word, _ in found.lexicon.terms} == {'"', "so called", '6" nail'}


def test_words_that_look_like_other_things_stay_words(read: Read) -> None:
    words = ["nan", "null", "TRUE", "NA", "inf", "naïve", "😀"]

    found = read(lines("word,v,a,d", [[5, 5, 5]] * 7, delimiter=",", words=words), scale="1..9")

    assert [term.term for term in found.lexicon.terms.values()] == words


@pytest.mark.slow
def test_ten_megabytes_are_read(read: Read) -> None:
    # About 300,000 rows.
    rows = [f"some rather long phrase {i}\t0.5\t0.{i % 10}\t0.25" for i in range(270_000)]
    content = "\n".join(["first\t0\t0\t0", "last\t1\t1\t1", *rows]) + "\n"
    assert len(content) > 10 * 2**20

    assert read(content).report.terms == 270_002


# --- rows left out --------------------------------------------------------------------------------


def test_bad_row_is_left_out_with_its_line_and_reason(read: Read) -> None:
    content = NRC_1 + "short\t0.5\nempty\t0.1\t\t0.2\nwords\t0.1\tn/a\t0.2\n\t0.1\t0.2\t0.3\n"

    found = read(content)

    assert [(bad.line, bad.reason) for bad in found.report.bad] == [
        (61, "2 cells, expected 4"),
        (62, "arousal of 'empty' is '', no number"),
        (63, "arousal of 'words' is 'n/a', no number"),
        (64, "no word"),
    ]
    assert (found.report.rows, found.report.terms) == (64, 60)
    assert "left out, line 61: 2 cells, expected 4" in found.report.text()


def test_file_with_more_than_a_tenth_of_bad_rows_is_refused(read: Read) -> None:
    with pytest.raises(
        InputError, match=r"7 bad rows of 67; the first, line 61: valence of 'bad0'"
    ):
        read(NRC_1 + "".join(f"bad{i}\tx\t0\t0\n" for i in range(7)))


def test_row_that_repeats_another_counts_once(read: Read) -> None:
    found = read(NRC_1 + "WORD0\t0\t0\t0\n")

    assert (found.report.rows, found.report.terms, found.report.repeats) == (61, 60, 1)


# --- mixtures and other refusals ------------------------------------------------------------------


def test_word_twice_with_different_values_is_refused_by_name_and_line(read: Read) -> None:
    with pytest.raises(InputError, match=r"got 1 with different values: word0 \(lines 1, 61\)"):
        read(NRC_1 + "Word0\t0\t0.1\t0\n")


def test_duplicates_by_case_in_warriner_can_be_resolved(read: Read) -> None:
    content = xanew([("Joy", 8, 5, 7), ("joy", 7, 5, 7), ("gloom", 2, 3, 4)])

    with pytest.raises(InputError, match=r"--duplicates first\|drop"):
        read(content)
    first, dropped = read(content, duplicates="first"), read(content, duplicates="drop")

    assert first.lexicon.terms["joy", ""].mean.valence == 0.75
    assert set(dropped.lexicon.terms) == {("gloom", "")}
    assert first.report.conflicts == dropped.report.conflicts == ("Joy (lines 2, 3)",)


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-Infinity"])
def test_nan_and_infinity_are_refused_with_their_line(text: str, read: Read) -> None:
    with pytest.raises(InputError, match="Expected a number for dominance on line 61"):
        read(NRC_1 + f"odd\t0.1\t0.2\t{text}\n")


def test_columns_on_different_scales_are_refused_with_the_range_of_each(read: Read) -> None:
    points = [[9, 0.1, 0.2], [1, 1.0, 0.0], *[[5, 0.5, 0.5]] * 58]

    with pytest.raises(
        InputError, match=r"valence from 1 \(line 3\) to 9 \(line 2\); arousal from 0.1"
    ):
        read(lines("word,v,a,d", points, delimiter=","))


def test_parts_on_different_scales_are_refused(read: Read) -> None:
    unit, nine = unit_points(), unit_points(low=1, high=9)
    words = [*WORDS, *(f"other{i}" for i in range(60))]

    with pytest.raises(InputError, match="Expected ratings on one scale of"):
        read(lines("lemma,v,a,d", [*unit, *nine], delimiter=",", words=words))


def test_rating_off_the_scale_of_a_known_lexicon_is_refused_with_its_line(read: Read) -> None:
    with pytest.raises(InputError, match=r"the scale 1\.\.9, got valence 9\.5 on line 4"):
        read(ANEW + "glee\t7\t9.5\t1\t5\t1\t5\t1\t1\n")


def test_mixed_delimiters_are_refused(read: Read) -> None:
    with pytest.raises(
        InputError, match=r"got tab on most lines and comma on 2, such as 'glee,0\.9"
    ):
        read(NRC_1 + "glee,0.9,0.5,0.5\ngloom,0.1,0.5,0.5\n")


def test_mixed_decimal_marks_are_refused_with_their_lines(read: Read) -> None:
    with pytest.raises(InputError, match="a point on line 3 and a comma on line 61"):
        read(NRC_1 + "glee\t0,9\t0,5\t0,5\n")


def test_decimal_commas_that_part_cells_are_refused(read: Read) -> None:
    with pytest.raises(InputError, match="bad rows"):
        read("word,v,a,d\njoy,0,9,0,5,0,4\nfear,0,1,0,8,0,2\n", scale="0..1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "got an empty file"),
        (b"\n \n\t\n", "got an empty file"),
        (b"joy\nfear\n", "Expected a word and three numbers a line"),
        (b"joy 0.9 0.5 0.4\n", "Expected a word and three numbers a line"),
        (b"joy\t0.9\t0.5\n", "Expected a word and three numbers a line"),
        (b"na\xefve\t0.9\t0.5\t0.4\n", "got a byte that is none on line 1.*--encoding"),
        (b"joy\x00\t1\t1\t1\n", "NUL characters"),
        (b"word\tvalence\tarousal\tdominance\n", "got none"),
        (b"word\tvalence\tarousal\tnote\njoy\t1\t1\t1\n", "columns for dominance"),
        (b"word\tV\tvalence\tA\tD\njoy\t1\t1\t1\t1\n", "one column for valence, got V, valence"),
        (b"joy\t1\t1\t1\t1\nfear\t0\t0\t0\t0\n", "got 5 cells"),
        (b'word,v,a,d\n"joy,1,1,1\nfear,0,0,0\n', "closed quotes"),
    ],
    ids=[
        "empty",
        "blank",
        "one-column",
        "spaces",
        "two-numbers",
        "latin-1",
        "nul",
        "header-only",
        "no-dominance",
        "two-valences",
        "five-cells",
        "open-quote",
    ],
)
def test_file_that_is_no_lexicon_is_refused_and_told_why(
    content: bytes, message: str, read: Read
) -> None:
    with pytest.raises(InputError, match=message):
        read(content)


def test_named_encoding_is_used(read: Read) -> None:
    content = lines("", [[0.9, 0.5, 0.4]], words=["naïve"]).encode("latin-1")

    assert ("naïve", "") in read(content, encoding="latin-1").lexicon.terms
    with pytest.raises(InputError, match="name of an encoding, got 'klingon'"):
        read(content, encoding="klingon")


@pytest.mark.parametrize(
    ("content", "format_", "looks_like"),
    [
        (NRC_1, "warriner", "nrc-1"),
        (NRC_1, "nrc-2.1", "nrc-1"),
        (NRC_2, "nrc-1", "nrc-2.1"),
        (GLASGOW, "anew", "glasgow"),
        (ANEW, "glasgow", "anew"),
        (XANEW, "nrc-1", "warriner"),
    ],
)
def test_file_of_another_format_than_asked_for_is_refused(
    content: str, format_: str, looks_like: str, read: Read
) -> None:
    with pytest.raises(
        InputError, match=f"in format {format_}, got one that looks like {looks_like}"
    ):
        read(content, format_=format_)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format_": "excel"}, "Expected a format of auto, nrc-1"),
        ({"duplicates": "mean"}, "Expected duplicates of refuse, first, drop"),
        ({"name": "My Lexicon"}, "Expected a name of lower-case letters"),
        ({"name": ""}, "Expected a name of lower-case letters"),
        ({"columns": {"potency": "D"}}, "Expected a header|Expected columns of"),
        ({"scale": "1..5"}, r"on the scale 1\.\.5"),
    ],
)
def test_wrong_option_is_refused(options: dict[str, object], message: str, read: Read) -> None:
    with pytest.raises(InputError, match=message):
        read(NRC_1, **options)


def test_unknown_scale_is_refused(read: Read) -> None:
    with pytest.raises(UnknownTermError, match="There are"):
        read(NRC_1, scale="likert")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Expected a file that can be read, got .*none.txt"):
        import_vad(tmp_path / "none.txt")
    with pytest.raises(InputError, match="Expected a file that can be read"):
        import_vad(tmp_path)


def test_name_is_made_from_the_files(read: Read) -> None:
    assert read(NRC_1).lexicon.name == "my-lexicon"
    assert read(NRC_1, name="nrc").lexicon.origin == "user/nrc"
