"""Which entities a direct triple may join."""

from kg.fuse.trust import Ends
from kg.lexicon import load_lexicon

CLASSES = load_lexicon().classes
TYPES = {"Ada_Brandt": "schema:Person", "Chile": "schema:Country", "Quito": "schema:City", "Peru": "schema:Country"}
ENDS = Ends(TYPES, {"Ada_Brandt": "Chile"})


def test_ends_have_the_types_of_the_property():
    assert ENDS.may_join(CLASSES["HoldOffice"], ("Ada_Brandt", "Chile"), {})
    assert not ENDS.may_join(CLASSES["HoldOffice"], ("Quito", "Chile"), {})
    assert not ENDS.may_join(CLASSES["Border"], ("Ada_Brandt", "Chile"), {})
    assert not ENDS.may_join(CLASSES["Lend"], ("Ada_Brandt", "Peru"), {})


def test_unsure_words_and_guessed_persons_give_no_triple():
    assert not ENDS.may_join(CLASSES["Lend"], ("Chile", "Peru"), {"Peru": 0.6})
    assert not ENDS.may_join(CLASSES["Accuse"], ("Peru", "Varnholt_person"), {})


def test_nobody_deals_with_the_side_that_he_acts_for():
    assert not ENDS.may_join(CLASSES["Accuse"], ("Ada_Brandt", "Chile"), {})
    assert ENDS.may_join(CLASSES["Accuse"], ("Ada_Brandt", "Peru"), {})
