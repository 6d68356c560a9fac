"""Fuse the claims of all documents into entities, events, disputes and statements.

The result depends on the set of documents, not on their order or on the machine.
"""

from kg.fuse.kept.fuser import Fuser
from kg.fuse.world import fuse

__all__ = ["Fuser", "fuse"]
