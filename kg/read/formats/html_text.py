"""Convert a page to the text of its article: headline, paragraphs and list items, parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.errors import ReadError
from kg.read.extras import need
from kg.read.formats.html_metadata import page_metadata
from kg.read.item import NoArticleError
from kg.read.metadata import Metadata

__all__ = ["Page", "convert"]

# Such tags hold the data of pictures; thousands of attributes in one tag would take libxml2 the square of their number.
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})[^<>]{4000,}>")
# The articles of newspapers have some hundred elements, their pages some thousand.
_MOST_ELEMENTS = 100_000
# What stands around an article by the meaning of the element or of its ARIA role (a landmark).
_AROUND = (
    "//nav", "//footer", "//aside", "//form", "//dialog", "//button",
    *(f"//*[@role='{role}']" for role in ("navigation", "contentinfo", "complementary", "search", "dialog", "menu")),
    "//*[@aria-hidden='true']", "//*[@hidden]",
)  # fmt: skip
_BLANK = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text of a page's article, and what the page says about it."""

    text: str
    metadata: Metadata


def convert(html: str, *, where: str, url: str | None = None) -> Page:
    """Return the article of a page.

    Args:
        html: The decoded page.
        where: The page, for messages.
        url: Its address, if it is known.

    Raises:
        ReadError: trafilatura is not installed, it is no page, or no article is in it.
    """
    trafilatura = need("trafilatura", extra="html", to="read HTML", where=where)
    if not html.strip():
        raise ReadError("the file is empty", where=where, remedy="Expected a page with an article")
    tree = _parse(html, where)
    metadata = page_metadata(tree, url=url)
    found = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=False, include_images=False, include_links=False,
        include_formatting=False, with_metadata=False, prune_xpath=list(_AROUND),
    )  # fmt: skip
    paragraphs = list(_paragraphs(found.body)) if found is not None and found.body is not None else []
    if not paragraphs:
        raise NoArticleError(
            "no article was found in this page",
            where=where,
            remedy="Save its article as .txt and read that, if it has one",
        )
    return Page(text="\n\n".join(_with_title(metadata.headline, paragraphs)) + "\n", metadata=metadata)


def _parse(html: str, where: str) -> Any:
    """Return the page as a tree of lxml, without what takes it long."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    data = _LONG_TAG.sub(r"<\1>", html).encode("utf-8")
    try:
        tree = document_fromstring(data, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"no HTML page ({error})", where=where, remedy="Expected a page with an article") from error
    if sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        raise ReadError(
            f"a page of more than {_MOST_ELEMENTS:,} elements, which is no article",
            where=where,
            remedy="Save its article as .txt and read that",
        )
    return tree


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the blocks of trafilatura's tree in the page's order, headings and list items marked as in Markdown."""
    for element in body.iter("p", "head", "item", "quote", "div", "ab"):
        if any(ancestor.tag in ("p", "head", "item") for ancestor in element.iterancestors()):
            continue
        mark = {"head": "## ", "item": "- "}.get(element.tag, "")
        text = _own_text(element)
        if text:
            yield f"{mark}{text}"


def _own_text(element: Any) -> str:
    """Return an element's text without that of the blocks in it, which stand for themselves; line breaks are kept."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif element.tag in ("p", "head", "item") or child.tag not in ("p", "head", "list", "quote", "div", "ab"):
            parts.append(_own_text(child) if len(child) else child.text or "")
        parts.append(child.tail or "")
    lines = (_BLANK.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _with_title(title: str | None, paragraphs: list[str]) -> list[str]:
    """Put the headline first, once: the page's own heading often repeats it."""
    if title is None:
        return paragraphs
    same = [n for n, text in enumerate(paragraphs[:3]) if _letters(text) == _letters(title)]
    return [f"# {title}", *(text for n, text in enumerate(paragraphs) if n not in same)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
