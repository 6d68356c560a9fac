"""The two views of open triples, on hand-made parses and a few with the model."""

from __future__ import annotations

import pytest
from parses import parse
from spacy.language import Language

from kg.annotate.clauses.component import ClauseAnnotator
from kg.annotate.clauses.treebank import read_sentence
from kg.annotate.openie.triples import OpenTriple, extract_triples, to_json, triples


def rows(text: str, view: str) -> list[str]:
    return [" | ".join((t.subject, t.relation, *t.objects)) for t in triples(parse(text), view=view)]


TALKS = (
    "Mayors/NNS/nsubj/1 held/VBD/ROOT/1 talks/NNS/dobj/1 with/IN/prep/2 nurses/NNS/pobj/3 in/IN/prep/1 Cork/NNP/pobj/5 "
    "on/IN/prep/1 Friday/NNP/pobj/7"
)
MINIMAL = {
    "one fact a complement, what hangs on the object too": (
        TALKS,
        [
            "Mayors | held | talks",
            "Mayors | held talks with | nurses",
            "Mayors | held talks in | Cork",
            "Mayors | held talks on | Friday",
        ],
    ),
    "coordination is split on both sides": (
        "Peru/NNP/nsubj/3 and/CC/cc/0 Chile/NNP/conj/0 sold/VBD/ROOT/3 tin/NN/dobj/3 and/CC/cc/4 wool/NN/conj/4",
        ["Peru | sold | tin", "Peru | sold | wool", "Chile | sold | tin", "Chile | sold | wool"],
    ),
    "an of-phrase stays with its noun": (
        "Ghana/NNP/nsubj/1 is/VBZ/ROOT/1/be a/DT/det/3 member/NN/attr/1 of/IN/prep/3 the/DT/det/6 club/NN/pobj/4",
        ["Ghana | is | a member of the club"],
    ),
    "an infinitive goes on in the relation": (
        "Kenya/NNP/nsubj/1 wants/VBZ/ROOT/1 to/TO/aux/3 buy/VB/xcomp/1 tractors/NNS/dobj/3",
        ["Kenya | wants to buy | tractors"],
    ),
    "an infinitive behind an adjective": (
        "Banks/NNS/nsubj/1 are/VBP/ROOT/1/be ready/JJ/acomp/1 to/TO/aux/4 lend/VB/xcomp/2 money/NN/dobj/4",
        ["Banks | are ready to lend | money"],
    ),
    "a purpose carries the object": (
        "Crews/NNS/nsubj/1 dug/VBD/ROOT/1 wells/NNS/dobj/1 to/TO/aux/4 reach/VB/advcl/1 water/NN/dobj/4",
        ["Crews | dug | wells", "Crews | dug wells to reach | water"],
    ),
    "a gerund behind a preposition": (
        "He/PRP/nsubj/1 left/VBD/ROOT/1 after/IN/prep/1 selling/VBG/pcomp/2 shares/NNS/dobj/3",
        ["He | left after selling | shares"],
    ),
    "a causative carries who is made to act": (
        "Rain/NN/nsubj/1 helped/VBD/ROOT/1 farmers/NNS/nsubj/3 save/VB/ccomp/1 crops/NNS/dobj/3",
        ["Rain | helped farmers save | crops", "farmers | save | crops"],
    ),
    "a plan to do something": (
        "Mali/NNP/nsubj/1 has/VBZ/ROOT/1 plans/NNS/dobj/1 to/TO/aux/4 close/VB/acl/2 mines/NNS/dobj/4",
        ["Mali | has | plans", "Mali | has plans to close | mines"],
    ),
    "what a relative clause says of an attribute is said of the subject": (
        "Tuna/NN/nsubj/1 is/VBZ/ROOT/1/be a/DT/det/3 fish/NN/attr/1 that/WDT/nsubj/5 crosses/VBZ/relcl/3 seas/NNS/dobj/5",
        ["Tuna | is | a fish", "Tuna | crosses | seas"],
    ),
    "there is the subject of there-is": (
        "There/EX/expl/1 was/VBD/ROOT/1/be no/DT/det/3 truce/NN/attr/1 in/IN/prep/3 Doha/NNP/pobj/4",
        ["There | was | no truce", "There | was no truce in | Doha"],
    ),
    "coordinated clauses are said one by one": (
        "Aides/NNS/nsubj/1 said/VBD/ROOT/1 he/PRP/nsubj/3 lied/VBD/ccomp/1 and/CC/cc/3 fled/VBD/conj/3 home/RB/advmod/5",
        ["Aides | said | he lied", "Aides | said | he fled home", "he | fled | home"],
    ),
    "a noun of time": (
        "Prices/NNS/nsubj/1 rose/VBD/ROOT/1 last/JJ/amod/3 year/NN/npadvmod/1",
        ["Prices | rose | last year"],
    ),
    "so much later": (
        "Two/CD/nummod/1 years/NNS/npadvmod/2 later/RB/advmod/4 prices/NNS/nsubj/4 rose/VBD/ROOT/4",
        ["prices | rose | Two years later"],
    ),
    "an adverb only where nothing else stands": (
        "She/PRP/nsubj/1 works/VBZ/ROOT/1 here/RB/advmod/1",
        ["She | works | here"],
    ),
    "a discourse phrase is no fact": (
        "For/IN/prep/3 example/NN/pobj/0 Togo/NNP/nsubj/3 exports/VBZ/ROOT/3 cocoa/NN/dobj/3",
        ["Togo | exports | cocoa"],
    ),
    "a date in two parts": (
        "She/PRP/nsubj/1 left/VBD/ROOT/1 on/IN/prep/1 May/NNP/pobj/2 3/CD/nummod/3 ,/,/punct/3 1998/CD/nummod/3",
        ["She | left on | May 3 , 1998"],
    ),
}


