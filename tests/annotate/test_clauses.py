"""The clause layer, one construction a test, on hand-made parses that need no model."""

from __future__ import annotations

import pytest
from parses import parse, shown
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.clauses.component import extract_clauses, make_clauses
from kg.annotate.layers import ClauseKind, Slot

CONSTRUCTIONS = {
    "of two subjects the nearest is the verb's own": (
        "Ministers/NNS/nsubj/3 before/IN/mark/3 Okello/NNP/nsubj/3 arrives/VBZ/ROOT/3 in/IN/prep/3 Lima/NNP/pobj/4",
        [["subject=Okello", "oblique:in=Lima"]],
    ),
    "whom a noun invites does what it invites to": (
        (
            "Mali/NNP/nsubj/1 conveyed/VBD/ROOT/1 Peru/NNP/poss/4 's/POS/case/2 invitation/NN/dobj/1 to/IN/prep/4 "
            "Okello/NNP/pobj/5 to/TO/aux/8 visit/VB/acl/4 Lima/NNP/dobj/8"
        ),
        [["subject=Mali", "object=invitation"], ["subject+acl=Okello", "object=Lima"]],
    ),
    "who accepts what a noun asks does it": (
        (
            "Banks/NNS/nsubj/1 accept/VBP/ROOT/1 Peru/NNP/poss/4 's/POS/case/2 invitation/NN/dobj/1 to/TO/aux/6 "
            "visit/VB/acl/4 Lima/NNP/dobj/6"
        ),
        [["subject=Banks", "object=invitation"], ["subject+acl=Banks", "object=Lima"]],
    ),
    "nobody does what a noun asks of nobody": (
        (
            "Mali/NNP/nsubj/1 praised/VBD/ROOT/1 Peru/NNP/poss/4 's/POS/case/2 call/NN/dobj/1 to/TO/aux/6 "
            "shun/VB/acl/4 Acme/NNP/dobj/6"
        ),
        [["subject=Mali", "object=call"], ["object=Acme"]],
    ),
    "a scene that is set behind a comma is no phrase of the verb": (
        (
            "Okello/NNP/nsubj/1 resigned/VBD/ROOT/1 ,/,/punct/1 with/IN/prep/1 Falk/NNP/pobj/3 among/IN/prep/4 "
            "her/PRP$/poss/7 rivals/NNS/pobj/5"
        ),
        [["subject=Okello"]],
    ),
    "coordinated verbs share the subject": (
        "Peru/NNP/nsubj/1 bought/VBD/ROOT/1 buses/NNS/dobj/1 and/CC/cc/1 sold/VBD/conj/1 trams/NNS/dobj/4",
        [["subject=Peru", "object=buses"], ["subject+conj=Peru", "object=trams"]],
    ),
    "twin verbs share object and phrases": (
        (
            "They/PRP/nsubj/1 designed/VBD/ROOT/1 and/CC/cc/1 built/VBD/conj/1 the/DT/det/5 bridge/NN/dobj/3 "
            "in/IN/prep/3 Porto/NNP/pobj/6"
        ),
        [
            ["subject=They", "object+conj=bridge", "oblique:in+conj=Porto"],
            ["subject+conj=They", "object=bridge", "oblique:in=Porto"],
        ],
    ),
    "twin verbs share an object that hangs on the first": (
        "They/PRP/nsubj/1 wrote/VBD/ROOT/1 and/CC/cc/1 sang/VBD/conj/1 songs/NNS/dobj/1",
        [["subject=They", "object=songs"], ["subject+conj=They", "object+conj=songs"]],
    ),
    "a setting in front holds for both verbs": (
        (
            "In/IN/prep/3 1990/CD/pobj/0 she/PRP/nsubj/3 left/VBD/ROOT/3 Quito/NNP/dobj/3 and/CC/cc/3 joined/VBD/conj/3 "
            "a/DT/det/8 choir/NN/dobj/6"
        ),
        [
            ["subject=she", "oblique:in=1990", "object=Quito"],
            ["subject+conj=she", "object=choir", "oblique:in+conj=1990"],
        ],
    ),
    "a relative pronoun stands for its antecedent": (
        "Firms/NNS/nsubj/1 hired/VBD/ROOT/1 engineers/NNS/dobj/1 who/WP/nsubj/4 design/VBP/relcl/2 bridges/NNS/dobj/4",
        [["subject=Firms", "object=engineers"], ["subject+relcl=engineers", "object=bridges"]],
    ),
    "a relative clause tells of what stands before it": (
        "Chad/NNP/nsubj/5 which/WDT/nsubj/2 left/VBD/relcl/0 and/CC/cc/0 Mali/NNP/conj/0 agreed/VBD/ROOT/5",
        [["subject+relcl=Chad"], ["subject=Chad,Mali"]],
    ),
    "a relative pronoun as object": (
        (
            "The/DT/det/1 treaty/NN/nsubj/5 that/WDT/dobj/4 Chile/NNP/nsubj/4 signed/VBD/relcl/1 ended/VBD/ROOT/5 "
            "wars/NNS/dobj/5"
        ),
        [["subject=Chile", "object+relcl=treaty"], ["subject=treaty", "object=wars"]],
    ),
    "a relative clause without a pronoun": (
        "The/DT/det/1 song/NN/nsubj/4 she/PRP/nsubj/3 wrote/VBD/relcl/1 won/VBD/ROOT/4",
        [["subject=she", "object+relcl=song"], ["subject=song"]],
    ),
    "a relative pronoun behind a preposition": (
        (
            "The/DT/det/1 village/NN/nsubj/6 in/IN/prep/5 which/WDT/pobj/2 they/PRP/nsubj/5 met/VBD/relcl/1 lies/VBZ/ROOT/6 "
            "in/IN/prep/6 Nepal/NNP/pobj/7"
        ),
        [["subject=they", "oblique:in+relcl=village"], ["subject=village", "oblique:in=Nepal"]],
    ),
    "a stranded preposition": (
        "The/DT/det/1 house/NN/nsubj/5 he/PRP/nsubj/3 lived/VBD/relcl/1 in/IN/prep/3 burned/VBD/ROOT/5",
        [["subject=he", "oblique:in+relcl=house"], ["subject=house"]],
    ),
    "a relative adverb": (
        "The/DT/det/1 port/NN/nsubj/5 where/WRB/advmod/4 ships/NNS/nsubj/4 dock/VBP/relcl/1 closed/VBD/ROOT/5",
        [["subject=ships", "oblique:where+relcl=port"], ["subject=port"]],
    ),
    "participles have their noun as subject": (
        (
            "Farmers/NNS/nsubj/3 blocking/VBG/acl/0 roads/NNS/dobj/1 burned/VBD/ROOT/3 tyres/NNS/dobj/3 shipped/VBN/acl/4 "
            "from/IN/prep/5 Ghana/NNP/pobj/6"
        ),
        [
            ["subject+acl=Farmers", "object=roads"],
            ["subject=Farmers", "object=tyres"],
            ["subject+acl=tyres", "oblique:from=Ghana"],
        ],
    ),
    "the subject controls an infinitive": (
        "Kenya/NNP/nsubj/1 wants/VBZ/ROOT/1 to/TO/aux/3 buy/VB/xcomp/1 tractors/NNS/dobj/3",
        [["subject=Kenya", "infinitive=buy"], ["subject+xcomp=Kenya", "object=tractors"]],
    ),
    "the object controls an infinitive": (
        "Judges/NNS/nsubj/1 ordered/VBD/ROOT/1 police/NNS/dobj/1 to/TO/aux/4 release/VB/xcomp/1 singers/NNS/dobj/4",
        [["subject=Judges", "object=police", "infinitive=release"], ["subject+xcomp=police", "object=singers"]],
    ),
    "the subject of promise controls, object or not": (
        "Rivals/NNS/nsubj/1 promised/VBD/ROOT/1/promise voters/NNS/dobj/1 to/TO/aux/4 lower/VB/xcomp/1 fares/NNS/dobj/4",
        [["subject=Rivals", "object=voters", "infinitive=lower"], ["subject+xcomp=Rivals", "object=fares"]],
    ),
    "the subject of an infinitive is an object of the verb above": (
        "Coaches/NNS/nsubj/1 let/VBD/ROOT/1 players/NNS/nsubj/3 rest/VB/ccomp/1",
        [["subject=Coaches", "object+raising=players", "infinitive=rest"], ["subject=players"]],
    ),
    "an infinitive behind an adjective": (
        "Banks/NNS/nsubj/1 are/VBP/ROOT/1/be ready/JJ/acomp/1 to/TO/aux/4 lend/VB/xcomp/2 money/NN/dobj/4",
        [["subject=Banks", "attribute=ready", "infinitive=lend"], ["subject+xcomp=Banks", "object=money"]],
    ),
    "a purpose": (
        "Crews/NNS/nsubj/1 dug/VBD/ROOT/1 wells/NNS/dobj/1 to/TO/aux/4 reach/VB/advcl/1 water/NN/dobj/4",
        [["subject=Crews", "object=wells", "adverbial_clause=reach"], ["subject+advcl=Crews", "object=water"]],
    ),
    "a gerund behind a preposition": (
        "After/IN/prep/4 visiting/VBG/pcomp/0 Lima/NNP/dobj/1 he/PRP/nsubj/4 met/VBD/ROOT/4 farmers/NNS/dobj/4",
        [["subject+pcomp=he", "object=Lima"], ["subject=he", "oblique:after=visiting", "object=farmers"]],
    ),
    "a gerund that the object does": (
        "Fiji/NNP/nsubj/1 accused/VBD/ROOT/1 miners/NNS/dobj/1 of/IN/prep/1 dumping/VBG/pcomp/3 waste/NN/dobj/4",
        [["subject=Fiji", "object=miners", "oblique:of=dumping"], ["subject+pcomp=miners", "object=waste"]],
    ),
    "a gerund inside the subject has no subject": (
        "The/DT/det/1 cost/NN/nsubj/5 of/IN/prep/1 teaching/VBG/pcomp/2 Latin/NNP/dobj/3 fell/VBD/ROOT/5",
        [["object=Latin"], ["subject=cost"]],
    ),
    "a plan to do something is its owner's": (
        "Mali/NNP/poss/2 's/POS/case/0 plan/NN/nsubj/5 to/TO/aux/4 leave/VB/acl/2 shocked/VBD/ROOT/5 allies/NNS/dobj/5",
        [["subject+acl=Mali"], ["subject=plan", "object=allies"]],
    ),
    "who is the first to do something does it": (
        "Cuba/NNP/nsubj/1 was/VBD/ROOT/1/be the/DT/det/3 first/JJ/attr/1 to/TO/aux/5 sign/VB/acl/3",
        [["subject=Cuba", "attribute=first"], ["subject+acl=Cuba"]],
    ),
    "a passive with its agent": (
        (
            "Bridges/NNS/nsubjpass/2 were/VBD/auxpass/2 built/VBN/ROOT/2 by/IN/agent/2 monks/NNS/pobj/3 in/IN/prep/2 "
            "1990/CD/pobj/5"
        ),
        [["subject=Bridges", "agent:by=monks", "oblique:in=1990"]],
    ),
    "coordinated phrases": (
        (
            "Peru/NNP/nsubj/3 and/CC/cc/0 Chile/NNP/conj/0 sold/VBD/ROOT/3 copper/NN/dobj/3 ,/,/punct/4 silver/NN/conj/4 "
            "and/CC/cc/6 wool/NN/conj/6"
        ),
        [["subject=Peru,Chile", "object=copper,silver,wool"]],
    ),
    "coordinated prepositions": (
        "Bells/NNS/nsubj/1 rang/VBD/ROOT/1 in/IN/prep/1 Cork/NNP/pobj/2 and/CC/cc/2 on/IN/conj/2 boats/NNS/pobj/5",
        [["subject=Bells", "oblique:in=Cork", "oblique:on=boats"]],
    ),
    "from one place to another": (
        "Trains/NNS/nsubj/1 run/VBP/ROOT/1 from/IN/prep/1 Oslo/NNP/pobj/2 to/IN/prep/2 Bergen/NNP/pobj/4",
        [["subject=Trains", "oblique:from=Oslo", "oblique:to=Bergen"]],
    ),
    "a preposition of two words": (
        "Play/NN/nsubj/1 stopped/VBD/ROOT/1 because/IN/prep/1 of/IN/pcomp/2 rain/NN/pobj/2",
        [["subject=Play", "oblique:because of=rain"]],
    ),
    "according to": (
        "Play/NN/nsubj/1 stopped/VBD/ROOT/1 according/VBG/prep/1 to/IN/prep/2 fans/NNS/pobj/3",
        [["subject=Play", "oblique:according to=fans"]],
    ),
    "a preposition of three words": (
        "Fans/NNS/nsubj/1 sang/VBD/ROOT/1 in/IN/prep/1 front/NN/pobj/2 of/IN/prep/3 the/DT/det/6 gate/NN/pobj/4",
        [["subject=Fans", "oblique:in front of=gate"]],
    ),
    "a preposition behind an adverb": (
        "Boats/NNS/nsubj/1 sailed/VBD/ROOT/1 away/RB/advmod/1 from/IN/prep/2 shore/NN/pobj/3",
        [["subject=Boats", "adverbial=away", "oblique:from=shore"]],
    ),
    "an adverb that is half of a preposition": (
        "Boats/NNS/nsubj/1 sailed/VBD/ROOT/1 ahead/RB/advmod/1 of/IN/prep/2 storms/NNS/pobj/3",
        [["subject=Boats", "adverbial=ahead", "oblique:ahead of=storms"]],
    ),
    "two objects": (
        "Uncles/NNS/nsubj/1 gave/VBD/ROOT/1 girls/NNS/dative/1 bicycles/NNS/dobj/1",
        [["subject=Uncles", "iobject=girls", "object=bicycles"]],
    ),
    "the recipient as a phrase": (
        "Uncles/NNS/nsubj/1 gave/VBD/ROOT/1 bicycles/NNS/dobj/1 to/IN/dative/1 girls/NNS/pobj/3",
        [["subject=Uncles", "object=bicycles", "oblique:to=girls"]],
    ),
    "a complement clause": (
        "Pilots/NNS/nsubj/1 said/VBD/ROOT/1 that/IN/mark/4 engines/NNS/nsubj/4 failed/VBD/ccomp/1",
        [["subject=Pilots", "complement=failed"], ["subject=engines"]],
    ),
    "sentences side by side are no complement": (
        "Rain/NN/nsubj/1 stopped/VBD/ccomp/4 ;/:/punct/4 play/NN/nsubj/4 began/VBD/ROOT/4",
        [["subject=Rain"], ["subject=play"]],
    ),
    "adverbials": (
        "Last/JJ/amod/1 year/NN/npadvmod/3 rivers/NNS/nsubj/3 rose/VBD/ROOT/3 fast/RB/advmod/3",
        [["subject=rivers", "adverbial=year", "adverbial=fast"]],
    ),
    "an adverbial clause with its conjunction": (
        "Shops/NNS/nsubj/1 closed/VBD/ROOT/1 because/IN/mark/4 owners/NNS/nsubj/4 retired/VBD/advcl/1",
        [["subject=Shops", "adverbial_clause:because=retired"], ["subject=owners"]],
    ),
    "a copula": (
        "Ghana/NNP/nsubj/1 is/VBZ/ROOT/1/be a/DT/det/3 member/NN/attr/1",
        [["subject=Ghana", "attribute=member"]],
    ),
    "a copula left out": (
        "News/NN/nsubj/1 made/VBD/ROOT/1 fans/NNS/nsubj/3 happy/JJ/ccomp/1",
        [["subject=News", "object+raising=fans", "attribute=happy"], ["subject=fans", "attribute=happy"]],
    ),
    "the subject of there-is": (
        "There/EX/expl/1 was/VBD/ROOT/1/be no/DT/det/3 truce/NN/attr/1",
        [["subject=truce"]],
    ),
    "an order has no subject": ("Call/VB/ROOT/0 doctors/NNS/dobj/0", [["object=doctors"]]),
}


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_construction(name: str) -> None:
    text, expected = CONSTRUCTIONS[name]
    doc = parse(text)
    assert [shown(clause, doc) for clause in doc._.kg_clauses] == expected


