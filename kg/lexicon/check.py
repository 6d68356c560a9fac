"""Tell how well a lexicon fits a corpus: what never fired, and what deserves an entry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.iris import KG
from kg.lexicon.model import Lexicon

__all__ = ["LexiconReport", "check_lexicon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconReport:
    """What counting the rules of a corpus' claims shows.

    ``silent`` are the rule names of triggers that never fired, sorted, ``own`` those of them whose class a user's pack
    brings; ``unknown`` rules that fired but are no trigger's (clause rules, or a pack that has changed since), sorted;
    ``candidates`` the predicates that stayed ``kg:Act``, with how often, most frequent first.
    """

    triggers: int
    fired: int
    silent: tuple[str, ...]
    own: tuple[str, ...]
    unknown: tuple[str, ...]
    candidates: tuple[tuple[str, int], ...]

    def text(self, *, top: int = 30) -> str:
        """Return the report for people, with at most ``top`` candidates, and ``top`` silent triggers of kg's packs."""
        shipped = [rule for rule in self.silent if rule not in self.own]
        left = len(shipped) - top
        lists = {
            "untyped predicates that deserve an entry:": [f"{n:>6,}  {lemma}" for lemma, n in self.candidates[:top]],
            "never fired, of your packs:": self.own,
            "never fired, of kg's packs:": [*shipped[:top], *([f"and {left:,} more"] if left > 0 else [])],
        }
        lines = [f"{self.fired} of {self.triggers} triggers fired"]
        for title, items in lists.items():
            lines += ["", title, *(f"  {item}" for item in items)] if items else []
        return "\n".join(lines)


def check_lexicon(
    lexicon: Lexicon, fired: Counter[str], act_predicates: Counter[str], *, limit: int = 50, at_least: int = 2
) -> LexiconReport:
    """Return which triggers never fired on a corpus, and which predicates of ``kg:Act`` deserve an entry.

    Args:
        lexicon: The packs that typed the claims.
        fired: ``kg:rule`` of every claim, counted.
        act_predicates: ``kg:predicate`` of every ``kg:Act`` claim, counted.
        limit: At most this many candidates.
        at_least: Leave out predicates that occur less often.
    """
    rules = {trigger.name: c.iri for c in lexicon.classes.values() for trigger in c.triggers}
    heard = {rule for rule, count in fired.items() if count > 0}
    silent = tuple(sorted(rules.keys() - heard))
    ranked = sorted(act_predicates.items(), key=lambda item: (-item[1], item[0]))
    return LexiconReport(
        triggers=len(rules),
        fired=len(rules.keys() & heard),
        silent=silent,
        own=tuple(rule for rule in silent if not rules[rule].startswith(KG)),
        unknown=tuple(sorted(heard - rules.keys())),
        candidates=tuple((lemma, count) for lemma, count in ranked if count >= at_least)[:limit],
    )
