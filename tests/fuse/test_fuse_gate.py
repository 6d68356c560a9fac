"""How probable a direct triple is, and when it may stand."""

from datetime import date

import pytest
from graph_records import Article

from kg.annotate.cues import CUES as READ_CUES
from kg.config import Settings
from kg.errors import ResourceError
from kg.fuse import fuse
from kg.fuse.gate import CUES, FEATURES, Gate, features, load_gate, word_of
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import EntityValue, Modality, Role

LEXICON = load_lexicon()
GATE = load_gate()
PAIR = ("Norway", "Fiji")


def claim(text="Norway praised Fiji.", trigger="praised", kind="Support", first="agent", second="recipient", **more):
    more.setdefault("rule", "Support/support")
    made = Article(text)
    for name in PAIR:
        made.name(name)
    roles = [Role(role, EntityValue(key, made.at(key))) for role, key in zip((first, second), PAIR, strict=True)]
    made.claim(kind, trigger, *roles, **{"confidence": "0.95"} | more)
    return made


def probability(marks=(), **more):
    (found,) = claim(**more).claims
    return GATE.probability(found, PAIR, {"Fiji": marks}, LEXICON)


def has(**more):
    (found,) = claim(**more).claims
    return features(found, PAIR, {}, LEXICON, {word_of(found)})


def test_a_plain_clause_between_names_passes():
    assert probability() >= GATE.threshold
    assert has() == set()


@pytest.mark.parametrize("mark", ["description", "guessed", "passed", "pronoun", "stale", "unsure"])
def test_doubtful_words_weigh_against_a_triple(mark):
    assert probability(marks=(mark,)) < probability()


def test_a_pronoun_that_may_mean_somebody_else_gives_no_triple():
    assert probability(marks=("pronoun", "passed", "stale"), confidence="0.85") < GATE.threshold
    assert probability(marks=("pronoun", "passed", "stale")) < probability(confidence="0.85") < probability()


def test_what_a_person_confirmed_is_right():
    assert probability(marks=("unsure", "stale"), confidence="1", cues=("embedded",)) == 1


def test_features_tell_state_class_and_order():
    assert has(modality=Modality.PLANNED) == {"planned"}
    assert has(kind="Act", first="agent", second="theme") == {"act"}
    assert has(kind="Act", first="agent", second="theme", cues=("borrowed",)) == {"act", "borrowed", "loose_act"}
    assert has(text="Norway, Fiji met.", trigger="met", kind="Meet", first="participant", second="participant") == {
        "symmetric"
    }
    assert has(cues=("ended", "cut")) == set()


def test_what_is_governed_or_turned_round_is_doubtful_where_a_pronoun_stands_for_an_end():
    given = {"cues": ("embedded",), "text": "Norway, Fiji and praise.", "trigger": "praise"}
    assert has(**given) == set()
    (found,) = claim(**given).claims
    doubts = {"embedded", "disordered", "referring"}
    assert features(found, PAIR, {"Fiji": ("pronoun",)}, LEXICON, {word_of(found)}) == doubts
    assert features(found, PAIR, {"Fiji": ("unsure",)}, LEXICON, {word_of(found)}) == doubts | {"unsure"}


def test_words_that_were_never_judged_right_weigh_against_a_triple():
    (known,) = claim(rule="Support/support").claims
    (new,) = claim(rule="Support/extol").claims
    assert GATE.features(known, PAIR, {}, LEXICON) == set()
    assert GATE.features(new, PAIR, {}, LEXICON) == {"untried"}
    assert GATE.probability(new, PAIR, {}, LEXICON) < GATE.probability(known, PAIR, {}, LEXICON)
    (act,) = claim(kind="Act", first="agent", second="theme", predicate="advise", rule="Act/clause").claims
    assert word_of(act) == "Act/advise"


def test_cues_are_those_that_the_language_pipeline_reads():
    assert set(CUES) < set(READ_CUES)
    assert len(set(FEATURES)) == len(FEATURES)


def test_one_sure_claim_is_enough_and_unsure_ones_of_one_source_are_not():
    gate = Gate({}, 0.9)
    assert gate.passes([("a", 0.95), ("a", 0.6)])
    assert not gate.passes([("a", 0.85), ("a", 0.85)])
    assert not gate.passes([])


def test_independent_sources_pass_together_with_less():
    gate = Gate({}, 0.9)
    assert gate.passes([("a", 0.7), ("b", 0.7)])
    assert not gate.passes([("a", 0.6), ("b", 0.6)])


def test_what_is_wrong_more_often_than_not_counts_for_nothing():
    assert Gate({}, 0.9).may_count(0.5)
    assert not Gate({}, 0.9).may_count(0.49)


def statements(*made):
    """Fuse with a gate that one report misses and two reach."""
    one = GATE.probability(made[0].claims[0], PAIR, {}, LEXICON)
    between = Gate(GATE.coefficients, 1 - (1 - one) ** 1.5, GATE.tried)
    found = fuse([Record(*m.record()) for m in made], lexicon=LEXICON, settings=Settings(), gate=between)
    return [(s.subject, s.object, len(s.supported_by), s.source_count) for s in found.statements]


def report(n):
    made = claim(cues=("borrowed",))
    text, day = f"Norway praised Fiji.{' It rained.' * n}", date(2023, 3, 14)
    again = Article(text, path=f"{n}.txt", published=day, publisher=f"Paper {n}", url=f"https://{n}.example/a")
    again.entities, again.mentions = made.entities, made.mentions
    again.claim(
        "Support", "praised", *again.who("agent", "Norway"), *again.who("recipient", "Fiji"), cues=("borrowed",)
    )
    return again


def test_two_lineages_make_a_triple_stand_that_neither_would():
    assert statements(report(0)) == []
    assert statements(report(0), report(7)) == [("Norway", "Fiji", 2, 2)]


def test_a_broken_file_says_what_is_expected(tmp_path):
    (tmp_path / "gate.toml").write_text("threshold = 0.9\n[coefficients]\nbias = 1\n")
    with pytest.raises(
        ResourceError, match="expected a threshold, words that were tried, and a number for bias, confidence"
    ):
        load_gate(tmp_path / "gate.toml")
