"""Mend what the small parser gets wrong in the same way again and again, before anything reads the tree.

one; two                          two sentences, of which it calls one a complement: ``juxtaposed``
sold Mali drones                  two objects behind a verb of giving: the first is the one given to
sold Peru gas                     the same, read as one phrase
said A had done …, and urged B    a simple past behind a past perfect goes with the verb of speech
asked A to go and promised B      a simple past behind an infinitive or gerund goes with the verb that governs that
said in a letter that A left      what is said hangs on "said", not on the letter
barred from running by A          the doer of a passive, which it hangs on the gerund below
accused the aide, A, of lying     of what somebody is accused hangs on the verb
accused the group of genocide     the same
fined A 5 million euros           the sum is one object, A the other
said on Friday it had left        the day hangs on "said"
A backs the ban and B wants it    B is who wants, and not what A backs
agreed to join, share and train   a bare verb of a list goes with the infinitive before it
by the deal, A and B will share   the subject, and not what the deal is
A and B, old allies, said         what A and B are, and not two more of the list
at the talks to be held in May    the talks are held, and not what is done there
A exports gas to B                a verb with a subject qualifies no noun
demands that A hand over power    a verb, and not a noun behind "that"
A would go, B said, and had left  the second is said as well
denies A has debts and urges B     who denies it urges
denied his arrest was unfair      the arrest was unfair
said A would go, while B left     the reporter tells of B
A had left, B told C              what is said, and not the first of a list
pressed A to stop buying          who is pressed is who stops
A is working with B               a verb in the continuous form, and not what A is
designated A a terrorist group    what A is called
called it "a great day"           what something is called
X, the head of the Y party, who   "who" means X, not the party
the government of X, which        "which" means the government
an award of 3%, which             "which" means the award
an attack on A that killed        "that" means the attack
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.annotate.clauses.lists import (
    complete_gerund,
    free_subject,
    go_on_infinitive,
    hold_meeting,
    name_behind,
    read_subjunctive,
    revive_gerund,
    revive_verb,
    start_noun,
)
from kg.annotate.clauses.objects import call, control, free_object, name_object, part_objects
from kg.annotate.clauses.parse import SUBJECTS, Parse
from kg.annotate.clauses.phrases import hang_phrase
from kg.annotate.clauses.reported import (
    go_on_denied,
    go_on_said,
    hang_contrast,
    hang_on_speech,
    place_past,
    place_present,
    speak_behind,
    take_subject,
)
from kg.annotate.names.nouns import words as words_of

__all__ = ["repair"]

_NOBODY = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "PRODUCT", "EVENT"})
_HARMING = frozenset({"claim", "damage", "destroy", "hurt", "injure", "kill", "leave", "maim", "wound"})
_BLOWS = frozenset({
    "accident", "airstrike", "ambush", "assault", "attack", "blast", "blaze", "bombing", "clash", "collision", "crash",
    "earthquake", "explosion", "fire", "flood", "massacre", "operation", "quake", "raid", "riot", "shelling",
    "shooting", "stampede", "storm", "strike",
})  # fmt: skip
_SHOWING = frozenset({"evidence", "guarantee", "hint", "indication", "proof", "sign"})
_PHRASAL = frozenset({"pobj", "prep", "appos", "compound", "nmod", "poss"})


def repair(parse: Parse) -> None:
    """Change labels and heads of a parse in place."""
    deps, tags, heads = parse.deps, parse.tags, parse.heads
    for i, dep in enumerate(deps):
        mend = _MENDING.get(dep)
        if mend is not None:
            mend(parse, i)
        if dep in {"acl", "relcl", "ccomp"} and tags[heads[i]] == "NN" and tags[i][:2] in {"VB", "MD"}:
            hang_on_speech(parse, i)


def _complement(parse: Parse, i: int) -> None:
    if _is_juxtaposed(parse, i):
        parse.deps[i] = "juxtaposed"
    elif parse.tags[i] == "NN":
        read_subjunctive(parse, i)
    elif parse.tags[i][:2] == "VB":
        take_subject(parse, i)


def _beside(parse: Parse, i: int) -> None:
    if parse.ents[i] not in {"DATE", "TIME"}:
        call(parse, i)
        if parse.deps[i] == "appos":
            free_subject(parse, i)


def _join(parse: Parse, i: int) -> None:
    """Hang a member of a list where it belongs."""
    if parse.tags[i] in {"VB", "VBP", "NN"} and parse.tags[parse.heads[i]][:2] == "VB":
        if parse.tags[i] == "NN":
            revive_verb(parse, i)
        go_on_infinitive(parse, i)
    elif parse.tags[i] == "NNS":
        name_behind(parse, i)
    elif parse.tags[i][:2] == "VB":
        go_on_said(parse, i)
    if parse.tags[i] not in {"VBD", "VBZ", "VBP"}:
        return
    if parse.tags[i] == "VBD":
        place_past(parse, i)
        speak_behind(parse, i)
    elif parse.tags[i] == "VBZ":
        place_present(parse, i)
    if parse.deps[i] == "conj":
        _find_doer(parse, i)


def _hang_infinitive(parse: Parse, i: int) -> None:
    """Hang an infinitive on the list, noun or object to which it belongs."""
    if parse.tags[i] == "VBN":
        hold_meeting(parse, i)
    elif parse.tags[i] == "VBG":
        complete_gerund(parse, i)
        go_on_denied(parse, i)
        start_noun(parse, i)
    elif parse.tags[i] == "VBD":
        hang_contrast(parse, i)
    elif parse.tags[i] != "VB":
        return
    elif parse.deps[i] == "advcl" and parse.lemmas[parse.heads[i]] in words_of("control_verbs"):
        control(parse, i)
    elif parse.deps[i] == "xcomp" and parse.words[i - 1] in {",", "and", "or"}:
        go_on_infinitive(parse, i)


def _find_doer(parse: Parse, i: int) -> None:
    """Make a subject of a name that the parser lists with the object before it: "backs the ban and | B wants"."""
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    first = heads[i]
    if parse.hanging(i, first, i, *SUBJECTS) or parse.hanging(first, first, i, "cc") or tags[first][:2] != "VB":
        return
    thing = next(iter(parse.hanging(first, first, i, "dobj")), None)
    doer = parse.hanging(thing, thing, i, "conj")[-1:] if thing is not None else []
    links = parse.hanging(thing, thing, doer[0], "cc") if thing is not None and doer else []
    named = bool(doer) and (tags[doer[0]] in {"NNP", "NNPS"} or _is_own_speaker(parse, doer[0], i))
    if len(links) == 1 and named and parse.words[i - 1] not in {"and", "or", "but"}:
        heads[doer[0]], deps[doer[0]] = i, "nsubj"
        heads[links[0]] = first


def _is_own_speaker(parse: Parse, noun: int, verb: int) -> bool:
    """Tell "denied the charges and | his lawyer, A, | said": somebody's own who speaks is no second object."""
    owned = parse.hanging(noun, max(0, noun - 4), noun, "poss")
    return bool(owned) and parse.lemmas[verb] in words_of("reporting_verbs")


