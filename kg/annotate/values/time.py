"""``kg_time``: find every time expression and resolve it against the day of publication.

Granularity is kept: a year stays a year, a quarter has its first and last day but no name, and what cannot be
told ("recent years", "soon", a weekday without a publication date) stays without a date rather than get a false one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate import align
from kg.annotate.clauses.tree import word_set
from kg.annotate.layers import DurationExpression, TimeExpression, declare_extensions
from kg.annotate.values.timex import periods
from kg.annotate.values.timex.durations import Length, find_lengths
from kg.annotate.values.timex.grammar import Found, find
from kg.annotate.values.timex.periods import UNKNOWN, Period
from kg.annotate.values.timex.reader import Reader
from kg.annotate.values.timex.relative import narrowed
from kg.annotate.values.timex.tense import Direction, direction
from kg.annotate.values.timex.words import spell

__all__ = ["make_time", "time_expressions"]

_ROLES = {"by": "deadline", "since": "since", "until": "until", "till": "until", "through": "until",
          "before": "before", "after": "after", "from": "begin", "within": "deadline"}  # fmt: skip
_SKIPPED = word_set("the about around approximately roughly at least as late early on")
_CONNECTORS = word_set("to until till through - – and")
# "within 15 days of the verdict": counted from what the text tells.
_ANCHORS = word_set("after before following from of since")
_LATER = {"later": 1, "hence": 1, "earlier": -1, "before": -1, "after": 1}


@Language.factory("kg_time", requires=["token.dep", "token.head", "token.tag", "doc.ents"], assigns=["doc._.kg_times"])
def make_time(nlp: Language, name: str) -> TimeComponent:
    """Make the component; it has no settings, the publication date comes with the ``Doc`` (``align.published``)."""
    declare_extensions()
    return TimeComponent()


class TimeComponent:
    """Write ``doc._.kg_times``: times and durations, in text order."""

    def __call__(self, doc: Doc) -> Doc:
        """Resolve the time expressions of one document."""
        doc._.kg_times = time_expressions(doc)
        return doc


def time_expressions(doc: Doc) -> list[TimeExpression | DurationExpression]:
    """Return times and durations in text order; they do not overlap, but the ends of a range may share their words.

    Without a publication date (:func:`kg.annotate.align.published`) only absolute expressions get dates.
    """
    reader = Reader(doc, spell(doc), align.published(doc))
    times = _times(reader)
    covered = {i for t in times for i in range(t.start, t.end)}
    lengths = [x for x in find_lengths(reader) if covered.isdisjoint(range(x.start, x.end))]
    found: list[TimeExpression | DurationExpression] = [*times, *(_from_length(reader, x) for x in _longest(lengths))]
    covered.update(i for x in lengths for i in range(x.start, x.end))
    found += _unread(doc, covered)
    return sorted(found, key=lambda t: (t.start, t.end, getattr(t, "role", "") == "end"))


# ------------------------------------------------------------------ points and ranges


def _times(reader: Reader) -> list[TimeExpression]:
    out: list[TimeExpression] = []
    waiting = [_widened(reader, found) for found in find(reader)]
    while waiting:
        first = waiting.pop(0)
        pair = len(first.periods) == 2
        if not pair and waiting and _joined(reader, first, waiting[0]):
            second = waiting.pop(0)
            begin = _not_after(first.periods[0], second.periods[0])
            out += [_expression(reader, first, begin, "begin"), _expression(reader, second, second.periods[0], "end")]
        elif pair and not _is_list(reader, first):
            out += [
                _expression(reader, first, p, role) for p, role in zip(first.periods, ("begin", "end"), strict=True)
            ]
        else:
            out += [_with_role(reader, first, period) for period in first.periods]
    return out


def _widened(reader: Reader, found: Found) -> Found:
    """Take "the end of", "early", "mid-" into an expression of a single period."""
    if len(found.periods) != 1:
        return found
    start, period = narrowed(reader, found.start, found.periods[0])
    return Found(start, found.end, (period,), found.rule)


def _is_list(reader: Reader, found: Found) -> bool:
    """Tell "on 10 and 11 September" from "between 10 and 16 September"."""
    return "and" in reader.words[found.start : found.end] and reader.before(found.start) != "between"


def _joined(reader: Reader, first: Found, second: Found) -> bool:
    """Tell whether two expressions are the ends of a range: "from last October until this June"."""
    gap = reader.words[first.end : second.start]
    if len(gap) == 2 and gap[-1] == "the":
        gap = gap[:1]
    if len(gap) != 1 or gap[0] not in _CONNECTORS or len(second.periods) != 1:
        return False
    before = reader.before(first.start) if reader.before(first.start) != "the" else reader.before(first.start - 1)
    if gap[0] == "and":
        return before == "between"
    return before == "from" or gap[0] in {"-", "–", "to", "through"}


def _not_after(begin: Period, end: Period) -> Period:
    """Move the beginning of a range back by a year where it would follow the end: "from November to March 2022"."""
    if not (begin.earliest and begin.latest and end.latest and begin.earliest > end.latest):
        return begin
    if len(begin.lexical) == 7:
        return periods.month(begin.earliest.year - 1, begin.earliest.month)
    if len(begin.lexical) == 10:
        return periods.day(periods.shift(begin.earliest, "year", -1))
    return begin


def _with_role(reader: Reader, found: Found, period: Period) -> TimeExpression:
    """Give a single expression the role that the words before it tell."""
    role = _role(reader, found)
    span = reader.doc[found.start : found.end]
    modifies = _modifies(span)
    if role in {"deadline", "before", "after", "until", "begin"} and modifies:
        role = "at"  # "before Thursday's talks" dates the talks
    if role in {"before", "after", "until"}:
        ahead = direction(span.root) is Direction.FUTURE or period.edge
        if role == "until":
            role = "deadline" if ahead else "end"
        elif role == "before" and ahead:
            role = "deadline"
        else:
            period, role = _beside(period, role), "at"
    if role == "deadline" and period.edge and period.latest:
        period = periods.day(period.latest)
    return _expression(reader, found, period, role)


def _role(reader: Reader, found: Found) -> str:
    """Return the role that the word before an expression gives it; "no later than" and "prior to" included."""
    i = found.start - 1
    while i >= 0 and reader.words[i] in _SKIPPED:
        if reader.words[i] in {"on", "early", "late"} and reader.before(i) in {"starting", "beginning", "effective"}:
            return "begin"
        i -= 1
    word = reader.words[i] if i >= 0 else ""
    before = reader.before(i) if i >= 0 else ""
    if word == "than" and before == "later":
        return "deadline"
    if word == "to" and before == "prior":
        return "before"
    if word in {"starting", "beginning", "effective"} or (word == "of" and before == "as"):
        return "begin"
    return _ROLES.get(word, "at")


def _modifies(span: Span) -> bool:
    """Tell whether an expression dates a noun behind it: "last year's election", "the 1999 treaty"."""
    root, end = span.root, span.end
    doc = span.doc
    if end < len(doc) and doc[end].tag_ == "POS":
        return True
    return root.head.i >= end and root.dep_ in {"compound", "nmod", "nummod", "amod", "poss"}


def _beside(period: Period, side: str) -> Period:
    """Return the open stretch before or after a period."""
    if side == "before":
        return periods.fuzzy(None, period.earliest - timedelta(days=1) if period.earliest else None)
    return periods.fuzzy(period.latest + timedelta(days=1) if period.latest else None, None)


def _expression(reader: Reader, found: Found, period: Period, role: str) -> TimeExpression:
    span = reader.doc[found.start : found.end]
    return TimeExpression(
        start=found.start,
        end=found.end,
        head=span.root.i,
        lexical=period.lexical,
        earliest=period.earliest,
        latest=period.latest,
        role=role,
        prep=_preposition(span),
    )


def _preposition(span: Span) -> int:
    """Return the preposition that governs a span, by the tree or else by its place; -1 where there is none."""
    head = span.root.head
    if head.dep_ in {"prep", "pcomp", "mark"} and not span.start <= head.i < span.end:
        return int(head.i)
    before = span.doc[span.start - 1] if span.start else None
    return int(before.i) if before is not None and before.tag_ == "IN" else -1


# ------------------------------------------------------------------ durations


def _longest(lengths: Iterable[Length]) -> list[Length]:
    out: list[Length] = []
    for length in sorted(lengths, key=lambda x: (x.start, -x.end)):
        if not out or length.start >= out[-1].end:
            out.append(length)
    return out


def _from_length(reader: Reader, length: Length) -> TimeExpression | DurationExpression:
    """Make "in three years" and "within two weeks" times where the text looks ahead, anything else a duration."""
    span = reader.doc[length.start : length.end]
    before, today = reader.before(length.start), reader.today
    anchored = reader.after(length.end) in _ANCHORS
    if before in {"in", "within"} and anchored and not length.frequency:
        return _expression(reader, Found(length.start, length.end, (UNKNOWN,), "length"), UNKNOWN, "at")
    if before in {"in", "within"} and not length.frequency and direction(span.root) is Direction.FUTURE:
        period = _ahead(today, length, within=before == "within")
        found = Found(length.start, length.end, (period,), "length")
        if before == "in":
            return _expression(reader, found, period, "at")
        # the day is counted from one that the text need not tell: its month is what can be said
        month = f"{period.latest:%Y-%m}" if period.latest else ""
        return replace(_expression(reader, found, period, "deadline"), lexical=month)
    if reader.after(length.end) in _LATER:
        found = Found(length.start, length.end + 1, (UNKNOWN,), "length")
        return _expression(reader, found, UNKNOWN, "at")  # counted from a time in the text
    return DurationExpression(
        start=length.start,
        end=length.end,
        head=span.root.i,
        lexical=length.lexical,
        frequency=length.frequency,
        approximate=length.approximate,
    )


def _ahead(today: date | None, length: Length, *, within: bool) -> Period:
    if today is None or length.count != int(length.count) or length.unit == "century":
        return UNKNOWN
    unit, count = length.unit, int(length.count)
    if unit in {"hour", "minute"}:
        unit, count = "day", 1 + (count - 1) // 24 if unit == "hour" else 1
    try:
        then = periods.shift(today, unit, count)
    except OverflowError:
        return UNKNOWN
    if within:
        return periods.span(today, then)
    return periods.unit_around(then, unit)


# ------------------------------------------------------------------ what only the model found


def _unread(doc: Doc, covered: set[int]) -> list[TimeExpression]:
    """Return spaCy's dates that the grammar does not know ("Ramadan", "that day"), without a date."""
    out = []
    for ent in doc.ents:
        if ent.label_ != "DATE" or any(i in covered for i in range(ent.start, ent.end)):
            continue
        if any(c.isdigit() for c in ent.text) or ent.root.pos_ not in {"NOUN", "PROPN"}:
            continue
        out.append(TimeExpression(ent.start, ent.end, ent.root.i, "", None, None, "at", _preposition(ent)))
    return out
