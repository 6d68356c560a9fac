"""Fuse the claims of all documents into entities, events, disputes and statements.

The result depends on the set of documents, not on their order or on the machine.
"""

from kg.fuse.world import fuse, fuse_parts

__all__ = ["fuse", "fuse_parts"]