@pytest.mark.parametrize("name", MINIMAL)
def test_minimal_view(name: str) -> None:
    text, expected = MINIMAL[name]
    assert rows(text, "minimal") == expected


FULL = {
    "one tuple a predicate": (TALKS, ["Mayors | held | talks with nurses | in Cork | on Friday"]),
    "the first preposition goes to the relation, what stood in front comes last": (
        "In/IN/prep/3 May/NNP/pobj/0 she/PRP/nsubj/3 moved/VBD/ROOT/3 to/IN/prep/3 Quito/NNP/pobj/4",
        ["she | moved to | Quito | In May"],
    ),
    "adverbs stand in the relation": (
        "She/PRP/nsubj/2 quickly/RB/advmod/2 left/VBD/ROOT/2 Lima/NNP/dobj/2",
        ["She | quickly left | Lima"],
    ),
    "adverbs between verb and complement, too": (
        "Trains/NNS/nsubj/1 run/VBP/ROOT/1 daily/RB/advmod/1 to/IN/prep/1 Cork/NNP/pobj/3 now/RB/advmod/1",
        ["Trains | run daily to | Cork | now"],
    ),
    "an adverb that opens a phrase": (
        "She/PRP/nsubj/1 ran/VBD/ROOT/1 ahead/RB/advmod/1 of/IN/prep/2 rivals/NNS/pobj/3",
        ["She | ran ahead of | rivals"],
    ),
    "a place of meeting has no preposition": (
        (
            "The/DT/det/1 port/NN/nsubj/6 where/WRB/advmod/4 ships/NNS/nsubj/4 unload/VBP/relcl/1 coal/NN/dobj/4 "
            "closed/VBD/ROOT/6 early/RB/advmod/6"
        ),
        ["ships | unload | coal | The port", "The port | closed | early"],
    ),
    "coordinated objects are split, subjects not": (
        "Peru/NNP/nsubj/3 and/CC/cc/0 Chile/NNP/conj/0 sold/VBD/ROOT/3 tin/NN/dobj/3 and/CC/cc/4 wool/NN/conj/4",
        ["Peru and Chile | sold | tin", "Peru and Chile | sold | wool"],
    ),
    "that goes to the relation": (
        "Pilots/NNS/nsubj/1 said/VBD/ROOT/1 that/IN/mark/4 engines/NNS/nsubj/4 failed/VBD/ccomp/1 badly/RB/advmod/4",
        ["Pilots | said that | engines failed badly", "engines | failed | badly"],
    ),
    "an infinitive keeps the phrases of the verb above": (
        (
            "Kenya/NNP/nsubj/1 agreed/VBD/ROOT/1 in/IN/prep/1 Doha/NNP/pobj/2 to/TO/aux/5 buy/VB/xcomp/1 "
            "tractors/NNS/dobj/5"
        ),
        ["Kenya | agreed to buy | tractors | in Doha"],
    ),
    "a reduced passive gets its be": (
        "Bridges/NNS/nsubj/4 built/VBN/acl/0 by/IN/agent/1 monks/NNS/pobj/2 collapsed/VBD/ROOT/4",
        ["Bridges | is built by | monks"],
    ),
    "appositions and titles": (
        (
            "Kenyan/JJ/amod/3 President/NNP/compound/3 William/NNP/compound/3 Ruto/NNP/nsubj/4 met/VBD/ROOT/4 "
            "Lee/NNP/dobj/4 ,/,/punct/5 a/DT/det/8 singer/NN/appos/5"
        ),
        [
            "Kenyan President William Ruto | met | Lee",
            "William Ruto | is | Kenyan President",
            "Lee | is | a singer",
        ],
    ),
    "a gerund under a noun is not the subject's": (
        "He/PRP/nsubj/1 praised/VBD/ROOT/1 the/DT/det/3 art/NN/dobj/1 of/IN/prep/3 carving/VBG/pcomp/4 wood/NN/dobj/5",
        ["He | praised | the art of carving wood"],
    ),
}


