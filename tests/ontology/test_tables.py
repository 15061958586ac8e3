"""The curated tables, row by row: all is well now, and each check can fail."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

import pytest

from affectgraph.ontology import (
    alignment_checks,
    alignments,
    around_checks,
    association_checks,
    channel_cue_checks,
    label_checks,
    reading_checks,
    release_checks,
    table_checks,
    use_checks,
    vad_checks,
)
from affectgraph.ontology.build import LAYERS
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers import (
    aliases,
    antonyms,
    around,
    cooccurrences,
    faces,
    lattice,
    links,
    polarity,
    relations,
    schemes,
    sequences,
    tree,
    vad,
    vad_datasets,
    vad_further,
    vad_words,
    variants,
    vocabulary,
)
from affectgraph.ontology.layers import alignments as alignment_layer
from affectgraph.ontology.rows import TABLES, Row, parse_table, read_table

Check = Callable[[], Iterator[OntologyError]]
Edit = Callable[[tuple[Row, ...]], tuple[Row, ...]]

READERS = (
    table_checks,
    release_checks,
    label_checks,
    alignment_checks,
    alignments,
    alignment_layer,
    association_checks,
    around_checks,
    channel_cue_checks,
    reading_checks,
    use_checks,
    around,
    vad_checks,
    tree,
    vad,
    vad_words,
    vad_further,
    vad_datasets,
    variants,
    vocabulary,
    faces,
    lattice,
    schemes,
    aliases,
    polarity,
    links,
    relations,
    antonyms,
    sequences,
    cooccurrences,
)


def replace_table(monkeypatch: pytest.MonkeyPatch, name: str, edit: Edit) -> None:
    """Let everything that reads a table see an edited one."""
    edited = edit(read_table(name))
    for module in READERS:
        monkeypatch.setattr(
            module, "read_table", lambda asked: edited if asked == name else read_table(asked)
        )


def line_of(table: str, where: Mapping[str, str]) -> int:
    """Return the line of the one row with these cells."""
    (line,) = (r.line for r in read_table(table) if all(r[k] == v for k, v in where.items()))
    return line


def set_cells(line: int, cells: Mapping[str, str]) -> Edit:
    """Return an edit that writes cells of one row."""
    return lambda found: tuple(
        Row(r.file, r.line, {**r.cells, **cells}) if r.line == line else r for r in found
    )


def drop(line: int) -> Edit:
    """Return an edit that leaves a row out."""
    return lambda found: tuple(r for r in found if r.line != line)


# --- the tables as they are -----------------------------------------------------------------------


@pytest.mark.parametrize("check", table_checks.CHECKS, ids=lambda check: check.__name__)
def test_every_row_passes(check: Check) -> None:
    assert [str(fault) for fault in check()] == []


def test_no_table_has_a_fault() -> None:
    assert [str(fault) for fault in table_checks.check_tables()] == []


@pytest.mark.parametrize("name", TABLES)
def test_table_has_rows_and_a_key(name: str) -> None:
    found = read_table(name)

    if name == "deprecated":  # none yet; tests/ontology/test_deprecated.py tries its rows
        assert found == ()
        return
    assert found
    assert set(table_checks.KEYS[name]) <= set(found[0].cells)


def test_every_table_of_the_folder_is_read() -> None:
    folder = files("affectgraph.ontology.tables")

    found = {entry.name for entry in folder.iterdir() if entry.name.endswith(".tsv")}
    assert found == {f"{name}.tsv" for name in TABLES}


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("scheme_label_aliases", 230),
        ("tree", 166),
        ("states", 69),
        ("action_units", 70),
        ("au_patterns", 134),
        ("vad_glasgow", 5553),
        # 28 * 27 / 2 pairs of GoEmotions, 8 * 7 / 2 of XED, 6 * 5 / 2 of CREMA-D,
        # 9 * 8 / 2 of IEMOCAP, 10 * 9 / 2 of MSP-IMPROV, 11 * 10 / 2 of NNIME
        ("cooccurrence", 378 + 28 + 15 + 36 + 45 + 55),
        ("cause_types", 5),
        ("emotionml_vocabularies", 12),
        ("emotionml_items", 61),
    ],
)
def test_table_has_as_many_rows_as_its_source(table: str, count: int) -> None:
    assert len(read_table(table)) == count


# --- one wrong cell -------------------------------------------------------------------------------

CELLS: list[tuple[Check, str, dict[str, str], dict[str, str], str]] = [
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "loathing"},
        {"difference": "odd"},
        "expected a difference of ",
    ),
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "loathing"},
        {"node": ""},
        "expected a node, or that the line is added",
    ),
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "crosspatch"},
        {"node": "rage"},
        "expected a node, or that the line is added",
    ),
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "hatred"},
        {"difference": "same"},
        "expected the same label, got 'hate' there",
    ),
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "hatred"},
        {"node": "hat"},
        "node: expected a tree node, got 'hat'",
    ),
    (
        release_checks.check_variants,
        "tree_variants",
        {"label": "hatred"},
        {"tier": "fourth"},
        "expected a tier of ",
    ),
    (
        table_checks.check_keys,
        "definitions",
        {"node": "zest"},
        {"node": "zeal"},
        "{'node': 'zeal'} repeats row ",
    ),
    (
        table_checks.check_provenance,
        "vad_concepts",
        {"node": "dread"},
        {"source": "nobody-1900"},
        "expected a source of sources.tsv, got 'nobody-1900'.",
    ),
    (
        table_checks.check_provenance,
        "tree",
        {"label": "dread"},
        {"curator": ""},
        "expected a curator, got an empty cell.",
    ),
    (
        table_checks.check_provenance,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"date": "21.11.2026"},
        "expected a day YYYY-MM-DD, got '21.11.2026'.",
    ),
    (
        table_checks.check_provenance,
        "dyads",
        {"dyad": "awe"},
        {"confidence": "certain"},
        "expected confidence high|medium|low, got 'certain'.",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "scott-2019"},
        {"licence": "CC BY-NC 4.0"},
        "licence 'CC BY-NC 4.0' is not on the allowed list.",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "shaver-1987"},
        {"doi": "https://doi.org/10.1037/0022-3514.52.6.1061"},
        "expected a bare DOI such as 10.1000/xyz",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "parrott-2001"},
        {"citation": ""},
        "expected a citation, got an empty cell.",
    ),
    (
        table_checks.check_tree,
        "tree",
        {"label": "dread"},
        {"parent_path": "fear"},
        "expected 2 steps in the path, got 1.",
    ),
    (
        table_checks.check_concepts,
        "definitions",
        {"node": "dread"},
        {"node": "dreadd"},
        "node: expected a tree node or state/..., got 'dreadd'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"node": "trust", "proposed": "trust"},
        "node: expected a tree node or state/..., got 'trust'.",
    ),
    (
        table_checks.check_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"node": "state/dread"},
        "node: expected a tree node or state/..., got 'state/dread'.",
    ),
    (
        table_checks.check_concepts,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"fallback_primary": "wonder"},
        "fallback_primary: expected a tree node or state/..., got 'wonder'.",
    ),
    (
        table_checks.check_definitions,
        "definitions",
        {"node": "zest"},
        {"definition": "Gusto."},
        "expected a definition of 40 to 260 characters, got 6.",
    ),
    (
        table_checks.check_definitions,
        "definitions",
        {"node": "zest"},
        {"definition": "What somebody has who goes at life with great ZEST every day."},
        "the definition uses its own headword 'zest'.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"valence": "-1.2"},
        "expected valence in -1..1, got -1.2.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"arousal": "nan"},
        "expected arousal in -1..1, got nan.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"dominance_sd": "0"},
        "expected dominance_sd in 0..2, got 0.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"raters": "0"},
        "expected at least one rater, got 0.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"match": "near"},
        "expected match exact|form|sense, got 'near'.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"form": ""},
        "expected a word, got an empty cell.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"form": "dreadiness"},
        "expected a word and sense of vad_glasgow.tsv, got 'dreadiness'.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "contentment"},
        {"sense": ""},
        "expected a sense exactly if the match is 'sense', got ''.",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"sense": "cross"},
        "expected a word and sense of vad_glasgow.tsv, got 'mad (cross)'.",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"pos": "adjective"},
        "expected pos of",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"under": ""},
        "expected the concept that the sense names or lies under.",
    ),
    (
        table_checks.check_concepts,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"under": "madness"},
        "under: expected a tree node or state/..., got 'madness'.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"valence": "1.01"},
        "expected valence in -1..1, got 1.01.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"arousal_rmse": "nan"},
        "expected arousal_rmse in 0..2, got nan.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"similarity": "2"},
        "expected a similarity in -1..1, got 2.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"form": "dread"},
        "'dread' was rated; expected no estimate beside a rating.",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"dimension": "potency"},
        "expected a dimension of",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"rmse": "0"},
        "expected rmse in 0..2, got 0.",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"r": "1.2"},
        "expected r in -1..1 and R2 up to 1, got 1.2",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"n": "1"},
        "expected at least two words, got 1.",
    ),
    (
        table_checks.check_provenance,
        "shared_provenance",
        {"table": "vad_glasgow"},
        {"source": "nobody-1900"},
        "expected a source of sources.tsv, got 'nobody-1900'.",
    ),
    (
        table_checks.check_provenance,
        "shared_provenance",
        {"table": "vad_glasgow"},
        {"table": "vad_edinburgh"},
        "expected a table of rows.TABLES, got 'vad_edinburgh'.",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": "6 AU12"},
        "Expected action terms such as 12, 5B, L14|R14, 6:51, got 'AU12'",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": "6 99"},
        "required: FACS has no action ['99'].",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "tracy-matsumoto-2008-shame-display-1"},
        {"excluded": "3"},
        "excluded: FACS has no action ['3'].",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"target": "joy + bliss2"},
        "target: expected a tree node or state/..., got 'bliss2'.",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": ""},
        "expected required or excluded actions, or a rule.",
    ),
    (
        table_checks.check_faces,
        "au_base_rates",
        {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
        {"code": "1"},
        "expected a FACS code, got '1'.",
    ),
    (
        table_checks.check_faces,
        "au_base_rates",
        {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
        {"share": "25.01"},
        "expected a share in 0..1, got 25.01.",
    ),
    (
        table_checks.check_faces,
        "au_cues",
        {"cue": "raised eyebrows"},
        {"aus": "1 2 3"},
        "aus: FACS has no action ['3'].",
    ),
    (
        table_checks.check_cues,
        "au_cues",
        {"cue": "wide-open eyes"},
        {"aus": "7"},
        "expected the actions of row 204, '5'.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"relation": "same"},
        "expected relation ['broader', 'close', 'component', 'exact', 'narrower'] or none",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"target": ""},
        "expected a target exactly if the relation is not none.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"target": "curiosity"},
        "target: expected a tree node or state/..., got 'curiosity'.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"fallback_source": ""},
        "expected a fallback primary with its source, or neither.",
    ),
    (
        table_checks.check_schemes,
        "schemes",
        {"scheme": "goemotions"},
        {"n_labels": "27"},
        "expected 27 labels, got 28.",
    ),
    (
        label_checks.check_scheme_kinds,
        "schemes",
        {"scheme": "mintrec2"},
        {"kind": "feeling"},
        "expected a kind of ['cause', 'emotion', 'expression', 'intent', 'problem', 'temperament'], "
        "got 'feeling'.",
    ),
    (
        label_checks.check_polarities,
        "scheme_labels",
        {"scheme": "goemotions", "label": "joy"},
        {"polarity": "pleasant"},
        "expected a polarity of ['ambiguous', 'negative', 'neutral', 'positive'], got 'pleasant'.",
    ),
    (
        label_checks.check_polarities,
        "scheme_labels",
        {"scheme": "goemotions", "label": "joy"},
        {"polarity_source": ""},
        "expected a polarity with its source, or neither.",
    ),
    (
        label_checks.check_polarities,
        "scheme_labels",
        {"scheme": "goemotions", "label": "joy"},
        {"polarity_source": "nobody-1900"},
        "polarity_source: expected a source of sources.tsv, got 'nobody-1900'.",
    ),
    (
        label_checks.check_polarities,
        "scheme_labels",
        {"scheme": "emotic", "label": "Peace", "target": "contentment"},
        {"polarity": "positive", "polarity_source": "emotic"},
        "expected the polarity of row ",
    ),
    (
        label_checks.check_aliases,
        "scheme_label_aliases",
        {"scheme": "ravdess", "alias": "03"},
        {"kind": "digit"},
        "expected a kind of ['abbreviation', 'code', 'name', 'number', 'spelling'], got 'digit'.",
    ),
    (
        label_checks.check_aliases,
        "scheme_label_aliases",
        {"scheme": "ravdess", "alias": "03"},
        {"label": "joy"},
        "expected a label of a scheme, got ('ravdess', 'joy').",
    ),
    (
        label_checks.check_aliases,
        "scheme_label_aliases",
        {"scheme": "cped", "alias": "feared"},
        {"alias": "Worried"},
        "the alias 'Worried' is a label of cped itself.",
    ),
    (
        label_checks.check_aliases,
        "scheme_label_aliases",
        {"scheme": "iemocap-9", "alias": "hap"},
        {"alias": "ANG"},
        "the alias 'ANG' repeats row ",
    ),
    (
        table_checks.check_relations,
        "opposites",
        {"scheme_a": "plutchik-8", "label_a": "joy"},
        {"label_b": "gloom"},
        "expected a label of a scheme, got ('plutchik-8', 'gloom').",
    ),
    (
        table_checks.check_relations,
        "dyads",
        {"dyad": "awe"},
        {"component_a": "dread"},
        "expected a label of a scheme, got ('plutchik-8', 'dread').",
    ),
    (
        table_checks.check_relations,
        "opposites",
        {"scheme_a": "plutchik-8", "label_a": "joy"},
        {"label_a": "anger", "label_b": "fear"},
        "the pair repeats row 25.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"pos": "adjective"},
        "expected pos of ['adj', 'adv', 'intj', 'noun', 'symbol', 'verb'], got 'adjective'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "impressive", "sense": "00835292-a"},
        {"form": "impressiveish"},
        "expected another row that accepts the word; accept this one instead.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "impressive", "sense": "00835292-a"},
        {"node": "trust"},
        "node: expected a tree node or state/..., got 'trust'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"relation": "synonym"},
        "expected relation of ['derivation', 'lexical'], got 'synonym'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"form": "Fearful"},
        "expected a lower-case form, got 'Fearful'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"kind": "phrase"},
        "expected kind of ['emoji', 'emoticon', 'idiom', 'interjection', 'misspelling', ",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"decision": "maybe"},
        "expected decision of ['accept', 'move', 'split', 'join', 'reject'], got 'maybe'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"decision": "reject", "reason": "thing"},
        "expected no node of a rejected candidate, got 'fear'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"decision": "reject", "node": "", "reason": ""},
        "expected the reason of the rejection.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"strength": "1.2"},
        "expected strength in 0..1, got 1.2.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"role": "feeling"},
        "expected role of ['act', 'disposition', 'expression', 'state', 'stimulus'], got 'feeling'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"flags": "X"},
        "expected flags of A and F, got 'X'.",
    ),
    (
        vocabulary.check_vocabulary,
        "vocabulary",
        {"form": "fearful", "node": "fear", "decision": "accept"},
        {"proposed": "dread"},
        "expected the proposed node exactly if the decision is accept.",
    ),
    (
        alignment_checks.check_external_terms,
        "external_terms",
        {"term": "ili:i76265"},
        {"term": "ili:76265"},
        "Expected an identifier such as ili:i76265 or MFOEM:000055",
    ),
    (
        alignment_checks.check_external_terms,
        "external_terms",
        {"term": "ili:i76265"},
        {"same_as": "oewn:oewn-07533707-n"},
        "Expected an identifier such as ili:i76265 or MFOEM:000055",
    ),
    (
        alignment_checks.check_external_terms,
        "external_terms",
        {"term": "ili:i76265"},
        {"resource": "mfoem"},
        "expected a resource of cili, mfoem, spice-plutchik, spice-shaver, wikidata with its own",
    ),
    (
        alignment_checks.check_external_terms,
        "external_terms",
        {"term": "ili:i76265"},
        {"label": ""},
        "expected a label, got an empty cell.",
    ),
    (
        alignment_checks.check_external_terms,
        "external_terms",
        {"term": "MFOEM:000012"},
        {"parents": "MFOEM:999999"},
        "parents: expected a term of this table, got 'MFOEM:999999'.",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "irritation", "term": "ili:i76265"},
        {"concept": "itch"},
        "concept: expected a tree node or state/..., got 'itch'.",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "irritation", "term": "ili:i76265"},
        {"term": "ili:i1"},
        "expected a term of external_terms.tsv, got 'ili:i1'.",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "irritation", "term": "ili:i76265"},
        {"decision": "maybe"},
        "expected decision accept|reject, got 'maybe'.",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "irritation", "term": "ili:i76265"},
        {"predicate": "owl:equivalentClass"},
        "expected predicate skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "irritation", "term": "ili:i76265"},
        {"reason": "no"},
        "expected a reason of 10 characters or more, got 'no'.",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "unhappiness", "term": "ili:i110446"},
        {"term": "ili:i76196", "predicate": "skos:exactMatch"},
        "'ili:i76196' has an exact match in row ",
    ),
    (
        alignment_checks.check_alignments,
        "alignments",
        {"concept": "zest", "term": "shaver:Zest"},
        {"term": "shaver:Zeal", "predicate": "skos:exactMatch"},
        "'shaver:Zeal' has an exact match in row ",
    ),
    (
        association_checks.check_cooccurrence,
        "cooccurrence",
        {"scheme": "xed", "label_a": "joy", "label_b": "trust"},
        {"label_b": "trusty"},
        "label_b: 'xed' has no label 'trusty'.",
    ),
    (
        association_checks.check_cooccurrence,
        "cooccurrence",
        {"scheme": "xed", "label_a": "joy", "label_b": "trust"},
        {"expected": "436.33"},
        "expected: the counts give 436.23, got 436.33.",
    ),
    (
        association_checks.check_cooccurrence,
        "cooccurrence",
        {"scheme": "xed", "label_a": "joy", "label_b": "trust"},
        {"phi": "-0.0476"},
        "phi: the counts give 0.0476, got -0.0476.",
    ),
    (
        association_checks.check_cooccurrence,
        "cooccurrence",
        {"scheme": "xed", "label_a": "joy", "label_b": "trust"},
        {"n_both": "2700"},
        "Expected counts with 0 <= both <= each <= total, got 2833, 2699, 2700, 17528.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "worry"},
        {"to": "angst"},
        "to: expected a tree node or state/..., got 'angst'.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "worry"},
        {"to": "worry"},
        "expected two concepts, got 'worry' twice.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "worry"},
        {"evidence": "correlation"},
        "expected evidence of ['meta-analysis', 'experiment', 'longitudinal', "
        "'transition-frequencies', 'theory'], got 'correlation'.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "hopelessness"},
        {"grade": "strong"},
        "longitudinal carries moderate at best, got strong.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "worry"},
        {"note": ""},
        "expected a note on why the grade is below strong.",
    ),
    (
        association_checks.check_sequences,
        "leads_to",
        {"from": "worry"},
        {"locator": ""},
        "expected what of the source was read, got an empty locator.",
    ),
    (
        association_checks.check_antonyms,
        "opposites_lexical",
        {"form_a": "joy"},
        {"node_a": "joie"},
        "node_a: expected a tree node or state/..., got 'joie'.",
    ),
    (
        association_checks.check_antonyms,
        "opposites_lexical",
        {"form_a": "joy"},
        {"node_a": "sorrow", "node_b": "joy"},
        "expected two concepts in alphabetical order.",
    ),
    (
        association_checks.check_antonyms,
        "opposites_lexical",
        {"form_a": "joy"},
        {"synset_b": "7534430"},
        "synset_b: expected eight digits, got '7534430'.",
    ),
    (
        association_checks.check_antonyms,
        "opposites_lexical",
        {"form_a": "joy"},
        {"reason": ""},
        "expected accept or reject with a reason, got 'accept'.",
    ),
    (
        around_checks.check_around,
        "cue_types",
        {"cue_type": "prosody"},
        {"modality": "speech"},
        "expected a modality of modalities.tsv, got 'speech'.",
    ),
    (
        around_checks.check_around,
        "cause_types",
        {"cause_type": "latent"},
        {"definition": ""},
        "expected text in 'definition', got an empty cell.",
    ),
    (
        around_checks.check_around,
        "modalities",
        {"modality": "leg"},
        {"modality": "Leg"},
        "expected lower-case words joined by hyphens, got 'Leg'.",
    ),
    (
        around_checks.check_vocabularies,
        "emotionml_vocabularies",
        {"vocabulary": "intensity-dimension"},
        {"uri": "http://www.w3.org/TR/emotion-voc/xml#intensity"},
        "expected the address http://www.w3.org/TR/emotion-voc/xml#intensity-dimension",
    ),
    (
        around_checks.check_vocabularies,
        "emotionml_vocabularies",
        {"vocabulary": "big6"},
        {"scheme": "ekman-66"},
        "expected a scheme of schemes.tsv, for a category vocabulary only, got 'ekman-66'.",
    ),
    (
        around_checks.check_vocabularies,
        "emotionml_vocabularies",
        {"vocabulary": "big6"},
        {"kind": "mood", "scheme": ""},
        "expected a kind category or ",
    ),
    (
        around_checks.check_vocabularies,
        "emotionml_items",
        {"vocabulary": "ema-appraisals", "item": "adaptability"},
        {"position": "12"},
        "expected position 11, got '12'.",
    ),
    (
        around_checks.check_vocabularies,
        "emotionml_items",
        {"vocabulary": "intensity-dimension", "item": "intensity"},
        {"vocabulary": "big6"},
        "expected a vocabulary with items here, got 'big6'.",
    ),
    (
        around_checks.check_term_links,
        "term_links",
        {"term": "ag:hasEpisode"},
        {"term": "ag:hasMood"},
        "expected a term of the ontology, got 'ag:hasMood'.",
    ),
    (
        around_checks.check_term_links,
        "term_links",
        {"term": "ag:hasEpisode"},
        {"term": "agg:hasEpisode"},
        "term: Expected a CURIE with one of the prefixes",
    ),
    (
        around_checks.check_term_links,
        "term_links",
        {"term": "ag:hasEpisode"},
        {"iri": "onyx:hasEmotion"},
        "expected an IRI, got 'onyx:hasEmotion'.",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"label": "wrath"},
        "expected a label of a scheme, got ('affectnet', 'wrath').",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"relation": "same"},
        "expected a relation or none, got 'same'.",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"target": ""},
        "expected a target exactly if the relation is not none.",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"target": "ire"},
        "target: expected a tree node or state/..., got 'ire'.",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"reader": "second"},
        "expected a reader of ['second, blind', 'third, blind'], got 'second'.",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"outcome": "open"},
        "expected an outcome of ",
    ),
    (
        reading_checks.check_anchor_readings,
        "anchor_readings",
        {"scheme": "affectnet", "label": "anger"},
        {"outcome": "overruled"},
        "expected a reason why it is overruled.",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "eagerness", "term": "ili:i76466"},
        {"term": "ili:i1"},
        "expected a decision of alignments.tsv, got ('eagerness', 'ili:i1').",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "terror", "term": "MFOEM:000027"},
        {"outcome": "adopted"},
        "expected outcome 'overruled', as alignments.tsv says skos:closeMatch now, got 'adopted'.",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "eagerness", "term": "ili:i76466"},
        {"outcome": "overruled"},
        "expected outcome 'adopted', as alignments.tsv says skos:exactMatch now, got 'overruled'.",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "eagerness", "term": "ili:i76466"},
        {"first": "owl:sameAs"},
        "expected first of ",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "eagerness", "term": "ili:i76466"},
        {"reader": "first"},
        "expected the reader 'second, blind', got 'first'.",
    ),
    (
        reading_checks.check_alignment_readings,
        "alignment_readings",
        {"concept": "eagerness", "term": "ili:i76466"},
        {"reason": ""},
        "expected a reason exactly if the readings differ.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"target": "mistrust"},
        "expected a tree node or state/..., got 'mistrust'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"second": "mistrust"},
        "expected a tree node or state/..., got 'mistrust'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"target": "anger=x fear=0.5"},
        "target: expected each concept once with a weight in 0..1, got 'anger=x fear=0.5'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"target": "anger=0.5 anger=0.5"},
        "target: expected each concept once with a weight in 0..1",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"kind": "glance"},
        "expected kind of ",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"role": "glance"},
        "expected role of ",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "first"},
        {"polarity": "negative"},
        "expected polarity of [''], got 'negative'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "first"},
        {"ambiguous": "yes"},
        "expected ambiguous yes or empty, empty if refused, got 'yes'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "first"},
        {"outcome": "agrees"},
        "expected outcome and reason at the second reading only.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"outcome": "agrees"},
        "expected 'agrees' exactly if the readings share a concept or both refuse, got 'agrees'.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"outcome": "open"},
        "expected an outcome of ",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"reason": ""},
        "expected a reason why it is adopted.",
    ),
    (
        reading_checks.check_vocabulary_readings,
        "vocabulary_readings",
        {"form": "askance", "reader": "second, blind"},
        {"sense": "1-a"},
        "expected the readings ['first', 'second, blind'], got ['second, blind'].",
    ),
]


UNREAD = "others: expected words and . ! ? : , beside _, got"

CELLS += [
    (
        use_checks.check_word_uses,
        "word_uses",
        {"form": "panic"},
        cells,
        words,
    )
    for cells, words in (
        ({"form": "panicle"}, "expected a form of vocabulary.tsv, got 'panicle'."),
        ({"use": "often"}, "expected a use of ['feeling', 'mostly', 'seldom', 'sometimes'], got"),
        ({"feelings": "in a _"}, "expected patterns of feeling for sometimes and seldom only."),
        ({"others": "kernel"}, "others: expected one _ for the word, got 'kernel'."),
        ({"others": "_ by _"}, "others: expected one _ for the word, got '_ by _'."),
        ({"others": "_"}, "others: expected words beside _, got '_'."),
        ({"others": "kernel/ _"}, "others: expected words on both sides of /, got 'kernel/ _'."),
        ({"others": "kernel _; kernel _"}, "others: a pattern repeats."),
        (
            {"others": "100% _"},
            f"{UNREAD} '%' in '100% _'.",
        ),
        ({"others": "sellers' _"}, f'{UNREAD} "\'" in "sellers\' _". Write it as texts'),
        ({"others": "_ 's button"}, f'{UNREAD} "\'" in "_ \'s button".'),
    )
]


CELLS += [
    (use_checks.check_word_use_readings, "word_use_readings", {"form": "vile"}, cells, words)
    for cells, words in (
        ({"form": "vilely so"}, "expected a form of word_uses.tsv, got 'vilely so'."),
        ({"first": ""}, "first: expected one of ['feeling', 'mostly', 'seldom', 'sometimes'], got"),
        (
            {"second": "rarely"},
            "second: expected one of ['feeling', 'mostly', 'seldom', 'sometimes']",
        ),
    )
]


CELLS += [
    (
        channel_cue_checks.check_channel_cues,
        "channel_cues",
        {"channel": "voice", "role": "change", "words": "trembl*"},
        cells,
        words,
    )
    for cells, words in (
        ({"channel": "ear"}, "expected a channel of ['posture', 'text', 'voice'], got 'ear'."),
        ({"role": "said"}, "expected a role of ['act', 'bearer', 'burst', 'change', 'doing', "),
        ({"cue_type": "emoji"}, "expected a cue type of the voice, got 'emoji'."),
        ({"cue_type": "tremor"}, "expected a cue type of the voice, got 'tremor'."),
        ({"words": "*"}, "expected lower-case words with / between alternatives and * for any"),
        ({"words": "Trembles"}, "expected lower-case words with / between alternatives and * for"),
        ({"words": "trembl*/"}, "expected lower-case words with / between alternatives and * for"),
        ({"not_before": "(?=a)"}, "not_before: expected lower-case words, got '(?=a)'."),
    )
]

CELLS += [
    (
        channel_cue_checks.check_channel_cues,
        "channel_cues",
        {"channel": "posture", "role": "bearer", "words": "torso"},
        cells,
        words,
    )
    for cells, words in (
        ({"words": "tors*"}, "expected lower-case words with / between alternatives, got 'tors*'."),
        ({"words": "torso/stance"}, "'stance' stands in row "),
        ({"only_before": "On"}, "only_before: expected lower-case words, got 'On'."),
        ({"cue_type": "prosody"}, "expected a cue type of the posture, got 'prosody'."),
    )
]


@pytest.mark.parametrize(("check", "table", "where", "cells", "words"), CELLS)
def test_wrong_cell_is_named_with_file_row_and_repair(
    check: Check,
    table: str,
    where: dict[str, str],
    cells: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of(table, where)
    replace_table(monkeypatch, table, set_cells(line, cells))

    faults = [fault for fault in check() if fault.row == line]

    assert len(faults) == 1
    assert str(faults[0]).startswith(f"{table}.tsv:{line}: {words}")
    assert str(faults[0]).endswith(
        f"Repair: edit ontology/tables/{table}.tsv line {line}, then run `make data`"
    )


def test_every_check_is_shown_to_fail() -> None:
    elsewhere = {release_checks.check_deprecated}  # tests/ontology/test_deprecated.py
    assert {case[0] for case in CELLS} | elsewhere == set(table_checks.CHECKS)


# --- rows that are missing, or wrong together -----------------------------------------------------


def test_word_that_left_the_vocabulary_is_named_where_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_table(
        monkeypatch,
        "vocabulary",
        lambda found: tuple(row for row in found if row["form"] != "askance"),
    )

    faults = [str(fault) for fault in reading_checks.check_vocabulary_readings()]

    assert len(faults) == 2
    assert all("expected a word of vocabulary.tsv, got 'askance'." in fault for fault in faults)


def test_alignment_changed_after_it_was_read_twice_needs_another_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("alignments", {"concept": "terror", "term": "MFOEM:000027"})
    replace_table(monkeypatch, "alignments", set_cells(line, {"predicate": "skos:exactMatch"}))

    (fault,) = reading_checks.check_alignment_readings()

    assert "expected outcome 'adopted', as alignments.tsv says skos:exactMatch now" in str(fault)


def test_weights_of_a_divided_reading_are_those_of_its_cell() -> None:
    (row,) = (
        row
        for row in read_table("vocabulary_readings")
        if (row["form"], row["reader"]) == ("racing heart", reading_checks.SECOND)
    )

    assert reading_checks.weights(row) == {"excitement": 0.5, "fear": 0.5}


def test_missing_definition_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_table(monkeypatch, "definitions", drop(line_of("definitions", {"node": "dread"})))

    (fault,) = table_checks.check_concepts()

    assert str(fault) == (
        "definitions.tsv: expected a definition of 'dread'. "
        "Repair: add a row to ontology/tables/definitions.tsv, then run `make data`"
    )


def test_definition_that_repeats_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = (
        row["definition"] for row in read_table("definitions") if row["node"] == "amusement"
    )
    line = line_of("definitions", {"node": "zest"})
    replace_table(monkeypatch, "definitions", set_cells(line, {"definition": first.upper()}))

    faults = [str(fault) for fault in table_checks.check_definitions()]

    assert len(faults) == 1
    repeated = line_of("definitions", {"node": "amusement"})
    assert f"definitions.tsv:{line}: the definition repeats row {repeated}." in faults[0]


def test_lost_line_of_the_tree_is_a_wrong_count(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_table(monkeypatch, "tree", drop(line_of("tree", {"label": "dread"})))

    (fault,) = table_checks.check_tree()

    assert "tree.tsv: expected 6 + 25 + 106 nodes" in str(fault)
    assert "'tertiary': 105" in str(fault)


def test_unknown_tier_is_named_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("tree", {"label": "dread"})
    replace_table(monkeypatch, "tree", set_cells(line, {"tier": "quaternary"}))

    first, second = table_checks.check_tree()

    assert str(first).startswith(f"tree.tsv:{line}: expected a tier of ('primary', ")
    assert "expected 6 + 25 + 106 nodes" in str(second)


def test_parent_that_is_no_node_is_reported_once_and_the_other_checks_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("tree", {"label": "dread"})
    replace_table(monkeypatch, "tree", set_cells(line, {"parent_path": "fear/nerves"}))

    faults = [str(fault) for fault in table_checks.check_tables()]

    assert len(faults) == 1
    assert faults[0].startswith(f"tree.tsv:{line}: expected the parent 'fear/nerves' to be a node.")


def test_all_faults_of_a_table_are_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line_of("vad_concepts", {"node": node}) for node in ("dread", "fear", "zest")]

    def edit(found: tuple[Row, ...]) -> tuple[Row, ...]:
        for line in lines:
            found = set_cells(line, {"match": "near"})(found)
        return found

    replace_table(monkeypatch, "vad_concepts", edit)

    assert [fault.row for fault in table_checks.check_tables()] == lines


def test_cell_that_is_no_number_ends_its_check_with_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("vad_glasgow", {"form": "dread"})
    replace_table(monkeypatch, "vad_glasgow", set_cells(line, {"valence": "low"}))

    faults = [str(fault) for fault in table_checks.check_tables()]

    assert len(faults) == 1
    assert f"vad_glasgow.tsv:{line}: expected a number in 'valence', got 'low'." in faults[0]


# --- the build stops at the first wrong row -------------------------------------------------------


LONG_LAYERS = {vocabulary.vocabulary_quads, vad_words.word_quads, vad_further.further_vad_quads}
"""Layers that take a second or more: run last, as most wrong rows stop another one."""


def run_layers() -> None:
    """Make the quads of every layer, and drop them."""
    for layer in sorted(LAYERS, key=LONG_LAYERS.__contains__):
        list(layer())


@pytest.mark.parametrize(
    ("table", "where", "cells", "words"),
    [
        ("tree", {"label": "dread"}, {"parent_path": "fear/nerves"}, "expected the parent"),
        ("vad_glasgow", {"form": "dread"}, {"valence": "x"}, "expected a number in 'valence'"),
        ("vad_glasgow", {"form": "dread"}, {"raters": "3.5"}, "expected an integer in 'raters'"),
        (
            "vocabulary",
            {"form": "fearful", "node": "fear", "decision": "accept"},
            {"pos": "x"},
            "expected pos of",
        ),
        (
            "vocabulary",
            {"form": "fearful", "node": "fear", "decision": "accept"},
            {"node": "x"},
            "expected a tree node",
        ),
        (
            "au_patterns",
            {"pattern": "emfacs-happiness-proto-1"},
            {"required": "6 99"},
            "required: FACS has no action '99'",
        ),
        (
            "au_patterns",
            {"pattern": "emfacs-happiness-proto-1"},
            {"optional": "6 x"},
            "optional: Expected action terms",
        ),
        (
            "au_detectors",
            {"detector": "bp4d"},
            {"aus": "AU1 12"},
            "expected a FACS code of action_units.tsv, got '12'",
        ),
        (
            "au_base_rates",
            {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
            {"code": "AU3"},
            "expected a FACS code of action_units.tsv, got 'AU3'",
        ),
        ("scheme_labels", {"scheme": "xed", "label": "joy"}, {"scheme": "x"}, "expected a scheme"),
        (
            "scheme_labels",
            {"scheme": "xed", "label": "joy"},
            {"relation": "x"},
            "expected a relation",
        ),
        (
            "scheme_labels",
            {"scheme": "xed", "label": "joy"},
            {"target": "x"},
            "expected a tree node",
        ),
        ("dyads", {"dyad": "awe"}, {"component_a": "x"}, "expected a label of scheme 'plutchik-8'"),
        ("states", {"state": "awe"}, {"related": "x"}, "expected a tree node"),
        ("cue_types", {"cue_type": "prosody"}, {"modality": "x"}, "expected a modality"),
        ("emotionml_vocabularies", {"vocabulary": "big6"}, {"scheme": "x"}, "expected a scheme"),
        (
            "emotionml_items",
            {"vocabulary": "intensity-dimension", "item": "intensity"},
            {"vocabulary": "big6"},
            "expected a vocabulary of emotionml_vocabularies.tsv that is no category set",
        ),
    ],
)
def test_build_stops_at_a_wrong_row_and_names_it(
    table: str,
    where: dict[str, str],
    cells: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of(table, where)
    replace_table(monkeypatch, table, set_cells(line, cells))

    with pytest.raises(OntologyError, match=f"^{table}.tsv:{line}: ") as caught:
        run_layers()

    assert words in str(caught.value)
    assert (caught.value.file, caught.value.row) == (f"{table}.tsv", line)


# --- reading a table ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.tsv:1: expected a header line, got an empty file."),
        ("a\ta\n1\t2\n", r"t.tsv:1: column names repeat: \['a', 'a'\]."),
        ("a\tb\n1\n", r"t.tsv:2: expected 2 cells \(\['a', 'b'\]\), got 1."),
        ("a\tb\n1\t2\n1\t2\t3\n", r"t.tsv:3: expected 2 cells \(\['a', 'b'\]\), got 3."),
        ("a\tb\n1\t2 \n", "t.tsv:2: white space at the ends of 'b': '2 '."),
        ("a\tb\r\n1\t2\r\n", "t.tsv:2: "),
        ("a\tb\n1\t2\n\n", r"t.tsv:3: expected 2 cells \(\['a', 'b'\]\), got 1."),
    ],
)
def test_malformed_table_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=f"^{message}"):
        parse_table(text, file="t.tsv")


def test_table_with_a_header_only_has_no_rows() -> None:
    assert parse_table("a\tb\n", file="t.tsv") == ()


def test_cells_keep_quotes_and_unicode_as_they_are() -> None:
    (row,) = parse_table('a\tb\n"x"\tnaïve 😀\n', file="t.tsv")

    assert (row["a"], row["b"], row.line) == ('"x"', "naïve 😀", 2)


# --- counted pairs --------------------------------------------------------------------------------


def test_label_counted_differently_in_two_rows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # 2834 * 2699 / 17528 = 436.39: the row is right in itself, and other rows count 2833.
    cells = {"n_a": "2834", "expected": "436.39", "lift": "1.2535", "phi": "0.0475"}
    line = line_of("cooccurrence", {"scheme": "xed", "label_a": "joy", "label_b": "trust"})
    replace_table(monkeypatch, "cooccurrence", set_cells(line, cells))

    (fault,) = association_checks.check_cooccurrence()

    first = line_of("cooccurrence", {"scheme": "xed", "label_a": "anger", "label_b": "joy"})
    assert f"cooccurrence.tsv:{line}: n_a: row {first} counts 2833 for the same, got 2834." in str(
        fault
    )


def test_pair_that_is_missing_from_a_corpus_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("cooccurrence", {"scheme": "xed", "label_a": "joy", "label_b": "trust"})
    replace_table(monkeypatch, "cooccurrence", drop(line))

    (fault,) = association_checks.check_cooccurrence()

    assert "the pairs of its corpus lack ('joy', 'trust')." in str(fault)


def test_build_stops_at_a_count_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("cooccurrence", {"scheme": "xed", "label_a": "joy", "label_b": "trust"})
    replace_table(monkeypatch, "cooccurrence", set_cells(line, {"n_total": "10"}))

    with pytest.raises(OntologyError, match=rf"cooccurrence\.tsv:{line}: Expected counts"):
        list(cooccurrences.cooccurrence_quads())


@pytest.mark.parametrize(
    ("table", "layer", "cells"),
    [
        ("leads_to", sequences.sequence_quads, {"to": "angst"}),
        ("opposites_lexical", antonyms.antonym_quads, {"node_b": "angst"}),
    ],
)
def test_build_stops_at_an_unknown_concept(
    table: str,
    layer: Callable[[], Iterator[object]],
    cells: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_table(monkeypatch, table, set_cells(2, cells))

    with pytest.raises(OntologyError, match=rf"{table}\.tsv:2: .*'angst'"):
        list(layer())


# --- what a row needs to become a link ------------------------------------------------------------


def antonym_links() -> set[str]:
    """Return the names of the lexical opposites that the layer writes."""
    subjects = {str(quad.subject) for quad in antonyms.antonym_quads()}
    return {s.partition("/antonym/wordnet-3.0/")[2].rstrip(">") for s in subjects} - {""}


def test_accepted_antonyms_are_linked_both_ways() -> None:
    assert {"joy/sorrow", "sorrow/joy"} <= antonym_links()


def test_antonyms_of_an_unrated_concept_are_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_table(monkeypatch, "vad_concepts", drop(line_of("vad_concepts", {"node": "sorrow"})))

    assert not {"joy/sorrow", "sorrow/joy"} & antonym_links()


def test_antonyms_that_do_not_mirror_each_other_are_not_linked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("vad_glasgow", {"form": "sorrow"})
    replace_table(monkeypatch, "vad_glasgow", set_cells(line, {"valence": "0.1"}))

    assert not {"joy/sorrow", "sorrow/joy"} & antonym_links()


def test_antonyms_are_linked_as_long_as_one_row_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [row.line for row in read_table("opposites_lexical") if row["node_b"] == "sorrow"]
    reject = {"verdict": "reject"}
    replace_table(monkeypatch, "opposites_lexical", set_cells(lines[0], reject))
    assert "joy/sorrow" in antonym_links()

    replace_table(
        monkeypatch,
        "opposites_lexical",
        lambda found: tuple(
            Row(r.file, r.line, {**r.cells, **(reject if r.line in lines else {})}) for r in found
        ),
    )
    assert "joy/sorrow" not in antonym_links()
