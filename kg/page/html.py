"""Write the page: as one file that needs nothing else, or as the frame that a server fills."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path

from kg.page.bundle import STATIC, bundled
from kg.page.records import PageData, plain

__all__ = ["data_json", "embedded", "frame", "single_file"]

# cytoscape adds a style element of its own, which a strict policy refuses, unless an element of this id is there
_STYLE = "__________cytoscape_stylesheet"
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data_json(data: object) -> str:
    """Return a record as JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(plain(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    # a half of a surrogate pair cannot be written as UTF-8
    return text.encode("utf-8", "replace").decode()


def single_file(data: PageData, *, folder: Path = STATIC) -> str:
    """Return the page with its data, script and styles inside; its policy lets it ask nothing of any server.

    Args:
        data: What it shows.
        folder: Where the built page is.

    Raises:
        ResourceError: The page was not built.
    """
    script, style = (bundled(name, folder=folder).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    # "</script" inside a string of the bundle would end the element
    script = script.replace("</script", "<\\/script")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        f'<style id="{_STYLE}">{style}</style>'
    )
    return _filled(
        folder,
        head=head,
        data=f'<script id="data" type="application/json">{data_json(data)}</script>',
        script=f"<script>{script}</script>",
        title=data.title,
    )


def embedded(data: PageData, *, folder: Path = STATIC) -> str:
    """Return the page as :func:`single_file` does, for a frame in another page.

    Until its script runs it is not seen, so that what lies below the frame is; name and gist are left to that page.

    Raises:
        ResourceError: The page was not built.
    """
    return single_file(data, folder=folder).replace("<html ", '<html class="embedded" ', 1)


def frame(title: str, *, folder: Path = STATIC) -> str:
    """Return the page as a server gives it: scripts and styles are files, data come by requests.

    Raises:
        ResourceError: The page was not built.
    """
    bundled("page.js", folder=folder)
    return _filled(
        folder,
        head=f'<link rel="stylesheet" id="{_STYLE}" href="static/page.css">',
        data="",
        script='<script src="static/page.js"></script>',
        title=title,
    )


def _filled(folder: Path, *, head: str, data: str, script: str, title: str) -> str:
    """Put the parts into the template; what one part holds is never taken for the place of another."""
    page = bundled("index.html", folder=folder).read_text(encoding="utf-8")
    before, _, rest = page.partition("<!--head-->")
    middle, _, rest = rest.partition("<!--data-->")
    between, _, after = rest.partition("<!--script-->")
    before = before.replace("<title>Knowledge graph</title>", f"<title>{html.escape(title)}</title>")
    return "".join((before, head, middle, data, between, script, after))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