@pytest.mark.parametrize("name", FULL)
def test_full_view(name: str) -> None:
    text, expected = FULL[name]
    assert rows(text, "full") == expected


def test_confidence_ranks_finite_clauses_first() -> None:
    doc = parse(
        "Farmers/NNS/nsubj/3 blocking/VBG/acl/0 roads/NNS/dobj/1 burned/VBD/ROOT/3 tyres/NNS/dobj/3 ,/,/punct/4 "
        "a/DT/det/7 nuisance/NN/appos/4"
    )
    found = {t.relation: t.confidence for t in triples(doc, view="full")}
    assert found["burned"] > found["blocking"]
    assert all(0 <= c <= 1 for c in found.values())


def test_json_is_what_the_command_writes() -> None:
    triple = OpenTriple(subject="Peru", relation="sold", objects=("tin", "in May"), confidence=0.9)
    assert to_json("7", [triple]) == {
        "id": "7",
        "triples": [{"subject": "Peru", "relation": "sold", "objects": ["tin", "in May"], "confidence": 0.9}],
    }


SENTENCES = (
    "The ministry -LRB- which employs 300 people -RRB- called the plan `` a step back '' and refused to comment on it .",
    "Born in Accra, the poet moved to Lagos, where she taught, wrote and, in 1987, founded a press with two friends.",
    "Critics of the dam say that it's too costly; supporters, among them farmers' unions, want it finished by 2030.",
    "After months of talks between unions and owners, the re-elected council agreed on Monday to raise wages by 4%.",
)


@pytest.mark.model
@pytest.mark.parametrize("view", ["minimal", "full"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_word_is_the_sentences_and_no_fact_stands_twice(model: Language, sentence: str, view: str) -> None:
    doc = ClauseAnnotator()(model(read_sentence(model, sentence)))
    found = triples(doc, view=view)
    assert found
    have = sorted(sentence.replace(" ", ""))
    for triple in found:
        relation = triple.relation.removeprefix("is").strip()
        for part in (triple.subject, relation, *triple.objects):
            left = list(have)
            for letter in part.replace(" ", ""):
                left.remove(letter)
    read = [" ".join((t.subject, t.relation, *t.objects)).casefold() for t in found]
    assert len(set(read)) == len(read)


@pytest.mark.model
def test_texts_keep_their_ids_and_may_hold_several_sentences(model: Language) -> None:
    nlp = model
    if "kg_clauses" not in nlp.pipe_names:
        nlp.add_pipe("kg_clauses")
    try:
        found = dict(extract_triples([("a", "Peru sold tin. Chile bought it."), ("b", "")], nlp, view="minimal"))
    finally:
        nlp.remove_pipe("kg_clauses")
    assert [(t.subject, t.relation, t.objects) for t in found["a"]] == [
        ("Peru", "sold", ("tin",)),
        ("Chile", "bought", ("it",)),
    ]
    assert found["b"] == []
