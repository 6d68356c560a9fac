"""Lexicon packs: what the event classes are, which words carry them, and how clauses fill their roles."""

from kg.lexicon.load import load_lexicon
from kg.lexicon.model import DirectProperty, EventClass, Lexicon, Operator, RoleSpec, Trigger

__all__ = ["DirectProperty", "EventClass", "Lexicon", "Operator", "RoleSpec", "Trigger", "load_lexicon"]
