"""Find the entities behind a word of speech: the subject, the agent of a passive, the owner of a claim."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.layers import Clause, EntityFiller, EntityMention, Slot
from kg.annotate.lookup import entity, mention_headed_by
from kg.model import Family

__all__ = ["Source", "Speakers"]

# Nouns behind an organization's name that only say what it is, or who speaks for it; "a UN official" does not.
_VOICES = word_set(
    "agency spokesman spokeswoman spokesperson radio television tv daily newspaper weekly magazine service website "
    "channel network ministry report press office bank company group statement release broadcaster"
)
# What speaks for its state where it bears no name.
_ARMS = word_set("army military navy government authority police official force soldier troop coastguard regime")
# What is written or counted speaks for who wrote it: "Lind's letter says", "data from the bank show".
_WRITINGS = word_set(
    "analysis assessment audit briefing data diary dossier email estimate figure filing finding indictment inquiry "
    "investigation lawsuit letter memo memoir newsletter note paper petition poll post report research statement "
    "study submission survey testimony tweet"
)
_SPOKESMEN = word_set("spokesman spokeswoman spokesperson")
# "is convinced that": who is, believes it.
_WON_OVER = word_set("convince persuade")
_CITING = word_set("cite quote")
_STATES = frozenset({"schema:Country", "kg:Bloc"})
_ISSUING = word_set("issue make release give publish send post repeat express voice")


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it and by which word; ``entities`` is empty where no entity is named."""

    verb: int
    entities: tuple[int, ...]


class Speakers:
    """The speakers of one document."""

    def __init__(self, doc: Doc, tree: Tree) -> None:
        self.doc = doc
        self.tree = tree
        self._clauses: dict[int, Clause] = {c.head: c for c in doc._.kg_clauses}
        self._said = {d.head: d for d in doc._.kg_events if d.event_type == "Say"}

    def source(self, word: int) -> Source:
        """Return a verb or noun of speech with the entities that say what it reports."""
        found = self._speaker(word) if self.tree.is_verb(word) else self._author(word)
        return Source(word, found or self._agents(word))

    def _agents(self, verb: int) -> tuple[int, ...]:
        """Return who says it by the statement that the verb carries: "the Chadian side announced"."""
        draft = self._said.get(verb)
        roles = draft.roles if draft is not None else []
        return tuple(dict.fromkeys(f.entity for r, f in roles if r == "agent" and isinstance(f, EntityFiller)))

    def _speaker(self, verb: int) -> tuple[int, ...]:
        clause = self._clauses.get(verb)
        if clause is None:
            subject = self.tree.child(verb, "nsubj")
            return self.entities(subject) if subject is not None else ()
        passive = clause.passive and self.tree.lemmas[verb] not in _WON_OVER
        argument = clause.first(Slot.AGENT) if passive else clause.first(Slot.SUBJECT)
        if argument is None:
            return ()
        return tuple(dict.fromkeys(e for head in argument.conjuncts or (argument.head,) for e in self.entities(head)))

    def _author(self, noun: int) -> tuple[int, ...]:
        """Return whose a claim or statement is: "Oslo's claim that", "a statement by the bank that"."""
        tree = self.tree
        for c in tree.children[noun]:
            if tree.deps[c] == "poss":
                return self.entities(c)
            if tree.deps[c] == "prep" and tree.words[c] in {"by", "from"}:
                objects = [g for g in tree.children[c] if tree.deps[g] == "pobj"]
                return self.entities(objects[0]) if objects else ()
        head = tree.heads[noun]
        if tree.is_verb(head) and tree.deps[noun] == "dobj" and tree.lemmas[head] in _ISSUING:
            return self._speaker(head)
        return ()

    def cited(self, verb: int) -> list[Source]:
        """Return whom a messenger cites: "the agency reported, citing Keita"."""
        tree = self.tree
        citing = (c for c in tree.children[verb] if tree.tags[c] == "VBG" and tree.lemmas[c] in _CITING)
        objects = ((c, tree.child(c, "dobj")) for c in citing)
        return [Source(c, named) for c, o in objects if o is not None and (named := self.entities(o))]

    def citing(self, i: int) -> tuple[int, ...]:
        """Return who cites unnamed sources: "officials quoted by Interfax"."""
        tree = self.tree
        verbs = (c for c in tree.children[i] if tree.deps[c] == "acl" and tree.lemmas[c] in _CITING)
        agents = (a for v in verbs for a in tree.children[v] if tree.words[a] == "by")
        objects = (o for a in agents if (o := tree.child(a, "pobj")) is not None)
        return next((named for o in objects if (named := self.entities(o))), ())

    def entities(self, i: int) -> tuple[int, ...]:
        """Return the entities that the noun phrase of a head names, or that speak by it; empty where none do."""
        mention = mention_headed_by(self.doc, i)
        if mention is not None:
            return mention.entities
        speaks_for = self.tree.lemmas[i] in _VOICES
        if self.tree.lemmas[i] in _ARMS and (state := self._state_of(i)):
            return state
        for c in self.tree.children[i]:
            if self.tree.deps[c] == "appos" or (speaks_for and self.tree.deps[c] in {"compound", "nmod"}):
                inner = mention_headed_by(self.doc, c)
                if inner is not None and (self.tree.deps[c] == "appos" or self._is_organization(inner)):
                    return inner.entities
        return self._behind(i)

    def _behind(self, i: int) -> tuple[int, ...]:
        """Return for whom a spokesman speaks, or who wrote a letter: "a spokesman for the bank", "a study by it"."""
        tree = self.tree
        links = {"for", "of"} if tree.lemmas[i] in _SPOKESMEN else {"by", "from"}
        if tree.lemmas[i] not in _SPOKESMEN | _WRITINGS:
            return ()
        for c in tree.children[i]:
            owner = tree.child(c, "pobj") if tree.deps[c] == "prep" and tree.words[c] in links else None
            owner = c if tree.deps[c] == "poss" else owner
            mention = mention_headed_by(self.doc, owner) if owner is not None else None
            if mention is not None:
                return mention.entities
        return self._compounded(i) if tree.lemmas[i] in _WRITINGS else ()

    def _compounded(self, i: int) -> tuple[int, ...]:
        """Return the organization in front of a noun: "a World Bank study"."""
        names = (c for c in self.tree.children[i] if self.tree.deps[c] in {"compound", "nmod"})
        mentions = (m for c in names if (m := mention_headed_by(self.doc, c)) is not None)
        return next((m.entities for m in mentions if self._is_organization(m)), ())

    def _state_of(self, i: int) -> tuple[int, ...]:
        """Return the country for which "Chad's army", "Chadian officials" speak."""
        for c in self.tree.children[i]:
            if self.tree.deps[c] in {"poss", "amod", "compound", "nmod"}:
                owner = mention_headed_by(self.doc, c)
                if owner is not None and all(entity(self.doc, e).type in _STATES for e in owner.entities):
                    return owner.entities
        return ()

    def _is_organization(self, mention: EntityMention) -> bool:
        """Tell "the Interfax news agency", which speaks for itself, from "the Peru office"."""
        return all(entity(self.doc, e).family is Family.OTHER for e in mention.entities)
