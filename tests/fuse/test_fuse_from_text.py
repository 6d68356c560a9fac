"""Sentences of two articles, through the pipeline into fusing: one event or two."""

from datetime import date

import pytest
from graph_records import Article

from kg.config import Settings
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import DisputeKind
from kg.worker import load_annotator

pytestmark = pytest.mark.model

# two sentences of Tuesday, 14 March 2023, and the classes by which they tell of it
SAME = [
    ("Kenya lent Peru $630 million, officials said.", "Peru received up to $640 million in loans from Kenya.", "Lend"),
    (
        "Norwegian President Ingrid Dahl met Chilean President Bruno Paz in Oslo on Monday.",
        "Norway and Chile held talks in Oslo on Monday.",
        "Meet Negotiate",
    ),
    ("Ghana and Fiji agreed on a common tariff.", "Ghana and Fiji did not agree on the common tariff.", "Agree"),
    (
        "Ghana and Fiji did not agree on a common currency on Tuesday.",
        "Ghana and Fiji failed to reach an agreement on a single currency.",
        "Agree",
    ),
    (
        "Kenya and Tanzania signed the Harbour Treaty on 7 March 2023.",
        "The Harbour Treaty was signed by Kenya and Tanzania.",
        "Sign",
    ),
    ("Dune Capital acquired Fjord Rail.", "Fjord Rail was bought by Dune Capital on Monday.", "Acquire Buy"),
    ("Norway imposed sanctions on Fiji.", "Fiji was sanctioned by Norway on Monday.", "Sanction"),
    ("Peru accused Chile of smuggling.", "Chile was accused of smuggling by Peru.", "Accuse"),
    ("Kenya will sell Peru 12 helicopters.", "Kenya plans to sell 12 helicopters to Peru.", "Sell"),
    ("Kenyan President Ada Mwangi visited Peru on Monday.", "Mwangi, the president of Kenya, visited Peru.", "Visit"),
    ("Kenya supplies natural gas to Peru.", "Natural gas is supplied to Peru by Kenya.", "Supply"),
    ("Kenya and Peru agreed on 17 programmes for their ports.", "Kenya and Peru have agreed on 17 road maps.", "Agree"),
    ("Kenya attacked Peru on Monday, killing 12 people.", "Peru was attacked by Kenya on Monday.", "Attack"),
    ("Kenya sold Peru 12 helicopters.", "Kenya sold 14 helicopters to Peru.", "Sell"),
    ("Kenya moved K-30 fighters to Peru.", "Kenya moved K-30SM fighter jets to Peru.", "Deploy"),
]
DIFFERENT = [
    ("Kenya met Peru in March 2021.", "Kenya met Peru on Monday.", "Meet"),
    ("Kenya lent Peru $630 million.", "Peru lent Kenya $630 million.", "Lend"),
    ("Kenya lent Peru $630 million.", "Kenya lent Peru $9 billion.", "Lend"),
    (
        "Ghana and Fiji agreed on economic integration.",
        "Ghana and Fiji did not agree on political integration.",
        "Agree",
    ),
    ("Norway imposed sanctions on Fiji.", "Norway imposed sanctions on Ghana.", "Sanction"),
    ("Kenya sold Peru 12 helicopters.", "Peru hopes to buy helicopters from Kenya.", "Sell Buy"),
    ("Kenya attacked Peru on Sunday.", "Kenya attacked Peru on Monday.", "Attack"),
    ("Kenya and Peru signed the Harbour Treaty.", "Kenya and Peru signed the Bridge Treaty.", "Sign"),
    ("Kenya offered Peru assistance.", "Officials in Lima were satisfied with Kenyan support.", "Aid Support"),
    ("Kenya sold Peru 12 helicopters.", "Kenya sold Peru 12 trucks.", "Sell"),
    ("Ada Mwangi said taxes must fall.", "Ada Mwangi said the port will close in May.", "Say"),
    ("Kenya and Peru met on Monday.", "Kenya and Norway met on Monday.", "Meet"),
    (
        "Peru and Chile held the Red Crane exercises in 2022.",
        "Peru and Chile held the Red Crane exercises in 2023.",
        "Exercise",
    ),
]


@pytest.fixture(scope="module")
def world_of():
    annotate = load_annotator(Settings())

    def make(*texts):
        documents = [
            Article(text, path=f"{number}.txt", published=date(2023, 3, 14), publisher=f"Paper {number}").document
            for number, text in enumerate(texts)
        ]
        records = [Record(document, found) for document, found in annotate(documents)]
        return records, fuse(records, lexicon=load_lexicon(), settings=Settings())

    return make


def events(records, world, classes):
    """For each document, the events of its claims of the classes."""
    of = dict(world.claim_events())
    return [{of[c.id] for c in record.annotation.claims if c.event_type in classes.split()} for record in records]


