"""Names in title case, where capitals tell nothing: cut to what the text below names."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Span

from kg.annotate.casing import HEADLINES
from kg.annotate.clauses.tree import tree_of
from kg.annotate.names.gazetteer import cities_named
from kg.annotate.names.names import Name
from kg.annotate.names.patterns import in_headline
from kg.annotate.names.types import keyword_class

__all__ = ["trim_headlines"]


def trim_headlines(doc: Doc, names: list[Name]) -> None:
    """Cut names in title case to the words that the text below has in names: "Erdogan | Hardens Stance".

    Where the text below names none of the words, title case has only made a name of common ones: "Supply Gas".
    """
    changed = doc.user_data.get(HEADLINES, frozenset())
    starts = {n.start for n in names}
    headed = {i for i in starts if in_headline(doc, i) or (changed and doc[i].sent.start in changed)}
    if not any(n.start in headed and n.reference is None for n in names):
        return
    below = [n for n in names if n.start not in headed]
    parts = {t.text for n in below for t in doc[n.start : n.end]}
    whole = {doc[n.start : n.end].text for n in below}
    common = {text for text in tree_of(doc).texts if text.islower()}
    for name in list(names):
        if name.reference is not None or name.start not in headed:
            continue
        if name.end - name.start == 1:
            if doc[name.start].lower_ in common and doc[name.start].text not in parts:
                names.remove(name)  # "Philippine Senator | Convicted"
        elif doc[name.start : name.end].text not in whole and parts:
            _cut_to_known(doc, name, names, whole)


def _cut_to_known(doc: Doc, name: Name, names: list[Name], whole: Collection[str]) -> None:
    """Cut a name to its longest run of words that a name of the text holds; remove it where none tells anything."""
    tokens = range(name.start, name.end)
    runs = [(i, j) for i in tokens for j in range(name.end, i, -1) if any(_holds(w, doc[i:j]) for w in whole)]
    best = max(runs, key=lambda run: run[1] - run[0], default=None)
    if best is not None:
        name.start, name.end = best
        text = doc[name.start : name.end].text
        if not name.refer(text) and cities_named(text):
            name.type, name.label = "schema:City", "GPE"  # "Oslo | Mayor to Step Down"
        vague = name.end - name.start == 1 and bool(keyword_class(doc[name.start].text))
        if vague and doc[name.start].text not in whole:
            names.remove(name)
    elif doc[name.start].sent[-1].text != ".":
        names.remove(name)


def _holds(name: str, run: Span) -> bool:
    """Tell whether a name has a word, or ends in several ("Swiss Bank" is not "Swiss Bank Employees Association")."""
    return f" {name}".endswith(f" {run.text}") or (len(run) == 1 and run.text in name.split())
