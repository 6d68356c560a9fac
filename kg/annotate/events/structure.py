"""Claims that the structure of a phrase makes: titles and posts, places inside places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.annotate.clauses.nominal import nominal_clause
from kg.annotate.events.index import TriggerIndex
from kg.annotate.events.scene import Scene
from kg.annotate.layers import EntityFiller, EntityMention, EventDraft, Filler, TextFiller, Title
from kg.annotate.names.types import keyword_class
from kg.model import MentionKind

__all__ = ["POSTS", "employed", "located", "partisans", "shared_titles", "titled"]

POSTS = frozenset({"HoldOffice", "Employ"})
"""The classes that a title tells of."""

_WORKING = frozenset({"of", "from", "at"})
_LESSER = frozenset({"acting", "associate", "assistant", "deputy", "interim", "vice"})
_FOR = frozenset({"for", "of"})
_OFFICE_TAGS = frozenset({"CC", "DT", "HYPH", "JJ", "NN", "NNP", "NNPS", "NNS"})
_INSIDE = frozenset({"in"})
_WHOLES = frozenset({"country", "city", "place"})
_LOCATED = frozenset({"city", "place", "organization"})


def titled(scene: Scene, index: TriggerIndex) -> Iterator[EventDraft]:
    """Yield the office or employment of each person whose title the text gives ("Chilean president Ana Soto")."""
    for title in scene.doc._.kg_titles:
        if not title.former and not _is_rank(scene, title):
            draft = _office(scene, index, title)
            if draft is not None:
                yield draft


def _is_rank(scene: Scene, title: Title) -> bool:
    """Tell whether a title is a rank or degree and no post: "Colonel", "Major General"."""
    ranks = scene.lexicon.words.get("rank_word", frozenset())
    return title.of is None and all(w in ranks for w in scene.tree.words[title.start : title.end])


def shared_titles(scene: Scene, index: TriggerIndex) -> Iterator[EventDraft]:
    """Yield the office of each person who shares a title in the plural ("Presidents Mora and Lind")."""
    tree = scene.tree
    for i, tag in enumerate(tree.tags[:-1]):
        first = scene.name_around(i + 1)
        if tag not in {"NNS", "NNPS"} or first is None or first.start != i + 1 or scene.title_at(i) is not None:
            continue
        name = first.head  # the parser may cut the sentence between title and name
        entry = next((e for e in index.nouns.get(_singular(tree.lemmas[i]), ()) if e.kind.name == "HoldOffice"), None)
        people = [m for n in tree.conjuncts(name) if scene.entity_classes(n) == {"person"} and (m := scene.mention(n))]
        if entry is not None and len(people) > 1:
            for mention in people:
                yield EventDraft(
                    event_type="HoldOffice",
                    rule=entry.trigger.name,
                    predicate=_singular(tree.lemmas[i]),
                    head=name,
                    start=i,
                    end=i + 1,
                    clause=nominal_clause(scene.doc, i, scene.clause_at),
                    roles=[
                        ("agent", _party(mention)),
                        ("theme", TextFiller(i, i + 1)),
                    ],
                )


def _singular(lemma: str) -> str:
    """Return a noun's singular where the lemmatizer took it for a name ("Presidents")."""
    return lemma.removesuffix("s")


def _office(scene: Scene, index: TriggerIndex, title: Title) -> EventDraft | None:
    entries = [
        e
        for e in index.nouns.get(title.lemma, ())
        if e.kind.name in POSTS and "apposition" in e.trigger.frame and _spelled(scene, e.phrase, title)
    ]
    if title.lemma == "counterpart" or not entries:
        entries = [e for e in index.nouns.get(title.lemma, ()) if e.kind.name == "HoldOffice"]
    entry = max(entries, key=lambda e: (len(e.phrase), -e.order), default=None)
    if entry is None:
        return None
    roles: list[tuple[str, EntityFiller | TextFiller]] = [
        ("agent", EntityFiller(title.person, title.mention, title.mention + 1))
    ]
    if "theme" in entry.kind.main_roles and title.lemma != "counterpart":
        roles.append(("theme", TextFiller(*_bare(scene, title))))
    if title.of is not None and title.of != title.person and not _is_of_people(scene, title, title.of):
        roles.append(("recipient", _owner(scene, title)))
    elif entry.kind.name == "Employ":
        return None
    if entry.kind.name == "Employ" and not _employs(scene, title):
        return None
    kind, rule, at = entry.kind.name, entry.trigger.name, title.head
    return _draft(scene, kind, rule, predicate=title.lemma, head=at, at=at, roles=roles)


