"""Token vectors and parser steps give spaCy's numbers, whatever else is in the batch."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import NumpyOps

from kg.annotate.base import encoder as encoders
from kg.annotate.base import parser as parsers
from kg.annotate.base.encoder import DocumentEncoder, TokenEncoder, is_covered
from kg.annotate.base.features import TokenFeatures
from kg.annotate.base.parser import DocumentParser, rows_are_independent
from kg.config import DEFAULT_MODEL

pytestmark = pytest.mark.model

TEXTS = (
    "Norway lent Iceland forty million kroner, the ministry said.",
    "",
    "Ferries.",
    "The ferries, which had been built in Gdansk in 1988 and rebuilt twice since, were sold to an owner in Manila.",
    "He renamed them, painted them green and put them on the night run to Cebu; nobody remembers their old names there.",
    "zxqv Qqqq-17 £££ 🚢 don't AT&T",
)


@pytest.fixture
def fresh() -> Language:
    """The stock model, for tests that change it."""
    nlp: Language = importlib.import_module(DEFAULT_MODEL).load()
    return nlp


def tok2vec_models(nlp: Language) -> list[Any]:
    return [nlp.get_pipe("tok2vec").model, nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0]]


def docs_of(nlp: Language) -> list[Doc]:
    return [nlp.make_doc(text) for text in TEXTS]


def test_vectors_equal_those_of_the_model(model: Language) -> None:
    for tok2vec in tok2vec_models(model):
        assert is_covered(tok2vec)
        encoder = TokenEncoder(tok2vec)
        for doc in docs_of(model):
            theirs = tok2vec.predict([doc])[0]
            ours = encoder.encode(doc)
            assert ours.shape == (len(doc), 96)
            assert np.allclose(ours, theirs, atol=2e-5)
            assert encoder.encode(doc).tobytes() == ours.tobytes()


def test_vectors_do_not_depend_on_what_came_before(model: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    tok2vec = tok2vec_models(model)[0]
    docs = docs_of(model)
    first = [TokenEncoder(tok2vec).encode(doc).tobytes() for doc in docs]
    monkeypatch.setattr(encoders, "_MAX_WORDS", 20)
    encoder = TokenEncoder(tok2vec)
    assert [encoder.encode(doc).tobytes() for doc in docs[::-1] + docs][len(docs) :] == first


def test_long_documents_are_computed_in_strips(model: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    tok2vec = tok2vec_models(model)[0]
    doc = model.make_doc(" ".join(TEXTS))
    whole = TokenEncoder(tok2vec).encode(doc)
    monkeypatch.setattr(encoders, "_STRIP", 7)
    strips = TokenEncoder(tok2vec).encode(doc)
    assert len(doc) > 7 * 7
    assert np.allclose(strips, whole, atol=2e-5)


def test_vectors_follow_the_model_when_it_learns(fresh: Language) -> None:
    tok2vec = tok2vec_models(fresh)[1]
    encoder = DocumentEncoder(tok2vec)
    doc = fresh.make_doc(TEXTS[0])
    before = encoder.encode(doc).copy()
    example = Example.from_dict(doc, {"entities": [(0, 6, "PERSON")]})
    with fresh.select_pipes(enable="ner"):
        fresh.update([example], sgd=fresh.resume_training(), drop=0.0)
    after = encoder.encode(doc)
    assert not np.allclose(before, after, atol=2e-5)
    assert np.allclose(after, tok2vec.predict([doc])[0], atol=2e-5)


def test_a_model_of_another_structure_is_asked_itself(model: Language) -> None:
    listener = model.get_pipe("tagger").model.layers[0]
    assert not is_covered(listener)
    doc = model(TEXTS[0])
    assert DocumentEncoder(listener).encode(doc) is doc.tensor


def test_the_chosen_matrix_product_is_used(fresh: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    tok2vec = tok2vec_models(fresh)[0]
    calls: list[int] = []

    class Counting(NumpyOps):
        def gemm(self, *arguments: Any, **options: Any) -> Any:
            calls.append(1)
            return super().gemm(*arguments, **options)

    tok2vec.ops = Counting()
    TokenEncoder(tok2vec).encode(fresh.make_doc(TEXTS[0]))
    assert len(calls) == 4


def test_features_of_several_documents_are_those_of_each(model: Language) -> None:
    ner = model.get_pipe("ner").model
    docs = docs_of(model)
    together = TokenFeatures(ner).of(docs)
    apart = [TokenFeatures(ner).of([doc]) for doc in docs]
    assert together[1:].tobytes() == np.concatenate([part[1:] for part in apart]).tobytes()
    assert together[0].tobytes() == apart[0][0].tobytes()


@pytest.mark.parametrize("independent", [True, False])
def test_parser_gives_the_same_trees_in_steps_shared_or_not(
    model: Language, independent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsers, "rows_are_independent", lambda *_: independent)
    taken: list[int] = []
    parse = DocumentParser._parse

    def counted(self: DocumentParser, docs: list[Doc], drop: float) -> list[Any]:
        taken.append(len(docs))
        return parse(self, docs, drop)

    monkeypatch.setattr(DocumentParser, "_parse", counted)
    with model.select_pipes(enable=["tok2vec", "parser"]):
        together = [doc.to_array(["HEAD", "DEP"]).tolist() for doc in model.pipe(TEXTS, batch_size=64)]
        assert max(taken) == (len(TEXTS) if independent else 1)
        apart = [model(text).to_array(["HEAD", "DEP"]).tolist() for text in TEXTS]
    assert together == apart


def test_few_long_documents_share_steps(model: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers, "_MAX_TOKENS", 30)
    monkeypatch.setattr(parsers, "_MAX_DOCS", 3)
    docs = [model.make_doc("word " * n) for n in (10, 10, 20, 40, 5, 5, 5, 5)]
    groups = list(parsers._grouped(docs))
    assert [[len(doc) for doc in group] for group in groups] == [[10, 10], [20], [40], [5, 5, 5], [5]]


def test_rows_that_depend_on_company_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(NumpyOps):
        def gemm(self, x: Any, *arguments: Any, **options: Any) -> Any:
            product = super().gemm(x, *arguments, **options)
            product[-1] += np.float32(1e-6) * (len(x) == 7)
            return product

    monkeypatch.setattr(parsers, "NumpyOps", Careless)
    assert not rows_are_independent.__wrapped__(64, 100)
    assert rows_are_independent.__wrapped__(64, 100, rows=6)


def test_a_parser_without_trees_to_share_runs_as_in_spacy(fresh: Language) -> None:
    theirs = fresh.get_pipe("parser")
    ours = DocumentParser(fresh.vocab, theirs.model, moves=theirs.moves)
    theirs.model.attrs["unseen_classes"] = {3}
    assert not ours._may_share_steps()
    docs = [fresh.get_pipe("tok2vec")(doc) for doc in docs_of(fresh)]
    found = [doc.to_array(["HEAD", "DEP"]).tolist() for doc in ours.pipe([doc.copy() for doc in docs])]
    assert found == [theirs(doc).to_array(["HEAD", "DEP"]).tolist() for doc in docs]
