"""Compare date libraries and kg's own grammar on time expressions from news sentences.

    python benchmarks/time_libraries.py [--data benchmarks/data/time_expressions.tsv] [--libraries PYTHON] [--errors]

``--libraries`` names a Python that has dateparser, parsedatetime, ctparse and python-dateutil installed; they are no
dependencies of kg. Libraries are given the bare expression and the publication date, the easiest case: kg has to find
it in the sentence first. A library is right when it gives the expected day, or *any* day inside the expected month,
year or range; so false precision is forgiven here. ``strict`` asks for what kg promises: the same first and last day.

The expected values were written before kg's grammar was run on them, by the author of the grammar: 0.96 was the first
reading, and the table is a regression test rather than a measure of unseen text.
"""

from __future__ import annotations

import argparse
import calendar
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data" / "time_expressions.tsv"

_WORKER = r"""
import json, sys, datetime, warnings
warnings.simplefilter("ignore")
def day(x): return x.date().isoformat() if x else None
def dateparser_(text, base):
    import dateparser
    return day(dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}))
def parsedatetime_(text, base):
    import parsedatetime
    value, status = parsedatetime.Calendar().parseDT(text, sourceTime=base.timetuple())
    return day(value) if status else None
def ctparse_(text, base):
    from ctparse import ctparse
    import logging; logging.disable(logging.CRITICAL)
    found = ctparse(text, ts=base, timeout=2)
    r = found.resolution if found else None
    if r is None: return None
    if hasattr(r, "t_from"):
        return [day(t.dt) if t is not None and t.year else None for t in (r.t_from, r.t_to)]
    return day(r.dt) if getattr(r, "year", None) and r.month and r.day else None
def dateutil_(text, base):
    from dateutil import parser
    return day(parser.parse(text, default=base, fuzzy=True))
out = []
for text, base in json.load(sys.stdin):
    base = datetime.datetime.fromisoformat(base)
    row = {}
    for f in (dateparser_, parsedatetime_, ctparse_, dateutil_):
        name = f.__name__[:-1]
        try: row[name] = f(text, base)
        except Exception as e: row[name] = None
    out.append(row)
json.dump(out, sys.stdout)
"""


@dataclass(frozen=True)
class Case:
    """A sentence, where its expression stands, the day of publication, and what the expression means."""

    sentence: str
    start: int
    end: int
    published: date
    expected: str

    @property
    def expression(self) -> str:
        return self.sentence[self.start : self.end]


def read(path: Path) -> list[Case]:
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, published, expected = line.split("\t")
        start, end = marked.index("["), marked.index("]") - 1
        sentence = marked.replace("[", "").replace("]", "")
        cases.append(Case(sentence, start, end, date.fromisoformat(published), expected))
    return cases


def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day of ``2021``, ``2021-09``, ``2021-09-09`` or ``A..B``; None where open."""
    first, _, last = text.partition("..")
    return _edge(first, first=True), _edge(last or first, first=False)


def _edge(text: str, *, first: bool) -> date | None:
    if text == "*":
        return None
    parts = [int(p) for p in text.split("-")]
    month = parts[1] if len(parts) > 1 else 1 if first else 12
    day = parts[2] if len(parts) > 2 else 1 if first else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)


def is_date(case: Case) -> bool:
    return not case.expected.startswith(("P", "?"))


def lenient(case: Case, answer: object) -> bool:
    """Does a library's day, or pair of days, lie where the expression allows?"""
    days = [date.fromisoformat(d) for d in (answer if isinstance(answer, list) else [answer]) if d]
    if not is_date(case):
        return not days
    low, high = bounds(case.expected)
    return bool(days) and all((low is None or low <= d) and (high is None or d <= high) for d in days)


def kg_answers(cases: list[Case]) -> list[str]:
    """What kg reads at the expression's place: ``A..B``, a duration, or ``?``."""
    from kg.annotate import pipeline
    from kg.annotate.layers import DurationExpression, TimeExpression

    nlp = pipeline.load_pipeline(exclude=[c for c in pipeline.COMPONENTS if c != "kg_time"])
    answers = []
    for case in cases:
        doc = nlp.make_doc(case.sentence)
        doc.user_data["kg_published"] = case.published
        doc = nlp(doc)
        span = doc.char_span(case.start, case.end, alignment_mode="expand")
        hits = [t for t in doc._.kg_times if t.start < span.end and span.start < t.end]
        lengths = [t.lexical for t in hits if isinstance(t, DurationExpression)]
        times = [t for t in hits if isinstance(t, TimeExpression)]
        if lengths:
            answers.append(lengths[0])
        elif not times or all(t.earliest is None and t.latest is None for t in times):
            answers.append("?")
        else:
            first, last = times[0].earliest, times[-1].latest
            answers.append(f"{first or '*'}..{last or '*'}")
    return answers


def strict(case: Case, answer: str) -> bool:
    if not is_date(case) or "?" in answer or answer.startswith("P"):
        return case.expected == answer
    return bounds(case.expected) == bounds(answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--libraries", help="a Python with the libraries")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    cases = read(options.data)
    answers = kg_answers(cases)
    rows = [("kg, strict", [strict(c, a) for c, a in zip(cases, answers, strict=True)])]
    if options.errors:
        for case, answer in zip(cases, answers, strict=True):
            if not strict(case, answer):
                print(
                    f"{case.expression!r} in {case.sentence!r} ({case.published}): {answer}, expected {case.expected}",
                    file=sys.stderr,
                )
    if options.libraries:
        sent = json.dumps([(c.expression, c.published.isoformat()) for c in cases])
        ran = subprocess.run([options.libraries, "-c", _WORKER], input=sent, capture_output=True, text=True, check=True)
        found = json.loads(ran.stdout)
        rows += [
            (f"{name}, lenient", [lenient(c, f[name]) for c, f in zip(cases, found, strict=True)]) for name in found[0]
        ]
    dated = [is_date(c) for c in cases]
    print(f"| reader | all {len(cases)} | dates {sum(dated)} | durations and none, of {len(cases) - sum(dated)} |")
    print("|---|---|---|---|")
    for name, right in rows:
        with_date = sum(r for r, d in zip(right, dated, strict=True) if d)
        print(f"| {name} | {sum(right) / len(cases):.2f} | {with_date / sum(dated):.2f} | {sum(right) - with_date} |")


if __name__ == "__main__":
    main()
