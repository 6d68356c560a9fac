"""Make the ontology and the role shapes from lexicon packs, as files and in memory.

``shapes/ontology.ttl`` is ``ontology-core.ttl``, written by hand, with the event classes behind it;
``shapes/roles.ttl`` is generated whole. A user's own pack changes neither file: its terms and shapes come from
:func:`ontology_graph` and :func:`shapes_graph`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rdflib import Graph

from kg import resources
from kg.errors import ShapeError
from kg.iris import PREFIXES
from kg.lexicon.model import Lexicon
from kg.lexicon.role_shapes import role_blocks
from kg.lexicon.terms import event_blocks
from kg.lexicon.turtle import add_blocks, write_blocks, write_prefixes

__all__ = ["compile_lexicon", "ontology_graph", "ontology_text", "roles_text", "shapes_graph"]

_ROLES = "roles.ttl"
_MARK = """
# -----------------------------------------------------------------------
# Generated from kg/lexicon/packs/*.toml by `kg lexicon compile`: event classes, claim classes, direct properties.
# -----------------------------------------------------------------------

"""
_ROLES_HEAD = """\
# Shapes for the roles of each claim class.
# Generated from kg/lexicon/packs/*.toml by `kg lexicon compile`: edit a pack, then compile.

"""


def compile_lexicon(lexicon: Lexicon, shapes_dir: Path, *, check: bool) -> list[Path]:
    """Bring the generated files up to date with the packs.

    Args:
        lexicon: The packs that ship with kg.
        shapes_dir: Holds ``ontology.ttl`` and ``roles.ttl``.
        check: Only tell what is stale; write nothing.

    Returns:
        The files that were stale, sorted; empty when all was up to date.
    """
    texts = {shapes_dir / "ontology.ttl": ontology_text(lexicon), shapes_dir / _ROLES: roles_text(lexicon)}
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_text("utf-8") != text]
    if not check:
        for path in stale:
            path.write_text(texts[path], "utf-8")
    return sorted(stale)


def ontology_text(lexicon: Lexicon) -> str:
    """Return the whole ontology as Turtle."""
    own = write_prefixes(lexicon.prefixes) + "\n" if lexicon.prefixes else ""
    return _core() + _MARK + own + write_blocks(event_blocks(lexicon), _prefixes(lexicon))


def roles_text(lexicon: Lexicon) -> str:
    """Return the role shapes of every class as Turtle."""
    used = {name: namespace for name, namespace in _prefixes(lexicon).items() if name in ("kg", "schema", "sh")}
    prefixes = used | dict(lexicon.prefixes)
    return _ROLES_HEAD + write_prefixes(prefixes) + "\n" + write_blocks(role_blocks(lexicon), prefixes)


@lru_cache(maxsize=4)
def ontology_graph(lexicon: Lexicon) -> Graph:
    """Return the ontology with the terms of every pack, a user's own among them. Do not change it: it is shared."""
    graph = _graph(lexicon).parse(data=_core(), format="turtle")
    add_blocks(graph, event_blocks(lexicon))
    return graph


@lru_cache(maxsize=4)
def shapes_graph(lexicon: Lexicon) -> Graph:
    """Return all shapes, with those for the roles of every pack. Do not change it: it is shared.

    Raises:
        ShapeError: A file in ``shapes/`` is no Turtle.
    """
    graph = _graph(lexicon)
    for path in resources.shapes():
        if path.name != _ROLES:
            _parse(graph, path)
    add_blocks(graph, role_blocks(lexicon))
    return graph


def _core() -> str:
    return files("kg.lexicon").joinpath("ontology-core.ttl").read_text("utf-8")


def _prefixes(lexicon: Lexicon) -> dict[str, str]:
    return PREFIXES | dict(lexicon.prefixes)


def _graph(lexicon: Lexicon) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _prefixes(lexicon).items():
        graph.bind(prefix, namespace)
    return graph


def _parse(graph: Graph, path: Path) -> None:
    try:
        graph.parse(data=path.read_text("utf-8"), format="turtle", publicID=path.resolve().as_uri())
    except SyntaxError as error:  # rdflib's BadSyntax
        raise ShapeError(f"is no Turtle: {error}", where=str(path), remedy="Correct the file") from error
