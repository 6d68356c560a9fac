"""Docs by hand: "word/TAG/dep/head" or "word/TAG/dep/head/lemma", so that tests say which parse they mean."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.clauses.component import ClauseAnnotator
from kg.annotate.layers import Argument, Clause, declare_extensions


def parse(text: str, *, ents: dict[int, str] | None = None) -> Doc:
    """Return a Doc with clauses; ``ents`` gives entity types by token."""
    fields = [piece.split("/") for piece in text.split()]
    doc = Doc(
        Vocab(),
        words=[f[0] for f in fields],
        tags=[f[1] for f in fields],
        deps=[f[2] for f in fields],
        heads=[int(f[3]) for f in fields],
        lemmas=[f[4] if len(f) > 4 else f[0].lower() for f in fields],
        ents=[f"B-{ents[i]}" if ents and i in ents else "O" for i in range(len(fields))],
    )
    declare_extensions()
    return ClauseAnnotator()(doc)


def shown(clause: Clause, doc: Doc) -> list[str]:
    """Return a clause's arguments as "slot:preposition+inherited=words"."""
    return [_shown(argument, doc) for argument in clause.arguments]


def _shown(argument: Argument, doc: Doc) -> str:
    preposition = f":{argument.preposition}" if argument.preposition else ""
    inherited = f"+{argument.inherited}" if argument.inherited else ""
    return f"{argument.slot}{preposition}{inherited}={','.join(doc[i].text for i in argument.conjuncts)}"
