"""What tests run in processes of their own; those import it by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from graph_records import stub_annotator


def plain() -> Callable[[Sequence[object]], list[object]]:
    """Answers commands: a number, ``exit``, ``kill``, ``hang``, ``raise``, ``once FILE`` to die the first time only, or
    ``meet FOLDER`` to answer with the process's number when another one has come there, too.
    """
    return _answers


def _answers(items: Sequence[object]) -> list[object]:
    return [_answer(item) for item in items]


def _answer(item: object) -> object:
    word, _, rest = str(item).partition(" ")
    if word == "exit":
        os._exit(7)
    if word == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "hang":
        time.sleep(600)
    if word == "raise":
        raise KeyError(rest)
    if word == "meet":
        return _meet(Path(rest))
    if word == "once" and not Path(rest).exists():
        Path(rest).touch()
        os._exit(1)
    return os.getpid() if word == "pid" else item


def _meet(folder: Path) -> int:
    folder.joinpath(str(os.getpid())).touch()
    for _ in range(600):
        if len(list(folder.iterdir())) > 1:
            break
        time.sleep(0.1)
    return os.getpid()


def broken() -> Callable[[Sequence[object]], list[object]]:
    raise RuntimeError("it does not start")


def deadly_annotator(settings: object) -> object:
    """The annotator without a model, except that a text may end or hold up its process."""
    annotate = stub_annotator(settings)

    def deadly(documents):
        for document in documents:
            for word in ("kill", "hang", "exit"):
                if f"please {word}" in document.text:
                    _answer(word)
            [(_, found)] = annotate([document])
            broken = "please lose a sentence" in document.text
            yield document, replace(found, sentences=None) if broken else found

    return deadly


def mortal_annotator(mark: Path, settings: object) -> object:
    """The annotator without a model, whose process is killed at the first document that says so, and only then."""
    annotate = stub_annotator(settings)

    def mortal(documents):
        for document in documents:
            if "please stop" in document.text and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield from annotate([document])

    return mortal
