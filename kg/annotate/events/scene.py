"""What the typing rules ask about a ``Doc``, read once: mentions by head, clauses by head, what a filler is."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.events.slots import Slots
from kg.annotate.layers import Clause, ClauseKind, DocEntity, EntityMention, Title
from kg.annotate.names.nouns import is_human_noun
from kg.annotate.quotations import find_quotes
from kg.lexicon import Lexicon
from kg.model import MentionKind, QuantityKind

__all__ = ["Scene"]

_CLASSES = {
    "schema:Person": "person",
    "schema:Organization": "organization",
    "kg:GovernmentBody": "organization",
    "kg:PoliticalParty": "organization",
    "schema:NewsMediaOrganization": "organization",
    "schema:Corporation": "organization",
    "kg:MilitaryUnit": "organization",
    "schema:Country": "country",
    "schema:City": "city",
    "schema:Place": "place",
    "kg:Bloc": "bloc",
    "kg:Agreement": "agreement",
    "kg:NamedEvent": "named_event",
    "kg:Office": "office",
    "kg:Product": "product",
    "kg:Group": "group",
    "kg:Law": "law",
    "schema:CreativeWork": "work",
}
_ACTORS = frozenset({"person", "organization", "country", "city", "bloc", "group"})
_LABELS = {"PERSON": "person", "ORG": "organization", "GPE": "country", "NORP": "group", "LOC": "place", "FAC": "place"}
_PEOPLE_PRONOUNS = frozenset({
    "i", "you", "he", "she", "we", "they", "me", "him", "her", "us", "them", "who", "whom", "himself", "herself",
    "themselves", "everyone", "everybody", "nobody", "someone", "somebody", "anyone", "both", "all", "many", "others",
})  # fmt: skip
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_NOUNS = frozenset({"NN", "NNS"})
_TELLING = 3
"""So many nouns of one field tell what a document is about."""
_NUMBERS = frozenset({"CD"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "acl"})


class Scene:
    """One ``Doc`` as the typing rules see it."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        """Index the layers of an annotated ``Doc``."""
        self.doc = doc
        self.lexicon = lexicon
        self.tree: Tree = tree_of(doc)
        self.quotes = find_quotes(self.tree)
        self.clauses: list[Clause] = list(doc._.kg_clauses)
        verbal = [c for c in self.clauses if c.kind not in {ClauseKind.APPOSITIVE, ClauseKind.TITULAR}]
        self.clause_at: dict[int, Clause] = {c.head: c for c in verbal}
        self._mention_at: dict[int, EntityMention] = {}
        self._inside: dict[int, EntityMention] = {}
        for mention in doc._.kg_mentions:
            self._place(mention)
        self._money = {t for q in doc._.kg_quantities if q.kind is QuantityKind.MONEY for t in range(q.start, q.end)}
        self._counts = {q.head for q in doc._.kg_quantities if q.kind is QuantityKind.COUNT}
        self._numbered = {q.counted for q in doc._.kg_quantities if q.kind is QuantityKind.COUNT and not q.ordinal}
        self._times = {t for x in doc._.kg_times for t in range(x.start, x.end)}
        self._titles: dict[int, Title] = {t.head: t for t in doc._.kg_titles}
        self._entities: list[DocEntity] = doc._.kg_entities
        self._human = [lexicon.words.get(name, frozenset()) for name in ("human", "organ", "force")]
        self._containers = lexicon.words.get("container", frozenset())
        self._kinds: dict[int, frozenset[str]] = {}
        self._counted: dict[int, list[int]] = {}
        self.fillers: dict[int, tuple[Clause, Slots]] = {}
        self._topics: dict[str, bool] = {}
        self._disasters = self._disaster_names()

    def _disaster_names(self) -> frozenset[str]:
        """Return the words that name storms and the like in this document: "ida" of "Hurricane Ida"."""
        known = self.lexicon.words.get("disaster_word", frozenset())
        spans = (self.tree.words[m.start : m.end] for m in self._mention_at.values() if m.kind is MentionKind.NAME)
        return frozenset(words[-1] for words in spans if len(words) > 1 and words[0] in known)

    def _place(self, mention: EntityMention) -> None:
        old = self._mention_at.get(mention.head)
        if old is None or mention.end - mention.start > old.end - old.start:
            self._mention_at[mention.head] = mention
        if mention.kind in {MentionKind.NAME, MentionKind.METONYM}:
            for i in range(mention.start, mention.end):
                self._inside[i] = mention

    def mention(self, i: int) -> EntityMention | None:
        """Return the mention that hangs in the tree by token ``i``."""
        return self._mention_at.get(i)

    def title_at(self, i: int) -> Title | None:
        """Return the title whose noun token ``i`` is, with the person who bears it."""
        return self._titles.get(i)

    def name_around(self, i: int) -> EntityMention | None:
        """Return the name of which token ``i`` is a part."""
        return self._inside.get(i)

    def is_time(self, i: int) -> bool:
        """Say whether a token belongs to a resolved time or duration."""
        return i in self._times or self.doc[i].ent_type_ in {"DATE", "TIME"}

    def lemma(self, i: int) -> str:
        """Return the lemma of a token, a verb with its particle."""
        clause = self.clause_at.get(i)
        return clause.lemma if clause is not None and self.tree.is_verb(i) else self.tree.lemmas[i]

    def entity_classes(self, i: int) -> frozenset[str]:
        """Return the classes (``person``, ``country`` …) of the entities that a mention headed by ``i`` names."""
        mention = self._mention_at.get(i)
        if mention is None:
            return frozenset()
        return frozenset([_CLASSES.get(self._entities[e].type, "thing") for e in mention.entities])

    def kinds(self, i: int) -> frozenset[str]:
        """Return what token ``i`` heads: filler classes of the lexicon's ``require``, ``thing`` where none fits."""
        found = self._kinds.get(i)
        if found is None:
            found = self._kinds[i] = frozenset(self._classify(i))
        return found

    def is_about(self, name: str) -> bool:
        """Say whether the document is about what a word list tells of: it has three of its nouns or more."""
        found = self._topics.get(name)
        if found is None:
            listed = self.lexicon.words.get(name, frozenset())
            nouns = {lemma for lemma, tag in zip(self.tree.lemmas, self.tree.tags, strict=True) if tag in _NOUNS}
            found = self._topics[name] = len(nouns & listed) >= _TELLING
        return found

    def _classify(self, i: int) -> Iterable[str]:
        if self._is_disaster(i):
            return {"thing"}
        kinds = set(self.entity_classes(i))
        tree, words = self.tree, self.lexicon.words
        lemma = tree.lemmas[i]
        human = any(lemma in listed for listed in self._human) or is_human_noun(lemma)
        if not kinds and tree.words[i] in _PEOPLE_PRONOUNS:
            kinds |= {"person", "actor"}
        elif not kinds and tree.words[i] in {"it", "which", "that", "this", "itself"}:
            kinds |= {"organization", "actor", "thing"}
        elif not kinds and self.doc[i].ent_type_ in _LABELS:
            kinds.add(_LABELS[self.doc[i].ent_type_])
        if i in self._money:
            kinds.add("money")
        elif i in self._counts or (tree.tags[i] in _NUMBERS and i not in self._times):
            kinds |= {"count", "actor"}
        if i in self._times:
            kinds.add("date")
        if kinds & _ACTORS or human:
            kinds.add("actor")
        if lemma in words.get("office_word", ()) and not kinds & _ACTORS:
            kinds |= {"office", "actor"}
        if not kinds and tree.tags[i] in {"NNP", "NNPS"}:
            kinds |= {"organization", "actor", "thing"}
        return kinds or {"thing"}

    def _is_disaster(self, i: int) -> bool:
        """Say whether a name is that of a storm and the like ("Hurricane Ida"), which acts on nobody's behalf."""
        mention = self._mention_at.get(i)
        words = self.lexicon.words.get("disaster_word", frozenset())
        if mention is None:
            return self.tree.words[i] in self._disasters and self.tree.texts[i][:1].isupper()
        named = self.tree.words[max(0, mention.start - 1) : mention.end]
        return any(w in words for w in named) or (named[-1] in self._disasters and mention.end - mention.start == 1)

    def fits(self, i: int, wanted: Iterable[str]) -> bool:
        """Say whether the filler headed by ``i`` is one of the wanted: classes, word lists, ``lemma:word``, pairs.

        What is counted or grouped decides too: "thousands of refugees", "a series of bombs".
        """
        wanted = tuple(wanted)
        if "any" in wanted:
            return True
        return any(self._fits(h, name) for h in self.counted(i) for name in wanted)

    def is_counted(self, i: int) -> bool:
        """Say whether a noun has a number: "60 employees"."""
        return i in self._numbered

    def counted(self, i: int) -> list[int]:
        """Return a noun, and what stands behind its "of" where it only counts or groups."""
        known = self._counted.get(i)
        if known is None:
            known = self._counted[i] = self._behind_of(i)
        return known

    def _behind_of(self, i: int) -> list[int]:
        found, tree = [i], self.tree
        while tree.lemmas[found[-1]] in self._containers or tree.tags[found[-1]] == "CD":
            inner = [g for c in tree.children[found[-1]] if tree.words[c] == "of" for g in tree.children[c]]
            if not inner:
                break
            found.append(inner[0])
        return found

    def _fits(self, i: int, name: str) -> bool:
        if name in self.kinds(i) or name == "any":
            return True
        if name.startswith("lemma:"):
            return self.lemma(i) == name[6:] or self.tree.words[i] == name[6:]
        if " " in name:
            return self._pair(i, *name.split(" ", 1))
        return self._listed(i, name)

    def _listed(self, i: int, name: str) -> bool:
        listed = self.lexicon.words.get(name)
        if name == "disaster_word" and self._is_disaster(i):
            return True
        mention = self._mention_at.get(i)
        if listed is None or (mention is not None and mention.kind is MentionKind.NAME):
            return False  # the lists are of common nouns: "Noble Energy" is no energy
        lemma = self.lemma(i)
        if lemma in listed or self.tree.words[i] in listed:
            return True
        return any("-" in lemma and part in listed for part in lemma.split("-")[-1:])

    def _pair(self, i: int, modifier: str, head: str) -> bool:
        if not self._fits(i, head):
            return False
        return any(self.tree.deps[c] in _MODIFIERS and self._fits(c, modifier) for c in self.tree.children[i] if c < i)

    def is_plural(self, heads: tuple[int, ...]) -> bool:
        """Say whether fillers are several: coordinated, plural nouns or pronouns, mentions of several entities."""
        if len(heads) > 1:
            return True
        i = heads[0]
        mention = self._mention_at.get(i)
        if mention is not None and len(mention.entities) > 1:
            return True
        return self.tree.tags[i] in _PLURAL_TAGS or self.tree.words[i] in {"they", "we", "both", "them", "two", "us"}