def _is_juxtaposed(parse: Parse, i: int) -> bool:
    """Tell a sentence before a semicolon from a complement: the mark hangs on the verb behind it."""
    head = parse.heads[i]
    between = range(i + 1, head) if i < head else range(head + 1, i)
    return any(parse.words[j] == ";" and parse.heads[j] in {i, head} for j in between)


def _find_antecedent(parse: Parse, i: int) -> None:
    """Hang a relative clause on the person, or the thing measured, that its pronoun means."""
    if parse.tags[i][:2] not in {"VB", "MD"}:
        return
    noun = parse.heads[i]
    if parse.lemmas[noun] in _SHOWING and any(parse.words[c] == "that" for c in parse.hanging(i, noun, i, "mark")):
        parse.deps[i] = "acl"  # "evidence that A left"
        return
    pronoun = next((parse.words[c] for c in range(noun + 1, i) if parse.tags[c] in {"WP", "WDT"}), "")
    if pronoun in {"that", "which"} and parse.lemmas[i] in _HARMING and parse.deps[noun] == "pobj":
        blow = _climb(parse, noun, lambda t: parse.lemmas[t] in _BLOWS)
        parse.heads[i] = noun if blow is None else blow
    elif pronoun in {"who", "whom"} and parse.ents[noun] in _NOBODY:
        person = _climb(parse, noun, lambda t: parse.ents[t] == "PERSON")
        parse.heads[i] = noun if person is None else person
    elif pronoun == "which" and parse.ents[noun] == "PERSON":
        thing = _climb(parse, noun, lambda t: parse.ents[t] != "PERSON" and parse.tags[t][:2] == "NN")
        parse.heads[i] = noun if thing is None else thing
    elif pronoun == "which" and parse.deps[noun] == "pobj" and _is_measure(parse, noun):
        whole = parse.heads[parse.heads[noun]]
        parse.heads[i] = whole if parse.tags[whole].startswith("NN") else noun


def _is_measure(parse: Parse, i: int) -> bool:
    return parse.tags[i] == "CD" or parse.words[i] in {"%", "percent"}


def _climb(parse: Parse, i: int, fits: Callable[[int], bool]) -> int | None:
    """Return the nearest token above a noun that fits, through phrases and appositions only."""
    for _ in range(6):
        if parse.deps[i] not in _PHRASAL:
            return None
        i = parse.heads[i]
        if fits(i):
            return i
    return None


def _continue(parse: Parse, i: int) -> None:
    """Make a verb of "is | working with B", where the parser saw a noun behind a copula."""
    heads, deps = parse.heads, parse.deps
    copula = heads[i]
    plain = parse.tags[i] == "VBG" and parse.lemmas[copula] == "be" and copula < i
    if not plain or parse.hanging(i, copula, i, "det", "poss", "amod", "compound", "nummod"):
        return
    subjects = parse.hanging(copula, max(0, copula - 60), copula, "nsubj")
    if not subjects:
        return
    for j in range(max(0, copula - 60), min(len(heads), i + 60)):
        if heads[j] == copula and j not in {copula, i}:
            heads[j] = i
    heads[i], deps[i] = (i, deps[copula]) if heads[copula] == copula else (heads[copula], deps[copula])
    heads[copula], deps[copula] = i, "aux"


def _qualify(parse: Parse, i: int) -> None:
    if parse.tags[i] == "VBG":
        revive_gerund(parse, i)


_MENDING: Mapping[str, Callable[[Parse, int], None]] = {
    "ccomp": _complement,
    "dobj": part_objects,
    "compound": part_objects,
    "nmod": part_objects,
    "conj": _join,
    "relcl": _find_antecedent,
    "advcl": _hang_infinitive,
    "xcomp": _hang_infinitive,
    "attr": _continue,
    "npadvmod": _beside,
    "appos": _beside,
    "agent": hang_phrase,
    "amod": _qualify,
    "pobj": free_object,
    "oprd": name_object,
    "prep": hang_phrase,
}
