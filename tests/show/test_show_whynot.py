import io
import re
import sqlite3
from contextlib import closing
from decimal import Decimal

import pyoxigraph as ox
import pytest
from graph_records import Article, case_lines
from pyoxigraph import Store
from rich.console import Console

import kg
from kg.config import Settings
from kg.corrections import Corrections, Review, ReviewVerdict
from kg.errors import QueryError
from kg.fuse.gate import load_gate
from kg.fuse.kept.fuser import Fuser
from kg.fuse.kept.withheld import Withheld
from kg.fuse.sources import Record
from kg.fuse.world import world_of
from kg.iris import DEFAULT_BASE
from kg.lexicon import load_lexicon
from kg.lexicon.compile import ontology_graph
from kg.model import Modality, Polarity
from kg.rdf.nquads import graph_lines
from kg.rdf.world import WorldWriter
from kg.revise import write_reviews
from kg.show.whynot import render_why_not, why_not
from kg.store.quads import add_lines

ENTITIES = ("Norway", "Fiji", "Chile", "Peru")


def article(text, *claims):
    made = Article(text)
    for name in ENTITIES:
        if name in text:
            made.name(name)
    for kind, trigger, roles, more in claims:
        made.claim(kind, trigger, *(r for role, *keys in roles for r in made.who(role, *keys)), **more)
    return made


LOAN = (("agent", "Norway"), ("recipient", "Fiji"))


def graph(*articles):
    store = ox.Store()
    settings, lexicon = Settings(), load_lexicon()
    add_lines(store, case_lines(articles, settings=settings, lexicon=lexicon))
    name = settings.iris.ontology_graph
    add_lines(store, graph_lines(ontology_graph(lexicon), name))
    return store


def ask(store, subject="Norway", predicate="lendsTo", thing="Fiji"):
    options = {"lexicon": load_lexicon(), "threshold": Decimal("0.5"), "base": DEFAULT_BASE}
    return why_not(store, subject, predicate, thing, **options)


def reasons(store, *triple):
    return [(item.kind, item.reason) for item in ask(store, *triple).obstacles]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"polarity": Polarity.NEGATED}, ("negated", "negated: the source says that it is not so")),
        ({"modality": Modality.POSSIBLE}, ("modality", "only possible")),
        ({"modality": Modality.DESIRED}, ("modality", "only desired")),
        ({"confidence": "0.4"}, ("confidence", "confidence 0.4, below the threshold of 0.5")),
    ],
)
def test_a_claim_that_does_not_count_says_why(more, expected):
    store = graph(article("Norway lent Fiji some boats.", ("Lend", "lent", LOAN, more)))
    [item] = ask(store).obstacles
    assert (item.kind, item.reason) == expected
    assert (item.source, item.published, item.quote) == (
        "Harbour Post", "2023-03-14", "Norway lent Fiji some boats.",
    )  # fmt: skip


def test_what_fusing_held_against_a_sure_claim_is_told():
    made = article("Norway lent Fiji some boats.", ("Lend", "lent", LOAN, {"cues": ("cut",)}))
    records = [Record(*made.record())]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        fuser = Fuser(database, lambda _: records[0].annotation, lexicon=load_lexicon(), settings=Settings())
        fuser.enter(records[0])
        fuser.settle()
        assert not world_of(fuser).statements
        withheld = Withheld(database, load_lexicon(), Decimal("0.5"))
        told = withheld(made.claims[0].id, "Norway", "Fiji")
        assert told == "a name seems to go on beyond what was recognised of it"
        options = {"lexicon": load_lexicon(), "threshold": Decimal("0.5"), "base": DEFAULT_BASE}
        found = why_not(graph(made), "Norway", "lendsTo", "Fiji", withheld=withheld, **options)
        assert withheld("0000000000000000", "Norway", "Fiji") == ""
    assert [(item.kind, item.reason) for item in found.obstacles] == [("gate", told)]


@pytest.mark.model
def test_the_gate_is_named_with_probability_and_threshold(tmp_path):
    text = "Ana Ruiz met Eva Kern and Mia Lund. Ana Ruiz left. Peru said that it had accused her of fraud."
    (tmp_path / "a.txt").write_text(f"Old news of the day\n\n{text}\n")
    (tmp_path / "sources.toml").write_text('["a.txt"]\npublisher = "Post"\npublished = 2024-05-05\nlanguage = "en"\n')
    with kg.build(tmp_path, graph=tmp_path / "graph") as built:
        found = built.why_not("Peru", "accuses", "Ana Ruiz")
    (gate,) = (item for item in found.obstacles if item.kind == "gate")
    told = r"the gate of direct triples: probability (0\.\d\d) that the sentence says so of both \((.+)\)"
    match = re.fullmatch(told + r", below the threshold of (0\.\d\d)", gate.reason)
    assert match
    assert {"embedded", "referring"} <= set(match[2].split(", "))
    assert float(match[1]) < float(match[3]) == load_gate().threshold


def test_a_triple_that_holds_is_said_to():
    found = ask(graph(article("Norway lent Fiji some boats.", ("Lend", "lent", LOAN, {}))))
    assert (found.holds, found.obstacles) == (True, ())


def test_the_other_direction_is_told():
    store = graph(article("Norway lent Fiji some boats.", ("Lend", "lent", LOAN, {})))
    why = "other roles: kg:lendsTo leads from agent to recipient, and this is Lend: agent Norway, recipient Fiji"
    assert reasons(store, "Fiji", "lendsTo", "Norway") == [("roles", why)]


