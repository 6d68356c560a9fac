"""Which entities a direct triple may join."""

import pytest
from graph_records import Article

from kg.fuse.trust import Ends
from kg.lexicon import load_lexicon
from kg.model import EntityValue, Role

LEXICON = load_lexicon()
TYPES = {
    "Ada_Brandt": "schema:Person",
    "Chile": "schema:Country",
    "Quito": "schema:City",
    "Peru": "schema:Country",
    "Fado": "schema:CreativeWork",
}
ENDS = Ends(TYPES, {"Ada_Brandt": "Chile"})
ROLES = {"HoldOffice": ("agent", "recipient"), "Border": ("participant", "participant")}


def refused(kind, first, second, *, marks=(), **more):
    made = Article(f"{first.replace('_', ' ')} acted on {second.replace('_', ' ')}.")
    roles = ROLES.get(kind, ("agent", "recipient"))
    for name in (first, second):
        made.name(name.replace("_", " "))
    more.setdefault("rule", f"{kind}/acted")
    claim = made.claim(kind, "acted", *made.who(roles[0], first), *made.who(roles[1], second), **more)
    return ENDS.refusal(claim, (first, second), {second: marks}, LEXICON)


def test_ends_have_the_types_of_the_property():
    assert not refused("HoldOffice", "Ada_Brandt", "Chile")
    assert refused("HoldOffice", "Quito", "Chile") == "holdsOfficeIn does not join a schema:City with a schema:Country"
    assert "does not join" in refused("Border", "Ada_Brandt", "Chile")
    assert "does not join" in refused("Lend", "Ada_Brandt", "Peru")


def test_nobody_deals_with_the_side_that_he_acts_for():
    assert "acts for" in refused("Accuse", "Ada_Brandt", "Chile")
    assert not refused("Accuse", "Ada_Brandt", "Peru")


@pytest.mark.parametrize(
    ("predicate", "other", "stands"),
    [
        ("advise", "Peru", True),
        ("advise", "Quito", False),
        ("drive_to", "Quito", True),
        ("score_for", "Quito", False),
        ("leave_for", "Quito", True),
        ("serve_as", "Peru", False),
        ("advise", "Fado", False),
        ("do_with", "Peru", False),
        ("call", "Peru", False),
        ("put", "Peru", False),
        ("leave_for", "Peru", True),
    ],
)
def test_acts_without_class_reach_who_can_be_acted_on(predicate, other, stands):
    assert (refused("Act", "Ada_Brandt", other, predicate=predicate, rule="Act/clause") == "") is stands


def test_words_that_say_less_or_more_than_the_property_make_no_triple():
    assert "say less than accuses" in refused("Accuse", "Chile", "Peru", rule="Accuse/investigate")
    assert "alone do not say" in refused("Act", "Chile", "Peru", predicate="name", rule="Act/complex")
    assert "somebody else" in refused("Agree", "Chile", "Peru", rule="Agree/agreement/apart")


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("Accuse", "Accuse/summon"),
        ("Appoint", "Appoint/ceremony"),
        ("Attack", "Attack/attack_person"),
        ("Demand", "Demand/want"),
        ("HoldOffice", "HoldOffice/opposition"),
        ("Negotiate", "Negotiate/argue"),
        ("Sanction", "Sanction/call_off"),
    ],
)
def test_claims_of_weaker_words_stay_claims(kind, rule):
    first = "Ada_Brandt" if kind == "HoldOffice" else "Chile"
    assert "say less than" in refused(kind, first, "Peru", rule=rule)
    assert not refused(kind, first, "Ada_Brandt" if kind == "Appoint" else "Peru")


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("answered", "addressed to"),
        ("bare", "may be a noun"),
        ("cut", "go on beyond"),
        ("ended", "ended, suspended"),
        ("early", "further down"),
        ("shared", "bears as well"),
    ],
)
def test_cut_names_and_ended_dealings_make_no_triple(cue, told):
    given = {"marks": (cue,)} if cue in {"early", "shared"} else {"cues": (cue,)}
    assert told in refused("Accuse", "Chile", "Peru", **given)


def test_two_hosts_need_not_meet_each_other():
    made = Article("Chile and Peru received Norway.")
    roles = [Role("participant", EntityValue(name, made.name(name).at(name))) for name in ("Chile", "Peru", "Norway")]
    claim = made.claim("Meet", "received", *roles, rule="Meet/host")
    assert "a third" in ENDS.refusal(claim, ("Chile", "Peru"), {}, LEXICON)
    assert ENDS.refusal(claim, ("Chile", "Norway"), {}, LEXICON) == ""


def test_allies_of_a_third_need_not_be_allies_of_each_other():
    made = Article("Chile and Norway, both Peru allies, signed.")
    roles = [Role("participant", EntityValue(name, made.name(name).at(name))) for name in ("Chile", "Norway", "Peru")]
    claim = made.claim("Ally", "allies", *roles, rule="Ally/ally-2")
    assert "a third" in ENDS.refusal(claim, ("Chile", "Norway"), {}, LEXICON)
    assert ENDS.refusal(claim, ("Chile", "Peru"), {}, LEXICON) == ""
