"""What is mended in the parser's tree before anything reads it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses.tree import Tree, tree_of

Token = tuple[str, str, str, int]
"""Word, tag, dependency, head."""


def tree(tokens: list[Token], lemmas: dict[str, str]) -> Tree:
    words = [t[0] for t in tokens]
    doc = Doc(
        Vocab(),
        words=words,
        tags=[t[1] for t in tokens],
        deps=[t[2] for t in tokens],
        heads=[t[3] for t in tokens],
        lemmas=[lemmas.get(w, w.lower()) for w in words],
    )
    return tree_of(doc)


@pytest.mark.parametrize(("noun", "dep"), [("gas", "dative"), ("Gas", "compound")])
def test_a_country_before_the_bare_object_of_giving_is_who_is_given_to(noun: str, dep: str) -> None:
    doc = Doc(
        Vocab(),
        words=["Oman", "sold", "Peru", noun, "."],
        tags=["NNP", "VBD", "NNP", "NN" if noun.islower() else "NNP", "."],
        deps=["nsubj", "ROOT", "compound", "dobj", "punct"],
        heads=[1, 1, 3, 1, 1],
        lemmas=["Oman", "sell", "Peru", noun, "."],
        ents=["B-GPE", "O", "B-GPE", "O", "O"],
    )
    assert tree_of(doc).deps[2] == dep


def test_a_past_behind_an_infinitive_goes_with_the_verb_above() -> None:
    found = tree(
        [
            ("Peru", "NNP", "nsubj", 1),
            ("urged", "VBD", "ROOT", 1),
            ("Chile", "NNP", "dobj", 1),
            ("to", "TO", "aux", 4),
            ("pay", "VB", "xcomp", 1),
            ("and", "CC", "cc", 4),
            ("offered", "VBD", "conj", 4),
            ("help", "NN", "dobj", 6),
        ],
        {"urged": "urge", "offered": "offer"},
    )
    assert found.heads[6] == 1


def test_what_is_denied_and_what_is_said_are_both_said_by_the_same() -> None:
    found = tree(
        [
            ("Paz", "NNP", "nsubj", 1),
            ("denied", "VBD", "ROOT", 1),
            ("Mali", "NNP", "nsubj", 3),
            ("knew", "VBD", "ccomp", 1),
            ("and", "CC", "cc", 3),
            ("said", "VBD", "conj", 3),
            ("Chad", "NNP", "nsubj", 7),
            ("lied", "VBD", "ccomp", 5),
        ],
        {"denied": "deny", "knew": "know", "said": "say", "lied": "lie"},
    )
    assert found.heads[5] == 1


def test_a_sentence_before_a_semicolon_is_no_complement() -> None:
    found = tree(
        [
            ("Mali", "NNP", "nsubj", 1),
            ("left", "VBD", "ccomp", 4),
            (";", ":", "punct", 4),
            ("Chad", "NNP", "nsubj", 4),
            ("denied", "VBD", "ROOT", 4),
            ("it", "PRP", "dobj", 4),
        ],
        {"left": "leave", "denied": "deny"},
    )
    assert found.deps[1] == "juxtaposed"


@pytest.mark.parametrize(("verb", "lemma", "dep"), [("sold", "sell", "dative"), ("quit", "quit", "dobj")])
def test_the_first_of_two_objects_is_who_is_given_to_behind_verbs_of_giving(verb: str, lemma: str, dep: str) -> None:
    found = tree(
        [
            ("Turkey", "NNP", "nsubj", 1),
            (verb, "VBD", "ROOT", 1),
            ("Mali", "NNP", "dobj", 1),
            ("six", "CD", "nummod", 4),
            ("drones", "NNS", "dobj", 1),
        ],
        {verb: lemma},
    )
    assert found.deps[2] == dep
    assert found.deps[4] == "dobj"


def test_a_simple_past_behind_a_past_perfect_goes_with_the_verb_of_speech() -> None:
    found = tree(
        [
            ("Oxfam", "NNP", "nsubj", 1),
            ("said", "VBD", "ROOT", 1),
            ("guards", "NNS", "nsubj", 4),
            ("had", "VBD", "aux", 4),
            ("fled", "VBN", "ccomp", 1),
            ("and", "CC", "cc", 4),
            ("urged", "VBD", "conj", 4),
            ("Mali", "NNP", "dobj", 6),
        ],
        {"said": "say", "urged": "urge"},
    )
    assert found.heads[6] == 1


def test_what_is_said_in_a_letter_hangs_on_the_verb() -> None:
    found = tree(
        [
            ("Nkosi", "NNP", "nsubj", 1),
            ("said", "VBD", "ROOT", 1),
            ("in", "IN", "prep", 1),
            ("a", "DT", "det", 4),
            ("letter", "NN", "pobj", 2),
            ("that", "IN", "mark", 7),
            ("Chad", "NNP", "nsubj", 7),
            ("lied", "VBD", "acl", 4),
        ],
        {"said": "say"},
    )
    assert (found.heads[7], found.deps[7]) == (1, "ccomp")


def test_the_doer_of_a_passive_is_raised_from_the_gerund() -> None:
    found = tree(
        [
            ("Diop", "NNP", "nsubjpass", 2),
            ("was", "VBD", "auxpass", 2),
            ("barred", "VBN", "ROOT", 2),
            ("from", "IN", "prep", 2),
            ("running", "VBG", "pcomp", 3),
            ("by", "IN", "agent", 4),
            ("judges", "NNS", "pobj", 5),
        ],
        {"barred": "bar"},
    )
    assert found.heads[5] == 2


def test_who_is_pressed_controls_the_infinitive() -> None:
    found = tree(
        [
            ("Oslo", "NNP", "nsubj", 1),
            ("pressed", "VBD", "ROOT", 1),
            ("Mali", "NNP", "dobj", 1),
            ("to", "TO", "aux", 4),
            ("leave", "VB", "advcl", 1),
        ],
        {"pressed": "press"},
    )
    assert found.deps[4] == "xcomp"


def test_what_something_is_called_is_no_adverbial() -> None:
    found = tree(
        [
            ("Diop", "NNP", "nsubj", 1),
            ("called", "VBD", "ROOT", 1),
            ("it", "PRP", "dobj", 1),
            ("a", "DT", "det", 4),
            ("farce", "NN", "npadvmod", 1),
        ],
        {"called": "call"},
    )
    assert found.deps[4] == "oprd"


def test_which_behind_a_share_means_what_is_measured() -> None:
    found = tree(
        [
            ("an", "DT", "det", 1),
            ("award", "NN", "ROOT", 1),
            ("of", "IN", "prep", 1),
            ("3", "CD", "nummod", 4),
            ("%", "NN", "pobj", 2),
            ("which", "WDT", "dobj", 7),
            ("they", "PRP", "nsubj", 7),
            ("refused", "VBD", "relcl", 4),
        ],
        {"refused": "refuse"},
    )
    assert found.heads[7] == 1


def test_what_somebody_is_accused_of_hangs_on_the_verb() -> None:
    found = tree(
        [
            ("Mali", "NNP", "nsubj", 1),
            ("accused", "VBD", "ROOT", 1),
            ("the", "DT", "det", 3),
            ("envoy", "NN", "dobj", 1),
            (",", ",", "punct", 3),
            ("Diallo", "NNP", "appos", 3),
            (",", ",", "punct", 3),
            ("of", "IN", "prep", 3),
            ("spying", "VBG", "pcomp", 7),
        ],
        {"accused": "accuse"},
    )
    assert found.heads[7] == 1


@pytest.mark.parametrize(("noun", "tag", "above"), [("genocide", "NN", 1), ("Gao", "NNP", 3)])
def test_a_crime_behind_of_hangs_on_the_verb_that_charges(noun: str, tag: str, above: int) -> None:
    found = tree(
        [
            ("Mali", "NNP", "nsubj", 1),
            ("accused", "VBD", "ROOT", 1),
            ("the", "DT", "det", 3),
            ("group", "NN", "dobj", 1),
            ("of", "IN", "prep", 3),
            (noun, tag, "pobj", 4),
        ],
        {"accused": "accuse"},
    )
    assert found.heads[4] == above


@pytest.mark.parametrize(("joint", "tag"), [(",", ","), ("and", "CC")])
def test_what_stands_before_the_speaker_is_what_is_said(joint: str, tag: str) -> None:
    found = tree(
        [
            ("Rebels", "NNS", "nsubj", 1),
            ("left", "VBD", "ROOT", 1),
            (joint, tag, "punct" if tag == "," else "cc", 1),
            ("Soto", "NNP", "nsubj", 4),
            ("told", "VBD", "conj", 1),
            ("reporters", "NNS", "dobj", 4),
        ],
        {"left": "leave", "told": "tell"},
    )
    assert (found.heads[1], found.deps[1]) == ((4, "ccomp") if tag == "," else (1, "ROOT"))


def test_a_name_between_a_verb_of_paying_and_the_sum_is_who_pays() -> None:
    doc = Doc(
        Vocab(),
        words=["Peru", "fined", "Acme", "5", "pesos"],
        tags=["NNP", "VBD", "NNP", "CD", "NNS"],
        deps=["nsubj", "ROOT", "nmod", "nummod", "dobj"],
        heads=[1, 1, 4, 4, 1],
        lemmas=["Peru", "fine", "Acme", "5", "peso"],
        ents=["B-GPE", "O", "B-ORG", "O", "O"],
    )
    found = tree_of(doc)
    assert (found.heads[2], found.deps[2]) == (1, "dative")


def test_a_verb_in_the_continuous_form_is_no_attribute() -> None:
    found = tree(
        [
            ("Peru", "NNP", "nsubj", 1),
            ("is", "VBZ", "ROOT", 1),
            ("mediating", "VBG", "attr", 1),
            (".", ".", "punct", 1),
        ],
        {"is": "be", "mediating": "mediate"},
    )
    assert (found.heads, found.deps) == ([2, 2, 2, 2], ["nsubj", "aux", "ROOT", "punct"])


@pytest.mark.parametrize(("verb", "above"), [("said", 1), ("thought", 4)])
def test_a_day_right_behind_said_is_when_it_was_said(verb: str, above: int) -> None:
    found = tree(
        [
            ("Chad", "NNP", "nsubj", 1),
            (verb, "VBD", "ROOT", 1),
            ("on", "IN", "prep", 4),
            ("Friday", "NNP", "pobj", 2),
            ("left", "VBD", "ccomp", 1),
        ],
        {"said": "say", "thought": "muse", "left": "leave"},
    )
    assert found.heads[2] == above


def test_which_behind_a_person_means_what_the_person_leads() -> None:
    doc = Doc(
        Vocab(),
        words=["the", "government", "of", "Diaz", ",", "which", "fell"],
        tags=["DT", "NN", "IN", "NNP", ",", "WDT", "VBD"],
        deps=["det", "ROOT", "prep", "pobj", "punct", "nsubj", "relcl"],
        heads=[1, 1, 1, 2, 3, 6, 3],
        lemmas=["the", "government", "of", "Diaz", ",", "which", "fall"],
        ents=["O", "O", "O", "B-PERSON", "O", "O", "O"],
    )
    assert tree_of(doc).heads[6] == 1


@pytest.mark.parametrize(("tag", "dep"), [("NNP", "nsubj"), ("NN", "conj")])
def test_a_name_before_a_verb_without_subject_does_it(tag: str, dep: str) -> None:
    found = tree(
        [
            ("Chad", "NNP", "nsubj", 1),
            ("backs", "VBZ", "ROOT", 1),
            ("bans", "NNS", "dobj", 1),
            ("and", "CC", "cc", 2),
            ("Mali", tag, "conj", 2),
            (",", ",", "punct", 2),
            ("wants", "VBZ", "conj", 1),
            ("more", "JJR", "dobj", 6),
        ],
        {"backs": "back", "wants": "want"},
    )
    assert found.deps[4] == dep


@pytest.mark.parametrize(("mark", "above"), [(",", 2), ("later", 5)])
def test_what_goes_on_behind_an_aside_is_said_as_well(mark: str, above: int) -> None:
    found = tree(
        [
            ("Chad", "NNP", "nsubj", 2),
            ("would", "MD", "aux", 2),
            ("pay", "VB", "ccomp", 5),
            (",", ",", "punct", 5),
            ("Diaz", "NNP", "nsubj", 5),
            ("said", "VBD", "ROOT", 5),
            (mark, "," if mark == "," else "RB", "punct" if mark == "," else "advmod", 5),
            ("and", "CC", "cc", 5),
            ("had", "VBD", "aux", 9),
            ("signed", "VBN", "conj", 5),
        ],
        {"said": "say"},
    )
    assert found.heads[9] == above


@pytest.mark.parametrize(("verb", "above"), [("killed", 1), ("borders", 4)])
def test_that_behind_an_attack_on_somebody_means_what_killed(verb: str, above: int) -> None:
    found = tree(
        [
            ("the", "DT", "det", 1),
            ("attack", "NN", "ROOT", 1),
            ("on", "IN", "prep", 1),
            ("the", "DT", "det", 4),
            ("state", "NN", "pobj", 2),
            ("that", "WDT", "nsubj", 6),
            (verb, "VBD", "relcl", 4),
            ("ten", "CD", "dobj", 6),
        ],
        {"killed": "kill", "borders": "border"},
    )
    assert found.heads[6] == above


@pytest.mark.parametrize(("verb", "above"), [("denied", 4), ("told", 0)])
def test_what_is_denied_has_its_own_subject(verb: str, above: int) -> None:
    found = tree(
        [
            (verb, "VBD", "ROOT", 0),
            ("her", "PRP$", "poss", 2),
            ("arrest", "NN", "dobj", 0),
            ("now", "RB", "advmod", 4),
            ("was", "VBD", "ccomp", 0),
            ("unfair", "JJ", "acomp", 4),
        ],
        {"denied": "deny", "told": "tell", "was": "be"},
    )
    assert found.heads[2] == above


@pytest.mark.parametrize(("auxiliary", "tag", "above"), [("would", "MD", 1), ("now", "RB", 4)])
def test_a_contrast_in_another_tense_is_the_reporters(auxiliary: str, tag: str, above: int) -> None:
    found = tree(
        [
            ("Chad", "NNP", "nsubj", 1),
            ("said", "VBD", "ROOT", 1),
            ("Mali", "NNP", "nsubj", 4),
            (auxiliary, tag, "aux" if tag == "MD" else "advmod", 4),
            ("pay", "VB" if tag == "MD" else "VBD", "ccomp", 1),
            (",", ",", "punct", 4),
            ("while", "IN", "mark", 8),
            ("Togo", "NNP", "nsubj", 8),
            ("left", "VBD", "advcl", 4),
        ],
        {"said": "say", "left": "leave"},
    )
    assert found.heads[8] == above


def test_who_said_the_first_adds_the_second() -> None:
    said = tree(
        [
            ("Paz", "NNP", "nsubj", 1),
            ("said", "VBD", "ROOT", 1),
            ("tariffs", "NNS", "nsubj", 3),
            ("hurt", "VBP", "ccomp", 1),
            (",", ",", "punct", 3),
            ("adding", "VBG", "advcl", 3),
            ("he", "PRP", "nsubj", 7),
            ("feared", "VBD", "ccomp", 5),
            ("them", "PRP", "dobj", 7),
        ],
        {"said": "say", "adding": "add", "feared": "fear", "tariffs": "tariff"},
    )
    assert said.heads[5] == 1
