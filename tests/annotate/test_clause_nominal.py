"""Nouns as predicates, appositions and titles, on hand-made parses."""

from __future__ import annotations

import pytest
from parses import parse, shown
from spacy.tokens import Doc

from kg.annotate.clauses.nominal import nominal_clause, phrase_obliques
from kg.annotate.layers import Clause, ClauseKind

VISIT = (
    "His/PRP$/poss/2 state/NN/compound/2 visit/NN/nsubj/7 to/IN/prep/2 Accra/NNP/pobj/3 and/CC/cc/4 Lome/NNP/conj/4 "
    "angered/VBD/ROOT/7 rivals/NNS/dobj/7"
)
TALKS = (
    "Mayors/NNS/nsubj/1 held/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 nurses/NNS/pobj/3 on/IN/prep/4 pay/NN/pobj/5"
)


def clauses_at(doc: Doc) -> dict[int, Clause]:
    return {c.head: c for c in doc._.kg_clauses if c.kind not in {ClauseKind.APPOSITIVE, ClauseKind.TITULAR}}


def test_an_event_noun_has_possessor_compound_and_phrases() -> None:
    doc = parse(VISIT)
    clause = nominal_clause(doc, 2, clauses_at(doc))
    assert shown(clause, doc) == ["possessor=His", "compound=state", "oblique:to=Accra,Lome"]
    assert (clause.kind, clause.lemma, clause.id) == (ClauseKind.NOMINAL, "visit", -1)
    assert (clause.parent, clause.relation) == (0, "nsubj")


def test_a_demonym_is_a_modifier_and_no_negates() -> None:
    doc = parse("No/DT/det/2 Turkish/JJ/amod/2 sanctions/NNS/nsubj/3 followed/VBD/ROOT/3")
    clause = nominal_clause(doc, 2, clauses_at(doc))
    assert shown(clause, doc) == ["modifier=Turkish"]
    assert clause.negations == (0,)


def test_a_coordinated_noun_takes_over_the_possessor() -> None:
    doc = parse("Her/PRP$/poss/1 visit/NN/nsubj/4 and/CC/cc/1 talks/NNS/conj/1 helped/VBD/ROOT/4")
    assert shown(nominal_clause(doc, 3, clauses_at(doc)), doc) == ["possessor+conj=Her"]


def test_a_participle_behind_the_noun_is_its_complement() -> None:
    doc = parse("Talks/NNS/nsubj/4 held/VBN/acl/0 in/IN/prep/1 Doha/NNP/pobj/2 failed/VBD/ROOT/4")
    assert shown(nominal_clause(doc, 0, clauses_at(doc)), doc) == ["complement=held"]


def test_phrases_of_a_light_verbs_object() -> None:
    doc = parse(TALKS)
    assert phrase_obliques(doc, 2) == [("with", 4, (4,))]
    assert phrase_obliques(doc, 2, nested=True) == [("with", 4, (4,)), ("on", 6, (6,))]


NAMINGS = {
    "an apposition": (
        (
            "Oslo/NNP/nsubj/1 paid/VBD/ROOT/1 Malta/NNP/dobj/1 ,/,/punct/2 a/DT/det/5 member/NN/appos/2 of/IN/prep/5 "
            "unions/NNS/pobj/6"
        ),
        ["subject=Malta", "attribute=member", "oblique:of=unions"],
    ),
    "a name behind its description": (
        "The/DT/det/1 captain/NN/nsubj/5 ,/,/punct/1 Ann/NNP/compound/4 Lee/NNP/appos/1 sang/VBD/ROOT/5",
        ["subject=Lee", "attribute=captain"],
    ),
    "a title with a demonym": (
        "Kenyan/JJ/amod/3 President/NNP/compound/3 William/NNP/compound/3 Ruto/NNP/nsubj/4 sang/VBD/ROOT/4",
        ["subject=Ruto", "attribute=President", "modifier=Kenyan"],
    ),
    "a title with compounds": (
        (
            "Malawi/NNP/compound/2 opposition/NN/compound/2 leader/NN/compound/4 Joyce/NNP/compound/4 Banda/NNP/nsubj/5 "
            "sang/VBD/ROOT/5"
        ),
        ["subject=Banda", "attribute=leader", "compound=Malawi", "compound=opposition"],
    ),
}


@pytest.mark.parametrize("name", NAMINGS)
def test_naming(name: str) -> None:
    text, expected = NAMINGS[name]
    doc = parse(text)
    verbal, naming = doc._.kg_clauses
    assert shown(naming, doc) == expected
    assert (naming.lemma, naming.verbs, naming.parent) == ("be", (), verbal.id)
    assert naming.kind is (ClauseKind.TITULAR if naming.relation == "compound" else ClauseKind.APPOSITIVE)


@pytest.mark.parametrize(
    ("text", "ents"),
    [
        ("He/PRP/nsubj/1 left/VBD/ROOT/1 Tampa/NNP/dobj/1 ,/,/punct/2 Florida/NNP/appos/2", {2: "GPE", 4: "GPE"}),
        ("She/PRP/nsubj/1 met/VBD/ROOT/1 Ed/NNP/compound/3 Ash/NNP/dobj/1 ,/,/punct/3 Jr./NNP/appos/3", {}),
        ("She/PRP/nsubj/1 left/VBD/ROOT/1 May/NNP/npadvmod/1 ,/,/punct/2 year/NN/appos/2", {2: "DATE"}),
        ("He/PRP/nsubj/1 sued/VBD/ROOT/1 General/NNP/compound/3 Motors/NNPS/dobj/1", {3: "ORG"}),
        ("Major/JJ/amod/1 floods/NNS/nsubj/2 came/VBD/ROOT/2", {}),
    ],
)
def test_places_suffixes_dates_and_companies_are_not_namings(text: str, ents: dict[int, str]) -> None:
    assert len(parse(text, ents=ents)._.kg_clauses) == 1
