"""Choose how a pipeline multiplies matrices. Importing this module loads neither spaCy nor numpy."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["one_blas_thread", "use_openblas"]

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def use_openblas(nlp: Language) -> bool:
    """Send the matrix products of a pipeline to numpy's OpenBLAS instead of BLIS; tell whether that was done.

    Measured 1.3 to 1.4 times faster at equal annotations. It sets ``node.ops``, which is public but no documented
    switch, so versions of thinc that nobody tried are left alone, and so are pipelines on a GPU.
    """
    import thinc
    from thinc.api import NumpyOps, get_current_ops

    if not thinc.__version__.startswith("8.3.") or get_current_ops().device_type != "cpu":
        return False
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None and hasattr(model, "walk") else ():
            node.ops = ops
    return True


def one_blas_thread() -> None:
    """Ask for one matrix thread: two waste processor time, and work is shared out by process."""
    if "numpy" not in sys.modules:
        for variable, value in _ONE_THREAD.items():
            os.environ.setdefault(variable, value)
    elif importlib.util.find_spec("threadpoolctl"):
        importlib.import_module("threadpoolctl").threadpool_limits(1, user_api="blas")
