"""Load a base model: without the components that nobody reads, and with equals of its slow ones.

Importing this module loads neither spaCy nor numpy.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import AnnotateError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["EQUALS", "ignores_neighbours", "installed_models", "load_model"]

_NEEDED = ("parser", "ner")
_USED = frozenset(
    {"tok2vec", "transformer", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner"}
)
EQUALS = {name: f"kg_{name}" for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")}
"""Factories of spaCy, and ours that give the same annotations from the same files in less time, and each document's
from that document alone: in spaCy's, the last bits of a number can depend on what else is in the batch."""


def load_model(name: str) -> Language:
    """Load a pipeline package or folder as the base of kg's components.

    Raises:
        AnnotateError: It is not installed, not English, or has no parser or NER.
    """
    import spacy

    try:
        path = Path(name)
        if path.is_dir():
            nlp = spacy.load(path, **_options(path))
        else:
            module = importlib.import_module(name)
            nlp = module.load(**_options(Path(str(module.__file__)).parent))
    except (ImportError, OSError, AttributeError, TypeError, ValueError) as error:
        raise AnnotateError(
            f"the language model {name!r} cannot be loaded ({error})",
            remedy=f"Installed: {', '.join(installed_models()) or 'none'}. Name one of them as the model, or install "
            f"{name!r} with pip",
        ) from error
    _check_model(nlp, name)
    return nlp


def ignores_neighbours(nlp: Language) -> bool:
    """Say whether a document's annotations are the same in any batch: all that is trained in the pipeline is kg's."""
    from spacy.pipeline import TrainablePipe

    trained = [name for name, pipe in nlp.pipeline if isinstance(pipe, TrainablePipe)]
    return all(nlp.get_pipe_meta(name).factory in EQUALS.values() for name in trained)


def installed_models() -> tuple[str, ...]:
    """Return the names of the installed spaCy pipelines, sorted."""
    return tuple(sorted(point.name for point in importlib.metadata.entry_points(group="spacy_models")))


def _options(folder: Path) -> dict[str, Any]:
    """Return what to leave out of a packaged pipeline, and which factories to use for the rest."""
    from spacy.util import load_config

    configs = sorted(folder.glob("config.cfg")) or sorted(folder.glob("*/config.cfg"))
    if not configs:
        return {}
    config = load_config(configs[0])
    names = config["nlp"]["pipeline"]
    factories = {name: config["components"][name].get("factory") for name in names if name in _USED}
    swaps = {name: {"factory": EQUALS[of]} for name, of in factories.items() if of in EQUALS}
    english = config["nlp"]["lang"] == "en"
    return {
        "exclude": [name for name in names if name not in _USED],
        "config": {"components": swaps} if english and swaps else {},
    }


def _check_model(nlp: Language, name: str) -> None:
    """Refuse a pipeline that cannot carry ours."""
    others = f"Use an English pipeline with parser and NER; installed: {', '.join(installed_models()) or 'none'}"
    if nlp.lang != "en":
        raise AnnotateError(f"the language model {name!r} is for {nlp.lang!r}, not for English", remedy=others)
    if missing := [part for part in _NEEDED if part not in nlp.pipe_names]:
        raise AnnotateError(f"the language model {name!r} has no {' and no '.join(missing)}", remedy=others)
