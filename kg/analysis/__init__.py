"""Analysis where networkx and pandas lack something: networks of relations made simple, or of a time; event tables."""

from kg.analysis.network import during, simple

__all__ = ["during", "simple"]
