"""Find the page's scripts, styles and HTML, which ``make web`` builds and the wheel ships."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import ResourceError

__all__ = ["STATIC", "bundled", "page_title"]

STATIC = Path(str(files("kg.page"))) / "static"


def bundled(name: str, *, folder: Path = STATIC) -> Path:
    """Return a built file of the page.

    Args:
        name: ``index.html``, ``page.js``, ``page.css``, …
        folder: Where ``make web`` puts them.

    Raises:
        ResourceError: The page was not built.
    """
    path = folder / name
    if not path.is_file():
        raise ResourceError(
            f"the web page was not built: {name} is missing",
            where=str(folder),
            remedy="Run 'make web' in the repository (it needs Node.js and npm), or install a wheel: it has the page",
        )
    return path


def page_title(graph: Path) -> str:
    """Return what stands above the page of a graph unless somebody says otherwise: the name that its folder was given.

    >>> page_title(Path("/data/lake-talks")), page_title(Path("kg-graph"))
    ('lake-talks', 'Knowledge graph')
    """
    name = graph.resolve().name
    return name if name and name != "kg-graph" else "Knowledge graph"
