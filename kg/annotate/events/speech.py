"""What is said: the reported clause, the words between quotation marks, or the clause that a parenthesis comments."""

from __future__ import annotations

from kg.annotate.clauses.tree import word_set
from kg.annotate.events.scene import Scene
from kg.annotate.events.slots import Filled, Slots
from kg.annotate.events.spans import quote_spans
from kg.annotate.layers import Clause, Filler, Slot, TextFiller
from kg.annotate.names.nouns import words
from kg.annotate.openie.extents import trim

__all__ = ["around", "quoted_content", "with_content"]

# Verbs whose object is told or called what is quoted: 'told reporters "…"', 'called it "…"'.
_TELLING = word_set(
    "advise ask assure brief caution inform notify quote reassure remind tell threaten urge warn "
    "brand call characterise characterize describe dub hail label portray"
)
_FRAMING = word_set("after as because before while when")
_PHRASE = 5
"""No more words than these before "X said" may be a phrase of the sentence behind it: "Chad, X said, has left"."""


def with_content(scene: Scene, clause: Clause, slots: Slots) -> tuple[Slots, tuple[int, int] | None]:
    """Return the slots of a verb of speech with what is said as ``complement``, and its range where quotes give it.

    A clause with a complement, and one without quotation nearby, comes back as it is.
    """
    told = _told_behind_colon(scene, clause, slots)
    if told is not None:
        return {**slots, "complement": [Filled(told[0], (told[0],))]}, told
    if "complement" in slots or ("infinitive" in slots and scene.tree.deps[clause.head] == "relcl"):
        return slots, None
    if _accompanies_speech(scene, clause):
        return slots, None
    above = _commented(scene, clause)
    if above is not None:
        return {**slots, "complement": [Filled(above, (above,))]}, None
    span = quoted_content(scene, clause)
    if span is not None and (_is_told_before(scene, clause, span) or _says_other(scene, clause, slots, span)):
        return slots, None
    inner = slots.get("infinitive", [])
    if span is None or any(scene.tree.left[f.head] <= span[0] < scene.tree.right[f.head] for f in inner):
        return slots, None
    root = next((i for i in range(*span) if not span[0] <= scene.tree.heads[i] < span[1]), span[0])
    return {**slots, "complement": [Filled(root, (root,))]}, span


def _told_behind_colon(scene: Scene, clause: Clause, slots: Slots) -> tuple[int, int] | None:
    """Return what is quoted in 'Kone hit back: "It is a lie," he wrote', where the parser takes all of it for told."""
    tree = scene.tree
    for filled in slots.get("complement", []):
        span = quoted_content(scene, clause) if filled.head < clause.head else None
        if span is not None and tree.left[filled.head] < span[0] < clause.head and tree.words[span[0] - 2] == ":":
            return span
    return None


def _accompanies_speech(scene: Scene, clause: Clause) -> bool:
    """Tell "writing on X, … said": what is quoted belongs to the verb above."""
    tree, i = scene.tree, clause.head
    participle = tree.tags[i] == "VBG" and tree.deps[i] in {"advcl", "acl", "conj"} and tree.child(i, "ccomp") is None
    return participle and tree.child(i, "nsubj", "dobj") is None


def _says_other(scene: Scene, clause: Clause, slots: Slots, span: tuple[int, int]) -> bool:
    """Tell 'maintained contact, agreeing on a "shared plan"': nobody is told it, and no colon opens it."""
    tree = scene.tree
    told = clause.lemma in _TELLING or tree.words[span[0] - 2 : span[0] - 1] == [":"]
    objects = [f.head for f in slots.get("object", []) if not span[0] <= f.head < span[1]]
    return bool(objects) and not told


def _is_told_before(scene: Scene, clause: Clause, span: tuple[int, int]) -> bool:
    """Tell 'called it "a lifeline" and urged them to stay': what is quoted belongs to the first verb of the list."""
    tree, i = scene.tree, clause.head
    if tree.deps[i] == "conj" and tree.heads[i] < span[0] and span[1] <= i:
        return True
    between = range(span[1], i) if span[1] <= i else range(i + 1, span[0])
    if any(tree.is_verb(v) and tree.lemmas[v] in words("reporting_verbs") for v in between):
        return True  # '"We agree," Diaz told them, adding that she had briefed Lima'
    root = next((t for t in range(*span) if not span[0] <= tree.heads[t] < span[1]), span[0])
    inner = next((a for a in tree.ancestors(root) if tree.is_verb(a) and not span[0] <= a < span[1]), i)
    speaks = tree.lemmas[inner] in words("reporting_verbs")
    return inner != i and speaks and tree.left[i] <= inner < tree.right[i]  # "threatens it as Y says 'no'"


def _commented(scene: Scene, clause: Clause) -> int | None:
    """Return the verb of "X, he said, is Y" where the parser hangs "said" below it."""
    tree, i = scene.tree, clause.head
    if tree.deps[i] == "parataxis":
        above = tree.heads[i]
        mark = tree.child(above, "mark")
        if mark is not None and mark > i and tree.heads[above] < i:
            above = tree.heads[above]  # "X is Y, he said, after Z had left", with "said" hung on "left"
        return above if tree.is_verb(above) and tree.child(i, "mark") is None else None
    return None


def around(scene: Scene, clause: Clause, content: Filler) -> Filler:
    """Return what is said without the words "..., he said, ..." where they stand inside it: the part with its verb.

    Where that verb stands behind both, the longer part; what "after" or "as" opens behind "said" is no such part.
    """
    if not isinstance(content, TextFiller) or not content.start <= clause.head < content.end:
        return content
    subject = clause.first(Slot.SUBJECT)
    first = min(clause.head, scene.tree.left[subject.head] if subject is not None else clause.head)
    before, after = list(range(content.start, first)), list(range(clause.head + 1, content.end))
    told = scene.tree.heads[clause.head] if scene.tree.deps[clause.head] == "parataxis" else -1
    opening = next((t for t in after if scene.tree.words[t] != ","), clause.head)
    framed = scene.tree.words[opening] in _FRAMING and len(before) > _PHRASE
    kept = trim(scene.tree, before if framed or told in before else max(before, after, key=len))
    return TextFiller(kept[0], kept[-1] + 1) if kept else content


def quoted_content(scene: Scene, clause: Clause) -> tuple[int, int] | None:
    """Return the longest quotation in the sentence of a clause, or the one that follows its colon."""
    doc, tree = scene.doc, scene.tree
    sent = doc[clause.head].sent
    spans = quote_spans(tree, scene.quotes, sent.start, sent.end)
    spans = [s for s in spans if not s[0] <= clause.head < s[1]]
    if not spans and tree.words[sent.end - 1] in {":", ","} and sent.end < len(doc):
        after = doc[sent.end].sent
        spans = quote_spans(tree, scene.quotes, after.start, after.end)[:1]
    long = [(a, b - (tree.words[b - 1] == ",")) for a, b in spans if b - a > 3]
    return max(long, key=lambda s: s[1] - s[0], default=None)
