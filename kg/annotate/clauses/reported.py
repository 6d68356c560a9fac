"""Mend what the parser makes of speech: where verbs of a list belong, what is said, and where it hangs."""

from __future__ import annotations

from kg.annotate.clauses.parse import FINITE, SUBJECTS, Parse
from kg.annotate.names.nouns import words as words_of

__all__ = [
    "go_on_denied",
    "go_on_said",
    "hang_contrast",
    "hang_on_speech",
    "hang_time",
    "place_past",
    "place_present",
    "speak_behind",
    "take_subject",
]

_CARRYING = frozenset({"in", "at", "on", "during", "to", "via", "by"})
_TELLING = frozenset(
    {"advise", "assure", "convince", "inform", "notify", "persuade", "quote", "remind", "tell", "warn"}
)
_DENYING = frozenset({"deny", "dismiss", "dispute", "refute", "reject"})
_CLAIMED = frozenset({"accusation", "allegation", "charge", "claim", "report", "rumour", "rumor", "suggestion"})
_VERBAL = frozenset({"VBN", "VBD", "VBG"})


def take_subject(parse: Parse, i: int) -> None:
    """Give what is said its subject, which the parser takes for an object: "denied | his arrest | was unfair"."""
    said, tags = parse.heads[i], parse.tags
    if parse.lemmas[said] not in words_of("reporting_verbs") or parse.lemmas[said] in _TELLING or not said < i:
        return
    finite = tags[i] in FINITE or any(tags[c] in FINITE for c in parse.hanging(i, said, i, "aux", "auxpass"))
    objects = parse.hanging(said, said, i, "dobj")
    if finite and len(objects) == 1 and not parse.hanging(i, said, i, "mark", *SUBJECTS):
        passive = parse.hanging(i, said, i, "auxpass")
        parse.heads[objects[0]], parse.deps[objects[0]] = i, "nsubjpass" if passive else "nsubj"


def hang_time(parse: Parse, i: int) -> None:
    """Hang a phrase right behind "said" on it, and not on what is said: "said on Friday | it had left"."""
    heads, deps = parse.heads, parse.deps
    clause = heads[i]
    said = heads[clause]
    if deps[clause] == "ccomp" and said == i - 1 and clause > i and parse.lemmas[said] in words_of("reporting_verbs"):
        heads[i] = said


def place_past(parse: Parse, i: int) -> None:
    """Hang a simple past of a list where its tense belongs."""
    if not _lifted(parse, i) and parse.tags[parse.heads[i]] in _VERBAL:
        _lift(parse, i)


def place_present(parse: Parse, i: int) -> None:
    """Hang "and accuses B" on "denies (that) A has", where both are in the present: who denies it accuses."""
    first = parse.heads[i]
    said = parse.heads[first]
    bare = not parse.hanging(i, first, i, "aux", "auxpass", *SUBJECTS)
    speaks = parse.lemmas[said] in words_of("reporting_verbs") and (_addresses(parse, i) or _disputes(parse, i))
    if bare and speaks and parse.deps[first] == "ccomp" and said < first and parse.tags[said] == parse.tags[i]:
        parse.heads[i] = said


def hang_contrast(parse: Parse, i: int) -> None:
    """Hang ", while B attacked" on the verb of speech where what is said is in another tense: the reporter tells it."""
    clause = parse.heads[i]
    said = parse.heads[clause]
    mark = next(iter(parse.hanging(i, clause, i, "mark")), 0)
    apart = parse.words[mark] == "while" and parse.words[mark - 1] == ","
    if not apart or parse.deps[clause] != "ccomp" or not said < clause < mark or not _is_past(parse, said):
        return
    ahead = any(parse.tags[c] == "MD" or parse.words[c] == "had" for c in parse.hanging(clause, said, clause, "aux"))
    plain = parse.tags[i] == "VBD" and not parse.hanging(i, mark, i, "aux")
    if ahead and plain and parse.lemmas[said] in words_of("reporting_verbs"):
        parse.heads[i] = said


def _lifted(parse: Parse, i: int) -> bool:
    """Hang a simple past that stands in a list with an infinitive, a gerund or "would go" on the simple past above."""
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    first = heads[i]
    if tags[first] not in {"VB", "VBG"} or parse.hanging(i, first, i, "aux", "auxpass", *SUBJECTS):
        return False
    above = first
    for _ in range(4):
        if heads[above] == above or deps[above] not in {"xcomp", "ccomp", "pcomp", "prep", "advcl"}:
            return False
        above = heads[above]
        if _is_past(parse, above):
            break
    if not _is_past(parse, above) or above > first:
        return False
    heads[i] = above
    return True


def _is_past(parse: Parse, i: int) -> bool:
    """Tell "demanded" and "had demanded" from other forms."""
    perfect = parse.tags[i] == "VBN" and any(parse.words[c] == "had" for c in parse.hanging(i, max(0, i - 5), i, "aux"))
    return parse.tags[i] == "VBD" or perfect


