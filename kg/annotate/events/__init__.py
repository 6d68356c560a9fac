"""Typed events: clauses and nouns matched with the frames of the lexicon."""