def test_all_constructions_are_here() -> None:
    assert len(CONSTRUCTIONS) == 47


def only(doc: Doc) -> object:
    (clause,) = doc._.kg_clauses
    return clause


def test_particle_belongs_to_the_lemma() -> None:
    clause = only(parse("She/PRP/nsubj/1 handed/VBD/ROOT/1/hand over/RP/prt/1 keys/NNS/dobj/1"))
    assert (clause.lemma, clause.verbs) == ("hand_over", (1, 2))


def test_coordinated_participles_share_the_auxiliary() -> None:
    doc = parse("He/PRP/nsubjpass/2 was/VBD/auxpass/2 tried/VBN/ROOT/2 and/CC/cc/2 jailed/VBN/conj/2")
    first, second = doc._.kg_clauses
    assert (first.passive, second.passive) == (True, True)
    assert second.verbs == (1, 4)


def test_a_finite_verb_keeps_to_its_own_auxiliaries() -> None:
    doc = parse("He/PRP/nsubjpass/2 was/VBD/auxpass/2 tried/VBN/ROOT/2 and/CC/cc/2 fled/VBD/conj/2")
    second = doc._.kg_clauses[1]
    assert (second.passive, second.verbs) == (False, (4,))


def test_passive_swaps_the_logical_slots() -> None:
    doc = parse("Bridges/NNS/nsubjpass/2 were/VBD/auxpass/2 built/VBN/ROOT/2 by/IN/agent/2 monks/NNS/pobj/3")
    assert [(slot, a.head) for slot, a in only(doc).logical()] == [("object", 0), ("subject", 4)]


