"""How real a noun of an event is: what stands at and above it ("cancelled talks", "a deal on a fund")."""

from __future__ import annotations

from collections.abc import Callable

from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.factuality.cues import Cues
from kg.annotate.factuality.dropped import COPULAS, is_dropped
from kg.annotate.factuality.operators import Operators
from kg.annotate.factuality.state import ACTUAL, State
from kg.model import Modality

__all__ = ["Nouns", "under"]

_HAPPENING = frozenset({"hold", "stage", "conduct", "begin", "start"})
_ABOUT = frozenset({"on", "about", "over", "for"})
_FOLLOWING = frozenset({"follow", "precede"})
# What these bring about is no more real than they are, known or not: "wants to force his resignation".
_CAUSING = word_set("bring cause ensure force hasten precipitate prompt provoke secure spark trigger")
# What stands though it is refused or denied: "rejected the request", "denied the accusation".
_STANDING = word_set(
    "request demand appeal call application bid petition plea motion accusation allegation claim criticism charge "
    "threat warning complaint verdict ruling plan proposal offer bill idea"
)
# Not to exclude something leaves it open: "did not rule out sanctions".
_EXCLUDING = word_set("rule exclude preclude")


def under(lemma: str, state: State, effect: str) -> State:
    """Return what an operator in a state makes of what it governs; what nobody rules out is open."""
    open_ = effect == "negated" and state.negated and lemma in _EXCLUDING
    return state.under(effect).at_least(Modality.POSSIBLE if open_ else Modality.ACTUAL)


