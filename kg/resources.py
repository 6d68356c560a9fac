"""Find the files that ship with kg, in a wheel, an editable install and a plain checkout.

In a wheel ``shapes/`` and ``queries/`` lie inside the package (``kg/_data``); in a checkout they
lie beside it, where people look for them. Lexicon packs always lie in ``kg/lexicon/packs``.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceError

__all__ = ["folder", "packs", "queries", "shapes"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder of that name (``shapes``, ``queries``).

    Raises:
        ResourceError: Neither the wheel's nor the checkout's place holds it.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise ResourceError(
        f"the folder {name!r} is missing; looked for {places[0]} and {places[1]}",
        remedy="Reinstall kg-news, or run from a full checkout",
    )


def shapes() -> tuple[Path, ...]:
    """Return the Turtle files with SHACL shapes, sorted by name, without the ontology."""
    return tuple(sorted(p for p in folder("shapes").glob("*.ttl") if p.name != "ontology.ttl"))


def queries() -> tuple[Path, ...]:
    """Return the named query files, sorted by name."""
    return tuple(sorted(folder("queries").glob("*.rq")))


def packs() -> tuple[Path, ...]:
    """Return the lexicon packs that ship with kg, sorted by name."""
    return tuple(sorted((_PACKAGE / "lexicon" / "packs").glob("*.toml")))
