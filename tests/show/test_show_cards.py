import io

import pytest
from graph_records import Article, case_lines
from pyoxigraph import NamedNode, Store
from rich.console import Console

from kg.config import Settings
from kg.errors import QueryError
from kg.iris import KG
from kg.lexicon import load_lexicon
from kg.query import load_query, run
from kg.show.cards import read_cards, render_cards
from kg.show.disputes import read_disputes
from kg.store.claims import ClaimReader
from kg.store.quads import add_lines


def cards(world: Store, query: str, **params: str):
    return read_cards(world, run(world, load_query(query), params=params))


def printed(found, *, width: int = 80) -> list[str]:
    out = io.StringIO()
    render_cards(found, Console(file=out, width=width, color_system=None))
    return out.getvalue().splitlines()


def test_an_event_is_a_card_with_its_sources_and_quotes(world: Store) -> None:
    card = cards(world, "who-met-whom")[0]
    assert (card.iri, card.facts) == ("evt:meet-oslo", ("2 independent sources",))
    assert card.title == "Meet · participant Amina Wanjiru and Lars Holm, place Oslo, begin 2022-03-14"
    assert [voice.name for voice in card.voices] == ["Coastal Herald", "Nairobi Courier"]
    assert [claim.id for claim in card.supporting] == ["meet-herald", "meet-courier"]


def test_rows_of_one_event_share_a_card(world: Store) -> None:
    assert [card.iri for card in cards(world, "disputes")] == ["evt:agree", "evt:lend"]


def test_a_copy_counts_for_what_it_copies(world: Store) -> None:
    [card] = [card for card in cards(world, "who-met-whom") if card.iri == "evt:meet-tokyo"]
    assert [(voice.name, voice.told_by) for voice in card.voices] == [("Pacific Wire", ("Copy Post",))]


def test_both_sides_of_a_dispute_stand_next_to_each_other(world: Store) -> None:
    lines = printed(cards(world, "disputes", entity="Kenya")[1:])
    assert lines == [
        "╭─ Lend · agent Norway, recipient Kenya, theme Lamu, deadline 2030-06 ─────────╮",
        "│ 2 independent sources, disputed                                              │",
        "│ Sources: Coastal Herald; Nairobi Courier                                     │",
        "│                                                                              │",
        "│ Disputed: amount: one gives a bound                                          │",
        "│   200,000,000 EUR                      at most 250,000,000 EUR               │",
        "│   Coastal Herald, 2022-03-14           Nairobi Courier, 2022-03-15           │",
        "│   “Norway lent Kenya 200 million       “Norway lent Kenya up to 250          │",
        "│   euros for the port of Lamu, to be    million euros, to be repaid by        │",
        "│   repaid by June 2030.”                June 2030.”                           │",
        "╰─────────────────────────────────────────────────────────────────── evt:lend ─╯",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("query", ["disputes", "who-met-whom", "statements-by-speaker", "single-source", "evidence"])
def test_cards_fit_the_terminal(world: Store, query: str, width: int) -> None:
    lines = printed(cards(world, query), width=width)
    assert lines
    assert {len(line) for line in lines} == {width}


def test_a_statement_is_titled_by_its_triple(world: Store) -> None:
    query = "SELECT ?s { ?s rdf:predicate kg:agreesWith ; rdf:subject ent:Kenya }"
    [card] = read_cards(world, run(world, query))
    assert card.title.startswith("Kenya · ")
    assert card.facts == ("1 independent source", "no source says it in its own voice", "disputed")
    assert [claim.id for claim in card.denying] == ["agree-herald"]
    assert [dispute.role for dispute in card.disputes] == ["polarity"]


def test_a_claim_tells_polarity_modality_and_confidence(world: Store) -> None:
    [card] = read_cards(world, run(world, "SELECT ?c { ?c kg:rule ?r FILTER(?c = claim:supply-herald) }"))
    assert card.facts == ("planned", "confidence 0.81")
    assert any("said by Lars Holm, planned" in line for line in printed([card]))


def test_cells_beyond_the_title_are_told(world: Store) -> None:
    [card] = read_cards(world, run(world, 'SELECT ?e ("blue" AS ?mood) { ?e a kg:Event FILTER(?e = evt:lend) }'))
    assert card.answer == (("mood", "blue"),)


def test_an_empty_answer_is_said(world: Store) -> None:
    assert printed(read_cards(world, run(world, "SELECT ?e { ?e a kg:Nothing }"))) == ["The answer is empty."]


@pytest.mark.parametrize("query", ["SELECT ?e { ?e a schema:Country }", "ASK { ?s ?p ?o }"])
def test_answers_without_claims_are_refused(world: Store, query: str) -> None:
    with pytest.raises(QueryError, match="no column of this answer holds claims, events or statements"):
        read_cards(world, run(world, query))


def test_about_as_much_is_on_the_side_of_exactly_as_much() -> None:
    made = []
    for number, (words, value, more) in enumerate(
        [("$400m", "400", {}), ("about $400m", "400", {"approximate": True}), ("up to $450m", None, {"maximum": "450"})]
    ):
        one = Article(f"Kenya lent Peru {words}.", path=f"{number}.txt", publisher=f"Paper {number}")
        one.name("Kenya").name("Peru")
        one.claim(
            "Lend",
            "lent",
            *one.who("agent", "Kenya"),
            *one.who("recipient", "Peru"),
            one.money("amount", words, value, **more),
        )
        made.append(one)
    store = Store()
    add_lines(store, case_lines(made, settings=Settings(), lexicon=load_lexicon()))
    (event,) = {
        q.subject.value
        for q in store.quads_for_pattern(None, NamedNode(f"{KG}sourceCount"), None)
        if "/event/" in q.subject.value
    }
    (dispute,) = read_disputes(ClaimReader(store), event)
    assert [(side.value, len(side.claims)) for side in dispute.sides] == [("400 USD", 2), ("at most 450 USD", 1)]