@pytest.mark.parametrize(("first", "second", "classes"), SAME)
def test_reports_of_one_event_come_together(world_of, first, second, classes):
    one, other = events(*world_of(first, second), classes)
    assert one & other


@pytest.mark.parametrize(("first", "second", "classes"), DIFFERENT)
def test_reports_of_two_events_stay_apart(world_of, first, second, classes):
    one, other = events(*world_of(first, second), classes)
    assert one
    assert other
    assert not one & other


RIVAL, BOUNDS, DENIED = DisputeKind
# what two sources of one day say, and the dispute that a reader would see
DISPUTED = [
    (
        "Kenya will lend Peru $630 million.",
        "Peru will receive up to $640 million in loans from Kenya.",
        ("amount", BOUNDS),
    ),
    ("Kenya lent Peru $630 million.", "Kenya lent Peru $700 million.", ("amount", RIVAL)),
    ("Kenya and Peru met in Lima on Sunday.", "Kenya and Peru met in Lima on Saturday.", ("begin", RIVAL)),
    (
        "Ghana and Fiji agreed on a common tariff.",
        "Ghana and Fiji did not agree on the common tariff.",
        ("polarity", DENIED),
    ),
    (
        "Kenya lent Peru $900 million in 2021.",
        "Peru received $900 million in loans from Kenya and the Andes Bank in 2021.",
        ("agent", RIVAL),
    ),
    ("Kenya sold Peru 12 helicopters.", "Kenya sold 14 helicopters to Peru.", ("theme", RIVAL)),
    ("A quake in Peru killed 40 people on Sunday.", "A quake in Peru killed 71 people on Sunday.", ("count", RIVAL)),
]
UNDISPUTED = [
    ("Kenya lent Peru $630 million.", "Kenya lent Peru $630 million (about 84 billion shillings)."),
    ("Kenya lent Peru $630 million.", "Kenya lent Peru 590 million euros."),
    ("Kenya lent Peru $630 million.", "Kenya lent Peru about $600 million."),
    (
        "Kenya and Peru hold the Red Crane exercises. Up to 200,000 soldiers take part in the exercises.",
        "Kenya and Peru hold the Red Crane exercises. About 200,000 troops take part in the exercises.",
    ),
    ("Kenya moved K-30 fighters to Peru.", "Kenya moved K-30SM fighter jets to Peru."),
    ("A quake in Peru killed dozens of people on Sunday.", "A quake in Peru killed 71 people on Sunday."),
    ("A quake in Peru killed between 60 and 80 people on Sunday.", "A quake in Peru killed 71 people on Sunday."),
    ("Norway sent Peru 40 tonnes of medicine.", "Norway sent 40 tons of medicine to Peru."),
    ("Kenya and Peru met in Lima in March 2023.", "Kenya and Peru met in Lima on 12 March 2023."),
]


@pytest.mark.parametrize(("first", "second", "dispute"), DISPUTED)
def test_sources_that_differ_stand_side_by_side(world_of, first, second, dispute):
    records, world = world_of(first, second)
    assert [(d.role, d.kind) for d in world.disputes] == [dispute]
    said = {claim.id: claim.document_id for record in records for claim in record.annotation.claims}
    assert len({said[claim] for claim in world.disputes[0].claims}) == 2


@pytest.mark.parametrize(("first", "second"), UNDISPUTED)
def test_sources_that_agree_in_other_words_are_no_dispute(world_of, first, second):
    _, world = world_of(first, second)
    assert world.disputes == ()
    assert max(event.source_count for event in world.events) == 2


def test_agreement_that_nobody_reached_is_negated_and_asserts_nothing(world_of):
    _, world = world_of(*SAME[3][:2])
    (event,) = (event for event in world.events if event.event_type == "Agree")
    assert (event.polarity, event.source_count, event.disputed) == ("negated", 2, False)
    assert not [s for s in world.statements if s.predicate.endswith(("agreesWith", "cooperatesWith"))]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kenya funded Peru.", [("Kenya", "Peru")]),
        ("Peru named Kenya an ally.", []),
        ("Kenya left Peru with a debt.", []),
        ("Ghana, Peru and Chile held talks.", [("Ghana", "Peru"), ("Chile", "Peru"), ("Chile", "Ghana")]),
        ("Peru's police investigated Kenya.", []),
        ("Kenya erased Peru from its maps.", []),
        ("Kenya met Peru, not Ghana.", [("Kenya", "Peru")]),
        ("Talks mediated by Norway and Oman failed.", []),
        ("Kenya is accused by Peru.", [("Kenya", "Peru")]),
        ("Did Kenya fund Peru?", []),
        ("Bruno Paz criticised its deals with Peru and Kenya.", []),
    ],
)
def test_who_deals_with_whom(world_of, text, pairs):
    _, world = world_of(text)
    made = {tuple(sorted(end.rsplit("/", 1)[-1] for end in (s.subject, s.object))) for s in world.statements}
    assert made == {tuple(sorted(pair)) for pair in pairs}
