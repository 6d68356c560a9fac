"""Blocks of triples about one subject, as Turtle that people read and as a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDF, XSD, Graph, Literal, URIRef

__all__ = ["Block", "add_blocks", "write_blocks", "write_prefixes"]

_LOCAL = re.compile(r"[A-Za-z_]([\w-]*\w)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """What is said about one subject: predicates with their objects, in writing order."""

    subject: URIRef
    pairs: tuple[tuple[URIRef, tuple[URIRef | Literal, ...]], ...]


def add_blocks(graph: Graph, blocks: Iterable[Block]) -> None:
    """Add the triples of blocks to a graph."""
    for block in blocks:
        for predicate, objects in block.pairs:
            for value in objects:
                graph.add((block.subject, predicate, value))


def write_prefixes(prefixes: Mapping[str, str]) -> str:
    """Return the prefix lines of a Turtle file, one each."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def write_blocks(blocks: Iterable[Block], prefixes: Mapping[str, str]) -> str:
    """Return blocks as Turtle, one predicate a line and an empty line between blocks; no prefix lines."""
    return "\n".join(_block(block, prefixes) for block in blocks)


def _block(block: Block, prefixes: Mapping[str, str]) -> str:
    lines = [
        f"{'a' if predicate == RDF.type else _term(predicate, prefixes)} "
        + ", ".join(_term(value, prefixes) for value in objects)
        for predicate, objects in block.pairs
    ]
    return f"{_term(block.subject, prefixes)} " + " ;\n    ".join(lines) + " .\n"


def _term(term: URIRef | Literal, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, Literal):
        return str(term) if term.datatype == XSD.integer else term.n3()
    for prefix, namespace in prefixes.items():
        local = term.removeprefix(namespace)
        if local != term and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return term.n3()
