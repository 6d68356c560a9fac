"""``kg_factuality``: is it so, how real is it, and who says so: polarity, modality and attribution of every draft.

operators          the words of the lexicon that decide it
factuality_states  polarity and modality, climbed up the tree
attribution        sources, with quotes for direct speech
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.align import published
from kg.annotate.clauses.tree import Tree, tree_of
from kg.annotate.events.parties import APART
from kg.annotate.factuality.attribution import Attributions
from kg.annotate.factuality.operators import Operators
from kg.annotate.factuality.state import ACTUAL, State
from kg.annotate.factuality.states import States
from kg.annotate.layers import ClauseKind, EventDraft, TimeExpression, TimeFiller, declare_extensions
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Modality, Polarity

__all__ = ["FactualityJudge", "make_factuality"]

_OWN_WORDS = ("/title", "/phrase")
# Of the verbs that only point at a noun's event, those without which it is not: "did not approve the sale".
_GRANTING = frozenset(
    ["accept", "approve", "authorise", "authorize", "broker", "demand", "mediate", "order", "propose", "secure", "seek"]
)
_LASTING = frozenset({"Ally", "Border", "Member"})
_ASKING = frozenset(
    ["did", "do", "does", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may"]
)
_PRESENT = frozenset({"VBG", "VBP", "VBZ"})
_NOUNS = frozenset({"NN", "NNS"})
_NAMING = frozenset({ClauseKind.APPOSITIVE, ClauseKind.TITULAR})


@Language.factory(
    "kg_factuality",
    default_config={"packs": []},
    requires=["token.dep", "token.head", "doc._.kg_events", "doc._.kg_clauses", "doc._.kg_mentions"],
    assigns=["doc._.kg_events"],
)
def make_factuality(nlp: Language, name: str, packs: list[str]) -> FactualityJudge:
    """Make the component.

    Args:
        nlp: The pipeline.
        name: The component's name in the pipeline.
        packs: Lexicon packs besides those that ship with kg; they may bring operators.

    Raises:
        LexiconError: A pack breaks the format.
    """
    declare_extensions()
    return FactualityJudge(load_lexicon(tuple(Path(pack) for pack in packs)))


class FactualityJudge:
    """Set the polarity, modality and attribution of the drafts in ``doc._.kg_events``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.operators = Operators.of(lexicon.operators)
        self._light = _light_verbs(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Judge the drafts of one document; what a trigger itself says ("abstain") counts too."""
        drafts: list[EventDraft] = doc._.kg_events
        if not drafts:
            return doc
        tree = tree_of(doc)
        states = States(tree, self.operators)
        sources = Attributions(doc, tree, self.operators, states)
        for draft in drafts:
            if _is_naming(draft, tree):
                continue
            self._judge(draft, self._state(draft, tree, states).at_least(_least(doc, draft)))
            draft.attributed_to, draft.via = sources.of(draft)
        return doc

    def _state(self, draft: EventDraft, tree: Tree, states: States) -> State:
        if tree.is_verb(draft.head):
            return states.of(draft.head)
        if draft.event_type in _LASTING and tree.deps[draft.head] != "attr" and states.cues.is_definite(draft.head):
            return ACTUAL  # "urged its allies"
        verb = self._light_verb(draft, tree)
        return states.supported(draft.head, verb) if verb is not None else states.of(draft.head)

    def _light_verb(self, draft: EventDraft, tree: Tree) -> int | None:
        """Return the verb that only carries an event noun, as its trigger says: "hold talks", "US$5m in loans"."""
        verbs = self._light.get(draft.rule.removesuffix(APART))
        if not verbs:
            return None
        at = draft.head
        for _ in range(6):
            above = _carrier(tree, at)
            if above is None:
                return None
            if tree.is_verb(above):
                return above if tree.lemmas[above] in verbs else None
            at = above
        return None

    @staticmethod
    def _judge(draft: EventDraft, state: State) -> None:
        state = state.at_least(draft.modality)
        negated = state.negated != (draft.polarity is Polarity.NEGATED)
        draft.polarity = Polarity.NEGATED if negated else Polarity.AFFIRMED
        draft.modality = state.modality


def _is_naming(draft: EventDraft, tree: Tree) -> bool:
    """Tell the author's own words ("President X", "the Louvre in Paris") from a predicate: "X will be president"."""
    said = tree.deps[draft.head] == "attr" and tree.is_verb(tree.heads[draft.head])
    return draft.clause.kind in _NAMING or (draft.rule.endswith(_OWN_WORDS) and not said)


def _least(doc: Doc, draft: EventDraft) -> Modality:
    """Return how real a claim can be at most: what is asked may be, what is still to come is planned."""
    if _is_asked(doc[draft.head].sent):
        return Modality.POSSIBLE
    day = published(doc)
    begins = [doc._.kg_times[f.index] for role, f in draft.roles if role == "begin" and isinstance(f, TimeFiller)]
    ahead = day is not None and any(isinstance(t, TimeExpression) and t.earliest and t.earliest > day for t in begins)
    tense = doc[draft.head].tag_
    return Modality.PLANNED if ahead and (tense in _PRESENT or tense in _NOUNS) else Modality.ACTUAL


def _is_asked(sentence: Span) -> bool:
    """Tell "Did A sell B?", which says nothing, from "Why did A sell B?", which takes it as known."""
    words = [t for t in sentence if t.is_alpha or t.text == "?"]
    return len(words) > 1 and words[-1].text == "?" and words[0].lower_ in _ASKING


def _carrier(tree: Tree, i: int) -> int | None:
    """Return the word that a noun completes: its verb, the first of a list, "round" in "a round of talks".

    "US$5m in loans" counts too; "a mistake in the talks" does not.
    """
    dep, head = tree.deps[i], tree.heads[i]
    if dep in {"dobj", "nsubj", "nsubjpass", "attr", "conj", "dative"}:
        return head
    if dep != "pobj":
        return None
    above = tree.heads[head]
    counted = tree.words[head] == "of" or (tree.words[head] == "in" and tree.tags[above] in {"CD", "$"})
    return above if tree.is_verb(above) or counted else None


def _light_verbs(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the light verbs of each trigger by the rule that it gives to claims."""
    out: dict[str, frozenset[str]] = {}
    for kind in lexicon.classes.values():
        for trigger in kind.triggers:
            if trigger.kind == "noun":
                turning = {verb for verb, frame in trigger.reversed.items() if frame or verb in _GRANTING}
                words = {w for light in trigger.light for w in lexicon.words.get(light, (light,))} | turning
                out[trigger.name] = out.get(trigger.name, frozenset()) | frozenset(words)
    return out
