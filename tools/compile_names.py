"""Compile the tables by which names are compared from rigour: spellings of one name, titles, legal forms.

    pip install --no-deps rigour==2.6.1; pip install faker==40.63.0 cleanco==2.3
    python tools/compile_names.py kg/fuse/data

The core of rigour is compiled and needs no ICU, only the package around it does. It knows which spellings belong to one
name of Wikidata, but does not list them; so it is asked about the names of many countries (faker) and about other
spellings of these, and about the legal forms of many countries (cleanco). Equal input gives equal bytes.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import cleanco.termdata
import faker.providers.person
from rigour._core import NameTypeTag, analyze_names, extract_org_types, person_name_prefixes_list

SOURCES = " ".join(f"{name} {version(name)}" for name in ("rigour", "faker", "cleanco"))
HEADER = f"# Compiled by tools/compile_names.py from {SOURCES}: "

_LISTS = tuple(
    f"{part}_names{kind}" for part in ("first", "last") for kind in ("", "_male", "_female", "_unisex", "_nonbinary")
)
_CASEFOLD = 4  # rigour.text.normalize.Normalize.CASEFOLD
_IN_FULL = (
    "aktiengesellschaft", "closed joint stock company", "company", "corporation", "incorporated", "joint stock company",
    "limited", "limited company",
    "limited liability company", "limited liability partnership", "open joint stock company",
    "pao", "pjsc", "private limited company", "public joint stock company", "public limited company", "societe anonyme",
    "sociedad anonima", "zao", "oao", "ooo", "kk", "kabushiki kaisha", "gesellschaft mit beschrankter haftung",
)  # fmt: skip
# Other forms of two letters end names that are none ("is", "at", "sf").
_SHORT = frozenset({"ag", "as", "bv", "kg", "nv", "oy", "sa", "se"})
_LATIN = re.compile(r"[a-z]{4,}")
# How transliterations differ; each is tried in both directions, up to two in a word.
_RESPELLINGS = (
    ("y", "i"), ("i", "j"), ("y", "j"), ("ks", "x"), ("kh", "h"), ("kh", "k"), ("ph", "f"), ("ck", "k"), ("c", "k"),
    ("q", "k"), ("w", "v"), ("v", "f"), ("ei", "ey"), ("ai", "ay"), ("ei", "ai"), ("iy", "y"), ("yy", "y"), ("ii", "i"),
    ("skii", "sky"), ("skyi", "sky"), ("ia", "ya"), ("iu", "yu"),
    ("eo", "io"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("o", "u"),
    ("a", "e"), ("e", "i"), ("dj", "j"), ("tch", "ch"),
    ("sh", "ch"), ("sh", "sch"), ("zh", "j"), ("ts", "tz"), ("tz", "z"),
    ("mm", "m"), ("ss", "s"), ("nn", "n"), ("ll", "l"),
    ("dd", "d"), ("ff", "f"), ("ov", "off"), ("ev", "eff"), ("enko", "enka"),
    ("a", "ya"), ("e", "ye"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("g", "q"), ("q", "gh"), ("z", "s"),
)  # fmt: skip


def fold(name: str) -> str:
    """Return a name without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold()


def given() -> Iterator[str]:
    """Yield the names that people bear in the countries that faker knows."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in (*_LISTS, "first_romanized_names", "last_romanized_names"):
            found = getattr(provider, attribute, ())
            if not isinstance(found, property):
                yield from (word for name in found for word in fold(name).split())


def respelt(word: str) -> set[str]:
    """Return other spellings of a word that a transliteration may have."""
    found = set()
    for one, other in (*_RESPELLINGS, *((b, a) for a, b in _RESPELLINGS)):
        found.update(word[: m.start()] + other + word[m.end() :] for m in re.finditer(one, word))
    return found


def groups_of(word: str) -> set[str]:
    """Return the names of Wikidata of which a word is a spelling."""
    symbols = (str(span.symbol) for name in analyze_names(NameTypeTag.PER, [word]) for span in name.spans)
    return {symbol[6:-1] for symbol in symbols if symbol.startswith("[NAME:")}


def spellings(words: Iterable[str]) -> dict[str, set[str]]:
    """Return the spellings of each name that has several."""
    known = {word: groups_of(word) for word in sorted(set(words)) if _LATIN.fullmatch(word)}
    for _ in range(2):
        new = {other for word, groups in known.items() if groups for other in respelt(word)} - known.keys()
        found = {word: groups_of(word) for word in sorted(new) if _LATIN.fullmatch(word)}
        known |= {word: groups for word, groups in found.items() if groups}
    names: dict[str, set[str]] = defaultdict(set)
    for word, groups in known.items():
        for group in groups:
            names[group].add(word)
    return {group: forms for group, forms in names.items() if len(forms) > 1}


def legal_forms() -> Iterator[str]:
    """Yield every legal form with the class that rigour gives it."""
    terms = {term for terms in cleanco.termdata.terms_by_type.values() for term in terms}
    terms |= {term for terms in cleanco.termdata.terms_by_country.values() for term in terms} | set(_IN_FULL)
    for term in sorted({" ".join(re.sub(r"[^\w\s]", "", fold(t)).split()) for t in terms} - {""}):
        classes = sorted({generic for _, generic in extract_org_types(f"xyz {term}", _CASEFOLD, 0, True)})
        if classes and (len(term) > len("ag") or term in _SHORT):
            yield f"{term}\t{' '.join(classes).casefold()}\n"


def main() -> None:
    """Write the three tables."""
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    names = spellings(given())
    # the same spellings under several names of Wikidata are one line
    lines = sorted({" ".join(sorted(forms)) + "\n" for forms in names.values()})
    titles = sorted({fold(title) + "\n" for title in person_name_prefixes_list()})
    for name, what, rows in (
        ("spellings.txt", "spellings of one name\n", lines),
        ("titles.txt", "what stands before a name\n", titles),
        ("legal_forms.tsv", "legal form\tclass\n", legal_forms()),
    ):
        (folder / name).write_text(HEADER + what + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
