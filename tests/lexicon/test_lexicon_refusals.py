"""A pack that is wrong is refused with file, entry, reason and what is allowed."""

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon.load import load_lexicon, read_lexicon

PACK = """
[pack]
name = "harvest"
[classes.Harvest]
label = "harvest"
definition = "A crop is brought in."
plover = "AID"
cameo = "07"
property = { name = "harvests", label = "harvests", from = "agent", to = "theme" }
[classes.Harvest.roles]
agent = { values = ["entity"], required = true }
theme = { values = ["entity", "text"] }
amount = { values = ["money"] }
[[classes.Harvest.triggers]]
verbs = ["harvest", "reap"]
frame = { subject = "agent", object = "theme", with = ["theme", "place"] }
require = { object = ["product", "crop"] }
needs = ["subject", "object|of:crop"]
[[classes.Harvest.triggers]]
nouns = ["harvest"]
frame = { possessor = "agent", of = "theme" }
light = ["bring_in"]
[operators.doubt]
effect = "possible"
verbs = ["doubt"]
slots = ["complement"]
[words]
crop = ["wheat", "rye"]
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def refusal(*paths: Path) -> LexiconError:
    with pytest.raises(LexiconError) as caught:
        read_lexicon(paths)
    return caught.value


def test_the_pack_itself_is_right(tmp_path):
    harvest = read_lexicon([write(tmp_path, PACK)]).classes["Harvest"]
    assert harvest.triggers[0].frame["with"] == ("theme", "place")
    assert harvest.triggers[0].needs == (("subject",), ("object", "of:crop"))


WRONG = [
    # old, new, entry, said
    ('label = "harvest"\n', "", "classes.Harvest", "the key 'label' is missing. Add label = \"...\"."),
    ('definition = "A crop is brought in."', 'definition = ""', "classes.Harvest.definition", "expected a string that is not empty, found ''"),
    ('definition = "A', 'defintion = "A', "classes.Harvest", "unknown key 'defintion'; allowed: cameo, definition"),
    ('definition = "A', 'defintion = "A', "classes.Harvest", "Did you mean 'definition'?"),
    ("agent = { values", "agnet = { values", "classes.Harvest.roles", "unknown role 'agnet'; allowed: agent, amount"),
    ('values = ["entity"], req', 'values = ["entitiy"], req', "classes.Harvest.roles.agent.values", "unknown value kind 'entitiy'"),
    ('values = ["money"]', 'values = ["date"]', "classes.Harvest.roles.amount.values", "the role 'amount' cannot be filled by 'date'; allowed: money"),
    ("required = true", 'required = "yes"', "classes.Harvest.roles.agent.required", "expected true or false, found 'yes'"),
    ('to = "theme" }', 'to = "amount" }', "classes.Harvest.property.to", "a direct triple joins entities, but 'amount' takes money"),
    ('to = "theme" }', 'to = "thema" }', "classes.Harvest.property.to", "unknown role 'thema'"),
    ('to = "theme" }', 'to = "theme", to_types = ["crop"] }', "classes.Harvest.property.to_types", "unknown class of entities 'crop'"),
    ('name = "harvests"', 'name = "agent"', "classes.Harvest.property.name", "'agent' cannot name a property"),
    ('cameo = "07"\n', "", "classes.Harvest", "plover and cameo go together"),
    ('plover = "AID"', 'plover = "HELP"', "classes.Harvest.plover", "unknown plover 'HELP'; allowed: ACCUSE, AGREE, AID"),
    ('light = ["bring_in"]', 'cameo = "04"', "classes.Harvest.triggers[1] (harvest)", "plover and cameo go together"),
    ('cameo = "07"', 'cameo = "seven"', "classes.Harvest.cameo", "expected a CAMEO root code"),
    ("[classes.Harvest]", "[classes.harvest]", "classes.harvest", "'harvest' cannot name an event class"),
    ("[classes.Harvest]", "[classes.Mention]", "classes.Mention", "not a class of the core vocabulary"),
    ("verbs = [", "verb = [", "classes.Harvest.triggers[0]", "unknown key 'verb'; allowed:"),
    ('nouns = ["harvest"]\n', 'nouns = ["harvest"]\nverbs = ["crop"]\n', "classes.Harvest.triggers[1]", "a trigger has exactly one of verbs, nouns, adjectives, phrases; found verbs, nouns"),
    ('nouns = ["harvest"]', "nouns = []", "classes.Harvest.triggers[1].nouns", "the list is empty"),
    ('nouns = ["harvest"]', 'nouns = "harvest"', "classes.Harvest.triggers[1].nouns", "expected a list of strings, found 'harvest'"),
    ('subject = "agent", ob', 'subjct = "agent", ob', "classes.Harvest.triggers[0] (harvest).frame", "unknown slot 'subjct'"),
    ('possessor = "agent"', 'possessor = "recipient"', "classes.Harvest.triggers[1] (harvest).frame.possessor", "unknown role of this class 'recipient'"),
    ('["product", "crop"]', '["produce"]', "classes.Harvest.triggers[0] (harvest).require.object", "unknown filler class or word list 'produce'"),
    ('"object|of:crop"', '"object|of:crpo"', "classes.Harvest.triggers[0] (harvest).needs", "Did you mean 'crop'?"),
    ('"object|of:crop"', '"objct"', "classes.Harvest.triggers[0] (harvest).needs", "unknown slot 'objct'"),
    ('needs = ["s', 'light = ["do"]\nneeds = ["s', "classes.Harvest.triggers[0] (harvest)", "only nouns take light verbs"),
    ('light = ["bring_in"]', 'voice = "active"', "classes.Harvest.triggers[1] (harvest)", "only verbs have a voice"),
    ('light = ["bring_in"]', 'unless_about = ["crpo"]', "classes.Harvest.triggers[1] (harvest).unless_about", "unknown word list 'crpo'"),
    ('light = ["bring_in"]', 'modality = "likely"', "classes.Harvest.triggers[1] (harvest).modality", "unknown modality 'likely'; allowed: actual, desired, planned, possible"),
    ('effect = "possible"', 'effect = "maybe"', "operators.doubt.effect", "unknown effect 'maybe'"),
    ('verbs = ["doubt"]\n', "", "operators.doubt", "an operator without words"),
    ('name = "harvest"\n', 'name = "harvest"\nprefix = "hv"\n', "pack", "namespace and prefix go together"),
    ('name = "harvest"\n', 'name = "harvest"\nprefix = "schema"\nnamespace = "https://x.example/"\n', "pack.prefix", "the prefix 'schema' is taken"),
    ('name = "harvest"\n', 'name = "harvest"\nprefix = "hv"\nnamespace = "harvest"\n', "pack.namespace", "expected an http(s) IRI of your own"),
    ('[pack]\nname = "harvest"\n', "", "pack", "the key 'name' is missing"),
    ("[pack]", "[package]", None, "unknown key 'package'; allowed: classes, operators, pack, words. Did you mean 'pack'?"),
    ("[words]", "[words]\nperson = []", "words.person", "'person' cannot name a word list"),
    ("[[classes.Harvest.triggers]]\nverbs", "[classes.Harvest.triggers]\nverbs", None, "is not TOML in UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "entry", "said"), WRONG)
def test_wrong_pack_is_refused_with_file_entry_and_reason(tmp_path, old, new, entry, said):
    path = write(tmp_path, PACK.replace(old, new, 1))
    assert old in PACK
    error = refusal(path)
    assert said in str(error)
    assert error.where == (f"{path}: {entry}" if entry else str(path))


def test_class_of_another_pack_must_be_extended_explicitly(tmp_path):
    first = write(tmp_path, PACK)
    second = write(tmp_path, PACK.replace('name = "harvest"\n', 'name = "again"\n', 1).partition("[operators")[0].replace('"crop"', '"product"').replace(":crop", ""), "b.toml")  # fmt: skip
    message = str(refusal(first, second))
    assert "the class 'Harvest' is declared by" in message
    assert "extends = true" in message


EXTENSION = """
[pack]
name = "more"
[classes.Harvest]
extends = true
[[classes.Harvest.triggers]]
verbs = ["glean"]
frame = { subject = "agent", object = "theme" }
[[classes.Harvest.triggers]]
verbs = ["harvest"]
frame = { subject = "theme" }
voice = "active"
"""


def test_extension_adds_triggers(tmp_path):
    paths = [write(tmp_path, PACK), write(tmp_path, EXTENSION, "more.toml")]
    names = [trigger.name for trigger in read_lexicon(paths).classes["Harvest"].triggers]
    assert names == ["Harvest/harvest", "Harvest/harvest-2", "Harvest/glean", "Harvest/harvest@more"]
    assert read_lexicon(paths) == read_lexicon(reversed(paths))


def test_extension_brings_only_triggers(tmp_path):
    more = EXTENSION.replace("extends = true", 'extends = true\nlabel = "x"')
    assert "unknown key 'label'; allowed: extends, triggers" in str(refusal(write(tmp_path, more)))


def test_extension_of_an_unknown_class(tmp_path):
    more = write(tmp_path, EXTENSION.replace("Harvest", "Harvst"), "more.toml")
    message = str(refusal(write(tmp_path, PACK), more))
    assert "unknown class to extend 'Harvst'" in message
    assert "Did you mean 'Harvest'?" in message


def second_class(conditions: str) -> str:
    return (
        PACK
        + f"""
