"""Tell who says what: the sources above a word in reported speech, "according to", and direct quotations.

Only entities are sources. The nearest one is whom the text cites, those further out passed it on ("state media
reported that an ambassador said"). A sentence after the quotation is the author's own again.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.clause_tree import Tree, word_set
from kg.annotate.factuality_states import States
from kg.annotate.layers import Clause, EntityMention, EventDraft, Slot
from kg.annotate.lookup import entity, mention_headed_by
from kg.annotate.operators import Operators
from kg.annotate.quotes import Quote, find_quotes, is_sentence
from kg.model import Family

__all__ = ["Attributions", "Source"]

_LIMIT = 25
_SUBJECTS = ("nsubj",)
_CONTENT = frozenset({"ccomp", "xcomp", "advcl", "acl", "pcomp", "dobj", "nsubjpass", "relcl", "pobj"})
_SETTING = word_set("after before while when as since until once because although though whereas")


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it and by which word; ``entities`` is empty where no entity is named."""

    verb: int
    entities: tuple[int, ...]


class Attributions:
    """The sources of one document's words."""

    def __init__(self, doc: Doc, tree: Tree, operators: Operators, states: States) -> None:
        self.doc = doc
        self.states = states
        self.tree = tree
        self.operators = operators
        self.clauses: dict[int, Clause] = {c.head: c for c in doc._.kg_clauses}
        self.quotes = [q for q in find_quotes(tree) if is_sentence(tree, q)]
        self.speakers = self._speakers()

    def of(self, draft: EventDraft) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return whom a draft is attributed to, and who passed it on (entity ids)."""
        sources = self.above(draft.head)
        named = [s.entities for s in sources if s.entities]
        if not named:
            return (), ()
        via = tuple(e for entities in named[1:] for e in entities if e not in named[0])
        return named[0], tuple(dict.fromkeys(via))

    def above(self, i: int) -> list[Source]:
        """Return the sources of the word at ``i``, nearest first."""
        tree, found, at = self.tree, [], i
        quote = next((q for q in self.quotes if q.holds(i)), None)
        if quote is not None and quote in self.speakers and self.speakers[quote].verb != i:
            found.append(self.speakers[quote])
        for _ in range(_LIMIT):
            found += self._beside(at, i)
            head = tree.heads[at]
            if head == at:
                break
            if self._steps_out(at, head):
                head = tree.heads[head]  # the verb of speech itself, whose sibling it is
            else:
                source = self._by(at, head)
                found += [source] if source is not None else []
            at = head
        return _without_repeats(found)

    def _steps_out(self, at: int, first: int) -> bool:
        """Tell "said they had agreed, but stopped short": the simple past goes with "said", not with "had agreed"."""
        tree = self.tree
        if tree.deps[at] != "conj" or tree.tags[at] != "VBD" or tree.deps[first] != "ccomp":
            return False
        perfect = any(tree.words[c] == "had" for c in tree.children[first] if tree.deps[c] == "aux")
        return perfect and tree.child(at, "nsubj", "nsubjpass") is None and tree.tags[tree.heads[first]] == "VBD"

    def _by(self, at: int, head: int) -> Source | None:
        """Return the source if the word at ``head`` says what ``at`` heads."""
        tree = self.tree
        slot = self._slot(at, head)
        verb = head
        if slot is None:
            return None
        if tree.deps[head] == "prep" and slot:  # "accused them of selling"
            verb = tree.heads[head]
        if not self.operators.says(tree, verb, slot) or self._is_unsaid(verb):
            return None
        return Source(verb, self._speaker(verb))

    def _slot(self, at: int, head: int) -> str | None:
        """Return the slot of the saying word in which ``at`` stands, None where it only sets the scene."""
        tree = self.tree
        dep = tree.deps[at]
        if tree.deps[head] == "prep" and dep in {"pobj", "pcomp"}:
            return tree.words[head]
        infinitive = any(tree.words[c] == "to" and tree.deps[c] == "aux" for c in tree.children[at])
        if dep in {"dobj", "nsubjpass"} and not tree.is_verb(at):
            return "object"
        if dep == "ccomp":
            return "infinitive" if infinitive else "complement"
        if dep == "xcomp":
            return "infinitive"
        if dep == "acl" and not tree.is_verb(head):
            marked = any(tree.words[c] == "that" for c in tree.children[at] if tree.deps[c] == "mark")
            return "complement" if marked else "infinitive" if infinitive else None
        if dep == "advcl" and not any(tree.words[c] in _SETTING for c in tree.children[at] if c < at):
            # content before the verb of speech is now and then read as an adverbial clause
            return "complement" if at < head and tree.child(at, "nsubj", "nsubjpass") is not None else None
        return None

    def _is_unsaid(self, verb: int) -> bool:
        """Tell "did not say that" and "refused to say whether"."""
        return self.states.of(verb).negated

    def _beside(self, at: int, target: int) -> list[Source]:
        """Return sources that hang on a word of the way up: "…, she said", "according to her"."""
        tree, found = self.tree, []
        for c in tree.children[at]:
            if tree.deps[c] in {"parataxis", "ccomp", "advcl"} and c != target and self._is_aside(at, c, target):
                found.append(Source(c, self._speaker(c)))
            elif tree.words[c] == "according":
                objects = [g for p in tree.children[c] for g in tree.children[p] if tree.deps[g] == "pobj"]
                if tree.left[c] <= target < tree.right[c]:
                    continue
                found += [Source(c, self._entities(o)) for o in objects]
        return found

    def _is_aside(self, at: int, verb: int, target: int) -> bool:
        """Tell "…, Keita said" behind or inside the sentence that it reports, where the parser hung it below."""
        tree = self.tree
        if tree.left[verb] <= target < tree.right[verb] or not self.operators.says(tree, verb, "complement"):
            return False
        if tree.deps[verb] == "parataxis":
            return tree.child(verb, "nsubj") is not None
        return False

    # ------------------------------------------------------------ speakers

    def _speaker(self, verb: int) -> tuple[int, ...]:
        """Return the entities that say what a verb or noun of speech reports."""
        tree = self.tree
        if not tree.is_verb(verb):
            return self._author(verb)
        clause = self.clauses.get(verb)
        if clause is None:
            subject = tree.child(verb, "nsubj")
            return self._entities(subject) if subject is not None else ()
        argument = clause.first(Slot.AGENT) if clause.passive else clause.first(Slot.SUBJECT)
        if argument is None:
            return ()
        return tuple(dict.fromkeys(e for head in argument.conjuncts or (argument.head,) for e in self._entities(head)))

    def _author(self, noun: int) -> tuple[int, ...]:
        """Return whose a claim or statement is: "Oslo's claim that", "a statement by the bank that"."""
        tree = self.tree
        for c in tree.children[noun]:
            if tree.deps[c] == "poss":
                return self._entities(c)
            if tree.deps[c] == "prep" and tree.words[c] in {"by", "from"}:
                objects = [g for g in tree.children[c] if tree.deps[g] == "pobj"]
                return self._entities(objects[0]) if objects else ()
        head = tree.heads[noun]
        if tree.is_verb(head) and tree.deps[noun] == "dobj" and tree.lemmas[head] in _ISSUING:
            return self._speaker(head)
        return ()

    def _entities(self, i: int) -> tuple[int, ...]:
        mention = mention_headed_by(self.doc, i)
        if mention is not None:
            return mention.entities
        speaks_for = self.tree.lemmas[i] in _VOICES
        for c in self.tree.children[i]:
            if self.tree.deps[c] == "appos" or (speaks_for and self.tree.deps[c] in {"compound", "nmod"}):
                inner = mention_headed_by(self.doc, c)
                if inner is not None and (self.tree.deps[c] == "appos" or self._is_organization(inner)):
                    return inner.entities
        return ()

    def _is_organization(self, mention: EntityMention) -> bool:
        """Tell "the Interfax news agency", which speaks for itself, from "the Peru office"."""
        return all(entity(self.doc, e).family is Family.OTHER for e in mention.entities)

    # ------------------------------------------------------------ direct speech

    def _speakers(self) -> dict[Quote, Source]:
        """Return who speaks each quotation: the verb of speech beside it, else who spoke the one just before."""
        found: dict[Quote, Source] = {}
        last: tuple[Quote, Source] | None = None
        for quote in self.quotes:
            source = self._framing(quote)
            unnamed = source is None or (not source.entities and self._is_pronoun(source.verb))
            if unnamed and last is not None and self._goes_on(last[0], quote):
                source = last[1]
            if source is not None:
                found[quote] = source
                last = (quote, source)
            else:
                last = None
        return found

    def _is_pronoun(self, verb: int) -> bool:
        """Tell whether a verb of speech has "he", "she" or "they" for its subject."""
        subject = self.tree.child(verb, "nsubj")
        return subject is not None and self.tree.tags[subject] == "PRP"

    def _framing(self, quote: Quote) -> Source | None:
        """Return the verb of speech in the words around a quotation, nearest first, behind it before in front."""
        tree = self.tree
        if quote.end < len(tree.words) - 1:
            verb = self._saying_near(quote.end + 1, +1)
            if verb is not None:
                return Source(verb, self._speaker(verb))
        verb = self._saying_near(quote.start - 2, -1)
        return Source(verb, self._speaker(verb)) if verb is not None else None

    def _saying_near(self, i: int, step: int) -> int | None:
        """Return the nearest verb of speech outside quotations, within the sentence or up to the next quotation."""
        tree = self.tree
        if not 0 <= i < len(tree.words):
            return None
        sent = tree.sents[i]
        reach = 14 if step > 0 else 25
        if step < 0 and tree.words[i] not in {":", ",", "that"} and not tree.is_verb(i):
            return None
        for at in range(i, i + step * reach, step):
            if not 0 <= at < len(tree.words) or tree.sents[at] != sent or tree.words[at] in {'"', "“", "”"}:
                return None
            if tree.is_verb(at) and self.operators.says(tree, at, "complement") and tree.tags[at] != "VB":
                return at
        return None

    def _goes_on(self, before: Quote, quote: Quote) -> bool:
        """Tell whether a quotation follows another with no more between them than the words that name its speaker."""
        between = set(self.tree.sents[before.end : quote.start])
        own = {self.tree.sents[before.end - 1], self.tree.sents[quote.start]}
        return len(between - own) <= 1 and self.tree.sents[quote.start] - self.tree.sents[before.end - 1] <= 2


# Nouns behind an organization's name that only say what it is, or who speaks for it; "a UN official" does not.
_VOICES = word_set(
    "agency spokesman spokeswoman spokesperson radio television tv daily newspaper weekly magazine service website "
    "channel network ministry report press office bank company group statement release broadcaster"
)
_ISSUING = word_set("issue make release give publish send post repeat")


def _without_repeats(sources: list[Source]) -> list[Source]:
    """Drop a source that the climb met twice: by the quotation and by the tree."""
    out: list[Source] = []
    for source in sources:
        if not any(s.verb == source.verb or (s.entities and s.entities == source.entities) for s in out):
            out.append(source)
    return out
