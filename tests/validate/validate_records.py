"""A small document's graph that conforms, for tests to break."""

from rdflib import Graph

from kg.iris import Iris

DOCUMENT = "00aa11bb22cc33dd"
IRIS = Iris()
TYPES = {"Peru": "schema:Country", "Quito": "schema:City", "Ana_Ruiz": "schema:Person", "Hoy": "kg:Product"}

TURTLE = """
@prefix kg: <https://w3id.org/kg-news/ns#> .
@prefix ent: <https://w3id.org/kg-news/id/entity/> .
@prefix claim: <https://w3id.org/kg-news/id/claim/> .
@prefix qty: <https://w3id.org/kg-news/id/quantity/> .
@prefix doc: <https://w3id.org/kg-news/id/document/> .
@prefix run: <https://w3id.org/kg-news/id/run/> .
@prefix s: <https://w3id.org/kg-news/id/document/00aa11bb22cc33dd#char=> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

doc:00aa11bb22cc33dd a schema:NewsArticle, prov:Entity, nif:Context ;
    schema:datePublished "2024-02-29"^^xsd:date ; schema:inLanguage "en" ; schema:publisher ent:Hoy ;
    kg:sha256 "1111111111111111111111111111111111111111111111111111111111111111" ;
    kg:textSha256 "2222222222222222222222222222222222222222222222222222222222222222" ;
    kg:sourceKey "peru.txt" ; kg:sourcePath "peru.txt" .

s:0\\,40 a nif:Sentence ; nif:beginIndex 0 ; nif:endIndex 40 ; nif:anchorOf "Peru lends Ana Ruiz $5m until May 2025.x" ;
    nif:referenceContext doc:00aa11bb22cc33dd .
s:0\\,4 a kg:Mention ; nif:beginIndex 0 ; nif:endIndex 4 ; nif:anchorOf "Peru" ; itsrdf:taIdentRef ent:Peru ;
    nif:referenceContext doc:00aa11bb22cc33dd .
s:5\\,10 a kg:Mention ; nif:beginIndex 5 ; nif:endIndex 10 ; nif:anchorOf "lends" ;
    nif:referenceContext doc:00aa11bb22cc33dd .
s:41\\,70 a nif:Sentence ; nif:beginIndex 41 ; nif:endIndex 70 ; nif:anchorOf "Ruiz met the mayor in Quito.x" ;
    nif:referenceContext doc:00aa11bb22cc33dd .
s:46\\,49 a kg:Mention ; nif:beginIndex 46 ; nif:endIndex 49 ; nif:anchorOf "met" ;
    nif:referenceContext doc:00aa11bb22cc33dd .
s:50\\,59 a kg:Mention ; nif:beginIndex 50 ; nif:endIndex 59 ; nif:anchorOf "the mayor" ;
    nif:referenceContext doc:00aa11bb22cc33dd .

claim:lend a kg:Claim, kg:LendClaim, prov:Entity ; kg:eventType kg:Lend ;
    kg:agent ent:Peru ; kg:recipient ent:Ana_Ruiz ; kg:amount qty:q1 ; kg:deadline "2025-05"^^xsd:gYearMonth ;
    kg:earliest "2025-05-01"^^xsd:date ; kg:latest "2025-05-31"^^xsd:date ;
    kg:evidence s:0\\,40 ; kg:trigger s:5\\,10 ; prov:hadPrimarySource doc:00aa11bb22cc33dd ;
    prov:wasGeneratedBy run:r ; kg:polarity kg:affirmed ; kg:modality kg:actual ; kg:confidence 0.9 ;
    kg:rule "Lend/lend" .
qty:q1 a schema:MonetaryAmount ; schema:value 5000000.0 ; schema:currency "USD" .

claim:meet a kg:Claim, kg:MeetClaim, prov:Entity ; kg:eventType kg:Meet ;
    kg:participant ent:Ana_Ruiz ; kg:topic s:50\\,59 ; kg:place ent:Quito ;
    kg:evidence s:41\\,70 ; kg:trigger s:46\\,49 ; prov:hadPrimarySource doc:00aa11bb22cc33dd ;
    prov:wasGeneratedBy run:r ; kg:polarity kg:affirmed ; kg:modality kg:actual ; kg:confidence 0.9 ;
    kg:rule "Meet/meet" .
"""


def sound() -> Graph:
    """Return the graph as it should be."""
    return Graph().parse(data=TURTLE, format="turtle")


def broken(old: str, new: str) -> Graph:
    """Return the graph with one passage of its Turtle replaced."""
    assert TURTLE.count(old) == 1, old
    return Graph().parse(data=TURTLE.replace(old, new), format="turtle")
