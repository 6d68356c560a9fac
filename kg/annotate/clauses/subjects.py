"""Whose doing a predicate is: its own subject, or one from coordination, relatives, participles and control."""

from __future__ import annotations

from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.layers import Argument, Slot

__all__ = ["Subjects", "antecedent", "governing", "relative_gap"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_NOMINAL = frozenset({"nsubj", "nsubjpass"})
_PRONOUNS = frozenset({"who", "whom", "which", "that"})
_PLACES = frozenset({"where", "when"})
# "accused him of leaking", "stopped them from leaving", "quoted him as saying": the object does the inner verb.
_OBJECT_CONTROL = frozenset({"of", "from", "into", "against", "as"})
_OBJECT_CONTROL_FOR = word_set(
    """
    accuse arrest attack blame chide condemn criticise criticize denounce fault fine jail penalise penalize praise
    prosecute punish rebuke sanction sentence slam sue thank
    """
)
_ADDRESSING = {
    "call": frozenset({"on", "upon"}),
    "appeal": frozenset({"to"}),
    "prevail": frozenset({"on", "upon"}),
    "rely": frozenset({"on"}),
    "count": frozenset({"on"}),
    "plead": frozenset({"with"}),
}
# "has no intention of recognising it": what the noun is of, its owner does.
_OWNED = word_set(
    "aim ambition chance dream fear goal habit history hope idea intention intent interest means plan possibility "
    "prospect record risk thought way"
)
# "a decision to leave" after these is anybody's: "referring to plans to sell", "despite calls to go".
_ABOUT = word_set("about over against despite amid at")
_REFERRING = word_set("refer point allude object react respond")
_APPOINTING = word_set("appoint name elect choose nominate hire pick send dispatch invite")
_PLANS = word_set("attempt bid decision effort intention move offer plan pledge promise proposal threat vow")
_WRITINGS = word_set("bill declaration decree letter message note petition post report resolution statement tweet")
_ISSUING = word_set("adopt circulate issue make pass post publish release send sign submit write")
_SUBJECT_CONTROL_VERBS = frozenset({"promise", "vow", "threaten", "use"})
_CHOSEN = word_set("choice pick nominee candidate favourite favorite contender")  # "his choice to lead the bank"
# Nouns whose infinitive is the doing of whom they are addressed to: "his invitation to Ana Ruiz to visit".
_REQUESTS = word_set(
    "advice appeal call command demand instruction invitation invite order permission plea request summons warning"
)
_GIVEN = word_set("accept decline defy follow get gain heed ignore obey obtain receive refuse reject resist win")
_COMPLEMENTS = frozenset({"dobj", "attr", "acomp", "ccomp", "oprd"})


class Subjects:
    """Resolves the subjects of one tree's predicates, each once."""

    def __init__(self, tree: Tree, predicates: frozenset[int]) -> None:
        """Take the tree and the tokens that head clauses."""
        self._tree = tree
        self._predicates = predicates
        self._known: dict[int, Argument | None] = {}

    def of(self, i: int) -> Argument | None:
        """Return the subject of predicate ``i``, with what it was inherited by, or None."""
        if i not in self._known:
            self._known[i] = None  # a cycle can not arise in a tree, but a subject may hold its own clause
            self._known[i] = self._own(i) or self._inherited(i)
        return self._known[i]

    def _own(self, i: int) -> Argument | None:
        tree = self._tree
        own = _nearest_subject(tree, i)
        if own is None and tree.child(i, "expl") is not None:
            own = tree.child(i, "attr", "dobj")
        if own is None:
            return None
        noun = antecedent(tree, i) if tree.words[own] in _PRONOUNS else None
        if noun is not None:
            return self._argument(noun, "relcl", before=i)
        return self._argument(_whose(tree, own, i) or own, "")

    def _inherited(self, i: int) -> Argument | None:
        tree, dep, head = self._tree, self._tree.deps[i], self._tree.heads[i]
        if dep == "conj" and head in self._predicates:
            own = tree.child(head, "nsubj")
            if own is not None and _whose(tree, own, head) is not None:
                return self._argument(own, "conj")
            return _inherit(self.of(head), "conj")
        if dep == "relcl" and not tree.is_verb(head):
            infinitive = tree.tags[i] == "VB" and _selects_subject(tree, head)
            return self._chosen(i, head) if infinitive else self._argument(head, "relcl", before=i)
        if dep == "acl":
            return self._of_acl(i, head)
        if dep in {"xcomp", "ccomp", "oprd"}:
            above = governing(tree, i, self._predicates) if tree.deps[head] in {"acomp", "oprd"} else head
            return self._controlled(above) if above in self._predicates else None
        if dep in {"advcl", "pcomp", "dep", "parataxis", "prep"}:
            return self._of_adverbial(i, dep)
        return None

    def _of_acl(self, i: int, noun: int) -> Argument | None:
        tree = self._tree
        if tree.tags[i] != "VB" or _selects_subject(tree, noun) or tree.lemmas[noun] in _CHOSEN:
            return self._chosen(i, noun)
        if tree.lemmas[noun] in _REQUESTS:
            return self._requested(noun)
        owner = tree.child(noun, "poss")
        if owner is not None:
            return self._argument(owner, "acl")
        above = governing(tree, noun, self._predicates)
        if above is None or self._is_others(noun, above):
            return None
        return _inherit(self.of(above), "acl")

    def _requested(self, noun: int) -> Argument | None:
        """Return who is asked to act in "an appeal to X to resign" and "X accepted his invitation to speak"."""
        tree = self._tree
        phrases = (c for c in tree.children[noun] if tree.deps[c] == "prep" and tree.words[c] in {"to", "on", "for"})
        asked = next((held for c in phrases if (held := tree.child(c, "pobj")) is not None), None)
        if asked is not None:
            return self._argument(asked, "acl")
        verb = tree.heads[noun]
        given = tree.deps[noun] == "dobj" and tree.lemmas[verb].partition("_")[0] in _GIVEN
        return _inherit(self.of(verb), "acl") if given else None

    def _chosen(self, participle: int, noun: int) -> Argument | None:
        """Return the noun that a participle describes; of "Chad is the only state to sign" the subject.

        Who "issued a statement condemning it" condemns it.
        """
        tree = self._tree
        copula = tree.heads[noun]
        if tree.deps[noun] == "attr" and tree.lemmas[copula] == "be" and copula in self._predicates:
            return _inherit(self.of(copula), "acl")
        if tree.lemmas[noun] in _WRITINGS and participle > noun and tree.tags[participle] == "VBG":
            issued = tree.deps[noun] == "dobj" and tree.lemmas[copula] in _ISSUING and copula in self._predicates
            writer = self.of(copula) if issued else None
            return _inherit(writer, "acl") if writer is not None else self._argument(noun, "acl")
        return self._argument(noun, "acl")

    def _is_others(self, noun: int, above: int) -> bool:
        """Tell "referring to a decision to leave", where the subject need not leave, from "in a bid to leave"."""
        tree = self._tree
        prep = tree.heads[noun]
        if tree.deps[noun] != "pobj" or tree.heads[prep] != above:
            return False
        return tree.words[prep] in _ABOUT or (tree.words[prep] == "to" and tree.lemmas[above] in _REFERRING)

    def _controlled(self, head: int) -> Argument | None:
        tree = self._tree
        addressed = _addressed(tree, head)
        if addressed is not None:
            return self._argument(addressed, "xcomp")
        held = tree.child(head, "dobj", "dative")
        if held is not None and tree.lemmas[held] in _PLANS:
            return _inherit(self.of(head), "xcomp")  # "announced plans on Monday | to cut jobs"
        if held is not None and tree.lemmas[head] not in _SUBJECT_CONTROL_VERBS and tree.child(held, "pobj") is None:
            if tree.words[held] in _PRONOUNS:
                return self._argument(antecedent(tree, head) or held, "xcomp")
            return self._argument(held, "xcomp")
        return _inherit(self.of(head), "xcomp")

    def _of_adverbial(self, i: int, dep: str) -> Argument | None:
        tree = self._tree
        above = governing(tree, i, self._predicates)
        if above is None:
            return None
        chosen = self._appointed(i, above) if dep == "advcl" and tree.tags[i] == "VB" else None
        if chosen is not None:
            return chosen
        noun = tree.heads[tree.heads[i]] if dep == "pcomp" else above
        if dep == "pcomp" and tree.tags[noun].startswith("N") and (owner := tree.child(noun, "poss")) is not None:
            return self._argument(owner, "pcomp")  # "its hopes of joining"
        held = tree.child(above, "dobj")
        owned = dep == "pcomp" and noun == held and tree.lemmas[noun] in _OWNED
        if dep == "pcomp" and held is not None and held < i and not owned:
            prep = tree.words[tree.heads[i]]
            if prep in _OBJECT_CONTROL or (prep == "for" and tree.lemmas[above] in _OBJECT_CONTROL_FOR):
                return self._argument(held, "pcomp")
        subject = self.of(above)
        if subject is not None and subject.head in tree.ancestors(i):
            return None  # "the ease of learning it surprised me": the gerund stands inside the subject
        return _inherit(subject, "pcomp" if dep == "pcomp" else "advcl")

    def _appointed(self, i: int, above: int) -> Argument | None:
        """Return who is to act in "called on X, Y, to order it" and "left and named X, Y, to replace him"."""
        tree = self._tree
        if not any(tree.words[c] == "to" and c < i for c in tree.children[i]):
            return None
        last = next((v for v in range(i - 1, above - 1, -1) if v in self._predicates and tree.is_verb(v)), above)
        addressed = _addressed(tree, last)
        if addressed is not None:
            return self._argument(addressed, "advcl")
        held = tree.child(last, "dobj") if tree.lemmas[last] in _APPOINTING else None
        return self._argument(held, "advcl") if held is not None and held < i else None

    def _argument(self, head: int, inherited: str, *, before: int | None = None) -> Argument:
        """Return a subject; of a relative clause those before it only: "Chad, which left, and Mali agreed"."""
        found = self._tree.conjuncts(head)
        if before is not None:
            found = tuple(c for c in found if c < before or c == head)
        return Argument(Slot.SUBJECT, head, conjuncts=found, inherited=inherited)


def _whose(tree: Tree, subject: int, verb: int) -> int | None:
    """Return the owned noun where the parser hangs "Chad, whose minister visited Oman, …" on Chad as apposition."""
    inside = (c for c in tree.children[subject] if tree.deps[c] == "appos" and c < verb)
    owned = next((c for c in inside if any(tree.tags[g] == "WP$" for g in tree.children[c])), None)
    if owned is None or any(tree.is_verb(v) for v in range(owned, verb)):
        return None  # "Chad, whose port competes with Lagos, has said"
    return owned


def _addressed(tree: Tree, verb: int) -> int | None:
    """Return who is to act in "called on X to resign", "appealed to X to lift the duties"."""
    prepositions = _ADDRESSING.get(tree.lemmas[verb].partition("_")[0], frozenset())
    found = (c for c in tree.children[verb] if tree.deps[c] == "prep" and tree.words[c] in prepositions)
    return next((held for c in found if (held := tree.child(c, "pobj")) is not None), None)


def _inherit(subject: Argument | None, how: str) -> Argument | None:
    if subject is None:
        return None
    return Argument(Slot.SUBJECT, subject.head, conjuncts=subject.conjuncts, inherited=how)


def _selects_subject(tree: Tree, noun: int) -> bool:
    """Tell "the first country to sign" (the noun signs) from "a plan to sign" (somebody else does)."""
    chosen = {"first", "last", "only", "next", "second", "third", "latest", "most"}
    return tree.words[noun] in chosen or any(tree.words[c] in chosen for c in tree.children[noun])


def governing(tree: Tree, i: int, predicates: frozenset[int]) -> int | None:
    """Return the nearest predicate above token ``i``."""
    return next((a for a in tree.ancestors(i) if a in predicates), None)


def _nearest_subject(tree: Tree, i: int) -> int | None:
    """Return the subject of a verb: the one behind "before" where a misparse gave it that of the clause around, too."""
    children = tree.children[i]
    first = next((c for c in children if tree.deps[c] in SUBJECTS), None)
    if first is None:
        return None
    mark = next((c for c in children if first < c < i and tree.deps[c] == "mark"), i)
    return next((c for c in children if mark < c < i and tree.deps[c] in _NOMINAL), first)


def antecedent(tree: Tree, i: int) -> int | None:
    """Return the noun that the relative clause of predicate ``i`` describes; None outside relative clauses."""
    for at in (i, *tree.ancestors(i)):
        if tree.deps[at] == "relcl":
            noun = tree.heads[at]
            return None if tree.is_verb(noun) else noun
        if tree.deps[at] not in {"conj", "xcomp", "ccomp", "prep", "pcomp"}:
            return None
    return None


def relative_gap(tree: Tree, i: int) -> Argument | None:
    """Return the antecedent in the slot it has inside the relative clause of ``i``, unless it is the subject.

    "The treaty (that) they signed" gives an object, "the village in which / where they met" and "the village they
    met in" an oblique.
    """
    noun = antecedent(tree, i)
    if noun is None:
        return None
    conjuncts = (noun,)
    for c in tree.children[i]:
        if tree.words[c] in _PRONOUNS and tree.deps[c] == "dobj":
            return Argument(Slot.OBJECT, noun, conjuncts=conjuncts, inherited="relcl")
        if tree.words[c] in _PLACES and tree.deps[c] == "advmod":
            return Argument(Slot.OBLIQUE, noun, tree.words[c], (c,), conjuncts, "relcl")
        if tree.deps[c] == "prep":
            filler = tree.child(c, "pobj", "pcomp")
            if filler is None or tree.words[filler] in _PRONOUNS:
                return Argument(Slot.OBLIQUE, noun, tree.words[c], (c,), conjuncts, "relcl")
    if tree.deps[i] == "relcl" and _lacks_object(tree, i):
        return Argument(Slot.OBJECT, noun, conjuncts=conjuncts, inherited="relcl")
    return None


def _lacks_object(tree: Tree, i: int) -> bool:
    """Say whether a relative clause with a subject of its own ("the deal they signed") misses its object."""
    subject = tree.child(i, "nsubj")
    if subject is None or tree.words[subject] in _PRONOUNS or tree.child(i, "auxpass", *_COMPLEMENTS) is not None:
        return False
    return tree.child(i, "xcomp") is None and not any(
        tree.tags[c] in {"WDT", "WP", "WP$", "WRB"} for c in _phrase(tree, i)
    )


def _phrase(tree: Tree, i: int) -> range:
    return range(tree.left[i], i)
