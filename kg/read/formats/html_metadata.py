"""What a page says about itself: JSON-LD, OpenGraph, meta tags, read by trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.read.metadata import Metadata, is_url, one_line

__all__ = ["page_metadata"]

# Fixed, since by default htmldate takes nothing beyond today, and then a page would change with the day it is read on.
_EARLIEST, _LATEST = "1700-01-01", "2099-12-31"
_AUTHORS = re.compile(r"\s*(?:;|\||, | and )\s*")
_STATED = re.compile(r"(?:^|\")(?P<day>\d{4}-01-01)(?=$|[T\s\"+])")
_JSON_DATE = re.compile(r"\"(?:datePublished|dateCreated|uploadDate)\"\s*:\s*(?P<value>\"[^\"]{4,40}\")")

for _name in ("trafilatura", "htmldate"):
    # they warn about pages, not about us; what matters comes back as an error of ours
    logging.getLogger(_name).addHandler(logging.NullHandler())


def page_metadata(tree: Any, *, url: str | None) -> Metadata:
    """Return what a page states.

    Args:
        tree: As lxml parsed it; not changed.
        url: Its address, if it is known; wins over the page's own.

    A first of January counts only where a machine-readable date of the page says just that day: htmldate makes it of a
    mere year as well.
    """
    from trafilatura.metadata import extract_metadata

    config = {
        "original_date": True, "extensive_search": False, "deferred_url_extractor": True,
        "min_date": _EARLIEST, "max_date": _LATEST,
    }  # fmt: skip
    found = extract_metadata(tree, default_url=url, date_config=config)
    publisher = _publisher(found)
    address = url or found.url or ""
    return Metadata(
        headline=_headline(found.title, publisher),
        published=_published(found.date, tree),
        publisher=publisher,
        authors=tuple(dict.fromkeys(_authors(found.author, publisher))),
        url=address if is_url(address) else None,
        language=_language(tree),
    )


def _publisher(found: Any) -> str | None:
    """Return the site's name; a mere host name is none."""
    name = one_line(found.sitename or "")
    host = (found.hostname or "").removeprefix("www.")
    return None if name and host and name.lower().removeprefix("www.") in (host, host.rpartition(".")[0]) else name


def _headline(title: str | None, publisher: str | None) -> str | None:
    """Return the title without the site's name, which many pages put behind it."""
    line = one_line(title or "")
    if line and publisher:
        line = re.sub(rf"\s+[-–—|:•·»]+\s+{re.escape(publisher)}$", "", line, flags=re.IGNORECASE) or line
    return line


def _authors(given: str | None, publisher: str | None) -> Iterator[str]:
    for name in _AUTHORS.split(given or ""):
        line = one_line(name)
        if line and line != publisher and not is_url(line):
            yield line


def _published(found: str | None, tree: Any) -> date | None:
    try:
        day = date.fromisoformat(found or "")
    except ValueError:
        return None
    return day if (day.month, day.day) != (1, 1) or day.isoformat() in _stated(tree) else None


def _stated(tree: Any) -> set[str]:
    """Return the firsts of January that machine-readable dates of the page name to the day."""
    values = [str(value) for value in tree.xpath("//meta/@content | //time/@datetime | //*[@itemprop]/@datetime")]
    for script in tree.xpath("//script[contains(@type, 'json')]/text()"):
        values += [match["value"] for match in _JSON_DATE.finditer(str(script))]
    return {match["day"] for value in values for match in _STATED.finditer(value.strip())}


def _language(tree: Any) -> str | None:
    stated = tree.xpath("/html/@lang | /html/@*[local-name()='lang'] | //meta[@http-equiv='content-language']/@content")
    return next((line for value in stated if (line := one_line(str(value)))), None)
