"""The pipeline loads, keeps its components, switches the matrix product, and loses one document, not a batch."""

from __future__ import annotations

import importlib
import importlib.metadata
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import pipeline
from kg.annotate.align import make_doc
from kg.annotate.base.matrix import use_openblas
from kg.annotate.base.model import EQUALS, ignores_neighbours, installed_models
from kg.annotate.pipeline import COMPONENTS, annotate, load_pipeline
from kg.config import DEFAULT_MODEL, Settings
from kg.errors import AnnotateError
from kg.model import Annotation, BodyKind, BodySpan, Document

pytestmark = pytest.mark.model

REGISTERED = [
    "kg_clauses",
    "kg_confidence",
    "kg_coref",
    "kg_entities",
    "kg_events",
    "kg_factuality",
    "kg_quantities",
    "kg_time",
]
TEXT = """Peru's president, Dina Boluarte, flew to Lisbon on Monday and met Portuguese leaders, officials said.
She asked for 200 million euros to rebuild roads after floods, but Portugal did not promise any money.
"We will look at what our neighbours can do," Prime Minister Luis Montenegro told reporters in the old port.
Two fishing boats sank off Madeira; nine sailors were rescued by the navy and one is still missing.
Analysts believe that interest rates may fall by the end of next year unless oil becomes more expensive.
The University of Coimbra, which opened in 1290, has lent twelve manuscripts to museums in Chile and Japan.
Farmers blocked the A6 motorway near Elvas for a third day, demanding cheaper diesel and fewer forms to fill in.
Volcanologists on Sao Jorge recorded 1,300 small tremors in a week, and ferries took families to safer islands.
"""


def written(text: str, path: str = "a.txt") -> Document:
    return Document(
        id="0" * 16,
        source_key=path,
        source_path=path,
        text=text,
        body=(BodySpan(0, len(text), BodyKind.PARAGRAPH),),
        headline=None,
        published=date(2024, 5, 6),
        publisher=None,
        authors=(),
        url=None,
        language="en",
        sha256="",
        text_sha256="",
    )


def test_no_component_vanishes() -> None:
    points = importlib.metadata.entry_points(group="spacy_factories")
    assert sorted(p.name for p in points if p.name.startswith("kg_")) == sorted([*REGISTERED, *EQUALS.values()])
    assert sorted(COMPONENTS) == REGISTERED


@pytest.mark.parametrize("name", REGISTERED)
def test_component_is_declared(name: str) -> None:
    assert Language.has_factory(name) or spacy.blank("en").has_factory(name)
    meta = Language.get_factory_meta(name)
    assert meta.requires
    assert meta.assigns


def test_components_stand_in_order_behind_the_model() -> None:
    nlp = load_pipeline(exclude=["kg_events"])
    ours = [n for n in nlp.pipe_names if n.startswith("kg_")]
    assert ours == [n for n in COMPONENTS if n != "kg_events"]
    assert "senter" not in nlp.component_names
    assert nlp.pipe_names.index("ner") < nlp.pipe_names.index("kg_entities")


def test_importing_loads_no_language_library() -> None:
    code = "import sys, kg.annotate.pipeline; print([m for m in ('spacy', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"


def test_missing_model_names_what_is_installed() -> None:
    with pytest.raises(AnnotateError, match="'en_core_web_none' cannot be loaded") as caught:
        load_pipeline(Settings(model="en_core_web_none"))
    assert installed_models()[0] in str(caught.value)


def test_package_that_is_no_model_is_refused() -> None:
    with pytest.raises(AnnotateError, match="'json' cannot be loaded"):
        load_pipeline(Settings(model="json"))


@pytest.mark.parametrize(
    ("language", "problem"), [("de", "is for 'de', not for English"), ("en", "no parser and no ner")]
)
def test_unfit_model_is_refused(tmp_path: Path, language: str, problem: str) -> None:
    spacy.blank(language).to_disk(tmp_path / "model")
    with pytest.raises(AnnotateError, match=problem):
        load_pipeline(Settings(model=str(tmp_path / "model")))


def test_openblas_gives_equal_annotations() -> None:
    read = []
    for openblas in (True, False):
        nlp = load_pipeline(Settings(openblas=openblas), exclude=COMPONENTS)
        docs = nlp.pipe(TEXT.splitlines())
        read.append(
            [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_, t.ent_iob_, t.is_sent_start) for d in docs for t in d]
        )
    assert len(read[0]) > 150
    assert read[0] == read[1]


def test_openblas_is_really_used(model: Language) -> None:
    assert use_openblas(model)
    models = [getattr(pipe, "model", None) for _, pipe in model.pipeline]
    nodes = [node for m in models if hasattr(m, "walk") for node in m.walk()]
    assert nodes
    assert not any(node.ops.use_blis for node in nodes)


def test_annotate_gives_every_document_in_order(naming: Language) -> None:
    documents = [written(line, f"{i}.txt") for i, line in enumerate(TEXT.splitlines())]
    found = list(annotate(documents, naming, batch_size=3))
    assert [d.source_path for d, _ in found] == [d.source_path for d in documents]
    assert all(isinstance(a, Annotation) for _, a in found)


def test_batches_only_where_neighbours_play_no_part(naming: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ignores_neighbours(naming)
    assert not ignores_neighbours(importlib.import_module(DEFAULT_MODEL).load())
    sizes: list[int] = []
    annotate_batch = pipeline._annotate_batch
    monkeypatch.setattr(pipeline, "_annotate_batch", lambda b, nlp: [sizes.append(len(b)), *annotate_batch(b, nlp)][1:])
    documents = [written("Chile sent aid.", f"{i}.txt") for i in range(18)]
    list(annotate(documents, naming))
    monkeypatch.setattr(pipeline, "ignores_neighbours", lambda _: False)
    list(annotate(documents[:2], naming))
    assert sizes == [16, 2, 1, 1]


def test_one_bad_document_does_not_spoil_its_batch(naming: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    finder = naming.get_pipe("kg_coref")
    predict = finder.predict

    def fail(doc: Doc) -> object:
        if "POISON" in doc.text:
            raise RuntimeError("no such tree")
        return predict(doc)

    monkeypatch.setattr(finder, "predict", fail)
    documents = [written("Chile sent aid."), written("POISON here.", "bad.txt"), written("Japan sent aid.")]
    first, bad, last = (result for _, result in annotate(documents, naming, batch_size=8))
    assert isinstance(first, Annotation)
    assert isinstance(last, Annotation)
    assert isinstance(bad, AnnotateError)
    assert "bad.txt" in str(bad)
    assert "no such tree" in str(bad)
    assert isinstance(bad.__cause__, RuntimeError)


def test_a_lower_case_word_begins_no_sentence(model: Language) -> None:
    doc = model(make_doc(model, written("Norway and Iceland decided on Friday to share fish. They did.")))
    assert [s.start for s in doc.sents] == [0, 10]


def test_a_text_may_end_anywhere():
    sums = "Togo will pay between 5 and 7.5 million US dollars per ton from Monday to the end of next year, up to"
    text = f"{TEXT}\n{sums}"
    ends = [at for at, letter in enumerate(text) if letter in " ,.'"]
    found = annotate([written(text[:end]) for end in ends if text[:end].strip()], load_pipeline())
    assert [result for _, result in found if isinstance(result, AnnotateError)] == []
