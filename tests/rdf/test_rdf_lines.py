"""A document's graph is the same whether it is written as N-Quads text or built with rdflib."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import TEXTS, records

from kg.config import Settings
from kg.errors import MappingError
from kg.iris import Iris
from kg.lexicon import load_lexicon
from kg.model import DurationValue, EntityValue, Quantity, TextValue, TimeValue
from kg.rdf.document import document_graph, document_triples
from kg.rdf.nquads import LINE_TERMS, graph_lines, lines, term
from kg.rdf.terms import TERMS

LEXICON = load_lexicon()
BASES = st.sampled_from(["https://w3id.org/kg-news/id/", "https://news.example/kg/"])
NAME = "https://news.example/graph"


def both(document, annotation, base):
    options = {"settings": Settings(base=base), "lexicon": LEXICON, "run_id": "r"}
    return document_triples(document, annotation, **options), document_graph(document, annotation, **options)


@given(records(LEXICON), BASES)
def test_lines_and_rdflib_say_the_same_to_the_byte(record, base):
    triples, graph = both(*record, base)
    assert sorted(lines(triples, NAME)) == sorted(graph_lines(graph, NAME))
    assert len(triples) == len(graph)


@settings(max_examples=40)
@given(records(LEXICON), BASES)
def test_oxigraph_reads_the_lines_and_writes_them_back(record, base):
    written = sorted(lines(both(*record, base)[0], NAME))
    quads = ox.parse(input="\n".join(written).encode(), format=ox.RdfFormat.N_QUADS)
    back = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert sorted(back.decode().removesuffix("\n").split("\n")) == written


def test_every_kind_of_role_value_is_generated():
    seen = set()

    @settings(max_examples=30, derandomize=True)
    @given(records(LEXICON))
    def collect(record):
        seen.update(type(role.value) for claim in record[1].claims for role in claim.roles)

    collect()
    assert seen == {EntityValue, TextValue, TimeValue, DurationValue, Quantity}


@given(TEXTS, st.sampled_from([None, "xsd:anyURI", "xsd:date"]))
def test_both_minters_make_the_same_literals(text, datatype):
    assert term(TERMS.literal(text, datatype)) == LINE_TERMS.literal(text, datatype)


@given(st.characters(exclude_categories=["Cs"]))
def test_what_passes_for_an_iri_is_one_to_oxigraph(char):
    for iri in (Iris().entity(char), f"https://news.example/{char}", f"https://news.example/#{char}"):
        try:
            found = LINE_TERMS.uri(iri)
        except MappingError:
            continue
        assert list(ox.parse(input=f"{found} {found} {found} .".encode(), format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("name", ["[sic]", "\ufffd\ufffd", "a\U000e0100b", "100%", "a#b", "\x9f", "\ue000", "😀 é"])
def test_any_name_makes_an_iri(name):
    assert LINE_TERMS.uri(Iris().entity(name)).isprintable()


@given(st.text())
def test_both_minters_refuse_the_same_iris(text):
    found = []
    for mint in (TERMS, LINE_TERMS):
        try:
            found.append(str(mint.uri(text)).strip("<>"))
        except MappingError as error:
            found.append(str(error))
    assert found[0] == found[1]


@pytest.mark.parametrize("mint", [TERMS, LINE_TERMS])
def test_unknown_prefix_is_refused(mint):
    with pytest.raises(MappingError, match="the prefix 'foo' of 'foo:Bar' is not declared; known: claim, dcterms, doc"):
        mint["foo:Bar"]
