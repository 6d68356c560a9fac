"""What stands at a word itself: its negation, auxiliaries and adverbs, and what its form tells."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.clauses.tree import Tree, word_set
from kg.annotate.factuality.operators import Operators

__all__ = ["Cues"]

_ADVERBIAL = frozenset({"advmod", "npadvmod", "prep"})
_NEGATIVE = word_set("no neither none nobody nothing nor")
_SCARCE = word_set("few little")
# "at no point did", "under no circumstances", "by no means"
_NEVER_WORDS = word_set("point time stage moment circumstance condition account means way case")
_ONLY = word_set("only just merely simply")
_ABLE = word_set("can ca could")
_PAST_OF_WILL = word_set("would 'd ’d")
_SUBJECTS = word_set("nsubj nsubjpass")
_NEGATABLE = word_set("nsubj nsubjpass csubj csubjpass expl dobj attr")
_EXISTING = word_set("earlier existing previous past former current recent ongoing")
_SINGLING = word_set("first second third fourth fifth sixth seventh eighth ninth tenth last only latest")
_DEFINITE = word_set("the this that these those")


def _is_opened(words: Sequence[str]) -> bool:
    """Tell whether a quotation begins and does not end among words."""
    return sum(w in {'"', "“", "”", "``", "''"} for w in words) % 2 == 1


class Cues:
    """Reads the words of one document and those that hang on them, nothing above."""

    def __init__(self, tree: Tree, operators: Operators) -> None:
        self.tree = tree
        self.operators = operators

    # ------------------------------------------------------------ negation

    def negated(self, i: int) -> bool:
        """Tell whether a verb is negated where it stands: "not", "never", "neither … nor", "no one", "signed nothing".

        A coordinated verb takes the negation of the first with its auxiliary ("did not sign or ratify").
        """
        tree = self.tree
        if any(self._negates(c, i) for c in tree.children[i]):
            return True
        if tree.deps[i] == "conj" and any(tree.words[c] == "nor" for c in tree.children[tree.heads[i]] if c < i):
            return True
        first = self.lender(i)
        return first is not None and self.has_not(first) and self._shares_negation(first, i)

    def is_counterfactual(self, i: int) -> bool:
        """Tell "would have signed" and "should have signed", which did not."""
        tree = self.tree
        auxiliaries = {tree.words[c] for c in tree.children[i] if tree.deps[c] == "aux"}
        return tree.tags[i] == "VBN" and "have" in auxiliaries and bool(auxiliaries & {"would", "should"})

    def is_inverted(self, i: int) -> bool:
        """Tell "had Mali signed, …" and "should Mali sign, …", which are conditions."""
        tree = self.tree
        subject = tree.child(i, "nsubj", "nsubjpass")
        first = tree.child(i, "aux", "auxpass")
        return subject is not None and first is not None and first < subject and tree.words[first] in {"had", "should"}

    def _negates(self, c: int, verb: int) -> bool:
        tree = self.tree
        dep, word = tree.deps[c], tree.words[c]
        if dep == "neg":
            return tree.words[c + 1 : c + 2] != [] and tree.words[c + 1] not in _ONLY
        if dep in {"preconj", "cc"} and word in {"neither", "nor"}:
            return c < verb
        if dep in _ADVERBIAL and any(tree.words[g] == "neither" for g in tree.children[c]):
            return True  # "recognised Palestine neither then nor later"
        noun = tree.child(c, "pobj") if dep == "prep" else None
        if noun is not None and tree.lemmas[noun] in _NEVER_WORDS and self.is_none(noun):
            return True
        apart = word == "none" and tree.words[c - 1] == ","  # "three died, none because of the vaccine"
        return dep in _NEGATABLE and self.is_none(c) and not apart

    def _shares_negation(self, first: int, i: int) -> bool:
        """Tell "did not sign or ratify" from "did not sign and left"."""
        tree = self.tree
        between = set(tree.words[first:i])
        return bool(between & {"or", "nor"}) or (tree.tags[i] == "VB" and "but" not in between)

    def has_not(self, i: int) -> bool:
        """Tell whether "not" or the like hangs on a verb."""
        return any(self.tree.deps[c] == "neg" for c in self.tree.children[i])

    def is_none(self, i: int) -> bool:
        """Tell whether a noun phrase says that there is none: "no treaty", "neither side", "nobody"."""
        tree = self.tree
        if tree.words[i] in _NEGATIVE or (tree.words[i] == "one" and i and tree.words[i - 1] == "no"):
            return True
        if tree.words[i] in _SCARCE:  # "few supported it", "little was agreed", but "a few did"
            return tree.deps[i] in _SUBJECTS and tree.left[i] == i
        return any(
            (tree.words[c] in _NEGATIVE and tree.deps[c] in {"det", "neg", "preconj"}) or self._is_not_one(c)
            for c in tree.children[i]
        )

    def _is_not_one(self, c: int) -> bool:
        """Tell "not a single minister", "not one of them"."""
        words = self.tree.words
        return words[c] == "not" and (words[c + 1 : c + 2] == ["one"] or words[c + 1 : c + 3] == ["a", "single"])

    # ------------------------------------------------------------ auxiliaries and adverbs

    def lender(self, i: int) -> int | None:
        """Return the first of coordinated verbs where ``i`` has no auxiliary of its own and takes its."""
        tree = self.tree
        first = i
        while tree.deps[first] == "conj" and tree.is_verb(tree.heads[first]):
            if tree.child(first, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
                return None
            first = tree.heads[first]
            if tree.tags[first] != tree.tags[i] and not self._is_alternative(first, i):
                return None
        return first if first != i and tree.child(first, "aux", "auxpass") is not None else None

    def _is_alternative(self, first: int, i: int) -> bool:
        """Tell "has never threatened or | attacked it", a participle that looks like a simple past."""
        tree = self.tree
        return (tree.tags[first], tree.tags[i]) == ("VBN", "VBD") and bool({"or", "nor"} & set(tree.words[first:i]))

    def effects(self, i: int) -> list[str]:
        """Return the effects of a verb's auxiliaries (its lender's where it has none) and adverbs."""
        lender = self.lender(i)
        return [*self._auxiliaries(i if lender is None else lender), *self._adverbs(i)]

    def _auxiliaries(self, i: int) -> list[str]:
        tree = self.tree
        out = [e for c in tree.children[i] if tree.deps[c] in {"aux", "auxpass"} and (e := self._auxiliary(c, i))]
        if tree.words[i] == "going" and any(tree.tags[c] == "VB" for c in tree.children[i] if tree.deps[c] == "xcomp"):
            out.append("planned")
        return out

    def _auxiliary(self, c: int, verb: int) -> str | None:
        """Return the effect of an auxiliary; "would" is a plan in reported speech, else a possibility."""
        tree = self.tree
        word = tree.words[c]
        if word in _ABLE and self.has_not(verb):
            return None  # "could not sign" did not; "may not sign" is open
        if word in _PAST_OF_WILL and tree.tags[c] == "MD":
            return "planned" if self._is_reported(verb) else "possible"
        if word == "to":  # "Chad to host talks", a headline
            headline = tree.heads[verb] == verb and tree.child(verb, "nsubj", "nsubjpass") is not None
            return "planned" if headline else None
        return self.operators.word(tree, c, "auxiliary")

    def _is_reported(self, i: int) -> bool:
        """Tell whether a verb stands in reported speech."""
        tree = self.tree
        for _ in range(6):
            asides = (c for c in tree.children[i] if tree.deps[c] == "parataxis")
            if tree.deps[i] == "ccomp" or any(self.operators.says(tree, c, "complement") for c in asides):
                return True
            if tree.heads[i] == i:
                return False
            i = tree.heads[i]
        return False

    def _adverbs(self, i: int) -> list[str]:
        tree = self.tree
        adverbs = [c for c in tree.children[i] if tree.deps[c] in {"advmod", "neg"}]
        adverbs += [g for c in adverbs if tree.words[c] == "ever" for g in tree.children[c]]  # "hardly ever"
        found = (self.operators.word(tree, c, "adverb") for c in adverbs)
        return [effect for effect in found if effect and not (effect == "negated" and self.has_not(i))]

    # ------------------------------------------------------------ forms

    def marks(self, i: int) -> frozenset[str]:
        """Return the conjunctions and adverbs in front of a clause: "if", "before", "how"."""
        tree = self.tree
        return frozenset(tree.words[c] for c in tree.children[i] if tree.deps[c] in {"mark", "advmod"} and c < i)

    def is_infinitive(self, i: int) -> bool:
        """Tell "to sign" and "to be signed" from other forms."""
        return any(self.tree.words[c] == "to" and self.tree.deps[c] == "aux" for c in self.tree.children[i])

    def is_bare_infinitive(self, i: int) -> bool:
        """Tell "will see him | resign": a bare verb without auxiliary or conjunction."""
        tree = self.tree
        return tree.tags[i] == "VB" and not any(tree.deps[c] in {"aux", "auxpass", "mark"} for c in tree.children[i])

    def is_perfect(self, i: int) -> bool:
        """Tell "to have signed", "has signed"."""
        return any(self.tree.lemmas[c] == "have" and self.tree.deps[c] == "aux" for c in self.tree.children[i])

    def is_past(self, i: int) -> bool:
        """Tell whether a clause is finite and in the past, or the perfect."""
        tree = self.tree
        auxiliaries = [c for c in tree.children[i] if tree.deps[c] in {"aux", "auxpass"}]
        if any(tree.tags[c] in {"MD", "TO"} for c in auxiliaries):
            return False
        return tree.tags[i] == "VBD" or any(tree.tags[c] == "VBD" or tree.lemmas[c] == "have" for c in auxiliaries)

    def has_condition(self, i: int) -> bool:
        """Tell whether an if-clause hangs on a verb, and not inside words that are quoted behind it."""
        tree = self.tree
        return any(
            tree.deps[c] == "advcl"
            and not _is_opened(tree.words[i : tree.left[c]])
            and any(tree.deps[m] == "mark" and tree.words[m] == "if" for m in tree.children[c])
            for c in tree.children[i]
        )

    def is_definite(self, i: int) -> bool:
        """Tell whether a noun has a definite article, a possessor, or is called an earlier or existing one."""
        tree = self.tree
        return self.is_existing(i) or any(
            tree.deps[c] == "poss" or tree.words[c] in _DEFINITE for c in tree.children[i]
        )

    def is_existing(self, i: int) -> bool:
        """Tell "earlier agreements", "the ongoing talks"."""
        return any(self.tree.words[c] in _EXISTING for c in self.tree.children[i])

    def is_singled_out(self, noun: int) -> bool:
        """Tell "the first delegation (to visit Lima)", which did what the infinitive says."""
        tree = self.tree
        return any(tree.words[c] in _SINGLING or tree.tags[c] == "JJS" for c in tree.children[noun])

    def is_done(self, noun: int) -> bool:
        """Tell "the agreement reached on Thursday" and "the talks that began in May" from what is still to come."""
        tree = self.tree
        return any(
            (tree.deps[c], tree.tags[c], self.operators.effect(tree, c, slot)) == (dep, tag, "actual")
            for c in tree.children[noun]
            for dep, tag, slot in (("acl", "VBN", "object"), ("relcl", "VBD", "subject"))
        )
