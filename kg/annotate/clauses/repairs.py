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
A had left, B told C              what is said, and not the first of a list
pressed A to stop buying          who is pressed is who stops
A is working with B               a verb in the continuous form, and not what A is
called it "a great day"           what something is called
X, the head of the Y party, who   "who" means X, not the party
the government of X, which        "which" means the government
an award of 3%, which             "which" means the award
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
    revive_predicate,
    revive_verb,
    start_noun,
)
from kg.annotate.clauses.parse import SUBJECTS, Parse
from kg.annotate.clauses.reported import go_on_said, hang_on_speech, hang_time, place_past, speak_behind
from kg.annotate.names.nouns import words as words_of

__all__ = ["repair"]

_CALLING = frozenset({"call", "dub", "brand", "label", "deem", "name"})
# The preposition behind the object that a verb wants: "sentenced A to death".
_WANTED = {
    "accuse": ("of",), "appoint": ("as",), "arrest": ("for", "on"), "ban": ("from",), "charge": ("with",),
    "fine": ("for",), "hand": ("to",), "jail": ("for",), "name": ("as",), "remove": ("from",), "sell": ("to",),
    "send": ("to",),
    "sentence": ("to",), "strip": ("of",),
}  # fmt: skip
_NAMING = frozenset({"appoint", "choose", "crown", "elect", "name", "nominate", "pick", "proclaim", "re-elect"})
_HANDING = frozenset({"sell", "give", "lend", "offer", "pay", "grant", "promise", "owe", "send"})
_QUOTES = frozenset({'"', "“", "‘", "'", "``"})
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit", "clear", "absolve"})
_OFFICES = frozenset({"ministry", "department", "minister", "office", "board", "secretary", "head", "leader", "member"})
_NOBODY = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "PRODUCT", "EVENT"})
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "poss", "advmod", "case", "punct"})
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


def _beside(parse: Parse, i: int) -> None:
    if parse.ents[i] not in {"DATE", "TIME"}:
        _call(parse, i)
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
    if parse.deps[i] == "conj":
        _find_doer(parse, i)


def _hang_infinitive(parse: Parse, i: int) -> None:
    """Hang an infinitive on the list, noun or object to which it belongs."""
    if parse.tags[i] == "VBN":
        hold_meeting(parse, i)
    elif parse.tags[i] == "VBG":
        complete_gerund(parse, i)
        start_noun(parse, i)
    elif parse.tags[i] != "VB":
        return
    elif parse.deps[i] == "advcl" and parse.lemmas[parse.heads[i]] in words_of("control_verbs"):
        _control(parse, i)
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


def _hang_phrase(parse: Parse, i: int) -> None:
    """Hang a prepositional phrase on the verb to which it belongs."""
    head = parse.heads[i]
    if parse.words[i] == "by" and parse.tags[head] == "VBG":
        _raise_doer(parse, i)
    elif parse.deps[i] == "prep" and parse.words[i] == "of" and parse.deps[head] == "dobj":
        _charge(parse, i)
    elif parse.words[i] == "of" and parse.deps[head] == "pobj":
        _charge_by(parse, i)
    elif parse.words[i - 1] == "," and parse.deps[head] == "appos":
        _lift_phrase(parse, i)
    elif parse.deps[i] == "prep" and parse.deps[head] == "ccomp":
        hang_time(parse, i)


def _is_juxtaposed(parse: Parse, i: int) -> bool:
    """Tell a sentence before a semicolon from a complement: the mark hangs on the verb behind it."""
    head = parse.heads[i]
    between = range(i + 1, head) if i < head else range(head + 1, i)
    return any(parse.words[j] == ";" and parse.heads[j] in {i, head} for j in between)


