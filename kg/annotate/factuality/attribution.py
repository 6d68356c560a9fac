"""Tell who says what: the sources above a word in reported speech, "according to", and direct quotations.

Only entities are sources. The nearest one is whom the text cites, those further out passed it on ("state media
reported that an ambassador said"). A sentence after the quotation is the author's own again.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.align import PARAGRAPHS
from kg.annotate.clauses.tree import Tree, first_of_list, sets_scene, word_set
from kg.annotate.factuality.operators import Operators
from kg.annotate.factuality.quotes import DirectSpeech
from kg.annotate.factuality.speakers import Source, Speakers
from kg.annotate.factuality.states import States
from kg.annotate.layers import EventDraft

__all__ = ["Attributions"]

_LIMIT = 25
_WHO = frozenset({"WDT", "WP", "WP$", "WRB", "IN"})
# To deny these is to refuse or to reject them, not to say that there are none.
_ASKED_FOR = word_set(
    "request application appeal bid petition motion loan visa permit permission access entry bail "
    "allegation accusation charge"
)
_VIEWS = word_set("view opinion word words judgment judgement estimation eyes telling assessment account")
# Who does not think so says that it is not so.
_RAISING = word_set("believe think")
_RANKED = word_set("latest first second third another new fresh rare")
_SETTING = word_set("after before while when as since until once because although though whereas")


class Attributions:
    """The sources of one document's words."""

    def __init__(self, doc: Doc, tree: Tree, operators: Operators, states: States) -> None:
        self.doc = doc
        self.states = states
        self.tree = tree
        self.operators = operators
        self.speakers = Speakers(doc, tree)
        self.speech = DirectSpeech(tree, operators, self.speakers, doc.user_data.get(PARAGRAPHS, frozenset()))
        self._set_off = self._colons()

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
        tree, at = self.tree, i
        found: list[Source] = []
        spoken = self.speech.source(i)
        if spoken is not None and spoken.verb != i:
            found.append(spoken)
        found += self._colon(i)
        for _ in range(_LIMIT):
            found += self._beside(at, i)
            head = tree.heads[at]
            if head == at:
                break
            if not self.speech.is_quoted(at) and (self._is_reporters(at) or self._is_setting(at)):
                break
            if self._steps_out(at, head):
                head = tree.heads[head]  # the verb of speech itself, whose sibling it is
            else:
                source = self._by(at, head)
                if source is not None and not self._is_appended(at, source.verb, i):
                    found += [*self.speakers.cited(at), *self.speakers.cited(source.verb), source]
            at = head
        return _without_repeats(found)

    def _steps_out(self, at: int, first: int) -> bool:
        """Tell "said they had agreed, but stopped short": the simple past goes with "said", not with "had agreed"."""
        tree = self.tree
        if tree.deps[at] != "conj" or tree.tags[at] != "VBD" or tree.deps[first] != "ccomp":
            return False
        if tree.words[at].endswith("ed") and "," not in tree.words[first:at] and tree.heads[at] == first:
            return False  # "said they had boarded it and arrested him": "arrested" may go with "had"
        perfect = any(tree.words[c] == "had" for c in tree.children[first] if tree.deps[c] == "aux")
        return perfect and tree.child(at, "nsubj", "nsubjpass") is None and tree.tags[tree.heads[first]] == "VBD"

    def _is_reporters(self, at: int) -> bool:
        """Tell "said the deal, which Chad signed in May, was dead": what is known anyway is the reporter's own."""
        tree = self.tree
        start = tree.left[at]
        if tree.deps[at] != "relcl" or start == 0 or tree.tags[start] not in _WHO:
            return False
        if tree.words[start - 1] != "," and tree.deps[tree.heads[at]] != "appos":  # ", a step that angered Chad"
            return False
        return not any(tree.tags[c] == "MD" for c in tree.children[at])

    def _is_setting(self, at: int) -> bool:
        """Tell "accused Chad of arming rebels after it closed the border": when it was, the reporter tells."""
        tree = self.tree
        if not sets_scene(tree, at):
            return False
        above = tree.heads[at]
        while tree.deps[above] in {"xcomp", "acl"}:
            above = tree.heads[above]
        return tree.deps[above] == "pcomp" and tree.heads[at] < at

    def _by(self, at: int, head: int) -> Source | None:
        """Return the source if the word at ``head`` says what ``at`` heads."""
        tree = self.tree
        slot = self._slot(at, head)
        verb = head
        if slot is None:
            return None
        if slot == tree.words[head] and tree.deps[first_of_list(tree, head)] == "prep":  # "accused them of selling"
            verb = tree.heads[first_of_list(tree, head)]
        elif self.states.is_dismissed(at) and tree.heads[at] == verb:  # "rejected claims that it had sold"
            return self.speakers.source(verb)
        if not self.operators.says(tree, verb, slot) or self._is_unsaid(verb):
            return None
        return self.speakers.source(verb)

    def _slot(self, at: int, head: int) -> str | None:
        """Return the slot of the saying word in which ``at`` stands, None where it only sets the scene."""
        tree = self.tree
        dep = tree.deps[at]
        if tree.deps[first_of_list(tree, head)] == "prep" and dep in {"pobj", "pcomp"}:
            return tree.words[head]
        infinitive = any(tree.words[c] == "to" and tree.deps[c] == "aux" for c in tree.children[at])
        if dep in {"dobj", "nsubjpass"} and not tree.is_verb(at):
            return None if tree.lemmas[at] in _ASKED_FOR else "object"
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
        """Tell "did not say that" and "refused to say whether" from "does not believe that", which denies it."""
        return self.states.of(verb).negated and self.tree.lemmas[verb] not in _RAISING

    def _beside(self, at: int, target: int) -> list[Source]:
        """Return sources that hang on a word of the way up: "…, she said", "according to her"."""
        tree, found = self.tree, []
        for c in tree.children[at]:
            if c != target and self._is_aside(c, target) and not self._is_appended(at, c, target):
                found += [*self.speakers.cited(c), self.speakers.source(c)]
            elif tree.words[c] == "according":
                objects = [g for p in tree.children[c] for g in tree.children[p] if tree.deps[g] == "pobj"]
                if tree.left[c] <= target < tree.right[c]:
                    continue
                found += [Source(c, self.speakers.entities(o) or self.speakers.citing(o)) for o in objects]
            elif tree.words[c] == "in" and tree.deps[c] == "prep":
                found += self._viewed(c, target)
        return found

    def _is_appended(self, at: int, verb: int, target: int) -> bool:
        """Tell "…, the army said, in the latest raid on Chad", "…, the agency said, as talks ended": the reporter's."""
        tree = self.tree
        branch = next((c for c in tree.children[at] if tree.left[c] <= target < tree.right[c]), None)
        if branch is None or not at < verb < branch or tree.words[tree.left[branch] - 1] != ",":
            return False
        if tree.words[branch] == "in" and tree.deps[branch] == "prep":
            noun = tree.child(branch, "pobj")
            described = tree.children[noun] if noun is not None else []
            return any(tree.tags[c] == "JJS" or tree.words[c] in _RANKED for c in described)
        finite = tree.deps[branch] == "advcl" and tree.child(branch, "nsubj", "nsubjpass") is not None
        return finite and any(tree.words[c] in {"as", "while"} for c in tree.children[branch] if c < branch)

    def _viewed(self, prep: int, target: int) -> list[Source]:
        """Return the source of "in Lind's view"."""
        tree = self.tree
        view = tree.child(prep, "pobj")
        if view is None or tree.words[view] not in _VIEWS or tree.left[prep] <= target < tree.right[prep]:
            return []
        return [Source(prep, self.speakers.entities(o)) for o in tree.children[view] if tree.deps[o] == "poss"]

    def _is_aside(self, verb: int, target: int) -> bool:
        """Tell "…, Keita said" behind or inside the sentence that it reports, where the parser hung it below."""
        tree = self.tree
        if verb in tree.ancestors(target) or tree.child(verb, "nsubj") is None:
            return False
        if tree.deps[verb] == "advcl":
            return self._is_put(verb)
        return tree.deps[verb] == "parataxis" and self.operators.says(tree, verb, "complement")

    def _is_put(self, verb: int) -> bool:
        """Tell "as Keita put it" and "as Keita said", which say all of it, from "as Keita said goodbye"."""
        tree = self.tree
        if not any(tree.words[c] == "as" and c == tree.left[verb] for c in tree.children[verb]):
            return False
        told = [c for c in tree.children[verb] if tree.deps[c] in {"dobj", "ccomp", "xcomp"}]
        if tree.lemmas[verb] == "put":
            return [tree.words[c] for c in told] == ["it"]
        return not told and self.operators.says(tree, verb, "complement")

    def _colon(self, i: int) -> list[Source]:
        """Return the source that a colon sets off: "Keita: Mali will stay", "Mali will stay: Keita"."""
        return [s for start, end, s in self._set_off if start <= i < end]

    def _colons(self) -> list[tuple[int, int, Source]]:
        """Return the stretches that a colon gives to a name which stands alone on its other side."""
        tree, out = self.tree, []
        for at in (i for i, word in enumerate(tree.words) if word == ":"):
            start, end = _sentence(tree, at)
            for mention in self.doc._.kg_mentions:
                if (mention.start, mention.end) == (start, at):
                    out.append((at + 1, end, Source(at, mention.entities)))
                elif mention.start == at + 1 and mention.end == end:
                    out.append((start, at, Source(at, mention.entities)))
        return out


def _sentence(tree: Tree, i: int) -> tuple[int, int]:
    """Return the tokens of the sentence around ``i``."""
    while tree.heads[i] != i:
        i = tree.heads[i]
    return tree.left[i], tree.right[i]


def _without_repeats(sources: list[Source]) -> list[Source]:
    """Drop a source that the climb met twice: by the quotation and by the tree."""
    out: list[Source] = []
    for source in sources:
        if not any(s.verb == source.verb or (s.entities and s.entities == source.entities) for s in out):
            out.append(source)
    return out
