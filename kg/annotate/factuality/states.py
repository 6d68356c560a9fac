"""How real a verb or event noun is: climbed up the tree from where it stands.

What stands at the word itself comes first (negation, auxiliaries, adverbs, adjectives), then what governs it: an
operator of the lexicon gives its effect and passes on what holds of itself, so that "said it hoped to buy" is desired
and "did not agree to share" negated. Anything else passes on nothing, but for a few constructions named below.
"""

from __future__ import annotations

from kg.annotate.clauses.tree import Tree, first_of_list, word_set
from kg.annotate.factuality.cues import Cues
from kg.annotate.factuality.dropped import COPULAS, forgone_by, is_dismissed, is_judged_claim
from kg.annotate.factuality.nouns import Nouns, under
from kg.annotate.factuality.operators import Operators, find_phrases
from kg.annotate.factuality.state import ACTUAL, State
from kg.model import Modality

__all__ = ["States"]

_OPEN = Modality.POSSIBLE
_PLANNED = State(modality=Modality.PLANNED)
_POSSIBLE = State(modality=_OPEN)
_CONDITIONS = word_set("if unless provided supposing whether lest")
_TIMES = word_set("before until till once when after as while")
_SUBORDINATING = _TIMES | _CONDITIONS | word_set("because since although though how whether despite")
_AHEAD = frozenset({"before", "until", "till"})
_CLAUSAL = word_set("xcomp ccomp acl advcl csubj oprd dep")
# "marched to demand reforms": the march is the demand.
_EXPRESSIVE = word_set(
    "demand protest complain denounce condemn criticise criticize express voice show mark celebrate commemorate honour "
    "honor mourn thank oppose support urge"
)
_CEASING = frozenset({"cease", "end", "halt", "stop"})
_MEANING = frozenset({"imply", "mean", "prove"})
_BEFORE_NOUN = word_set("det amod compound nummod poss advmod nmod aux auxpass")
# "pleaded guilty to spying", "admitted to lying": it happened.
_OWNING_UP = word_set("guilty plead admit confess own object testify react respond used accustomed")
# What a vote to do it does: "voted to reject the plan", but not "voted to send troops".
_VOTED = word_set(
    "abolish accept adopt approve authorise authorize back ban block censure condemn confirm convict defeat elect "
    "endorse expel impeach indict oppose oust pass ratify recognise recognize reelect reject repeal suspend unseat"
)
_LIMIT = 14