def _part(parse: Parse, i: int) -> None:
    """Part who is given to from what is given."""
    head = parse.heads[i]
    if parse.tags[i] == "VBZ" and parse.deps[i] == "compound":
        revive_predicate(parse, i)
    elif parse.deps[i] == "dobj" and parse.lemmas[head] in _NAMING:
        _part_office(parse, i)
    elif parse.deps[i] == "dobj" and head < i and parse.lemmas[head] in words_of("giving_verbs"):
        _part_objects(parse, i)
    elif parse.deps[i] != "dobj" and parse.tags[i] in {"NNP", "NNPS"}:
        _part_name(parse, i)


def _part_objects(parse: Parse, i: int) -> None:
    """Make a dative of an object right behind which the second one of the same verb begins."""
    second = next(iter(parse.hanging(parse.heads[i], i + 1, min(i + 8, len(parse.deps)), "dobj")), None)
    if second is None:
        return
    if all(parse.deps[j] in _INSIDE and parse.leads_to(j, second) for j in range(i + 1, second)):
        parse.deps[i] = "dative"


def _part_name(parse: Parse, i: int) -> None:
    """Make a dative of a name between a verb of giving and what is given: "sold | Peru | gas", "fined | Acme | $5m"."""
    noun = parse.heads[i]
    verb = parse.heads[noun]
    if parse.deps[noun] != "dobj" or not verb < i < noun:
        return
    bare = noun == i + 1 and parse.tags[noun] in {"NN", "NNS"} and verb == i - 1 and parse.ents[i] == "GPE"
    summed = parse.tags[i + 1] in {"CD", "$"}
    if (bare and parse.lemmas[verb] in _HANDING) or (summed and parse.lemmas[verb] in {*_HANDING, "fine"}):
        parse.heads[i], parse.deps[i] = verb, "dative"


def _find_antecedent(parse: Parse, i: int) -> None:
    """Hang a relative clause on the person, or the thing measured, that its pronoun means."""
    if parse.tags[i][:2] not in {"VB", "MD"}:
        return
    noun = parse.heads[i]
    pronoun = next((parse.words[c] for c in range(noun + 1, i) if parse.tags[c] in {"WP", "WDT"}), "")
    if pronoun in {"who", "whom"} and parse.ents[noun] in _NOBODY:
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


def _control(parse: Parse, i: int) -> None:
    """Make an infinitive behind "pressed A" the complement that A controls."""
    verb = parse.heads[i]
    objects = parse.hanging(verb, verb + 1, i, "dobj")
    marked = any(parse.words[c] == "to" for c in parse.hanging(i, verb + 1, i, "aux"))
    if objects and marked and not any(w in {",", "so", "order"} for w in parse.words[objects[-1] : i]):
        parse.deps[i] = "xcomp"


def _call(parse: Parse, i: int) -> None:
    """Make a predicate of a noun that follows the object of "called" directly: 'called it | "a great day"'.

    Behind a name it is often read as apposition, which it is not in quotation marks: 'called A | "a dictator"'.
    """
    above = parse.heads[i]
    quoted = parse.deps[i] == "appos" and parse.deps[above] == "dobj" and parse.words[above + 1] in _QUOTES
    verb = parse.heads[above] if quoted else above
    objects = parse.hanging(verb, verb + 1, i, "dobj") if parse.lemmas[verb] in _CALLING else []
    plain = quoted or parse.deps[i] == "npadvmod"
    if plain and objects and parse.tags[i] in {"NN", "NNS", "NNP"} and i - objects[-1] < 10:
        parse.heads[i], parse.deps[i] = verb, "oprd"


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


def _charge(parse: Parse, i: int) -> None:
    """Hang what somebody is accused of on the verb: "accused the minister, A, | of taking", "its ally | of taking"."""
    verb = parse.heads[parse.heads[i]]
    taking = parse.hanging(i, i + 1, min(i + 4, len(parse.deps)), "pcomp")
    if parse.lemmas[verb] in _CHARGING and (parse.words[i - 1] == "," or taking or _names_crime(parse, i)):
        parse.heads[i] = verb


