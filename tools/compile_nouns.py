"""Compile what common nouns name from the noun hierarchy of WordNet 3.0 (Debian's package ``wordnet-base``).

    python tools/compile_nouns.py /usr/share/wordnet kg/annotate/data/wordnet_nouns.tsv

A noun gets a class where its commonest sense lies below one of the class's synsets, and most of its uses in WordNet's
tagged texts, or most of its senses where none is tagged. Words that WordNet marks as slurs or disparaging are left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Class to synsets of WordNet 3.0 (a word of each, its file of senses).
ROOTS = {
    "person": (("person", "03"),),
}
MOSTLY = 0.6
DISPARAGING = (("disparagement", "10"), ("derogation", "10"), ("ethnic_slur", "10"), ("obscenity", "10"))


class Synset(NamedTuple):
    """A set of synonyms: the file of senses, words, hypernyms, usage; whether it is one of a kind (a name)."""

    file: str
    words: tuple[str, ...]
    hypernyms: tuple[str, ...]
    usage: tuple[str, ...]
    is_instance: bool


class WordNet:
    """WordNet's nouns, as its files have them."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "data.noun").read_text(encoding="utf-8").splitlines()
        self.synsets = dict(_synset(line) for line in lines if not line.startswith("  "))
        self.senses: dict[str, list[str]] = {}
        for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                self.senses[fields[0]] = fields[-int(fields[2]) :]
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
            key, sense, count = line.split()
            lemma, _, rest = key.partition("%")
            if rest.startswith("1:"):
                self.counts[lemma][int(sense)] = int(count)
        self.above = cache(self._above)

    def find(self, word: str, file: str) -> str:
        """Return the first synset of a word in one file of senses."""
        return next(s for s in self.senses[word] if self.synsets[s].file == file)

    def _above(self, synset: str) -> frozenset[str]:
        return frozenset({synset}).union(*(self.above(s) for s in self.synsets[synset].hypernyms))

    def is_mostly(self, word: str, roots: frozenset[str]) -> bool:
        """Tell whether a word's commonest sense, and most of its uses, lie below some synsets."""
        below = [not self.above(s).isdisjoint(roots) for s in self.senses[word]]
        counts = self.counts[word]
        weights = [counts.get(n, 0) if counts else 1 for n in range(1, len(below) + 1)]
        return below[0] and sum(w for w, b in zip(weights, below, strict=True) if b) >= MOSTLY * sum(weights)


def _synset(line: str) -> tuple[str, Synset]:
    offset, file, _, number, *rest = line.partition("|")[0].split()
    count = int(number, 16)
    words, rest = tuple(rest[: 2 * count : 2]), rest[2 * count + 1 :]
    pointers = [(rest[i], rest[i + 1]) for i in range(0, len(rest), 4)]
    pick = {kind: tuple(to for mark, to in pointers if mark == kind) for kind in ("@", "@i", ";u")}
    return offset, Synset(file, words, pick["@"], pick[";u"], bool(pick["@i"]))


def classes(net: WordNet) -> dict[str, list[str]]:
    """Return the nouns of each class, in alphabetical order."""
    bad = frozenset(net.find(*mark) for mark in DISPARAGING)
    found: dict[str, list[str]] = {}
    for name, roots in ROOTS.items():
        below = frozenset(net.find(*root) for root in roots)
        found[name] = [
            word
            for word, senses in sorted(net.senses.items())
            if word.replace("-", "").isalpha() and net.is_mostly(word, below)
            if word in net.synsets[senses[0]].words and not net.synsets[senses[0]].is_instance
            if not any(net.above(u) & bad or u in bad for s in senses for u in net.synsets[s].usage)
        ]
    return found


def main(folder: str, out: str) -> None:
    """Write the table."""
    head = (
        "# Common nouns by what they mostly name: class\tnouns. Made by tools/compile_nouns.py from WordNet 3.0,\n"
        "# Copyright 2006 by Princeton University (licence: NOTICE).\n"
    )
    lines = (f"{name}\t{' '.join(nouns)}\n" for name, nouns in sorted(classes(WordNet(Path(folder))).items()))
    Path(out).write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
