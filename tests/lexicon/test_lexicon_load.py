import pickle
import subprocess
import sys
from pathlib import Path

from kg.lexicon import Lexicon
from kg.lexicon.load import load_lexicon, read_lexicon

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


def test_digest_is_of_content_not_of_comments_or_order(tmp_path):
    commented = tmp_path / "freight.toml"
    commented.write_text("# A comment.\n" + FREIGHT.read_text("utf-8"), "utf-8")
    assert read_lexicon([commented]).digest == freight().digest
    assert len(freight().digest) == 64
    other = tmp_path / "other.toml"
    other.write_text('[pack]\nname = "a"\n[words]\nhull = ["ship"]\n', "utf-8")
    assert read_lexicon([FREIGHT, other]) == read_lexicon([other, FREIGHT])
    assert read_lexicon([FREIGHT, other]) != freight()
    changed = tmp_path / "changed.toml"
    changed.write_text(FREIGHT.read_text("utf-8").replace('"tie_up"', '"moor"'), "utf-8")
    assert read_lexicon([changed]).digest != freight().digest


def test_shipped_lexicon_is_read_once_and_can_be_pickled():
    assert load_lexicon() is load_lexicon()
    assert load_lexicon([FREIGHT]) is load_lexicon((FREIGHT,))
    assert pickle.loads(pickle.dumps(load_lexicon())) == load_lexicon()  # noqa: S301 (our own bytes)


def test_shipped_lexicon_and_a_user_s_pack_go_together():
    both = load_lexicon([FREIGHT])
    assert set(both.classes) == set(load_lexicon().classes) | {"Berth", "Convoy"}
    assert both.prefixes == {"fr": "https://freight.example/ns#"}
    assert both.classes["Lend"].iri == "https://w3id.org/kg-news/ns#Lend"
    assert both.digest != load_lexicon().digest


def test_importing_the_lexicon_does_not_load_rdflib():
    code = "import sys, kg.lexicon; print('rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