def _charge_by(parse: Parse, i: int) -> None:
    """Hang what somebody is accused of on the verb, and not on the accusers: "accused by A | of taking"."""
    agent = parse.heads[parse.heads[i]]
    verb = parse.heads[agent]
    taking = parse.hanging(i, i + 1, min(i + 4, len(parse.deps)), "pcomp")
    if parse.deps[agent] == "agent" and parse.lemmas[verb] in _CHARGING and taking:
        parse.heads[i] = verb


def _lift_phrase(parse: Parse, i: int) -> None:
    """Hang a phrase behind an apposition on the verb that wants it: "jailed his rival, A, | for theft"."""
    noun = parse.heads[i]
    while parse.deps[noun] == "appos":
        noun = parse.heads[noun]
    verb = parse.heads[noun]
    if parse.deps[noun] == "dobj" and parse.words[i] in _WANTED.get(parse.lemmas[verb], ()):
        parse.heads[i] = verb


def _names_crime(parse: Parse, i: int) -> bool:
    """Tell "accused the group | of genocide", a bare noun, from "accused the leader of the group"."""
    noun = next(iter(parse.hanging(i, i + 1, min(i + 5, len(parse.deps)), "pobj")), None)
    if noun is None or parse.tags[noun] != "NN" or parse.lemmas[parse.heads[i]] in _OFFICES:
        return False
    return not parse.hanging(noun, i + 1, noun, "det", "poss")


def _raise_doer(parse: Parse, i: int) -> None:
    """Hang "by A" on the passive verb above "from" and a gerund: "barred from running | by A"."""
    gerund = parse.heads[i]
    prep = parse.heads[gerund]
    if parse.deps[gerund] != "pcomp" or parse.words[prep] not in {"from", "of", "for"}:
        return
    verb = parse.heads[prep]
    passive = parse.hanging(verb, max(0, verb - 12), verb, "auxpass", "nsubjpass")
    if passive and not parse.hanging(gerund, prep, gerund, "auxpass"):
        parse.heads[i] = verb


def _qualify(parse: Parse, i: int) -> None:
    if parse.tags[i] == "VBG":
        revive_gerund(parse, i)


def _name_object(parse: Parse, i: int) -> None:
    """Make an object of who is named to a post: "named | Ana Soto | as chairwoman", "named | a new envoy"."""
    verb = parse.heads[i]
    behind = parse.words[i + 1 : i + 2] == ["as"]
    active = parse.tags[i] == "NN" and not parse.hanging(verb, max(0, verb - 20), verb, "auxpass", "nsubjpass")
    if (behind or active) and parse.lemmas[verb] in _NAMING and not parse.hanging(verb, verb, i, "dobj"):
        parse.deps[i] = "dobj"


def _part_office(parse: Parse, i: int) -> None:
    """Part a name from the post that it is named to: "elected | Ana Soto | archbishop of Lima"."""
    name, verb = i - 1, parse.heads[i]
    if parse.lemmas[verb] not in _NAMING or parse.tags[i] != "NN" or verb >= name:
        return
    if parse.tags[name] not in {"NNP", "NNPS"} or parse.heads[name] != i or parse.ents[name] != "PERSON":
        return
    for j in parse.hanging(i, verb, name, "compound"):
        parse.heads[j] = name
    parse.heads[name], parse.deps[name], parse.deps[i] = verb, "dobj", "oprd"


def _free_object(parse: Parse, i: int) -> None:
    """Make an object of what hangs on the particle of a verb: "hand over | power"."""
    particle = parse.heads[i]
    if parse.deps[particle] == "prt":
        parse.heads[i], parse.deps[i] = parse.heads[particle], "dobj"


_MENDING: Mapping[str, Callable[[Parse, int], None]] = {
    "ccomp": _complement,
    "dobj": _part,
    "compound": _part,
    "nmod": _part,
    "conj": _join,
    "relcl": _find_antecedent,
    "advcl": _hang_infinitive,
    "xcomp": _hang_infinitive,
    "attr": _continue,
    "npadvmod": _beside,
    "appos": _beside,
    "agent": _hang_phrase,
    "amod": _qualify,
    "pobj": _free_object,
    "oprd": _name_object,
    "prep": _hang_phrase,
}
