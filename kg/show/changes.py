"""Print how two graphs differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from kg.store.diff import Change, Difference

__all__ = ["difference_json", "difference_text"]

_KINDS = (("claim", "Claims"), ("event", "Events"), ("triple", "Direct triples"))
_SIGNS = (("+", "added"), ("-", "removed"), ("~", "changed"))


def difference_text(difference: Difference) -> str:
    """Return the changes for reading: a heading with the counts for each level, each change with its sentence."""
    return "\n".join(_lines(difference)) + "\n"


def _lines(difference: Difference) -> Iterator[str]:
    for kind, title in _KINDS:
        counts = ((difference.count(kind, sign), word) for sign, word in _SIGNS)
        yield f"{title}: {', '.join(f'{count:,} {word}' for count, word in counts if count) or 'the same'}"
        for change in difference.changes:
            if change.kind == kind:
                yield from _change(change)


def _change(change: Change) -> Iterator[str]:
    yield f"{change.sign} {change.after or change.before}  ({change.iri})"
    yield from (f"    {detail}" for detail in change.details)
    if change.quote:
        day = f", {change.published}" if change.published else ""
        yield f"    {change.source}{day}: “{change.quote}”"


def difference_json(difference: Difference) -> str:
    """Return the changes as JSON: ``counts`` by level and sign, ``changes`` with the fields of :class:`Change`."""
    counts = {kind: {word: difference.count(kind, sign) for sign, word in _SIGNS} for kind, _ in _KINDS}
    words = dict(_SIGNS)
    changes = [{"change": words[change.sign]} | asdict(change) for change in difference.changes]
    return json.dumps({"counts": counts, "changes": changes}, ensure_ascii=False, indent=1) + "\n"