def test_the_recipient_of_a_passive_is_an_indirect_object() -> None:
    doc = parse("Schools/NNS/nsubjpass/2 were/VBD/auxpass/2 given/VBN/ROOT/2 grants/NNS/dobj/2")
    assert [slot for slot, _ in only(doc).logical()] == ["iobject", "object"]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Rebel/NN/compound/1 chief/NN/nsubj/2 jailed/VBD/ROOT/2/jail", True),
        ("Rebel/NN/compound/1 chief/NN/nsubj/2 jailed/VBN/ROOT/2/jail for/IN/prep/2 life/NN/pobj/3", True),
        ("Rebel/NN/compound/1 chief/NN/nsubj/2 jailed/VBD/ROOT/2/jail ././punct/2", False),
        ("Rebel/NN/compound/1 chief/NN/nsubj/2 jailed/VBD/ROOT/2/jail aides/NNS/dobj/2", False),
        ("Rebel/NN/compound/1 chief/NN/nsubj/2 arrived/VBD/ROOT/2/arrive", False),
        ("Aides/NNS/nsubj/1 jailed/VBD/ROOT/1/jail by/IN/agent/1 army/NN/pobj/2", True),
    ],
)
def test_headlines_leave_the_auxiliary_out(text: str, passive: bool) -> None:
    assert only(parse(text)).passive is passive


