"""The manual's example is a pack that works, and the manual names every key."""

import re
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import load_lexicon
from kg.lexicon.model import EFFECTS, FILLER_CLASSES, ROLES, VALUE_KINDS
from kg.lexicon.triggers import TRIGGER_KEYS

MANUAL = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text("utf-8")


def example(tmp_path, text: str) -> Path:
    path = tmp_path / "harbour.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def pack() -> str:
    match = re.search(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    assert match
    return match[1]


def test_example_is_a_pack(tmp_path, pack):
    lexicon = load_lexicon([example(tmp_path, pack)])
    berth = lexicon.classes["Berth"]
    assert berth.claim_iri == "https://harbour.example/ns#BerthClaim"
    assert berth.triggers[0].needs == (("subject", "object"), ("in", "at"))
    assert lexicon.classes["Visit"].triggers[-1].name == "Visit/call_at"


def test_error_is_the_one_shown(tmp_path, pack):
    path = example(tmp_path, pack.replace('in = "place", at', 'in = "plcae", at'))
    with pytest.raises(LexiconError) as caught:
        load_lexicon([path])
    shown = " ".join(MANUAL.split())
    assert str(caught.value).removeprefix(f"{path.parent}/").removesuffix(".") in shown


@pytest.mark.parametrize("word", [*TRIGGER_KEYS, *ROLES, *VALUE_KINDS, *EFFECTS, *FILLER_CLASSES])
def test_every_key_and_word_is_in_the_manual(word):
    assert f"`{word}`" in MANUAL