[classes.Reap]
label = "reap"
definition = "A reward is had."
[classes.Reap.roles]
agent = {{ values = ["entity"] }}
theme = {{ values = ["text"] }}
[[classes.Reap.triggers]]
verbs = ["reap"]
frame = {{ subject = "agent", object = "theme", with = ["theme", "place"] }}
{conditions}
"""
    )


def test_equal_triggers_of_two_classes_are_refused(tmp_path):
    same = 'require = { object = ["crop", "product"] }\nneeds = ["object|of:crop", "subject"]'
    message = str(refusal(write(tmp_path, second_class(same))))
    assert "the verb 'reap' has the same frame and conditions as" in message
    assert "tell them apart by require" in message


@pytest.mark.parametrize("conditions", ['require = { object = ["lemma:reward"] }', 'voice = "passive"', ""])
def test_triggers_that_conditions_tell_apart_may_share_a_lemma(tmp_path, conditions):
    assert len(read_lexicon([write(tmp_path, second_class(conditions))]).classes) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[pack]\nname = "harvest"\n', "the pack name 'harvest' is taken by"),
        ('[pack]\nname = "b"\n[words]\ncrop = ["oats"]\n', "the word list 'crop' is taken by"),
        ('[pack]\nname = "b"\n[operators.doubt]\neffect = "possible"\nverbs = ["guess"]\n', "the operator 'doubt' is taken"),
        ('[pack]\nname = "b"\n[classes.Mow]\nlabel = "mow"\ndefinition = "Grass is cut."\nproperty = { name = "harvests", label = "x", from = "agent", to = "theme" }\n[classes.Mow.roles]\nagent = { values = ["entity"] }\ntheme = { values = ["entity"] }\n', "the property 'https://w3id.org/kg-news/ns#harvests' is taken by"),
    ],
)  # fmt: skip
def test_names_stand_once(tmp_path, text, said):
    assert said in str(refusal(write(tmp_path, PACK), write(tmp_path, text, "b.toml")))


def test_one_prefix_means_one_namespace(tmp_path):
    paths = [
        write(
            tmp_path, f'[pack]\nname = "{name}"\nprefix = "hv"\nnamespace = "https://{name}.example/"\n', f"{name}.toml"
        )
        for name in ("one", "two")
    ]
    assert "the prefix 'hv' means another namespace" in str(refusal(*paths))


def test_missing_file(tmp_path):
    assert "cannot be read" in str(refusal(tmp_path / "none.toml"))


def test_user_s_pack_may_not_redeclare_a_class_of_ours(tmp_path):
    pack = write(tmp_path, PACK.replace("Harvest", "Lend"))
    with pytest.raises(LexiconError, match="the class 'Lend' is declared by"):
        load_lexicon([pack])
