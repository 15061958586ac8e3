"""Sets of terms for what users' own data says: declared with the ontology, unused in the packaged graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from affectgraph.ontology.iris import AG, OWL, RDFS, SKOS, XSD
from affectgraph.ontology.triples import A, Object, text


@dataclass(frozen=True)
class TermSet:
    """Classes and properties that belong together.

    :param name: name of the ``skos:Collection`` that lists them.
    :param label: what they are for, in words.
    :param classes: class name -> (superclass, comment).
    :param object_properties: property name -> (class of the subject, or empty; class of the object, or
        None; comment).
    :param data_properties: property name -> (datatype, comment).
    """

    name: str
    label: str
    classes: Mapping[str, tuple[str | None, str]]
    object_properties: Mapping[str, tuple[str, str | None, str]]
    data_properties: Mapping[str, tuple[str, str]]

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """Yield (name, kind of OWL term, comment) of every term."""
        for name, (_, comment) in self.classes.items():
            yield name, OWL + "Class", comment
        for name, (_, _, comment) in self.object_properties.items():
            yield name, OWL + "ObjectProperty", comment
        for name, (_, comment) in self.data_properties.items():
            yield name, OWL + "DatatypeProperty", comment

    def pairs(self) -> Iterator[tuple[str, list[tuple[str, Object]]]]:
        """Yield (subject, pairs) of what is said of the terms besides their declaration."""
        for name, (parent, _) in self.classes.items():
            if parent:
                yield AG + name, [(RDFS + "subClassOf", parent)]
        for name, (subject, value, _) in self.object_properties.items():
            ends = [("domain", subject), ("range", value)]
            yield AG + name, [(RDFS + end, AG + class_) for end, class_ in ends if class_]
        for name, (datatype, _) in self.data_properties.items():
            yield AG + name, [(RDFS + "range", XSD + datatype)]
        members: list[tuple[str, Object]] = [
            (SKOS + "member", AG + name) for name, _, _ in self.terms()
        ]
        said: list[tuple[str, Object]] = [
            (A, SKOS + "Collection"),
            (SKOS + "prefLabel", text(self.label)),
        ]
        yield AG + self.name, [*said, *members]