def _lift(parse: Parse, i: int) -> None:
    """Hang "… and urged" on the main verb where the first of the list is in another tense below a verb of speech.

    "said they had gone, and urged": on "said"; "left, saying they were going, and urged": on "left".
    """
    heads, deps, tags = parse.heads, parse.deps, parse.tags
    first = heads[i]
    while deps[first] == "conj" and tags[heads[first]] in _VERBAL:
        first = heads[first]
    said = heads[first]
    if deps[first] != "ccomp" or said > first or parse.hanging(i, first, i, "aux", "auxpass", *SUBJECTS):
        return
    perfect = any(parse.words[c] == "had" for c in parse.hanging(first, said, first, "aux"))
    if parse.words[i].endswith("ed") and "," not in parse.words[first:i]:
        perfect = False  # "had boarded it and arrested him": a participle may look like a simple past
    speaks = parse.lemmas[said] in words_of("reporting_verbs") and _addresses(parse, i)
    if tags[said] == "VBD" and (perfect or speaks):
        heads[i] = said
    elif tags[said] == "VBG" and deps[said] == "advcl" and tags[heads[said]] == "VBD" and parse.words[i - 2] == ",":
        heads[i] = heads[said]


def _addresses(parse: Parse, i: int) -> bool:
    """Tell "and urged them" and "and said that": who said the first said the second, too."""
    says = parse.lemmas[i] in words_of("reporting_verbs") and parse.hanging(i, i, min(i + 40, len(parse.deps)), "ccomp")
    return parse.lemmas[i] in words_of("addressing_verbs") or bool(says)


def _disputes(parse: Parse, i: int) -> bool:
    """Tell "and denies suggestions that"."""
    objects = parse.hanging(i, i, min(i + 6, len(parse.deps)), "dobj") if parse.lemmas[i] in _DENYING else []
    return any(parse.lemmas[c] in _CLAIMED for c in objects)


def go_on_denied(parse: Parse, i: int) -> None:
    """Hang ", saying they were fair" on the verb of speech: "denied it had harmed them, | saying …".

    ", adding (that)" is of who said what stands before, whatever its subject.
    """
    clause = parse.heads[i]
    said = parse.heads[clause]
    reported = parse.deps[clause] == "ccomp" and said < clause < i and parse.words[i - 1] == ","
    if reported and parse.lemmas[i] == "add" and parse.lemmas[said] in words_of("reporting_verbs"):
        if parse.tags[said][:2] == "VB" and parse.hanging(i, i, min(i + 40, len(parse.deps)), "ccomp"):
            parse.heads[i] = said
        return
    subjects = parse.hanging(clause, said, clause, "nsubj") if reported else []
    spoken = all(parse.lemmas[v] in words_of("reporting_verbs") for v in (said, i))
    mute = any(parse.words[c] in {"it", "that", "there", "this"} for c in subjects)
    if spoken and (mute or (subjects and parse.lemmas[said] in _DENYING)) and parse.tags[said][:2] == "VB":
        parse.heads[i] = said


def hang_on_speech(parse: Parse, i: int) -> None:
    """Hang a clause with "that" on the verb of speech above its noun: "said in a letter | that they left"."""
    noun = parse.heads[i]
    prep = parse.heads[noun]
    marked = any(parse.words[j] == "that" for j in parse.hanging(i, noun, i, "mark"))
    if parse.deps[noun] != "pobj" or parse.words[prep] not in _CARRYING or not marked or parse.words[prep - 1] == ",":
        return  # ", the agency said, in a sign that they left"
    verb = parse.heads[prep]
    free = not parse.hanging(verb, max(0, verb - 60), min(verb + 60, len(parse.deps)), "ccomp")
    if parse.lemmas[verb] in words_of("reporting_verbs") and verb < prep and free:
        parse.heads[i], parse.deps[i] = verb, "ccomp"


def go_on_said(parse: Parse, i: int) -> None:
    """Hang a verb behind ", A said, and …" on what A said: "B would pay nothing, A said, and | had not signed"."""
    heads = parse.heads
    said = heads[i]
    if parse.lemmas[said] not in words_of("reporting_verbs") or parse.hanging(i, said, i, *SUBJECTS):
        return
    content = parse.hanging(said, max(0, said - 60), said, "ccomp")
    if parse.deps[said] == "parataxis" and heads[said] < said:
        content = [heads[said]]
    own = parse.hanging(i, said, i, "aux", "auxpass")
    if content and own and parse.words[said + 1] == ",":
        heads[i] = content[0]


def speak_behind(parse: Parse, i: int) -> None:
    """Make a complement of the clause before ", A told B", which the parser takes for the second of a list."""
    heads, deps = parse.heads, parse.deps
    first = heads[i]
    subject = next(iter(parse.hanging(i, first, i, "nsubj")), None)
    if subject is None or parse.tags[first][:2] != "VB" or parse.lemmas[i] not in words_of("reporting_verbs"):
        return
    joined = parse.hanging(first, first, subject, "cc")
    if joined or parse.hanging(i, i + 1, len(deps), "ccomp") or deps[first] not in {"ROOT", "ccomp"}:
        return
    if "," not in parse.words[first:subject]:
        return
    heads[i], deps[i] = (heads[first], deps[first]) if deps[first] != "ROOT" else (i, "ROOT")
    heads[first], deps[first] = i, "ccomp"