def _draft(
    scene: Scene, kind: str, rule: str, *, predicate: str, head: int, at: int, roles: Sequence[tuple[str, Filler]]
) -> EventDraft:
    """Return an event that a noun tells with what hangs on it; the word ``at`` carries it."""
    clause = nominal_clause(scene.doc, head, scene.clause_at)
    return EventDraft(kind, rule, predicate, head, at, at + 1, clause, list(roles))


def _party(mention: EntityMention) -> EntityFiller:
    return EntityFiller(mention.entities[0], mention.start, mention.end)


def _employs(scene: Scene, title: Title) -> bool:
    """Tell whether what a title belongs to can employ somebody: "a Basque lawyer", "a Swiss lawyer" do not."""
    inside = [m for m in scene.doc._.kg_mentions if title.start <= m.start and m.end <= title.end]
    if any(m.kind is MentionKind.DEMONYM and title.of in m.entities for m in inside):
        return False
    owner = scene.doc._.kg_entities[title.of] if title.of is not None else None
    return owner is not None and owner.type not in {"schema:Place", "schema:City", "kg:Group"}


def _spelled(scene: Scene, phrase: tuple[str, ...], title: Title) -> bool:
    start = title.head - len(phrase) + 1
    return start >= 0 and all(
        w in {scene.tree.words[t], scene.tree.lemmas[t]}
        for w, t in zip(phrase, range(start, title.head + 1), strict=True)
    )


def _bare(scene: Scene, title: Title) -> tuple[int, int]:
    """Return the words of a title without whom it belongs to: "foreign minister" of "the Chilean foreign minister".

    A deputy is none without that word: "Deputy Treasury Secretary".
    """
    tree, start = scene.tree, title.head
    while start > title.start and tree.deps[start - 1] not in {"det", "case", "poss"}:
        if _is_named(scene, start - 1):
            break
        start -= 1
    lesser = next((i for i in range(title.start, start) if tree.words[i] in _LESSER), start)
    return lesser, _end_of_office(scene, title)


def _end_of_office(scene: Scene, title: Title) -> int:
    """Return where an office ends that says what it is for: "secretary of state", "director of strategy | at Oxfam"."""
    tree, end = scene.tree, title.head + 1
    if end >= title.end or tree.words[end] not in _FOR:
        return end
    last = end + 1
    while last < title.end and tree.tags[last] in _OFFICE_TAGS and not _is_named(scene, last):
        last += 1
    whole = last == title.end or tree.tags[last] == "IN"
    return last if whole and last > end + 1 else end


def _is_named(scene: Scene, i: int) -> bool:
    return scene.mention(i) is not None or scene.name_around(i) is not None


def _owner(scene: Scene, title: Title) -> EntityFiller:
    owner = title.of if title.of is not None else -1
    for mention in scene.doc._.kg_mentions:
        if title.start <= mention.start and mention.end <= title.end and owner in mention.entities:
            return EntityFiller(owner, mention.start, mention.end)
    return EntityFiller(owner, title.head, title.head)


def _is_of_people(scene: Scene, title: Title, of: int) -> bool:
    """Tell "Republican senator Ana Soto", a member of the party, and a Nahua lawyer from "Chilean senator Ana Soto"."""
    owner = scene.doc._.kg_entities[of]
    articles = {"a", "an"} & set(scene.tree.words[title.start : title.head])
    if articles and owner.type == "schema:Person" and " " not in owner.name and owner.wikidata is None:
        return sum(of in m.entities for m in scene.doc._.kg_mentions) < 2  # a tongue or people that is no known word
    party = owner.type in {"kg:PoliticalParty", "kg:Group"}
    return party and title.lemma in scene.lexicon.words.get("member_title", frozenset())