def test_a_claim_that_misses_one_of_the_two_is_told():
    store = graph(article("Norway lent boats, Fiji said.", ("Lend", "lent", (("agent", "Norway"),), {})))
    assert reasons(store) == [
        ("unlinked", "Fiji is in the sentence, but plays no role in Lend: agent Norway"),
    ]  # fmt: skip


def test_other_relations_between_the_two_are_told():
    store = graph(article("Norway met Fiji.", ("Meet", "met", (("participant", "Norway", "Fiji"),), {})))
    assert reasons(store) == [("other", "something else is said: Meet: participant Fiji and Norway")]


def test_sentences_without_a_claim_are_told():
    store = graph(article("Norway and Fiji are far apart. Norway slept. Fiji danced."))
    [item] = ask(store).obstacles
    assert (item.kind, item.quote) == ("sentence", "Norway and Fiji are far apart.")
    assert item.reason == "names both, but no claim was found that joins them"


def test_a_claim_marked_wrong_is_told_with_its_note():
    made = article("Norway lent Fiji some boats.", ("Lend", "lent", LOAN, {}))
    store = graph(made)
    review = Review(claim=made.claims[0].id, verdict=ReviewVerdict.WRONG, note="It was Finland")
    write_reviews(store, Corrections(reviews=(review,)), WorldWriter(Settings(), load_lexicon()))
    store.update(
        "DELETE { GRAPH ?g { ent:Norway kg:lendsTo ent:Fiji } } WHERE { GRAPH ?g { ent:Norway kg:lendsTo ent:Fiji } }",
        prefixes={"ent": f"{DEFAULT_BASE}entity/", "kg": "https://w3id.org/kg-news/ns#"},
    )
    assert reasons(store) == [("wrong", "marked wrong: It was Finland")]


def test_a_claim_in_quarantine_is_told_with_the_reason(world: Store) -> None:
    found = reasons(world, "Chile", "lendsTo", "Japan")
    assert found[0] == ("rejected", "in quarantine: A claim cites its sentence.")


def test_unknown_entities_are_told_with_what_is_near():
    store = graph(article("Norway lent Fiji some boats to see Norwood.", ("Lend", "lent", LOAN, {})))
    [item] = ask(store, "Norwey", "lendsTo", "Fiji").obstacles
    assert item.reason == "no entity is named 'Norwey'; near it: Norway (ent:Norway)"
    [item] = ask(store, "Norwood", "lendsTo", "Fiji").obstacles
    assert item.reason.endswith("; the words stand in 1 sentence, not linked")
    assert item.quote == "Norway lent Fiji some boats to see Norwood."


def test_entities_that_nothing_joins_are_told():
    store = graph(article("Norway slept. Fiji danced."))
    out = io.StringIO()
    render_why_not(ask(store), Console(file=out, width=80))
    assert out.getvalue() == "Norway · lends to · Fiji\nNo sentence names both, so nothing could be found.\n"


def test_obstacles_are_printed_with_source_and_sentence():
    made = article("Norway may lend Fiji some boats.", ("Lend", "lend", LOAN, {"modality": Modality.POSSIBLE}))
    out = io.StringIO()
    render_why_not(ask(graph(made)), Console(file=out, width=80))
    assert out.getvalue() == (
        "Norway · lends to · Fiji\n"
        f"- only possible (claim:{made.claims[0].id})\n"
        "    Harbour Post, 2023-03-14: “Norway may lend Fiji some boats.”\n"
    )


def test_an_unknown_property_is_an_error():
    with pytest.raises(QueryError, match="'lendTo' is no property of this graph"):
        ask(graph(article("Norway lent Fiji boats.", ("Lend", "lent", LOAN, {}))), "Norway", "lendTo", "Fiji")


def test_claims_of_one_kind_are_told_once_and_counted():
    text = "Norway met Fiji. Norway and Fiji met again."
    made = article(text, ("Meet", "met", (("participant", "Norway", "Fiji"),), {}))
    made.claim("Meet", "met", *made.who("participant", "Norway", "Fiji"), at=made.at("met", after=20))
    assert reasons(graph(made)) == [
        ("other", "something else is said: Meet: participant Fiji and Norway (and 1 more of this kind)")
    ]


def test_many_other_claims_are_counted_beside_what_stands_nearer():
    text = "Norway did not lend Fiji boats. Norway met Fiji. Norway visited Fiji. Norway sanctioned Fiji. Norway accused Fiji."
    made = article(text, ("Lend", "lend", LOAN, {"polarity": Polarity.NEGATED}))
    for kind, word, roles in (
        ("Meet", "met", (("participant", "Norway", "Fiji"),)),
        ("Visit", "visited", (("agent", "Norway"), ("destination", "Fiji"))),
        ("Sanction", "sanctioned", (("agent", "Norway"), ("recipient", "Fiji"))),
        ("Accuse", "accused", (("agent", "Norway"), ("recipient", "Fiji"))),
    ):
        made.claim(kind, word, *(r for role, *keys in roles for r in made.who(role, *keys)), at=made.at(word))
    out = io.StringIO()
    render_why_not(ask(graph(made)), Console(file=out, width=200))
    lines = [line for line in out.getvalue().splitlines() if line.startswith("- ")]
    assert [line.partition(":")[0] for line in lines] == ["- negated", *3 * ["- something else is said"]]
    assert lines[-1] == "- something else is said: 2 other kinds of claims join the two"
