"""What ships in the packs: coverage, and words that nothing could ever match."""

from __future__ import annotations

import tomllib

from kg import resources
from kg.lexicon import load_lexicon

LEXICON = load_lexicon()
TRIGGERS = [(kind, trigger) for kind in LEXICON.classes.values() for trigger in kind.triggers]
# The classes of the vocabulary that the shipped packs must hold.
CLASSES = {
    "Meet",
    "Visit",
    "Negotiate",
    "Say",
    "Agree",
    "Sign",
    "Support",
    "Cooperate",
    "Lend",
    "Aid",
    "Supply",
    "Buy",
    "Sell",
    "Invest",
    "Concede",
    "Demand",
    "Accuse",
    "Reject",
    "Threaten",
    "Protest",
    "Exercise",
    "Deploy",
    "Sanction",
    "Coerce",
    "Attack",
    "HoldOffice",
    "Appoint",
    "Leave",
    "Employ",
    "Member",
    "Ally",
    "Border",
    "Locate",
    "Own",
    "Acquire",
    "Found",
    "Birth",
    "Death",
    "Try",
    "Win",
    "Act",
}


def test_packs_hold_the_classes_of_the_vocabulary() -> None:
    assert set(LEXICON.classes) == CLASSES


def test_every_class_but_act_has_verbs_and_nouns() -> None:
    for kind in LEXICON.classes.values():
        kinds = {trigger.kind for trigger in kind.triggers}
        expected = set() if kind.name == "Act" else {"verb"} if kind.name == "Say" else {"verb", "noun"}
        assert expected <= kinds, kind.name


def test_there_are_hundreds_of_words() -> None:
    verbs = {lemma for _, t in TRIGGERS if t.kind == "verb" for lemma in t.lemmas}
    nouns = {lemma for _, t in TRIGGERS if t.kind == "noun" for lemma in t.lemmas}
    assert len(verbs) >= 600
    assert len(nouns) >= 300


def test_every_trigger_has_a_frame() -> None:
    for kind, trigger in TRIGGERS:
        assert trigger.frame, (kind.name, trigger.name)


def test_lemmas_are_written_once_in_a_trigger_and_in_lower_case() -> None:
    for _, trigger in TRIGGERS:
        assert len(set(trigger.lemmas)) == len(trigger.lemmas), trigger.name
        assert all(lemma == lemma.lower() for lemma in trigger.lemmas), trigger.name


def test_every_word_list_is_used() -> None:
    text = "".join(path.read_text("utf-8") for path in resources.packs())
    read_by_code = {
        "rank_word",
        "container",
        "human",
        "organ",
        "force",
        "office_word",
        "state_arm",
        "setting_word",
        "member_title",
    }
    for name in set(LEXICON.words) - read_by_code:
        assert f'"{name}"' in text or f'"{name} ' in text or f' {name}"' in text, name


def test_no_list_holds_a_word_twice() -> None:
    for path in resources.packs():
        for name, words in tomllib.loads(path.read_text("utf-8")).get("words", {}).items():
            repeated = sorted({word for word in words if words.count(word) > 1})
            assert not repeated, (name, repeated)


def test_names_of_the_sample_articles_are_in_no_pack() -> None:
    text = "".join(path.read_text("utf-8") for path in resources.packs()).casefold()
    for name in ("putin", "lukashenko", "belarus", "russia", "zapad", "minsk", "kremlin"):
        assert name not in text
