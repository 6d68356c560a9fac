"""Coreference within a document: pronouns, descriptions and groups find their entities."""
