"""Repair lemmas that spaCy's rules get wrong ("hoped" -> "hop", "re-elected" -> "re-electe").

Found by lemmatising the regular forms of all verbs in kg's lexicon packs; the rules err on verbs in -e whose stem is a
verb too, and on verbs with a prefix.
"""

from __future__ import annotations

__all__ = ["REPAIRS"]

_DROP_E = ("dine", "hope", "rape", "stage", "wage", "slate", "axe", "lambaste", "fine")
_PLAIN = """
install re-elect re-establish re-export re-enact reappoint reinvest co-found cofound co-own green-light preposition
"""
REPAIRS = {form: verb for verb in _DROP_E for form in (verb + "s", verb + "d", verb[:-1] + "ing")}
REPAIRS |= {verb + ending: verb for verb in _PLAIN.split() for ending in ("ed", "ing")}
REPAIRS |= {"resupplied": "resupply", "resupplies": "resupply", "resupplying": "resupply"}
REPAIRS |= {"re-establishes": "re-establish", "re-lending": "re-lend", "co-leading": "co-lead"}
"""The lemmas of the forms (both in lower case) on which the rules are known to err."""
