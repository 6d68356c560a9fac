"""How real a verb or event noun is: climbed up the tree from where it stands.

What stands at the word itself comes first (negation, auxiliaries, adverbs, adjectives), then what governs it: an
operator of the lexicon gives its effect and passes on what holds of itself, so that "said it hoped to buy" is desired
and "did not agree to share" negated. Anything else passes on nothing, but for a few constructions named below.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clause_tree import Tree, word_set
from kg.annotate.operators import Operators, find_phrases
from kg.model import Modality

__all__ = ["ACTUAL", "State", "States"]

_RANK = (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE, Modality.DESIRED)


@dataclass(frozen=True, slots=True)
class State:
    """Polarity and modality so far."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL

    def under(self, effect: str) -> State:
        """Return what an operator in this state makes of what it governs.

        A negated operator of plans or wishes governs something that is not so; a negated denial leaves it open.
        """
        match effect:
            case "negated" | "denied":
                if self.negated:
                    return State(
                        modality=weaker(self.modality, Modality.POSSIBLE if effect == "denied" else Modality.ACTUAL)
                    )
                return State(negated=True, modality=self.modality)
            case "planned" | "possible" | "desired":
                return State(self.negated, weaker(self.modality, Modality(effect)))
        return self

    def and_not(self, *, negated: bool) -> State:
        """Return this state, turned round by a negation of its own."""
        return State(self.negated != negated, self.modality)

    def at_least(self, modality: Modality) -> State:
        """Return this state with the weaker of two modalities."""
        return State(self.negated, weaker(self.modality, modality))


ACTUAL = State()


def weaker(a: Modality, b: Modality) -> Modality:
    """Return the less real of two modalities: actual, planned, possible, desired."""
    return max(a, b, key=_RANK.index)


_NEGATIVE_WORDS = word_set("no neither none nobody nothing nor")
_ONLY = word_set("only just merely simply")
_CONDITIONS = word_set("if unless provided supposing whether lest")
_LATER = word_set("before until till once when after as while")
_EXISTING = word_set("earlier existing previous past former current recent ongoing")
_DEFINITE = _EXISTING | word_set("the this that these those last")
_SUBJECTS = word_set("nsubj nsubjpass csubj csubjpass expl")
_OBJECTS = word_set("dobj attr oprd acomp dative")
_COPULAS = word_set("be remain seem appear become look prove stay")
_LIMIT = 14


