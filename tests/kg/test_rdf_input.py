"""RDF of strangers is read or refused with a reason; it never hangs, crashes or fills the process."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from affectgraph.kg.rdf_input import FORMATS, InputLimits, read_rdf
from affectgraph.ontology.errors import InputError

RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    '<rdf:Description rdf:about="urn:s"><e:p>o</e:p></rdf:Description></rdf:RDF>'
)
SAME = {
    "turtle": "<urn:s> <urn:p> 'o' .",
    "trig": "{ <urn:s> <urn:p> 'o' }",
    "ntriples": '<urn:s> <urn:p> "o" .',
    "nquads": '<urn:s> <urn:p> "o" .',
    "rdfxml": RDF_XML,
    "jsonld": '{"@id": "urn:s", "urn:p": "o"}',
}
QUICK = InputLimits(seconds=2, memory=200 * 1024 * 1024)


@pytest.mark.parametrize("format_", FORMATS)
def test_one_triple_is_the_same_in_every_format(format_: str) -> None:
    found = read_rdf(SAME[format_].encode(), format_)

    assert found == [Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))]


@pytest.mark.parametrize("format_", ["turtle", "jsonld"])
def test_blank_nodes_get_new_names_and_stay_joined(format_: str) -> None:
    written = {
        "turtle": "_:a <urn:p> _:b . _:b <urn:p> _:a .",
        "jsonld": '{"@id":"_:a","urn:p":{"@id":"_:b","urn:p":{"@id":"_:a"}}}',
    }[format_].encode()

    first, second = read_rdf(written, format_), read_rdf(written, format_)

    nodes = {quad.subject for quad in first}
    assert len(nodes) == 2
    assert nodes == {quad.object for quad in first}
    assert not nodes & {quad.subject for quad in second}
    assert not nodes & {BlankNode("a"), BlankNode("b")}


@pytest.mark.parametrize(
    ("format_", "content"),
    [
        ("turtle", "<s> <urn:p> 1 ."),
        ("jsonld", '{"@id": "s", "urn:p": "o"}'),
        ("jsonld", '{"@id": "urn:s", "urn:p": {"@id": "../o"}}'),
        ("rdfxml", RDF_XML.replace("urn:s", "s")),
    ],
)
def test_relative_iri_needs_a_base(format_: str, content: str) -> None:
    with pytest.raises(InputError, match="or a base, got a relative one"):
        read_rdf(content.encode(), format_)
    found = read_rdf(content.encode(), format_, base="http://example.org/x/y")
    assert "<http://example.org/" in str(found[0])


ENTITIES = '<!DOCTYPE r [<!ENTITY a "x">]>'
BOMB = (
    "<!DOCTYPE r ["
    + '<!ENTITY a0 "xxxxxxxxxx">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + "]>"
)


@pytest.mark.parametrize(
    "head", [ENTITIES, BOMB, "<!doctype r>", '<!DOCTYPE r SYSTEM "file:///x">']
)
def test_document_type_of_xml_is_refused_before_it_is_read(head: str) -> None:
    with pytest.raises(InputError, match="without DOCTYPE"):
        read_rdf((head + RDF_XML.replace(">o<", ">&a9;<")).encode(), "rdfxml")


def test_xml_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_rdf((BOMB + RDF_XML).encode("utf-16"), "rdfxml")


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:9/context"',
        '"file:///etc/hostname"',
        '["https://schema.org"]',
        '{"@import": "http://127.0.0.1:9/context"}',
        '{"p": {"@id": "urn:p", "@context": "http://127.0.0.1:9/context"}}',
    ],
)
def test_context_that_stands_elsewhere_is_refused_and_not_fetched(context: str) -> None:
    content = f'{{"@context": {context}, "@id": "urn:s", "p": {{"urn:p": "o"}}}}'

    with pytest.raises(InputError, match="context into the document"):
        read_rdf(content.encode(), "jsonld")


def test_context_inside_the_document_is_read() -> None:
    content = b'{"@context": {"p": "urn:p"}, "@id": "urn:s", "p": "o"}'

    assert read_rdf(content, "jsonld")[0].predicate == NamedNode("urn:p")


DEEP = 20_000


@pytest.mark.parametrize(
    ("format_", "content"),
    [
        ("jsonld", '{"urn:p":' * DEEP + '"o"' + "}" * DEEP),
        (
            "rdfxml",
            RDF_XML.replace(
                "<e:p>o</e:p>",
                # The time grows with the square: 40 s for half of it, on the machine it was tried on.
                "<e:p><rdf:Description>" * (6 * DEEP) + "</rdf:Description></e:p>" * (6 * DEEP),
            ),
        ),
        (
            "ntriples",
            "<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * DEEP + "<urn:o>" + " )>>" * DEEP,
        ),
        ("turtle", "<urn:s> <urn:p> <<( <urn:s> <urn:p> <urn:o> )>> ."),
        ("jsonld", "[" * DEEP),
    ],
    ids=["jsonld", "rdfxml", "ntriples", "one triple term", "open"],
)
def test_document_that_is_nested_deeply_is_refused_and_hurts_nobody(
    format_: str, content: str
) -> None:
    with pytest.raises(InputError, match="Expected"):
        read_rdf(content.encode(), format_, limits=QUICK)


def test_nested_turtle_is_read_where_its_parser_keeps_no_stack() -> None:
    content = "<urn:s> <urn:p> " + "[ <urn:p> " * DEEP + "1" + " ]" * DEEP + " ."

    assert len(read_rdf(content.encode(), "turtle")) == DEEP + 1


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (InputLimits(size=60), "up to 60 bytes"),
        (InputLimits(triples=2), "up to 2 triples"),
        (InputLimits(written=100), "100 characters"),
    ],
)
def test_document_beyond_a_limit_is_refused(limits: InputLimits, said: str) -> None:
    content = b"@prefix n: <urn:long-name-space:> . n:s n:p 1, 2, 3 ."

    with pytest.raises(InputError, match=said) as refused:
        read_rdf(content + b" " * 20, "turtle", limits=limits)
    assert "true format" not in str(refused.value)


@pytest.mark.parametrize("format_", ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"])
def test_byte_order_mark_is_no_part_of_a_document(format_: str) -> None:
    content = {
        "rdfxml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
        '<rdf:Description rdf:about="urn:s"><u:p>o</u:p></rdf:Description></rdf:RDF>',
        "jsonld": '{"@id": "urn:s", "urn:p": "o"}',
    }.get(format_, '<urn:s> <urn:p> "o" .')

    found = read_rdf(content.encode("utf-8-sig"), format_)

    assert [str(quad.triple) for quad in found] == ['<urn:s> <urn:p> "o"']


@pytest.mark.parametrize(
    ("format_", "content"),
    [
        ("turtle", b"<urn:s> <urn:p>"),
        ("jsonld", b"{"),
        ("rdfxml", b"<a>"),
        ("ntriples", b"\xff"),
        ("nquads", b'<urn:s> <urn:p> "\\uD800" .'),
        ("csv", b"a,b"),
    ],
)
def test_document_that_does_not_parse_is_refused_with_a_reason(
    format_: str, content: bytes
) -> None:
    with pytest.raises(InputError, match="Expected a "):
        read_rdf(content, format_)


def test_empty_document_has_no_quads() -> None:
    assert read_rdf(b"", "turtle") == []
