"""The equals of spaCy's slow components give what spaCy's give, and run as spaCy's where they do not cover a case."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler, EntityRuler
from spacy.tokens import Doc, Span

from kg.annotate.align import make_doc
from kg.annotate.base import recognizer
from kg.annotate.base.lemmatizer import RememberingLemmatizer
from kg.annotate.base.matrix import use_openblas
from kg.annotate.base.model import EQUALS
from kg.annotate.base.parser import DocumentParser
from kg.annotate.base.recognizer import ArrayRecognizer
from kg.annotate.base.ruler import TableRuler
from kg.annotate.base.tagger import DocumentTagger
from kg.annotate.base.vectors import DocumentVectors
from kg.config import DEFAULT_MODEL
from kg.read import Failure, read_sources

pytestmark = pytest.mark.model

SEEDS = Path(__file__).parents[2] / "seeds"
TEXTS = (
    "",
    "\n\n",
    "Reykjavik",
    "Maria Lopez of the Oslo Institute met Mr. Okafor's sister in New South Wales on 3 May 2021.",
    "I ain't goin' there 'cause he's gonna fix it; let's ask y'all, c'mon! You've got ta see nothin' o' the ol' town.",
    "There's rain.  But the boats, which were re-elected(?), did what they'd have done. It's what it was.",
    "PRICES UP 3.5% AS BANK OF JAPAN HOLDS RATE\n\nTokyo (Reuters) - The yen fell to ¥151.20.\nShares rose.",
    "“We will not sell,” said Aino Virtanen, 54. “Not to them – not to anyone,” she added, “and that’s that.”",
    "The European Union, Amnesty International, Volvo and the Finnish Broadcasting Company met in Geneva last week.",
    "Lt. Gen. Karl-Heinz von Berg, Dr. Wu Li-hua and the Rev. J. P. O'Neill Jr. sat 30 to 40 feet from the Baltic Sea.",
    "🚢 Ferries 🚢 cost €1.2bn (£1bn) :-) http://example.org/a?b=c #port @harbour a@b.example 10:45pm Q3 2020-21 e.g.",
    "Better, worse, worst; leaves lay lying; men's and women's children's; data, criteria, axes, dice, mice, geese.",
    "the the the of of , , . . A B C D 1 2 3 4 II IV xxxx aaaa-bbbb-cccc 1st 2nd 33rd",
)
READ = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


@pytest.fixture(scope="module")
def stock() -> Language:
    """The base model as its package loads it, with the same matrix product."""
    nlp: Language = importlib.import_module(DEFAULT_MODEL).load()
    use_openblas(nlp)
    return nlp


@pytest.fixture(scope="module")
def texts() -> list[str]:
    digests = [d.text for d in read_sources([str(SEEDS)]) if not isinstance(d, Failure)]
    return [*TEXTS, *digests, *(line for text in digests for line in text.splitlines())]


def plain(doc: Doc) -> list[list[int]]:
    return doc.to_array(list(READ)).tolist()


def test_the_equals_are_in_place(model: Language) -> None:
    kinds = {name: type(model.get_pipe(name)) for name in EQUALS}
    assert kinds == {
        "tok2vec": DocumentVectors,
        "tagger": DocumentTagger,
        "parser": DocumentParser,
        "attribute_ruler": TableRuler,
        "lemmatizer": RememberingLemmatizer,
        "ner": ArrayRecognizer,
    }


def test_annotations_equal_those_of_the_stock_model(model: Language, stock: Language, texts: list[str]) -> None:
    ours = [plain(doc) for doc in model.pipe(texts, batch_size=16)]
    theirs = [plain(doc) for doc in stock.pipe(texts, batch_size=16)]
    assert sum(map(len, ours)) > 3000
    assert ours == theirs
    assert [plain(model(text)) for text in texts] == theirs


def test_annotations_equal_on_pretokenised_documents(model: Language, stock: Language) -> None:
    documents = [d for d in read_sources([str(SEEDS)]) if not isinstance(d, Failure)]
    for document in documents:
        ours, theirs = model(make_doc(model, document)), stock(make_doc(stock, document))
        assert plain(ours) == plain(theirs)
        assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]


def test_factories_are_declared_as_spacy_s_are(model: Language) -> None:
    for theirs, ours in EQUALS.items():
        meta, of = model.get_factory_meta(ours), model.get_factory_meta(theirs)
        assert (meta.assigns, meta.requires, meta.default_config) == (of.assigns, of.requires, of.default_config)


def test_numbers_do_not_depend_on_neighbours(model: Language, texts: list[str]) -> None:
    alone = [model(text) for text in texts]
    for size in (5, 16, 64):
        for doc, same in zip(model.pipe(texts, batch_size=size), alone, strict=True):
            assert doc.tensor.tobytes() == same.tensor.tobytes()
            assert plain(doc) == plain(same)


def test_a_saved_pipeline_loads_again(model: Language, tmp_path: Path) -> None:
    model.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert type(again.get_pipe("attribute_ruler")) is TableRuler
    assert [plain(again(text)) for text in TEXTS] == [plain(model(text)) for text in TEXTS]


# ------------------------------------------------------------------ attribute ruler


def scrambled(nlp: Language, texts: list[str]) -> list[Doc]:
    """Return the texts with random tags and dependencies, so that every exception comes up."""
    chance = np.random.default_rng(3)
    strings = nlp.vocab.strings
    tags = [strings[tag] for tag in nlp.get_pipe("tagger").labels]
    deps = [0, *(strings[dep] for dep in nlp.get_pipe("parser").labels)]
    docs = [nlp.make_doc(text) for text in texts if text]
    for doc in docs:
        columns = [chance.choice(np.array(values, dtype=np.uint64), len(doc)) for values in (tags, deps)]
        doc.from_array(["TAG", "DEP"], np.stack(columns, axis=1))
    return docs


def test_ruler_equals_the_stock_one_under_any_tag(stock: Language, texts: list[str]) -> None:
    theirs = stock.get_pipe("attribute_ruler")
    ours = TableRuler(stock.vocab)
    ours.add_patterns(theirs.patterns)
    changed = 0
    for _ in range(3):
        for doc in scrambled(stock, texts):
            mine = ours(doc.copy())
            assert plain(mine) == plain(theirs(doc.copy()))
            changed += plain(mine) != plain(doc)
    assert changed > 100


RULES: dict[str, list[dict[str, object]]] = {
    "a later rule overrules": [
        {"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN", "MORPH": "Number=Sing"}},
        {"patterns": [[{"LOWER": "port"}]], "attrs": {"POS": "PROPN"}},
    ],
    "tokens of a longer pattern": [
        {"patterns": [[{"LOWER": "new"}, {"TAG": "NN"}, {}]], "attrs": {"LEMMA": "last"}, "index": -1},
        {"patterns": [[{"LOWER": {"IN": ["new", "old"]}}, {"IS_ALPHA": True}]], "attrs": {"TAG": "XX"}, "index": 1},
    ],
    "several patterns, words by regular expression": [
        {"patterns": [[{"TEXT": {"REGEX": "^[Pp]"}}], [{"LENGTH": {">=": 4}}]], "attrs": {"DEP": "dep"}},
    ],
    "an operator is not covered": [{"patterns": [[{"LOWER": "new", "OP": "+"}]], "attrs": {"LEMMA": "fresh"}}],
    "a condition on the morphology is not covered": [{"patterns": [[{"MORPH": ""}]], "attrs": {"POS": "X"}}],
    "an attribute that arrays do not write": [{"patterns": [[{"LOWER": "new"}]], "attrs": {"NORM": "old"}}],
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_ruler_with_rules_of_ones_own(model: Language, rules: list[dict[str, object]]) -> None:
    docs = scrambled(model, ["The new port of Porto is a new new ferry port", "New port", "new", " \n old Port ."])
    ours, theirs = TableRuler(model.vocab), AttributeRuler(model.vocab)
    for ruler in (ours, theirs):
        ruler.add_patterns(rules)
    for doc in docs:
        found = [ruler(doc.copy()) for ruler in (ours, theirs)]
        assert plain(found[0]) == plain(found[1])
        assert [t.norm_ for t in found[0]] == [t.norm_ for t in found[1]]


def test_ruler_takes_up_rules_added_later(model: Language) -> None:
    ruler = TableRuler(model.vocab)
    ruler.add([[{"LOWER": "port"}]], {"POS": "NOUN"})
    assert [t.pos_ for t in ruler(model.make_doc("port city"))] == ["NOUN", ""]
    ruler.add([[{"LOWER": "city"}]], {"POS": "VERB"})
    assert [t.pos_ for t in ruler(model.make_doc("port city"))] == ["NOUN", "VERB"]
    ruler.clear()
    assert [t.pos_ for t in ruler(model.make_doc("port city"))] == ["", ""]


def test_ruler_refuses_an_index_outside_its_pattern_as_spacy_does(model: Language) -> None:
    ruler = TableRuler(model.vocab)
    ruler.add([[{"LOWER": "port"}]], {"POS": "NOUN"}, index=2)
    with pytest.raises(ValueError, match=r"\[E1001\]"):
        ruler(model.make_doc("port"))


# ------------------------------------------------------------------ lemmatizer


@pytest.mark.parametrize("overwrite", [False, True])
def test_lemmatizer_keeps_lemmas_unless_told(stock: Language, overwrite: bool) -> None:
    ours = RememberingLemmatizer(stock.vocab, None, mode="rule", overwrite=overwrite)
    ours.lookups, ours._validated = stock.get_pipe("lemmatizer").lookups, True
    with stock.select_pipes(enable=["tok2vec", "tagger", "attribute_ruler"]):
        doc = stock("The mice ran to older houses.")
    doc[1].lemma_ = "rodent"
    assert [t.lemma_ for t in ours(doc)] == [
        "the",
        "mouse" if overwrite else "rodent",
        "run",
        "to",
        "old",
        "house",
        ".",
    ]


def test_lemmas_outlive_a_memory_zone(model: Language) -> None:
    word = "zorbles"
    with model.memory_zone():
        first = [t.lemma_ for t in model(f"The {word} {word} it.")]
    assert [t.lemma_ for t in model(f"The {word} {word} it.")] == first


def test_a_token_without_part_of_speech_is_left_to_spacy(stock: Language) -> None:
    ours = RememberingLemmatizer(stock.vocab, None, mode="rule")
    ours.lookups, ours._validated = stock.get_pipe("lemmatizer").lookups, True
    with pytest.warns(UserWarning, match=r"\[W108\]"):
        assert [t.lemma_ for t in ours(stock.make_doc("Mice ran"))] == ["mice", "ran"]


# ------------------------------------------------------------------ entity recogniser


def with_entity(nlp: Language) -> Doc:
    doc = nlp.make_doc("Maria Lopez flew to Oslo Airport on Monday.")
    doc.set_ents([Span(doc, 4, 6, label="FAC")], default="missing")
    return doc


def test_preset_entities_are_kept_as_in_spacy(model: Language, stock: Language) -> None:
    docs = [model(with_entity(model)), stock(with_entity(stock))]
    assert "Oslo Airport" in [e.text for e in docs[0].ents if e.label_ == "FAC"]
    assert plain(docs[0]) == plain(docs[1])


def test_entities_of_a_ruler_before_it_are_kept(model: Language) -> None:
    ruler = EntityRuler(model, patterns=[{"label": "EVENT", "pattern": "Monday"}])
    doc = model.get_pipe("ner")(ruler(model.make_doc("Maria Lopez flew on Monday.")))
    assert ("Monday", "EVENT") in [(e.text, e.label_) for e in doc.ents]


@pytest.mark.parametrize("change", ["beam", "unseen"])
def test_models_of_another_shape_run_as_in_spacy(stock: Language, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = stock.get_pipe("ner")
    ours = ArrayRecognizer(stock.vocab, theirs.model, moves=theirs.moves)
    if change == "beam":
        ours.cfg["beam_width"] = 2
    else:
        monkeypatch.setitem(theirs.model.attrs, "unseen_classes", {0})
    monkeypatch.setattr(recognizer, "find_entities", None)
    doc = ours(stock.make_doc("Maria Lopez flew to Oslo."))
    assert "Oslo" in [e.text for e in doc.ents]