class States:
    """The states of one document's words; each is worked out once."""

    def __init__(self, tree: Tree, operators: Operators) -> None:
        self.tree = tree
        self.operators = operators
        self.phrases = find_phrases(tree, operators)
        self._known: dict[int, State] = {}
        self._depth = 0

    def of(self, i: int) -> State:
        """Return the state of the verb or noun at ``i``, everything above it counted."""
        if i in self._known:
            return self._known[i]
        if self._depth > _LIMIT:
            return ACTUAL
        self._depth += 1
        tree = self.tree
        state = self._verb(i) if tree.is_verb(i) or tree.tags[i] == "MD" else self._nominal(i)
        self._depth -= 1
        self._known[i] = state
        return state

    # ------------------------------------------------------------ verbs

    def _verb(self, i: int) -> State:
        group = self._lender(i)
        state = self._phrase(i, self._above_verb(i))
        for effect in self._auxiliaries(group if group is not None else i):
            state = state.at_least(Modality(effect))
        for effect in self._adverbs(i):
            state = state.and_not(negated=True) if effect == "negated" else state.at_least(Modality(effect))
        if self._has_condition(i):
            state = state.at_least(Modality.POSSIBLE)
        return state.and_not(negated=self.negated(i))

    def _auxiliaries(self, i: int) -> list[str]:
        """Return the effects of a verb's auxiliaries; "would" is a plan in reported speech, else a possibility."""
        tree, out = self.tree, []
        for c in tree.children[i]:
            if tree.deps[c] not in {"aux", "auxpass"}:
                continue
            effect = self.operators.word(tree, c, "auxiliary")
            if effect:
                out.append(effect)
            elif tree.words[c] in {"would", "'d", "’d"} and tree.tags[c] == "MD":
                out.append("planned" if self._reported(i) else "possible")
            elif tree.words[c] == "to" and self._is_headline_infinitive(i):
                out.append("planned")
        if tree.words[i] == "going" and any(tree.tags[c] == "VB" for c in tree.children[i] if tree.deps[c] == "xcomp"):
            out.append("planned")
        return out

    def _is_headline_infinitive(self, i: int) -> bool:
        """Tell "Chad to host talks" from an infinitive that something governs."""
        return self.tree.heads[i] == i and self.tree.child(i, "nsubj", "nsubjpass") is not None

    def _reported(self, i: int) -> bool:
        """Tell whether a verb stands in speech that is reported in the past."""
        tree = self.tree
        for _ in range(6):
            dep, head = tree.deps[i], tree.heads[i]
            if dep == "ccomp" and tree.tags[head] in {"VBD", "VBN", "VBG", "VBZ"}:
                return True
            if any(
                tree.deps[c] == "parataxis" and self.operators.says(tree, c, "complement") for c in tree.children[i]
            ):
                return True
            if dep == "ROOT" or head == i:
                return False
            i = head
        return False

    def _adverbs(self, i: int) -> list[str]:
        tree = self.tree
        found = (self.operators.word(tree, c, "adverb") for c in tree.children[i] if tree.deps[c] in {"advmod", "neg"})
        return [effect for effect in found if effect and not (effect == "negated" and self._has_neg(i))]

    def _has_neg(self, i: int) -> bool:
        return any(self.tree.deps[c] == "neg" for c in self.tree.children[i])

    def negated(self, i: int) -> bool:
        """Tell whether a verb is negated where it stands: "not", "never", "neither … nor", "no one", "signed nothing".

        A coordinated verb takes the negation of the first with its auxiliary ("did not sign or ratify").
        """
        tree = self.tree
        odd = False
        for c in tree.children[i]:
            dep, word = tree.deps[c], tree.words[c]
            if dep == "neg":
                odd = odd != (c + 1 < len(tree.words) and tree.words[c + 1] not in _ONLY)
            elif (dep in {"preconj", "cc"} and word in {"neither", "nor"} and c < i) or (
                dep in {*_SUBJECTS, "dobj", "attr"} and self._is_none(c)
            ):
                odd = True
        first = self._lender(i)
        if odd or first is None:
            return odd
        if tree.deps[i] == "conj" and any(tree.words[c] == "nor" for c in tree.children[tree.heads[i]] if c < i):
            return True
        return self._has_neg(first) and self._shares_negation(first, i)

    def _shares_negation(self, first: int, i: int) -> bool:
        """Tell "did not sign or ratify" from "did not sign and left"."""
        tree = self.tree
        between = {tree.words[c] for c in range(first, i)}
        return bool(between & {"or", "nor"}) or (tree.tags[i] == "VB" and "but" not in between)

    def _is_none(self, i: int) -> bool:
        tree = self.tree
        if tree.words[i] in _NEGATIVE_WORDS or (tree.words[i] == "one" and i and tree.words[i - 1] == "no"):
            return True
        return any(
            tree.words[c] in _NEGATIVE_WORDS and tree.deps[c] in {"det", "neg", "preconj"} for c in tree.children[i]
        )

    def _lender(self, i: int) -> int | None:
        """Return the first of coordinated verbs where ``i`` has no auxiliary of its own and takes its."""
        tree = self.tree
        first = i
        for _ in range(6):
            if tree.deps[first] != "conj" or not tree.is_verb(tree.heads[first]):
                break
            if tree.child(first, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
                return None
            first = tree.heads[first]
            if tree.tags[first] != tree.tags[i]:
                return None
        return first if first != i and tree.child(first, "aux", "auxpass") is not None else None

    def _has_condition(self, i: int) -> bool:
        """Tell whether an if-clause hangs on a verb."""
        tree = self.tree
        return any(
            tree.deps[c] == "advcl" and any(tree.deps[m] == "mark" and tree.words[m] == "if" for m in tree.children[c])
            for c in tree.children[i]
        )

    def _above_verb(self, i: int) -> State:
        """Return what governs a verb makes of it."""
        tree = self.tree
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            return ACTUAL
        marks = {tree.words[c] for c in tree.children[i] if tree.deps[c] in {"mark", "advmod"} and c < i}
        if dep == "conj":
            return self._beside(i, head)
        if dep in {"advcl", "ccomp", "parataxis"} and marks & _CONDITIONS:
            return State(modality=Modality.POSSIBLE)
        infinitive = self._is_infinitive(i)
        if dep in {"xcomp", "ccomp", "acl", "advcl", "csubj", "oprd", "dep"} or (dep == "relcl" and infinitive):
            slot = "infinitive" if infinitive or dep == "xcomp" or tree.tags[i] == "VBG" else "complement"
            return self._complement(i, head, slot, dep, marks)
        if dep == "pcomp":
            return self._gerund(i, head)
        return ACTUAL

    def _is_infinitive(self, i: int) -> bool:
        return any(self.tree.words[c] == "to" and self.tree.deps[c] == "aux" for c in self.tree.children[i])

    def _complement(self, i: int, head: int, slot: str, dep: str, marks: set[str]) -> State:
        tree = self.tree
        effect = self.operators.effect(tree, head, slot) if dep != "advcl" or self._is_infinitive(i) else None
        if tree.lemmas[head] == "be" and slot == "infinitive" and tree.tags[head] != "VBN" and dep == "xcomp":
            effect = "planned"  # "is to visit", and "the aim is to visit"
        if slot == "infinitive" and marks & {"how", "whether"}:
            return State(modality=Modality.POSSIBLE)
        if effect is None and self._object_operator(i, head, slot):
            effect = "planned"
        if effect is not None:
            return self.of(head).under(effect)
        if slot == "infinitive" and self._is_infinitive(i) and not self._is_perfect(i):
            return State(modality=weaker(Modality.PLANNED, self.of(head).modality))  # purpose
        if dep == "acl":
            return State(modality=self.of(head).modality) if tree.tags[i] == "VBG" else ACTUAL
        if dep == "advcl" and tree.tags[i] in {"VBP", "VBZ"} and marks & _LATER:
            above = self.of(head).modality
            ahead = above is Modality.PLANNED or bool(marks & {"before", "until", "till"})
            return State(modality=Modality.PLANNED) if ahead else ACTUAL
        if dep == "advcl" and tree.tags[i] == "VBG" and not marks:
            return State(modality=self.of(head).modality)
        if dep == "ccomp" and self.operators.says(tree, head, "complement") and self.negated(head):
            return State(modality=Modality.POSSIBLE)  # "did not say that"
        return ACTUAL

    def _object_operator(self, i: int, head: int, slot: str) -> bool:
        """Tell an infinitive that hangs on the verb but belongs to its object: "has a plan to sell"."""
        tree = self.tree
        if slot != "infinitive":
            return False
        objects = [c for c in tree.children[head] if tree.deps[c] in {"dobj", "attr"} and c < i]
        return any(self.operators.effect(tree, c, "infinitive") == "planned" for c in objects)

    def _is_perfect(self, i: int) -> bool:
        return any(self.tree.lemmas[c] == "have" and self.tree.deps[c] == "aux" for c in self.tree.children[i])

    def _gerund(self, i: int, prep: int) -> State:
        """Read "from signing", "without signing", "aimed at signing"."""
        tree = self.tree
        governor, word = tree.heads[prep], tree.words[prep]
        effect = self.operators.effect(tree, governor, word)
        if effect is not None:
            return self.of(governor).under(effect)
        if word in {"to", "toward", "towards", "before", "for"} and tree.words[prep] != "due":
            above = self.of(governor).modality if tree.is_verb(governor) else Modality.ACTUAL
            past = word in {"before", "for"} and tree.tags[governor] in {"VBD", "VBN"}
            return ACTUAL if past and above is Modality.ACTUAL else State(modality=weaker(Modality.PLANNED, above))
        if word in {"by", "in", "through", "with", "via"} and tree.is_verb(governor):
            return self.of(governor)
        return ACTUAL

    def _beside(self, i: int, first: int) -> State:
        """Return what governs the first of coordinated words makes of the second, the first's own words left out."""
        tree = self.tree
        if tree.child(i, "nsubj", "nsubjpass") is not None and tree.deps[first] not in {"ccomp", "conj"}:
            return ACTUAL
        if tree.is_verb(first):
            infinitives = tree.tags[i] == "VB" and tree.tags[first] == "VB"
            state = self._phrase(first, self._above_verb(first))
            return state if infinitives or tree.tags[i] == tree.tags[first] else State(modality=Modality.ACTUAL)
        return self._above_noun(first) if not tree.is_verb(i) else ACTUAL

    # ------------------------------------------------------------ nouns

    def _nominal(self, i: int) -> State:
        return self._described(i, self._phrase(i, self._above_noun(i)))

    def supported(self, i: int, verb: int) -> State:
        """Return the state of a noun under its light verb ("will hold talks"): the verb's, and what describes it.

        Where the verb is an operator over the noun's slot ("asked for aid"), its effect has been counted already.
        """
        if self._is_done(i):
            return self.of(i)
        above = self._phrase(i, self._above_noun(i))
        if above == ACTUAL and any(self.tree.words[c] in _EXISTING for c in self.tree.children[i]):
            return self.of(i)  # "carry out earlier agreements"
        return self._described(i, above if above != ACTUAL else self.of(verb))

    def _is_done(self, i: int) -> bool:
        """Tell "the agreement reached on Thursday" and "the talks that began in May" from what is still to come."""
        tree = self.tree
        for c in tree.children[i]:
            if tree.deps[c] == "acl" and tree.tags[c] == "VBN" and self.operators.effect(tree, c, "object") == "actual":
                return True
            if (
                tree.deps[c] == "relcl"
                and tree.tags[c] == "VBD"
                and self.operators.effect(tree, c, "subject") == "actual"
            ):
                return True
        return False

    def _described(self, i: int, state: State) -> State:
        """Add what stands at a noun itself: "no talks", "planned talks", "talks scheduled for May"."""
        tree = self.tree
        for c in tree.children[i]:
            effect = None
            if tree.deps[c] == "amod":
                effect = self.operators.effect(tree, c, "modifier") or self.operators.effect(tree, c, "object")
            elif tree.deps[c] == "acl" and tree.tags[c] == "VBN":
                effect = self.operators.effect(tree, c, "object")
            if effect in {"planned", "possible", "desired"}:
                state = state.at_least(Modality(effect))
            elif effect == "negated":
                state = state.and_not(negated=True)
        return State(state.negated or self._is_none(i), state.modality)

    def _above_noun(self, i: int) -> State:
        tree = self.tree
        dep, head = tree.deps[i], tree.heads[i]
        if head == i or self._is_done(i):
            return ACTUAL
        if dep == "conj" and not tree.is_verb(head):
            return self._above_noun(head)
        if dep == "pobj":
            return self._object_of_preposition(i, head)
        if dep in {"compound", "nmod"}:
            effect = self.operators.effect(tree, head, "compound")
            return self.of(head).under(effect) if effect else ACTUAL
        if dep in {"dobj", "nsubjpass", "attr", "oprd", "nsubj"}:
            return self._argument(i, head, dep)
        return ACTUAL

    def _argument(self, i: int, verb: int, dep: str) -> State:
        tree = self.tree
        if dep in {"dobj", "nsubjpass"}:
            effect = self.operators.effect(tree, verb, "object")
            if effect is not None and not (effect == "actual" and self._is_definite(i) and dep == "dobj"):
                return self.of(verb).under(effect)
            return ACTUAL if self._is_definite(i) else State(modality=self.of(verb).modality)
        if dep == "attr":
            there = any(tree.deps[c] == "expl" for c in tree.children[verb])
            return self.of(verb) if there else ACTUAL
        for c in tree.children[verb]:
            if tree.deps[c] in {"acomp", "attr", "oprd", "xcomp"} and tree.lemmas[verb] in _COPULAS:
                effect = self.operators.effect(tree, c, "subject")
                if effect is not None:
                    return self.of(verb).under(effect)
        effect = self.operators.effect(tree, verb, "subject")
        return self.of(verb).under(effect) if effect is not None else ACTUAL

    def _is_definite(self, i: int) -> bool:
        tree = self.tree
        return any(
            tree.deps[c] == "poss" or tree.words[c] in {"the", "this", "that", "these", "those"}
            for c in tree.children[i]
        )

    def _object_of_preposition(self, i: int, prep: int) -> State:
        tree = self.tree
        governor, word = tree.heads[prep], tree.words[prep]
        effect = self.operators.effect(tree, governor, word)
        if effect is not None:
            return self.of(governor).under(effect)
        if word == "before" and tree.is_verb(governor) and self.of(governor).modality is not Modality.ACTUAL:
            return State(modality=Modality.PLANNED)
        return ACTUAL

    # ------------------------------------------------------------ phrases

    def _phrase(self, i: int, state: State) -> State:
        """Add the effect of a phrase that stands right before the words of ``i``: "stopped short of", "ahead of"."""
        tree = self.tree
        at = i
        for c in tree.children[i]:
            if c < i and tree.deps[c] in {
                "det",
                "amod",
                "compound",
                "nummod",
                "poss",
                "advmod",
                "nmod",
                "aux",
                "auxpass",
            }:
                at = min(at, tree.left[c])
        for end in range(i, at - 1, -1):
            found = self.phrases.get(end)
            if found is None or found[1] == "said":
                continue
            start, effect, slots = found
            if slots:
                continue
            outer = State(modality=self.of(start).modality) if tree.is_verb(start) and start != i else ACTUAL
            negated = self.negated(start) if tree.is_verb(start) and start != i else False
            inner = State(negated, outer.modality).under(effect)
            return State(inner.negated or state.negated, weaker(inner.modality, state.modality))
        return state
