"""Tables beside this module that rigour vouches for (tools/compile_names.py): spellings, titles, legal forms."""

from __future__ import annotations

import importlib.resources
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from kg.fuse.components import Components

__all__ = ["legal_forms", "name_clusters", "names_spelt", "titles"]


def _lines(name: str) -> Iterator[str]:
    text = importlib.resources.files("kg.fuse").joinpath("data", name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def names_spelt() -> Mapping[str, frozenset[int]]:
    """Return each folded word with the names of which it is a spelling, as numbers of lines of the table."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_lines("spellings.txt")):
        for word in line.split():
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def name_clusters() -> Mapping[str, str]:
    """Return each folded word with one that stands for all words which spellings tie to it, directly or through others.

    Words that are spellings of one name have the same; so they find each other by it.
    """
    tied = Components()
    for line in _lines("spellings.txt"):
        first, *others = line.split()
        for other in others:
            tied.join(first, other)
    return {word: min(group) for group in tied.groups() for word in group}


@cache
def titles() -> frozenset[str]:
    """Return what may stand before the name of a person, folded ("field marshal"), and is no given name ("Earl")."""
    return frozenset(line.replace(".", "") for line in _lines("titles.txt")) - names_spelt().keys()


@cache
def legal_forms() -> Mapping[str, str]:
    """Return each legal form, folded, with the classes of companies for which it stands."""
    return dict(line.split("\t") for line in _lines("legal_forms.tsv"))
