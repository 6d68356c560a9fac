"""What the words make doubtful about the parties of a claim."""

import pytest
from graph_records import ORGANIZATION, PERSON, Article

from kg.fuse.marks import MARKS, Surroundings
from kg.model import Mention, MentionKind


def article(text, **names):
    made = Article(text)
    for key, words in names.items():
        kind = PERSON if key[0].isupper() and "_" in key else ORGANIZATION
        for surface in (words,) if isinstance(words, str) else words:
            made.name(key, surface, kind=kind)
    return made


def refer(made, words, *keys, kind=MentionKind.PRONOUN, score=0.95, after=0):
    at = made.at(words, after=after)
    made.mentions.add(Mention(start=at.start, end=at.end, kind=kind, entities=keys, score=score))


def marks(made, key, words, *, after=0):
    role = made.who("agent", key)[0]
    at = made.at(words, after=after) if words else None
    claim = made.claim("Accuse", "accused", type(role)("agent", type(role.value)(key, at)))
    return Surroundings(made.annotation()).marks(claim)[key]


def test_names_have_no_marks():
    assert marks(article("Ana Ruiz accused Peru.", Ana_Ruiz="Ana Ruiz"), "Ana_Ruiz", "Ana Ruiz") == ()


def test_a_pronoun_tells_how_far_its_name_is():
    made = article("Ana Ruiz left. She accused Peru.", Ana_Ruiz="Ana Ruiz")
    refer(made, "She", "Ana_Ruiz")
    assert marks(made, "Ana_Ruiz", "She") == ("pronoun",)
    made = article("Ana Ruiz left. It rained. She accused Peru.", Ana_Ruiz="Ana Ruiz")
    refer(made, "She", "Ana_Ruiz")
    assert marks(made, "Ana_Ruiz", "She") == ("pronoun", "stale")


def test_a_pronoun_is_doubtful_whose_person_was_passed():
    made = article("Eva Kern saw Ana Ruiz. Eva Kern left. She accused Peru.", Ana_Ruiz="Ana Ruiz", Eva_Kern="Eva Kern")
    refer(made, "She", "Ana_Ruiz")
    assert marks(made, "Ana_Ruiz", "She") == ("passed", "pronoun", "stale")


def test_descriptions_and_groups_are_marked():
    made = article("Acme and Bolt grew. It rained. The two firms accused Peru.", acme="Acme", bolt="Bolt")
    refer(made, "The two firms", "acme", "bolt", kind=MentionKind.NOMINAL, score=0.6)
    assert marks(made, "acme", "The two firms") == ("description", "stale", "unsure")


def test_who_stands_nowhere_in_the_sentence_is_unsure():
    made = article("Ana Ruiz left. Peru was accused.", Ana_Ruiz="Ana Ruiz")
    assert marks(made, "Ana_Ruiz", None) == ("unsure",)


def test_one_word_of_a_person_is_guessed():
    assert marks(article("Ruiz accused Peru.", Ruiz_person="Ruiz"), "Ruiz_person", "Ruiz") == ("guessed",)


@pytest.mark.parametrize(
    ("text", "key", "names", "early"),
    [
        ("It rained. Verbrugge accused Peru. Martin Verbrugge left.", "M_V", ("Martin Verbrugge", "Verbrugge"), True),
        ("It rained. Martin Verbrugge left. Verbrugge accused Peru.", "M_V", ("Martin Verbrugge", "Verbrugge"), False),
        ("Verbrugge accused Peru. It rained. Martin Verbrugge left.", "M_V", ("Martin Verbrugge", "Verbrugge"), False),
        ("Mayotte accused Peru. Energy of Mayotte left.", "energy", ("Energy of Mayotte", "Mayotte"), True),
        ("It rained. BTA accused Peru. Bank of Trade left.", "bank", ("Bank of Trade", "BTA"), False),
    ],
)
def test_a_cut_name_before_the_whole_one_is_early(text, key, names, early):
    made = article(text, **{key: names})
    assert (marks(made, key, names[1]) == ("early",)) is early


def test_a_part_of_a_name_that_another_one_has_too_is_shared():
    text = "Ben Acme leads Acme Power. Acme accused Peru. Power accused Peru."
    made = article(text, Ben_Acme=("Ben Acme", "Acme"), acme=("Acme Power", "Power"))
    assert marks(made, "Ben_Acme", "Acme", after=22) == ("shared",)
    assert marks(made, "Ben_Acme", "Ben Acme") == ()
    assert marks(made, "acme", "Power", after=30) == ()


def test_two_persons_of_one_surname_are_told_apart_elsewhere_three_are_not():
    made = article("Ben Kern met Eva Kern. Kern accused Peru.", Ben_Kern=("Ben Kern", "Kern"), Eva_Kern="Eva Kern")
    assert marks(made, "Ben_Kern", "Kern", after=20) == ()
    made.name("Ina_Kern", "Ina Kern", kind=PERSON)
    assert marks(made, "Ben_Kern", "Kern", after=20) == ("shared",)


def test_every_mark_is_listed():
    assert list(MARKS) == sorted(set(MARKS))
