"""The component ``kg_coref``: pronouns, descriptions and groups refer to entities named elsewhere in the document.

Rules on the dependency tree, one kind of anaphor a module: :mod:`kg.annotate.coref.pronouns`,
:mod:`kg.annotate.coref.groups`, :mod:`kg.annotate.coref.descriptions`. Anaphors are taken in text order, so each sees
those before it. What is not clear stays unresolved; each choice carries a score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.coref.characters import AGE_WORDS, described_person, is_age
from kg.annotate.coref.descriptions import resolve_description
from kg.annotate.coref.discourse import Discourse, Resolution
from kg.annotate.coref.groups import group_head, is_group_word, resolve_group
from kg.annotate.coref.pronouns import resolve_pronoun
from kg.annotate.coref.tokens import is_human
from kg.annotate.layers import EntityMention, Title, declare_extensions
from kg.annotate.names.titles import phrase
from kg.model import MentionKind

__all__ = ["Coreference", "Resolver", "make_coref"]

_REFERRING = frozenset({"NOUN", "PRON", "PROPN"})
_FOCUS = frozenset({"only", "even", "just"})
_ADJECTIVES = frozenset({"old", "latter"})
_NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Coreference:
    """All mentions of a document, resolved ones among them, and what was learnt on the way.

    ``titles`` are those of the document with "its spokesman" completed, ``countries`` and ``genders`` are by entity.
    """

    mentions: list[EntityMention]
    titles: list[Title]
    genders: dict[int, str]
    countries: dict[int, int]


class Resolver:
    """Resolves anaphors. Needs the layers of ``kg_entities``, tags, lemmas and dependencies."""

    def __init__(self, *, threshold: float = 0.5) -> None:
        self._threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        return self.set_annotations(doc, self.predict(doc))

    def predict(self, doc: Doc) -> Coreference:
        """Return the mentions with the resolved anaphors, without changing the document."""
        discourse = Discourse(doc)
        if discourse.entities:
            covered = {i for m in discourse.mentions for i in range(m.start, m.end)}
            tree = tree_of(doc)
            open_ = [i for i in range(len(doc)) if i not in covered and _may_refer(tree, i)]
            # Who speaks ("he added") must be known before what is said.
            for i in sorted(open_, key=discourse.in_quotation):
                self._resolve(discourse, doc[i])
        titles = [_completed(discourse, title) for title in discourse.titles]
        changed = [new for new, old in zip(titles, discourse.titles, strict=True) if new is not old]
        told = {t.person: c for t in changed if (c := discourse.country(t.person)) is not None}
        countries = discourse.countries | told
        return Coreference(discourse.mentions, titles, discourse.genders, countries)

    def set_annotations(self, doc: Doc, found: Coreference) -> Doc:
        """Write the grown layer ``kg_mentions``, the titles, and the genders and countries of ``kg_entities``."""
        doc._.kg_mentions = found.mentions
        doc._.kg_titles = found.titles
        for number, gender in found.genders.items():
            doc._.kg_entities[number].gender = gender
        for number, country in found.countries.items():
            doc._.kg_entities[number].country = country
        return doc

    def _resolve(self, discourse: Discourse, token: Token) -> None:
        found, kind = _reading(discourse, token)
        if found is None or found[1] < self._threshold:
            return
        start, end = (token.i, token.i + 1) if kind is MentionKind.PRONOUN else _phrase(token)
        discourse.add(EntityMention(start, end, token.i, kind, tuple(sorted(found[0])), round(found[1], 2)))


def _phrase(token: Token) -> tuple[int, int]:
    """Return the tokens of a description, also where "the 71-year-old" was parsed as an adjective of the verb."""
    if is_age(token):
        return token.i - AGE_WORDS, token.i + 1
    start, end = phrase(token)
    return start + (token.doc[start].lower_ in _FOCUS), end


def _may_refer(tree: Tree, i: int) -> bool:
    """Tell whether a token can be an anaphor; a quick test, half of the words end here."""
    return tree.pos[i] in _REFERRING or tree.words[i] in _ADJECTIVES or is_group_word(tree.words[i], tree.tags[i])


def _reading(discourse: Discourse, token: Token) -> tuple[Resolution | None, MentionKind]:
    """Return what a token refers to and how, by the kind of word it is."""
    if token.pos_ == "PRON" and (found := resolve_pronoun(discourse, token)):
        return found, MentionKind.PRONOUN
    if group_head(token):
        return resolve_group(discourse, token), MentionKind.NOMINAL
    if is_age(token):
        return described_person(discourse, token), MentionKind.NOMINAL
    if (token.pos_ in _NOUNS or token.lower_ == "latter") and not _names_somebody(discourse, token):
        return resolve_description(discourse, token), MentionKind.NOMINAL
    return None, MentionKind.NOMINAL


def _completed(discourse: Discourse, title: Title) -> Title:
    """Return a title with what it is a title of, where a pronoun says so: "Its spokesman", "His foreign minister"."""
    owner = discourse.owner(title)
    return title if owner == title.of else replace(title, of=owner)


def _names_somebody(discourse: Discourse, token: Token) -> bool:
    """Tell whether a noun is the title or apposition of a name beside it, or a part of a longer phrase."""
    if token.dep_ in {"compound", "nmod", "amod"}:
        return True
    if token.dep_ == "appos" and token.head.i in discourse.heads:
        return True
    if any(t.head == token.i for t in discourse.titles) or discourse.named_at(token.i + 1):
        return True
    beside = (t for t in token.children if t.dep_ == "appos" and not any(c.tag_ == "WP$" for c in t.subtree))
    return any(t.i in discourse.heads or (is_human(t) and discourse.named_at(t.i + 1)) for t in beside)


@Language.factory(
    "kg_coref",
    default_config={"threshold": 0.5},
    assigns=["doc._.kg_mentions", "doc._.kg_titles"],
    requires=["doc._.kg_entities", "doc._.kg_mentions", "doc._.kg_titles", "token.dep", "token.tag", "token.lemma"],
)
def make_coref(nlp: Language, name: str, threshold: float) -> Resolver:
    """Return the component.

    Args:
        nlp: The pipeline; not used.
        name: The component's name in the pipeline.
        threshold: Choices with a lower score, 0 to 1, stay unresolved.
    """
    declare_extensions()
    return Resolver(threshold=threshold)