class Nouns:
    """What stands at and above one document's nouns, read with the states of its verbs."""

    def __init__(self, tree: Tree, operators: Operators, cues: Cues, of: Callable[[int], State]) -> None:
        self.tree = tree
        self.operators = operators
        self.cues = cues
        self.of = of

    def described(self, i: int, state: State) -> State:
        """Add what stands at a noun itself: "no talks", "planned talks", "talks scheduled for May"."""
        tree = self.tree
        for c in tree.children[i]:
            effect = None
            if tree.deps[c] == "amod":
                effect = self.operators.describes(tree, c) or self.operators.effect(tree, c, "object")
            elif tree.deps[c] in {"acl", "relcl"} and tree.tags[c] == "VBN":
                effect = self._of_participle(c)
            if effect in {"planned", "possible", "desired"}:
                state = state.at_least(Modality(effect))
            elif effect == "negated":
                state = state.and_not(negated=True)
        return State(state.negated or self.cues.is_none(i), state.modality)

    def _of_participle(self, i: int) -> str | None:
        """Return the effect of a participle on its noun: "talks planned for May", "the talks to be held in May"."""
        if self.cues.is_infinitive(i) and self.tree.lemmas[i] in _HAPPENING:
            return "planned"
        return self.operators.effect(self.tree, i, "object") if self.tree.deps[i] == "acl" else None

    def above(self, i: int) -> State:
        """Return what governs an event noun makes of it."""
        tree = self.tree
        dep, head = tree.deps[i], tree.heads[i]
        if head == i or self.cues.is_done(i):
            return ACTUAL
        if dep == "conj" and not tree.is_verb(head):
            return self.above(head)
        if dep == "pobj":
            return self._object_of_preposition(head)
        if dep in {"compound", "nmod"}:
            effect = self.operators.effect(tree, head, "compound")
            return self.of(head).under(effect) if effect else ACTUAL
        if dep in {"attr", "acomp", "oprd"} and tree.is_verb(head):
            return self.of(head)
        if dep in {"dobj", "nsubjpass"}:
            return self._object(i, head, dep)
        return self.subject(head) if dep == "nsubj" else ACTUAL

    def _object(self, i: int, verb: int, dep: str) -> State:
        """Read the object; one that is new to the text is no more real than its verb ("will sign a pact")."""
        effect = self.operators.effect(self.tree, verb, "object")
        if is_dropped(self.tree, i, verb):
            return self.of(verb).under("negated")
        if effect in {"negated", "denied"} and self.tree.lemmas[i] in _STANDING:
            return ACTUAL
        inner = self.tree.child(verb, "xcomp") if dep == "nsubjpass" else None
        if effect is None and inner is not None and self.tree.lemmas[inner] in _HAPPENING:
            return self.of(inner)  # "the drill is set to be held"
        definite = self.cues.is_definite(i) and self.tree.lemmas[verb] not in _CAUSING
        if effect is not None and not (effect == "actual" and definite and dep == "dobj"):
            return under(self.tree.lemmas[verb], self.of(verb), effect)
        return ACTUAL if definite else self.of(verb).only_modality()

    def subject(self, verb: int) -> State:
        """Read "talks are due", "a deal remains elusive", "talks will begin"."""
        tree = self.tree
        effect = self.operators.effect(tree, verb, "subject")
        for c in tree.children[verb]:
            if tree.deps[c] in {"acomp", "attr", "oprd", "xcomp"} and tree.lemmas[verb] in COPULAS:
                caused = tree.words[c] == "due" and tree.words[c + 1 : c + 2] == ["to"] and tree.tags[c + 2] != "VB"
                effect = None if caused else self.operators.effect(tree, c, "subject") or effect
        return self.of(verb).under(effect) if effect is not None else ACTUAL

    def _object_of_preposition(self, prep: int) -> State:
        tree = self.tree
        governor, word = tree.heads[prep], tree.words[prep]
        if tree.deps[prep] == "conj" and tree.words[governor] == word:  # "on a fund or on a market"
            first = tree.child(governor, "pobj")
            unagreed = first is not None and word in _ABOUT and self.above(first).negated
            return State(negated=True) if unagreed else ACTUAL
        if word in _ABOUT and self._is_unagreed(governor) and self._is_new(prep):
            return State(negated=True)
        effect = self.operators.effect(tree, governor, word)
        if effect is not None:
            return self.of(governor).under(effect)
        beside = next((c for c in tree.children[governor] if tree.deps[c] == "dobj" and tree.right[c] == prep), None)
        effect = self.operators.effect(tree, beside, word) if beside is not None else None
        if beside is not None and effect is not None:  # "announced plans | for the sale", hung on the verb
            return self.of(beside).under(effect)
        if word == "by" and tree.lemmas[governor] in _FOLLOWING:
            return self.of(governor).only_modality()  # "a pause to be followed by talks"
        noun = tree.child(prep, "pobj")
        if word == "for" and tree.is_verb(governor) and noun is not None and not self.cues.is_definite(noun):
            return self.of(governor).only_modality()  # "will fly to Rome for talks"
        if word == "before" and tree.is_verb(governor):  # "comes days before the start of the games"
            ahead = tree.tags[governor] in {"VBP", "VBZ"} or self.of(governor).modality is not Modality.ACTUAL
            return State(modality=Modality.PLANNED) if ahead else ACTUAL
        return ACTUAL

    def _is_unagreed(self, governor: int) -> bool:
        """Tell "no agreement (was reached) on" and "agreement was not reached on"."""
        tree = self.tree
        nouns = [governor, *(c for c in tree.children[governor] if tree.deps[c] in {"nsubjpass", "nsubj", "dobj"})]
        agreed = [c for c in nouns if self.operators.effect(tree, c, "infinitive") == "planned" and not tree.is_verb(c)]
        verb = tree.is_verb(governor) and self.cues.negated(governor)
        return any(verb or self.cues.is_none(c) for c in agreed)

    def _is_new(self, prep: int) -> bool:
        """Tell "the creation of a common army", which needs the agreement, from "the occupation of the valley"."""
        tree = self.tree
        noun = tree.child(prep, "pobj")
        of = [c for c in tree.children[noun] if tree.words[c] == "of"] if noun is not None else []
        made = [g for c in of for g in tree.children[c] if tree.deps[g] == "pobj"]
        return any(tree.tags[g] in {"NN", "NNS"} and not self.cues.is_definite(g) for g in made)
