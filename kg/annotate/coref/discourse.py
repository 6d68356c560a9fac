"""What coreference needs to know of a document: sentences, groups, subjects, quotations and their speakers."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.coref.quoted import Quoted
from kg.annotate.coref.tokens import MOST_APPOSITIONS, SUBJECTS, acting, is_human, is_plural
from kg.annotate.layers import DocEntity, EntityMention, Title
from kg.annotate.names.nouns import gender_of_title, words
from kg.model import MentionKind

__all__ = ["Discourse", "Group", "Resolution"]

Resolution = tuple[tuple[int, ...], float]
"""Entity ids and how sure, 0 to 1."""

_AHEAD = 4
_WINDOW = 300
"""So many mentions back a document is looked through."""

_JUST_NAMED = 0.6
_FRESH = 0.6
_OFTEN = 3
_FAR_MORE = 1.6
_MINISTERS = frozenset({"minister", "secretary", "premier", "president", "chancellor"})
_LEAD = frozenset({"chair", "direct", "head", "lead", "manage", "own", "represent", "run"})
_BEFORE_VERB = frozenset({"aux", "auxpass", "advmod", "neg"})
_ANAPHORS = frozenset({MentionKind.PRONOUN, MentionKind.NOMINAL})


@dataclass(frozen=True, slots=True)
class Group:
    """Entities named together: ``at`` is the token after which the group is known, ``kind`` person or country."""

    at: int
    kind: str
    entities: tuple[int, ...]


def _entities(mentions: Iterable[EntityMention]) -> frozenset[int]:
    return frozenset(e for m in mentions for e in m.entities)


class Discourse:
    """A document with its mentions, growing as anaphors are resolved. Positions are token indices."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.entities: list[DocEntity] = doc._.kg_entities
        self.titles: list[Title] = doc._.kg_titles
        self.mentions: list[EntityMention] = list(doc._.kg_mentions)
        self.genders: dict[int, str] = {e.id: e.gender for e in self.entities if e.gender}
        self.genders |= {t.person: g for t in self.titles if (g := gender_of_title(t.lemma))}
        self.likely_genders: dict[int, str] = {}
        self.heads: dict[int, EntityMention] = {m.head: m for m in self.mentions}
        self.starts: list[int] = [sent.start for sent in doc.sents]
        self.groups: list[Group] = []
        self._quoted = Quoted(doc, self.heads, self.starts)
        self.described: dict[str, list[EntityMention]] = {}
        self.countries: dict[int, int] = {}
        for mention in self.mentions:
            self._note_group(mention)
            self._note_description(mention)

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that holds token ``i``."""
        return bisect_right(self.starts, i) - 1

    def add(self, mention: EntityMention) -> None:
        """Add a resolved mention."""
        insort(self.mentions, mention, key=lambda m: (m.start, m.end))
        self.heads.setdefault(mention.head, mention)
        if mention.kind is MentionKind.NOMINAL and len(mention.entities) == 1:
            self.described.setdefault(self.doc[mention.head].lemma_.lower(), []).append(mention)
        if len(mention.entities) > 1:
            kind = self.kind(mention.entities[0])
            if kind:
                insort(self.groups, Group(mention.end, kind, mention.entities), key=lambda g: g.at)
        else:
            self._note_group(mention)

    def named_by(self, token: Token) -> EntityMention | None:
        """Return the mention that hangs by a noun, or the name beside it: "the minister, X", "X, a minister"."""
        found = self.heads.get(token.i)
        if found is not None or token.pos_ == "PRON":
            return found
        if token.dep_ == "appos" and token.head.i in self.heads and not is_plural(token):
            return self.heads[token.head.i]
        if token.dep_ in SUBJECTS and (beside := self._second_subject(token)) is not None:
            return beside
        return next((self.heads[t.i] for t in token.children if t.dep_ == "appos" and t.i in self.heads), None)

    def _second_subject(self, token: Token) -> EntityMention | None:
        """Return the name right behind a noun that the parser has as a subject, too: "space agency | NASA said"."""
        names = (self.heads[t.i] for t in token.head.children if t.dep_ == token.dep_ and t.i in self.heads)
        return next((m for m in names if m.start == token.i + 1), None)

    def kind(self, entity: int) -> str:
        """Return ``person``, ``country``, ``organization``, ``place``, ``group`` or ``other``."""
        found = self.entities[entity].type
        if found in {"schema:Person", "schema:Country"}:
            return found.removeprefix("schema:").lower()
        if found in {"schema:City", "schema:Place"}:
            return "place"
        if found == "kg:Group":
            return "group"
        if found in {"kg:Agreement", "kg:NamedEvent", "kg:Product", "kg:Law", "schema:CreativeWork", "kg:Office"}:
            return "other"
        return "organization"

    def country(self, entity: int) -> int | None:
        """Return the country of an entity, as named or as a description told: "the Belarusian leader" for X."""
        found = self.countries.get(entity, self.entities[entity].country)
        if found is not None:
            return found
        owners = (self.owner(t) for t in self.titles if t.person == entity and not t.former)
        return next((c for o in owners if o is not None and (c := self._home(o)) is not None), None)

    def owner(self, title: Title) -> int | None:
        """Return what a title is of; where a pronoun says so ("its spokesman"), what that means, once it is known.

        "His foreign minister" is that of his country.
        """
        if title.of is not None or title.lemma == "counterpart":
            return title.of
        for i in range(title.start, title.end):
            mention = self.heads.get(i)
            if mention is None or self._is_aside(i, title):
                continue
            if mention.kind in _ANAPHORS and len(mention.entities) == 1:
                meant = mention.entities[0]
                return self._home(meant) if self.kind(meant) == "person" else meant
        return None

    def _is_aside(self, i: int, title: Title) -> bool:
        """Tell whether a token stands in a clause within a title: "head of the league that made | him | famous"."""
        above = takewhile(lambda t: t.i != title.head, (self.doc[i], *self.doc[i].ancestors))
        return any(t.dep_ in {"acl", "relcl"} for t in above)

    def side(self, person: int) -> int | None:
        """Return the country or body that a person speaks for: that of the office, or "who leads the union"."""
        owners = {o for t in self.titles if t.person == person and not t.former and (o := self.owner(t)) is not None}
        led = {self.heads[t.i].entities[0] for t in self._led_by(person) if t.i in self.heads}
        found = owners or led or {c for c in (self.countries.get(person),) if c is not None}
        side = next(iter(found)) if len(found) == 1 else None
        if not found and any(t.person == person and t.lemma in _MINISTERS and not t.former for t in self.titles):
            side = self.home(len(self.doc))  # "Foreign Minister X" in news of one country
        return side if side is not None and self.kind(side) in {"country", "organization"} else None

    def _led_by(self, person: int) -> Iterator[Token]:
        """Yield what a person is said to lead: "Holm, who heads the union", "who took over as Aero's chairman"."""
        for mention in self.mentions:
            if mention.entities == (person,) and mention.kind is MentionKind.NAME:
                verbs = (t for t in self.doc[mention.head].children if t.dep_ == "relcl")
                offices = (p for p in self.doc[mention.head].children if p.dep_ == "prep" and p.lower_ in {"of", "at"})
                yield from (t for p in offices for t in p.children if t.dep_ == "pobj")
                for verb in verbs:
                    if verb.lemma_ in _LEAD:
                        yield from (t for t in verb.children if t.dep_ == "dobj")
                    offices = (o for t in verb.children if t.lower_ == "as" for o in t.children if o.dep_ == "pobj")
                    yield from (t for o in offices if is_human(o) for t in o.children if t.dep_ == "poss")

    def _home(self, entity: int) -> int | None:
        """Return the entity itself if it is a country, else its country."""
        if self.kind(entity) == "country":
            return entity
        return self.countries.get(entity, self.entities[entity].country)

    def known_as(self, entity: int) -> frozenset[str]:
        """Return the nouns that the text calls a person: offices, and what stands beside the name."""
        called = {t.lemma for t in self.titles if t.person == entity}
        return frozenset(called | {noun for noun, named in self.described.items() if entity in _entities(named)})

    def before(self, i: int, sentences: int) -> Iterator[EntityMention]:
        """Yield the mentions before token ``i``, the nearest first, so many sentences back at most."""
        lowest = self.starts[max(0, self.sentence(i) - sentences)]
        for k in range(bisect_right(self.mentions, i, key=lambda m: m.start) - 1, -1, -1):
            mention = self.mentions[k]
            if mention.start < lowest:
                return
            if mention.end <= i:
                yield mention

    def behind(self, i: int, sentences: int) -> Iterator[EntityMention]:
        """Yield the mentions behind token ``i``, the nearest first, so many sentences on at most."""
        last = self.sentence(i) + sentences
        for mention in self.mentions[bisect_right(self.mentions, i, key=lambda m: m.start) :]:
            if self.sentence(mention.start) > last:
                return
            yield mention

    def last_group(self, i: int, kind: str, size: int = 0) -> Group | None:
        """Return the last group of a kind before token ``i``, of so many members (0: any number)."""
        end = bisect_right(self.groups, i, key=lambda g: g.at)
        recent = reversed(self.groups[max(0, end - _WINDOW // 5) : end])
        return next((g for g in recent if g.kind == kind and (not size or len(g.entities) == size)), None)

    def next_group(self, i: int, kind: str, size: int) -> Group | None:
        """Return the first group of so many behind token ``i`` and near, of whom a lead tells before it names them."""
        last = self.sentence(i) + _AHEAD
        coming = self.groups[bisect_right(self.groups, i, key=lambda g: g.at) :]
        near = (g for g in coming if self.sentence(g.at - 1) <= last)
        return next((g for g in near if g.kind == kind and len(g.entities) == size), None)

    def counts(self, i: int, kind: str) -> Counter[int]:
        """Count the mentions of each entity of a kind before token ``i``."""
        return Counter(e for m in self.recent(i) for e in m.entities if self.kind(e) == kind)

    def home(self, i: int) -> int | None:
        """Return the country that the text before token ``i`` is about: the only one, or named far more than others."""
        ranked = self.counts(i, "country").most_common(2)
        if not ranked:
            return None
        alone = len(ranked) == 1 or (ranked[0][1] >= _OFTEN and ranked[1][1] * _FAR_MORE <= ranked[0][1])
        return ranked[0][0] if alone else None

    def frequent(self, i: int, entities: Collection[int]) -> dict[int, float]:
        """Return how often each of some entities is named before token ``i``, the most frequent as 1."""
        counts = Counter(e for m in self.recent(i) for e in m.entities if e in entities)
        most = max(counts.values(), default=1)
        return {entity: counts[entity] / most for entity in entities}

    def recent(self, i: int) -> list[EntityMention]:
        """Return the last mentions before token ``i``, in text order; not all, so that long texts cost no more."""
        end = bisect_right(self.mentions, i, key=lambda m: m.start)
        return [m for m in self.mentions[max(0, end - _WINDOW) : end] if m.end <= i]

    def likely_group(self, i: int, kind: str, size: int = 0) -> Group | None:
        """Return the group of a kind that the text before token ``i`` is about: near, of entities often named."""
        counts = self.counts(i, kind)
        most = max(counts.values(), default=1)
        best: tuple[float, Group] | None = None
        end = bisect_right(self.groups, i, key=lambda g: g.at)
        for group in self.groups[max(0, end - _WINDOW // 5) : end]:
            if group.kind == kind and (not size or len(group.entities) == size):
                near = 1 / (1 + (self.sentence(i) - self.sentence(group.at - 1)) / 2)
                weight = near + (_JUST_NAMED if near > _FRESH else 0) + min(counts[e] for e in group.entities) / most
                if best is None or weight >= best[0]:
                    best = weight, group
        return best[1] if best else None

    def conjoined(self, mention: EntityMention) -> tuple[int, ...]:
        """Return the entities of a mention and those coordinated with it ("Poland, Latvia and Estonia")."""
        found = list(mention.entities)
        head = self.doc[mention.head]
        if not head.n_rights and head.dep_ != "conj":
            return mention.entities
        beside = [t for t in head.children if t.dep_ == "appos" and t.i > head.i]
        listed = (c for t in beside if t.conjuncts for c in ((t,) if t.i in self.heads else ()) + t.conjuncts)
        for token in dict.fromkeys((*head.conjuncts, *listed)):
            other = self.named_by(token) or self._cut_name(token) or self._joint_owner(token, mention)
            if other is not None:
                found.extend(e for e in other.entities if e not in found)
        return tuple(found)

    def _cut_name(self, token: Token) -> EntityMention | None:
        """Return the name that ends right before a proper noun that hangs in its place: "Christian Union | CU"."""
        inner = (self.heads[t.i] for t in token.children if t.dep_ == "compound" and t.i in self.heads)
        return next((m for m in inner if token.pos_ == "PROPN" and m.end == token.i), None)

    def _joint_owner(self, token: Token, mention: EntityMention) -> EntityMention | None:
        """Return the second owner of a thing, on which the parser hangs the first: "Peru and | Chile's bid"."""
        owners = (self.heads[t.i] for t in token.children if t.dep_ == "poss" and t.i in self.heads)
        other = next(owners, None) if not is_human(token) and self.doc[mention.head].dep_ != "poss" else None
        kinds = {self.kind(m.entities[0]) for m in (mention, *([other] if other is not None else ()))}
        return other if len(kinds) == 1 and kinds <= {"organization", "country"} else None

    def subjects(self, token: Token) -> Iterator[Token]:
        """Yield the subjects of the clauses around a token, the nearest first, but none that contains it."""
        inside = {token.i, *(t.i for t in token.ancestors)}
        for verb in (token, *token.ancestors):
            for child in verb.children:
                if child.dep_ in SUBJECTS and child.i not in inside and child.i < token.i:
                    yield child
                elif child.dep_ == "mark":  # "after Peru said": read as "after Peru"
                    yield from (t for t in child.children if t.dep_ == "pobj" and t.i not in inside and t.i < token.i)
            if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
                continue
            if verb.dep_ in {"relcl", "acl"} and verb.head.i < token.i:
                yield from (t for t in verb.head.children if t.dep_ == "poss" and t.i in self.heads)
                aim = verb.dep_ == "acl" and verb.tag_ == "VB"  # "a pretext to close its border": not the pretext
                if not aim and not (verb.dep_ == "relcl" and token.dep_ in SUBJECTS and token.head == verb):
                    yield verb.head
            if verb.dep_ == "ROOT" and (displaced := self._displaced_subject(verb)) is not None:
                yield displaced

    def _displaced_subject(self, verb: Token) -> Token | None:
        """Return the name right before a verb whose subject the parse does not have: "Under a deal, X will pay"."""
        if any(t.dep_ in SUBJECTS for t in verb.children):
            return None
        i = verb.i - 1
        while i > verb.left_edge.i and self.doc[i].head == verb and self.doc[i].dep_ in _BEFORE_VERB:
            i -= 1
        name = self.doc[i]
        for _ in range(MOST_APPOSITIONS):
            if name.dep_ != "conj":
                break
            name = name.head
        return name if i < verb.i - 1 and name.i in self.heads and name.dep_ == "appos" else None

    def main_subject(self, sentence: int) -> Token | None:
        """Return the subject of a sentence's main verb, None if it has none or there is no such sentence."""
        if not 0 <= sentence < len(self.starts):
            return None
        root = self.doc[self.starts[sentence]].sent.root
        return next((t for t in root.children if t.dep_ in SUBJECTS), None) or self._displaced_subject(root)

    def named_at(self, i: int) -> bool:
        """Tell whether a name begins at token ``i``: "the company | Wiz"."""
        k = bisect_right(self.mentions, i, key=lambda m: m.start) - 1
        found = self.mentions[k] if k >= 0 else None
        return found is not None and found.start == i and found.kind is MentionKind.NAME

    def in_quotation(self, i: int) -> bool:
        """Tell whether a token stands between quotation marks."""
        return self._quoted.holds(i)

    def speaker(self, i: int) -> int | None:
        """Return the person or body whose quoted words token ``i`` is part of; None outside quotations."""
        return self._quoted.speaker(i)

    def _note_description(self, mention: EntityMention) -> None:
        """Note what a name is called beside it: "NIS, the oil company", "the oil company NIS"."""
        token = self.doc[mention.head]
        beside = [t for t in token.children if t.dep_ == "appos"]
        first = token.conjuncts[0] if token.dep_ == "conj" else token
        beside += [first.head] if first.dep_ == "appos" and (first == token or is_plural(first.head)) else []
        beside += [t for t in token.children if t.dep_ in {"compound", "nmod"} and t.i < mention.start]
        beside += [t for t in token.head.children if token.dep_ == t.dep_ == "nsubj" and t.i == mention.start - 1]
        if token.dep_ in {"compound", "nmod"} and mention.end == token.head.i and not self.named_at(mention.end + 1):
            beside += [token.head] if token.head.lemma_ in words("named_before") else []  # "the Telegraph newspaper"
        for noun in beside:
            if noun.pos_ == "NOUN" and noun.is_lower and len(mention.entities) == 1:
                behind = noun.head == token and noun.left_edge.i == mention.end + 1
                if behind and (gender := gender_of_title(noun.lemma_)):
                    self.genders[mention.entities[0]] = gender  # "Dylan, Ali's daughter"
                self.described.setdefault(noun.lemma_, []).append(mention)

    def _note_group(self, mention: EntityMention) -> None:
        """Note coordinated names ("X and Y"), and the two who meet ("X met Y", "X held talks with Y")."""
        kind = self.kind(mention.entities[0])
        if kind not in {"person", "country", "organization"}:
            return
        token = acting(self.doc[mention.head])
        together = self.conjoined(mention) if token.dep_ != "conj" else ()
        if len(together) > 1 and all(self.kind(e) == kind for e in together):
            last = max((mention.end - 1, *(t.i for t in self.doc[mention.head].conjuncts)))
            insort(self.groups, Group(last + 1, kind, together), key=lambda g: g.at)
        elif (neighbour := self._related(mention)) is not None:
            self._note_pair(mention, neighbour, kind)
        if token.dep_ in SUBJECTS and (partner := self._partner(token, kind)) is not None:
            both = dict.fromkeys((*(together or mention.entities[:1]), *self.conjoined(self.heads[partner])))
            if len(both) > 1:
                insort(self.groups, Group(partner + 1, kind, tuple(both)), key=lambda g: g.at)

    def _related(self, mention: EntityMention) -> EntityMention | None:
        """Return whose neighbour, ally or rival somebody is said to be: "Nigeria, Niger's neighbour"."""
        for noun in self.doc[mention.head].children:
            if noun.dep_ == "appos" and noun.lemma_ in words("relational_nouns"):
                return next((self.heads[t.i] for t in noun.children if t.dep_ == "poss" and t.i in self.heads), None)
        return None

    def _note_pair(self, one: EntityMention, other: EntityMention, kind: str) -> None:
        both = (one.entities[0], other.entities[0])
        if both[0] != both[1] and self.kind(both[1]) == kind:
            insort(self.groups, Group(max(one.end, other.end), kind, both), key=lambda g: g.at)

    def _shares_subject(self, inner: Token, verb: Token) -> bool:
        """Tell whether a verb has its subject from another: "spoke after meeting X"."""
        return inner == verb or not any(t.dep_ in SUBJECTS for t in inner.children)

    def _partner(self, subject: Token, kind: str) -> int | None:
        """Return the token of the one with whom the subject meets, talks or agrees."""
        verb = subject.head
        if self.heads.keys().isdisjoint(range(max(verb.left_edge.i, subject.i + 1), verb.right_edge.i + 1)):
            return None
        for token in verb.subtree:
            other = self.heads.get(token.i)
            if other is None or self.kind(other.entities[0]) != kind or token.i <= subject.i:
                continue
            noun = acting(token)  # "with his counterpart, X"
            meeting = noun.head.lemma_ in words("pair_verbs") and self._shares_subject(noun.head, verb)
            met = noun.dep_ == "dobj" and (meeting or (kind == "country" and noun.head.lemma_ in words("party_verbs")))
            together = {"with", "at", "against"} if kind == "country" else {"with"}
            if met or (noun.dep_ == "pobj" and noun.head.lower_ in together):
                return token.i
        return None