def partisans(scene: Scene) -> Iterator[EventDraft]:
    """Yield whose member somebody is by a title of parliament: "Labour MP Ada Obi", "Green councillor Jon Lee"."""
    tree, listed = scene.tree, scene.lexicon.words.get("member_title", frozenset())
    for mention in scene.doc._.kg_mentions:
        title = mention.start - 1
        if title < 1 or mention.kind is not MentionKind.NAME or tree.lemmas[title] not in listed:
            continue
        party = scene.name_around(title - 1) or scene.mention(title - 1)
        if party is None or party.end != title or scene.entity_classes(mention.head) != {"person"}:
            continue
        if scene.doc._.kg_entities[party.entities[0]].type != "kg:PoliticalParty":
            continue
        roles = [("agent", _party(mention)), ("recipient", _party(party))]
        yield _draft(scene, "Member", "Member/title", predicate=tree.lemmas[title], head=title, at=title, roles=roles)


def employed(scene: Scene) -> Iterator[EventDraft]:
    """Yield for whom somebody works by a bare phrase: "Ada Obi of the Lagos Institute", "Jon Lee from Oxfam"."""
    tree = scene.tree
    for mention in scene.doc._.kg_mentions:
        if mention.kind is not MentionKind.NAME or scene.entity_classes(mention.head) != {"person"}:
            continue
        for link in tree.children[mention.head]:
            if tree.words[link] not in _WORKING or tree.deps[link] != "prep" or link != mention.end:
                continue
            for head in (g for g in tree.children[link] if tree.deps[g] == "pobj"):
                body = scene.mention(head)
                if body is not None and len(body.entities) == 1 and _may_employ(scene, body):
                    party = scene.doc._.kg_entities[body.entities[0]].type == "kg:PoliticalParty"
                    kind = "Member" if party else "Employ"
                    roles = [("agent", _party(mention)), ("recipient", _party(body))]
                    yield _draft(scene, kind, f"{kind}/phrase", predicate="of", head=mention.head, at=link, roles=roles)


def _may_employ(scene: Scene, body: EntityMention) -> bool:
    """Tell an organisation from a small place that is not known: "Ana Ruiz of Natick" works for no Natick."""
    entity = scene.doc._.kg_entities[body.entities[0]]
    plain = (
        " " not in entity.name
        and not entity.name.isupper()
        and entity.wikidata is None
        and entity.type != "schema:Corporation"
    )
    described = scene.tree.words[body.start - 1] not in _WORKING
    return scene.entity_classes(body.head) == {"organization"} and (described or not plain)


def located(scene: Scene) -> Iterator[EventDraft]:
    """Yield the place inside another that a phrase names: "the Louvre in Paris", "Paris, Texas"."""
    for mention in scene.doc._.kg_mentions:
        if (
            mention.kind in {MentionKind.NAME, MentionKind.NOMINAL}
            and len(mention.entities) == 1
            and _may_lie(scene, mention.head)
        ):
            for link, head in _places_of(scene, mention.head):
                whole = scene.mention(head)
                if (
                    whole is not None
                    and len(whole.entities) == 1
                    and scene.entity_classes(head) <= _WHOLES
                    and whole.entities != mention.entities
                ):
                    roles = [("agent", _party(mention)), ("place", _party(whole))]
                    yield _draft(
                        scene, "Locate", "Locate/phrase", predicate="locate", head=mention.head, at=link, roles=roles
                    )


def _may_lie(scene: Scene, i: int) -> bool:
    classes = scene.entity_classes(i)
    if not classes or not classes <= _LOCATED:
        return False
    mention = scene.mention(i)
    entity = scene.doc._.kg_entities[mention.entities[0]] if mention is not None else None
    unclear = entity is not None and entity.type in {"schema:Organization", "schema:Corporation"}
    return not unclear or any(keyword_class(word) for word in entity.name.split()) if entity is not None else True


def _places_of(scene: Scene, i: int) -> Iterator[tuple[int, int]]:
    tree = scene.tree
    for c in tree.children[i]:
        if tree.deps[c] == "prep" and tree.words[c] in _INSIDE:
            yield from ((c, g) for g in tree.children[c] if tree.deps[g] == "pobj")
        elif tree.deps[c] == "appos" and scene.entity_classes(i) == {"city"} and scene.entity_classes(c) == {"country"}:
            yield c, c