class States:
    """The states of one document's words; each is worked out once."""

    def __init__(self, tree: Tree, operators: Operators) -> None:
        self.tree = tree
        self.operators = operators
        self.cues = Cues(tree, operators)
        self.nouns = Nouns(tree, operators, self.cues, self.of)
        self._phrases = find_phrases(tree, operators)
        self._known: dict[int, State] = {}
        self._depth = 0

    def of(self, i: int) -> State:
        """Return the state of the verb or noun at ``i``, everything above it counted."""
        if i in self._known:
            return self._known[i]
        if self._depth > _LIMIT:
            return ACTUAL
        self._depth += 1
        verbal = self.tree.is_verb(i) or self.tree.tags[i] == "MD"
        state = self._verb(i) if verbal else self.nouns.described(i, self._phrase(i, self.nouns.above(i)))
        self._depth -= 1
        self._known[i] = state
        return state

    def supported(self, i: int, verb: int) -> State:
        """Return the state of a noun under its light verb ("will hold talks"): the verb's, and what describes it.

        Where the verb is an operator over the noun's slot ("asked for aid"), its effect has been counted already.
        """
        above = self._phrase(i, self.nouns.above(i))
        if self.cues.is_done(i) or (above == ACTUAL and self.cues.is_existing(i)):
            return self.of(i)
        passed_on = above in {ACTUAL, self.of(verb).only_modality()} and not self._is_operated(i)
        return self.nouns.described(i, self.of(verb) if passed_on else above)

    def _is_operated(self, i: int) -> bool:
        """Tell whether the verb above a noun is an operator over its slot."""
        tree = self.tree
        effect = self.operators.effect(tree, tree.heads[i], "object")
        return tree.deps[i] in {"dobj", "nsubjpass"} and effect not in {None, "actual"}

    # ------------------------------------------------------------ verbs

    def _verb(self, i: int) -> State:
        state = self._phrase(i, self._above_verb(i))
        for effect in self.cues.effects(i):
            state = state.and_not(negated=True) if effect == "negated" else state.at_least(Modality(effect))
        if self.cues.has_condition(i):
            state = state.at_least(_OPEN)
        return state.and_not(negated=self.cues.negated(i) != self.cues.is_counterfactual(i))

    def _above_verb(self, i: int) -> State:
        """Return what governs a verb makes of it."""
        tree = self.tree
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            return ACTUAL
        if dep == "conj":
            return self._beside(i, head)
        conditional = self.cues.marks(i) & _CONDITIONS or self.cues.is_inverted(i)
        if dep in {"advcl", "ccomp", "parataxis"} and conditional:
            return _POSSIBLE
        if dep == "pcomp":
            return self._gerund(i, head)
        if dep == "csubj" and tree.tags[i] == "VBG" and tree.tags[head] in {"VBZ", "VBP", "VB"}:
            return _POSSIBLE  # "recalling an envoy is a protest": anybody may
        if dep in _CLAUSAL or (dep == "relcl" and self.cues.is_infinitive(i)):
            return self._governed(i, head, dep)
        return ACTUAL

    def _governed(self, i: int, head: int, dep: str) -> State:
        """Return the state of a clause in the slot of a verb, noun or adjective."""
        tree = self.tree
        gerund = tree.tags[i] == "VBG" and tree.child(i, "aux") is None and dep != "acl"
        open_ = dep == "xcomp" or gerund or self.cues.is_bare_infinitive(i)
        slot = "infinitive" if self.cues.is_infinitive(i) or open_ else "complement"
        if dep in {"acl", "relcl"} and self.cues.is_singled_out(head):
            return ACTUAL
        if dep == "advcl" and tree.lemmas[head] == "be" and self.cues.is_infinitive(i) and self._is_chosen(head, i):
            return self.of(head)
        if self.cues.marks(i) & {"how", "whether"}:
            return _POSSIBLE
        if self._is_void(head, dep, slot):
            return State(negated=True)
        if tree.words[head] == "going" and dep == "xcomp":
            return self.of(head)
        effect = self._effect(i, head, dep, slot)
        if effect is not None:
            return under(tree.lemmas[head], self.of(head), effect)
        if slot == "infinitive" and self.cues.is_infinitive(i) and not self.cues.is_perfect(i):  # purpose
            expressed = dep in {"advcl", "xcomp"} and tree.lemmas[i] in _EXPRESSIVE
            return self.of(head) if expressed else self.of(head).only_modality().at_least(Modality.PLANNED)
        return self._adverbial(i, head, dep)

    def _is_void(self, head: int, dep: str, slot: str) -> bool:
        """Tell a clause of something that is forgone or untrue."""
        if slot == "infinitive":
            verb = forgone_by(self.tree, head)
            return verb is not None and not self.of(verb).negated
        return dep == "acl" and slot == "complement" and self._is_untrue(head)

    def is_dismissed(self, noun: int) -> bool:
        """Tell "rejected claims (that)", where nobody is named who made them."""
        return is_dismissed(self.tree, noun) and not self.of(self.tree.heads[noun]).negated

    def _is_untrue(self, noun: int) -> bool:
        """Tell "dismissed reports (that)" and "the report (that …) is false"."""
        return self.is_dismissed(noun) or (
            is_judged_claim(self.tree, noun) and self.nouns.subject(self.tree.heads[noun]).negated
        )

    def _is_chosen(self, copula: int, i: int) -> bool:
        """Tell "X was (among) the first (leaders) to call", where X did call."""
        tree = self.tree
        if any(tree.deps[c] == "attr" and c < i and self.cues.is_singled_out(c) for c in tree.children[copula]):
            return True
        groups = (c for c in tree.children[copula] if tree.words[c] == "among" and c < i)
        return any(self.cues.is_singled_out(g) or tree.words[g] == "first" for c in groups for g in tree.children[c])

    def _effect(self, i: int, head: int, dep: str, slot: str) -> str | None:
        """Return the effect of the operator that governs a clause, None where none does."""
        tree = self.tree
        infinitive = self.cues.is_infinitive(i)
        if tree.lemmas[head] == "be" and slot == "infinitive" and dep == "xcomp":
            return "planned"  # "is to visit", and "the aim is to visit"
        effect = None
        if infinitive or dep not in {"advcl", "acl"} or (dep == "acl" and "that" in self.cues.marks(i)):
            effect = self.operators.effect(tree, head, slot)
        if tree.lemmas[head] == "vote" and tree.lemmas[i] in _VOTED:
            return "actual"
        if (
            dep in {"advcl", "xcomp"}
            and infinitive
            and tree.lemmas[head] in _CEASING
            and tree.child(head, "dobj") is not None
        ):
            return None  # "cease hostilities to agree": what it is done for
        if tree.words[head] == "able" and tree.tags[tree.heads[head]] == "VBD":
            return "actual"  # who was able to did
        if effect is None and dep != "advcl" and tree.lemmas[head] in COPULAS:
            effect = self._predicated(head, slot)
        if effect is None and infinitive:
            effect = self._of_object(i, head)
        if effect in {"planned", "desired"} and slot == "complement" and self.cues.is_past(i):
            return None  # "agreed that the vote was fair"
        return effect

    def _adverbial(self, i: int, head: int, dep: str) -> State:
        """Return what a clause takes over that no operator governs: "…, signing a pact", "when they meet"."""
        tree = self.tree
        marks = self.cues.marks(i)
        if tree.tags[i] == "VBG" and self.operators.says(tree, i, "complement"):
            return ACTUAL  # "will resign, saying", "will resign, with the paper reporting"
        if tree.tags[i] == "VBG" and (dep == "acl" or (dep == "advcl" and not marks & _SUBORDINATING)):
            return self.of(head).only_modality()
        if dep == "advcl" and tree.tags[i] in {"VBP", "VBZ"} and marks & _TIMES:
            above = self.of(head).modality
            hoped = above is not Modality.ACTUAL and marks & {"when", "once"}  # "may sign it when they meet"
            ahead = above is Modality.PLANNED or hoped or marks & _AHEAD
            return _PLANNED if ahead else ACTUAL
        says = tree.lemmas[head] in _MEANING or self.operators.says(tree, head, "complement")
        if dep == "ccomp" and says and self.cues.negated(head):
            return _POSSIBLE  # "did not say that", "does not mean that"
        return ACTUAL

    def _predicated(self, copula: int, slot: str) -> str | None:
        """Return the effect of what a copula says of a clause: "it is unlikely that", "the hope is that"."""
        tree = self.tree
        words = [c for c in tree.children[copula] if tree.deps[c] in {"acomp", "attr", "oprd", "nsubj"}]
        return next((e for c in words if (e := self.operators.effect(tree, c, slot)) is not None), None)

    def _of_object(self, i: int, head: int) -> str | None:
        """Return the effect of the object that an infinitive on its verb completes: "has a plan | to sell"."""
        tree = self.tree
        objects = [c for c in tree.children[head] if tree.deps[c] in {"dobj", "attr"} and c < i]
        effects = (self.operators.effect(tree, c, "infinitive") for c in objects)
        return next((e for e in effects if e in {"planned", "desired"}), None)

    def _gerund(self, i: int, prep: int) -> State:
        """Read "from signing", "aimed at signing", "by signing"."""
        tree = self.tree
        governor, word = tree.heads[first_of_list(tree, prep)], tree.words[prep]
        effect = self.operators.effect(tree, governor, word)
        if effect is not None:
            return under(tree.lemmas[governor], self.of(governor), effect)
        if word == "to" and (tree.lemmas[governor] in _OWNING_UP or tree.words[prep - 1] in _OWNING_UP):
            return self.of(governor) if tree.is_verb(governor) else ACTUAL
        if word in {"to", "toward", "towards", "before", "for"}:
            above = self.of(governor).only_modality() if tree.is_verb(governor) else ACTUAL
            past = word in {"before", "for"} and tree.tags[governor] in {"VBD", "VBN"}
            return ACTUAL if past and above == ACTUAL else above.at_least(Modality.PLANNED)
        if word == "against":  # "is against buying"
            return _POSSIBLE
        if word in {"by", "in", "through", "with", "via"} and tree.is_verb(governor):
            told = word == "with" and self.operators.says(tree, i, "complement")
            return ACTUAL if told else self.of(governor)
        return ACTUAL

    def _beside(self, i: int, first: int) -> State:
        """Return what governs the first of coordinated verbs makes of the second, the first's own words left out."""
        tree = self.tree
        if not tree.is_verb(first) or tree.tags[i] != tree.tags[first]:
            return ACTUAL
        if tree.child(i, "nsubj", "nsubjpass") is not None and tree.deps[first] not in {"ccomp", "conj"}:
            return ACTUAL
        return self._phrase(first, self._above_verb(first))

    # ------------------------------------------------------------ phrases

    def _phrase(self, i: int, state: State) -> State:
        """Add the effect of a phrase that stands right before the words of ``i``: "stopped short of", "ahead of"."""
        tree = self.tree
        for end in range(i, self._opening(i) - 1, -1):
            start, effect, slots = self._phrases.get(end, (-1, "said", ()))
            if effect == "said" or slots:
                continue
            outer = ACTUAL
            if tree.is_verb(start) and start != i:
                outer = State(self.cues.negated(start), self.of(start).modality)
            inner = outer.under(effect)
            return State(inner.negated or state.negated, state.at_least(inner.modality).modality)
        return state

    def _opening(self, i: int) -> int:
        """Return where the words begin that stand right before ``i`` and hang on it, its subject not among them."""
        tree, at = self.tree, i
        for c in reversed([c for c in tree.children[i] if c < i]):
            if tree.deps[c] not in _BEFORE_NOUN or (tree.right[c] != at and tree.is_verb(i)):
                break
            at = tree.left[c]
        return at