def test_a_second_past_tense_is_no_participle() -> None:
    doc = parse("She/PRP/nsubj/1 rose/VBD/ROOT/1 and/CC/cc/1 fled/VBN/conj/1")
    assert not doc._.kg_clauses[1].passive


def test_have_with_participle_is_no_passive() -> None:
    assert not only(parse("She/PRP/nsubj/2 has/VBZ/aux/2 sung/VBN/ROOT/2 arias/NNS/dobj/2")).passive


@pytest.mark.parametrize(
    ("text", "negations"),
    [
        ("He/PRP/nsubj/2 never/RB/neg/2 read/VBD/ROOT/2 it/PRP/dobj/2", (1,)),
        ("They/PRP/nsubj/1 signed/VBD/ROOT/1 no/DT/det/3 deal/NN/dobj/1", (2,)),
        ("There/EX/expl/1 was/VBD/ROOT/1/be no/DT/det/3 truce/NN/attr/1", (2,)),
        ("Nobody/NN/nsubj/1 came/VBD/ROOT/1", (0,)),
        ("She/PRP/nsubj/2 neither/CC/preconj/2 spoke/VBD/ROOT/2", (1,)),
        ("She/PRP/nsubj/1 came/VBD/ROOT/1", ()),
    ],
)
def test_negations(text: str, negations: tuple[int, ...]) -> None:
    assert only(parse(text)).negations == negations


