"""Build a graph from shards into shards, on one machine or many: what does not fit one store, or one disk.

Each input file is one task with its own output files (:mod:`kg.shards.task`). Fusing first decides who is who, then
clusters the claims by kind, each group of kinds one task (:mod:`kg.shards.fuse`). Every file stands in a manifest with
its checksum, and whatever is there already is not made again.
"""

from kg.shards.build import build_shards

__all__ = ["build_shards"]
