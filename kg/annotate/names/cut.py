"""Tell whether a name goes on beyond what was recognised of it: "Siena" of "Monte dei Paschi di Siena".

A capitalised word beside a name that no other mention, no title and no day explains is taken for a part of it, and so
is one beyond a hyphen, an article of Arabic names or a preposition of Romance ones. Headlines in title case tell
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.layers import EntityFiller, EntityMention
from kg.annotate.names.nouns import words
from kg.annotate.names.patterns import in_headline, is_title
from kg.annotate.names.types import keyword_class
from kg.model import MentionKind

__all__ = ["Mentions", "cut_names", "mention_of"]

Mentions = Mapping[tuple[int, int], EntityMention]
"""The mentions of a document by their token ranges."""

_NAMING = frozenset({MentionKind.NAME, MentionKind.DEMONYM})
_PROPER = frozenset({"NNP", "NNPS"})
_INNER = frozenset({"compound", "nmod", "amod", "npadvmod", "punct", "dep"})
# Tags of prepositions, which are capitals within a sentence only as parts of names.
_SMALL = frozenset({"IN", "TO"})
_LINKS = frozenset({"for", "of"})


def mention_of(filler: EntityFiller, mentions: Mentions, within: range) -> EntityMention | None:
    """Return the mention that a filler stands for: its own, the one that holds its first token, else any near by.

    Args:
        filler: Of a role; fillers of offices name one token of a mention, or none.
        mentions: The document's.
        within: The tokens of the sentence.
    """
    own = mentions.get((filler.start, filler.end))
    if own is not None:
        return own
    same = [m for m in mentions.values() if filler.entity in m.entities and m.start in within]
    return min(same, key=lambda m: (not m.start <= filler.start < m.end, abs(m.start - filler.start)), default=None)


def cut_names(doc: Doc, mentions: Mentions) -> frozenset[tuple[int, int]]:
    """Return the mentions of a document that are longer than they seem; never pronouns and descriptions."""
    titles = ((t.start, t.end) for t in doc._.kg_titles)
    covered = frozenset(i for start, end in (*mentions, *titles) for i in range(start, end))
    tree = tree_of(doc)
    named = ((span, m) for span, m in mentions.items() if m.kind in _NAMING and not in_headline(doc, m.start))
    return frozenset(span for span, mention in named if _is_cut(doc, tree, mention, covered))


def _is_cut(doc: Doc, tree: Tree, mention: EntityMention, covered: Collection[int]) -> bool:
    """Tell whether a name goes on; ``covered`` are the tokens that mentions or titles explain."""
    return (
        _begins_before(doc, tree, mention, covered)
        or _ends_behind(doc, tree, mention, covered)
        or _is_coordinated(tree, mention, covered)
        or _holds_number(tree, mention)
    )


def _begins_before(doc: Doc, tree: Tree, mention: EntityMention, covered: Collection[int]) -> bool:
    i = mention.start - 1
    if i < 0 or tree.sents[i] != tree.sents[mention.start]:
        return False
    if tree.words[i] in words("name_particles"):
        return i > 0 and _is_proper(tree, i - 1)
    if tree.texts[i] in {"-", "'", "’"} and i > 0 and not tree.spaced[i - 1] and tree.tags[i] != "POS":
        led = tree.texts[i - 1][:1].isupper() or tree.words[i - 1] in words("name_particles")
        return i - 1 not in covered and led
    within = i > 0 and tree.sents[i - 1] == tree.sents[i] and tree.texts[i - 1].isalnum()
    odd = within and tree.tags[i] in _SMALL and tree.texts[i][:1].isupper()
    return odd or _is_part(doc, tree, i, mention, covered)  # "received | To Lam"


def _ends_behind(doc: Doc, tree: Tree, mention: EntityMention, covered: Collection[int]) -> bool:
    i = mention.end
    last = len(tree.texts) - 1
    if mention.kind is not MentionKind.NAME or i > last:
        return False
    if tree.texts[i] == "-" and not tree.spaced[i - 1]:
        return i < last and i + 1 not in covered and _is_part(doc, tree, i + 1, mention, covered)
    if tree.words[i] in words("name_particles"):
        return i < last and _is_part(doc, tree, i + 1, mention, ())
    if tree.words[i] in _LINKS and keyword_class(tree.texts[i - 1]) and mention.end - mention.start == 1:
        ahead = i + 2 if tree.words[min(i + 1, last)] == "the" else i + 1
        return ahead <= last and tree.texts[ahead][:1].isupper()  # "the Party | for the Animals"
    if tree.texts[i].isdigit() and mention.end - mention.start == 1:
        return len(tree.texts[i]) < 4 and (i == last or tree.deps[i + 1] == "punct")  # "the Type | 31,"
    return _is_part(doc, tree, i, mention, covered)


def _is_coordinated(tree: Tree, mention: EntityMention, covered: Collection[int]) -> bool:
    """Tell whether a word that is no name of its own is part of one before "and": "Search and Rescue Unit"."""
    link = mention.start - 1
    if link < 1 or tree.words[link] not in {"and", "&"} or not _is_proper(tree, link - 1):
        return False
    inside = mention.start <= tree.heads[link - 1] < mention.end
    return inside or (tree.deps[link - 1] in _INNER and link - 1 not in covered)


def _holds_number(tree: Tree, mention: EntityMention) -> bool:
    """Tell whether a number stands between the words of a name, which then are two: "Armenia 36 CAESAR"."""
    return any(text.isdigit() for text in tree.texts[mention.start + 1 : mention.end - 1])


def _is_part(doc: Doc, tree: Tree, i: int, mention: EntityMention, covered: Collection[int]) -> bool:
    """Tell whether a token looks like a part of a name: it is one compound with it, or nothing else explains it."""
    if not _is_proper(tree, i) or is_title(doc[i]) or tree.words[i] in words("month_day"):
        return False
    inside = range(mention.start, mention.end)
    around = tree.heads[i] in inside or tree.heads[mention.head] == i
    joined = around and "compound" in {tree.deps[i], tree.deps[mention.head]}
    return joined or (i not in covered and mention.kind is MentionKind.NAME)


def _is_proper(tree: Tree, i: int) -> bool:
    return tree.tags[i] in _PROPER and tree.texts[i][:1].isupper()
