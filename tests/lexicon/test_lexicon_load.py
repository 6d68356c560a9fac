from pathlib import Path

from kg.lexicon import Lexicon
from kg.lexicon.load import read_lexicon

FREIGHT = Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"


def freight() -> Lexicon:
    return read_lexicon([FREIGHT])


def test_class_has_iris_codes_and_property():
    berth = freight().classes["Berth"]
    assert berth.iri == "https://freight.example/ns#Berth"
    assert berth.claim_iri == "https://freight.example/ns#BerthClaim"
    assert (berth.plover, berth.cameo, berth.stance, berth.pack) == ("COOPERATE", "06", "friendly", "freight")
    assert berth.property is not None
    assert (berth.property.iri, berth.property.symmetric) == ("https://freight.example/ns#berthsIn", False)
    assert freight().classes["Convoy"].property.symmetric


def test_roles_are_the_declared_and_the_common_ones():
    berth = freight().classes["Berth"]
    assert berth.main_roles == ("agent", "theme", "price")
    assert berth.roles["agent"].required
    assert berth.roles["begin"].values == ("date",)
    assert freight().classes["Convoy"].roles["participant"].minimum == 2


def test_triggers_are_named_by_class_and_lemma():
    verb, noun = freight().classes["Berth"].triggers
    assert (verb.name, verb.kind, verb.lemmas, verb.voice) == ("Berth/berth", "verb", ("berth", "tie_up"), "active")
    assert verb.require == {"subject": ("organization", "product", "lemma:ship")}
    assert (noun.name, noun.modality) == ("Berth/berth-2", "planned")
    assert noun.reversed == {"refuse": {"iobject": ("agent",), "subject": ("theme",)}}


def test_operator_has_words_by_kind():
    dither = freight().operators["dither"]
    assert dither.words == {"verb": ("dither",), "adverb": ("conceivably",)}
    assert (dither.effect, dither.slots) == ("possible", ("infinitive", "over"))
