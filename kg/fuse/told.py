"""Names that people declared to be one entity, or different ones: what their rules mean for the keys of a corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import unquote

from kg.corrections import NameRule
from kg.fuse.names import fold

__all__ = ["NOTHING_TOLD", "Told", "meanings", "meant", "tell_rules"]


@dataclass(frozen=True, slots=True)
class Told:
    """What rules say of keys.

    ``same`` holds (key, key, reason), ``apart`` pairs of keys that must never be joined with the reason, ``unclear`` a
    sentence for each name of a rule that means no entity of the corpus, or several.
    """

    same: tuple[tuple[str, str, str], ...] = ()
    apart: Mapping[frozenset[str], str] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()


NOTHING_TOLD = Told()
"""No rules."""


def tell_rules(meaning: Callable[[str], list[str]], rules: Iterable[NameRule]) -> Told:
    """Apply rules to a corpus.

    Args:
        meaning: Returns the keys of the entities that a name of a rule means, as :func:`meanings` does.
        rules: Those of the user.
    """
    same: list[tuple[str, str, str]] = []
    apart: dict[frozenset[str], str] = {}
    unclear: list[str] = []
    for rule in rules:
        meant = [meaning(name) for name in rule.names]
        unclear += [_unclear(n, keys) for n, keys in zip(rule.names, meant, strict=True) if len(keys) != 1]
        reason = f"entities.toml says so{f': {rule.note}' if rule.note else ''}"
        if rule.same:
            sure = list(dict.fromkeys(keys[0] for keys in meant if len(keys) == 1))
            same += [(sure[0], key, reason) for key in sure[1:]]
        else:
            pairs = ((a, b) for one, other in combinations(meant, 2) for a in one for b in other if a != b)
            apart.update((frozenset(pair), reason) for pair in pairs)
    return Told(tuple(same), apart, tuple(dict.fromkeys(unclear)))


def meanings(labels: Mapping[str, str]) -> Callable[[str], list[str]]:
    """Return what tells the keys that a name means.

    A name means the entity of this key or CURIE, else of this label, else of this label without regard to case and
    accents.

    Args:
        labels: Key to label of every entity.
    """
    index = _index(labels)
    return lambda name: meant(
        name, labels.__contains__, lambda label: index[f"label {label}"], lambda folded: index[f"fold {folded}"]
    )


def meant(
    name: str,
    is_key: Callable[[str], bool],
    by_label: Callable[[str], list[str]],
    by_fold: Callable[[str], list[str]],
) -> list[str]:
    """Return the keys that a name means, by what looks up keys, labels and folded labels."""
    key = unquote(name.removeprefix("ent:"))
    if (name.startswith("ent:") or "_" in name) and is_key(key):
        return [key]
    return by_label(name) or by_fold(fold(name)) or ([key] if is_key(key) else [])


def _index(labels: Mapping[str, str]) -> Mapping[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for key in sorted(labels):
        index[f"label {labels[key]}"].append(key)
        index[f"fold {fold(labels[key])}"].append(key)
    return index


def _unclear(name: str, keys: list[str]) -> str:
    if not keys:
        return f"entities.toml: no entity is named {name!r}"
    listed = ", ".join(f"ent:{key}" for key in keys)
    return f"entities.toml: {name!r} may mean {listed}; write the one you mean"
