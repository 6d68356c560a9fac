import json

import pyoxigraph as ox
import pytest
from graph_records import Article, case_lines

from kg.config import Settings
from kg.lexicon import load_lexicon
from kg.model import Modality, Polarity
from kg.show.changes import difference_json, difference_text
from kg.store.diff import compare
from kg.store.quads import add_lines

TEXT = "Norway lent Fiji $5m on Monday. Chile met Peru in March."


def loan(text=TEXT, *, amount="5000000", words="$5m", path="a.txt", **more):
    made = Article(text, path=path).name("Norway").name("Fiji").name("Chile").name("Peru")
    made.claim(
        "Lend",
        "lent",
        *made.who("agent", "Norway"),
        *made.who("recipient", "Fiji"),
        made.money("amount", words, amount),
        **more,
    )
    made.claim("Meet", "met", *made.who("participant", "Chile", "Peru"))
    return made


def graph(*articles):
    store = ox.Store()
    add_lines(store, case_lines(articles, settings=Settings(), lexicon=load_lexicon()))
    return store


def told(before, after):
    return [
        (change.kind, change.sign, change.after or change.before, change.details)
        for change in compare(before, after).changes
    ]


def test_a_graph_does_not_differ_from_itself():
    assert not compare(graph(loan()), graph(loan()))


def test_text_that_changed_elsewhere_changes_no_claim():
    assert told(graph(loan()), graph(loan(TEXT + " It rained."))) == []


def test_another_reading_of_the_same_words_is_a_change():
    lent = "Lend: agent Norway, recipient Fiji, amount 5,000,000 USD"
    assert told(graph(loan()), graph(loan(modality=Modality.POSSIBLE, confidence="0.6"))) == [
        ("claim", "~", f"{lent}; possible", ("modality actual → possible", "confidence 0.8 → 0.6")),
        ("event", "~", lent, ("modality actual → possible",)),
        ("triple", "-", "ent:Norway kg:lendsTo ent:Fiji", ()),
    ]


def test_a_changed_sentence_is_another_claim_of_the_same_event():
    after = graph(loan(TEXT.replace("$5m", "$9m"), amount="9000000", words="$9m"))
    assert told(graph(loan()), after) == [
        ("claim", "-", "Lend: agent Norway, recipient Fiji, amount 5,000,000 USD", ()),
        ("claim", "+", "Lend: agent Norway, recipient Fiji, amount 9,000,000 USD", ()),
        ("event", "~", "Lend: agent Norway, recipient Fiji, amount 9,000,000 USD",
         ("amount 5,000,000 USD → 9,000,000 USD",)),
    ]  # fmt: skip


def test_another_source_adds_its_claims_and_counts():
    text = "As Norway lent Fiji $5m, Fiji did not thank Norway. Chile met Peru again."
    more = Article(text, path="b.txt", publisher="Island Mail").name("Norway").name("Fiji")
    more.claim("Lend", "lent", *more.who("agent", "Norway"), *more.who("recipient", "Fiji"))
    changes = compare(graph(loan()), graph(loan(), more)).changes
    assert [(c.kind, c.sign, c.details) for c in changes] == [
        ("claim", "+", ()),
        ("event", "~", ("independent sources 1 → 2",)),
        ("triple", "~", ("independent sources 1 → 2",)),
    ]
    assert (changes[0].source, changes[0].published) == ("Island Mail", "2023-03-14")
    assert changes[0].quote == "As Norway lent Fiji $5m, Fiji did not thank Norway."


def test_a_denial_is_a_change_of_the_triple():
    text = "Norway never lent Fiji money, officials insisted."
    more = Article(text, path="b.txt", publisher="Island Mail").name("Norway").name("Fiji")
    roles = (*more.who("agent", "Norway"), *more.who("recipient", "Fiji"))
    more.claim("Lend", "lent", *roles, polarity=Polarity.NEGATED)
    changes = compare(graph(loan()), graph(loan(), more)).changes
    assert changes[1].details == ("disputed false → true", "independent sources 1 → 2")
    assert changes[2].details == ("denials none → 1",)


def test_changes_are_printed_with_source_and_sentence():
    text = difference_text(compare(graph(loan()), graph(loan(confidence="0.75"))))
    claim = loan(confidence="0.75").claims[0].id
    assert text == (
        "Claims: 1 changed\n"
        f"~ Lend: agent Norway, recipient Fiji, amount 5,000,000 USD  (claim:{claim})\n"
        "    confidence 0.8 → 0.75\n"
        "    Harbour Post, 2023-03-14: “Norway lent Fiji $5m on Monday.”\n"
        "Events: the same\n"
        "Direct triples: the same\n"
    )


def test_changes_as_json():
    found = json.loads(difference_json(compare(graph(), graph(loan()))))
    assert found["counts"] == {
        "claim": {"added": 2, "removed": 0, "changed": 0},
        "event": {"added": 2, "removed": 0, "changed": 0},
        "triple": {"added": 3, "removed": 0, "changed": 0},
    }
    assert found["changes"][0]["change"] == "added"
    assert found["changes"][0]["before"] is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"maximum": "640000000"}, "at most 640,000,000 USD"),
        ({"minimum": "1", "maximum": "2"}, "1 to 2 USD"),
    ],
)
def test_sums_are_put_in_words(more, words):
    made = Article("Norway lent Fiji up to $640m in March.").name("Norway").name("Fiji")
    made.claim("Lend", "lent", *made.who("agent", "Norway"), made.money("amount", "$640m", None, **more))
    [change] = [c for c in compare(graph(), graph(made)).changes if c.kind == "claim"]
    assert change.after == f"Lend: agent Norway, amount {words}"