def test_without_negates_the_gerund() -> None:
    doc = parse("She/PRP/nsubj/1 left/VBD/ROOT/1 without/IN/prep/1 paying/VBG/pcomp/2 rent/NN/dobj/3")
    assert [c.negations for c in doc._.kg_clauses] == [(), (2,)]


def test_nor_negates_the_second_verb() -> None:
    doc = parse("He/PRP/nsubj/3 did/VBD/aux/3 not/RB/neg/3 eat/VB/ROOT/3 nor/CC/cc/3 drink/VB/conj/3")
    assert [c.negations for c in doc._.kg_clauses] == [(2,), (2, 4)]


def test_parent_and_relation_tell_the_embedding() -> None:
    doc = parse(
        "Aides/NNS/nsubj/1 said/VBD/ROOT/1 she/PRP/nsubj/3 hoped/VBD/ccomp/1 to/TO/aux/5 resign/VB/xcomp/3 "
        "after/IN/prep/5 voting/VBG/pcomp/6"
    )
    assert [(c.parent, c.relation) for c in doc._.kg_clauses] == [
        (None, "ROOT"),
        (0, "ccomp"),
        (1, "xcomp"),
        (2, "pcomp"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rising/VBG/amod/1 prices/NNS/nsubj/2 hurt/VBP/ROOT/2 shops/NNS/dobj/2",
        "Prices/NNS/nsubj/2 may/MD/aux/2 rise/VB/ROOT/2",
        "Shops/NNS/nsubj/1 closed/VBD/ROOT/1 including/VBG/prep/1 ours/PRP/pobj/2",
    ],
)
def test_auxiliaries_and_modifying_participles_are_no_clauses(text: str) -> None:
    assert only(parse(text)).relation == "ROOT"


def test_kinds() -> None:
    doc = parse(
        "Firms/NNS/nsubj/5 owned/VBN/acl/0 by/IN/agent/1 Togo/NNP/pobj/2 that/WDT/nsubj/5 are/VBP/ROOT/5/be "
        "rich/JJ/acomp/5 and/CC/cc/5 grow/VBP/conj/5"
    )
    assert [c.kind for c in doc._.kg_clauses] == [ClauseKind.PARTICIPIAL, ClauseKind.COPULAR, ClauseKind.VERBAL]


def test_sentences_are_numbered() -> None:
    doc = parse("She/PRP/nsubj/1 left/VBD/ROOT/1 ././punct/1 He/PRP/nsubj/4 stayed/VBD/ROOT/4")
    assert [c.sent for c in doc._.kg_clauses] == [0, 1]


def test_empty_doc_has_no_clauses() -> None:
    assert extract_clauses(Doc(parse("Go/VB/ROOT/0").vocab, words=[])) == []


SENTENCES = (
    (
        "Officials in Nairobi, who had been asked to explain the delay, said on Monday that neither the port nor the "
        "railway would be sold, and that talks with lenders about a new loan were continuing."
    ),
    "Having lost the final, the team's captain, Maria Silva, thanked fans for coming and promised to return.",
    "There were no survivors; rescuers, led by a doctor from Quito, stopped searching after finding the wreck.",
    "What the minister announced was that fares, taxes and rents would rise because of the drought.",
    "Bolivian President Luis Arce met Chilean miners in front of the palace, where they had camped since May.",
    '"It is too early to tell," she said (her aides nodded), "but we were given a week to decide."',
    "Not one of the banks that the regulator, citing losses, wanted closed has been shut or merged.",
)


@pytest.mark.model
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_index_is_valid_and_no_clause_stands_twice(model: Language, sentence: str) -> None:
    doc = make_clauses(model, "kg_clauses")(model(sentence))
    clauses = doc._.kg_clauses
    assert clauses
    assert [c.id for c in clauses] == list(range(len(clauses)))
    assert len({(c.kind, c.head, c.arguments[:1]) for c in clauses}) == len(clauses)
    for clause in clauses:
        assert clause.parent is None or clauses[clause.parent].head in [t.i for t in doc[clause.head].ancestors]
        assert sum(a.slot is Slot.SUBJECT for a in clause.arguments) <= 1
        for argument in clause.arguments:
            places = (argument.head, *argument.conjuncts, *argument.markers, *clause.verbs, *clause.negations)
            assert all(0 <= i < len(doc) for i in places)
            assert argument.head in argument.conjuncts
            assert list(argument.conjuncts) == sorted(set(argument.conjuncts))
