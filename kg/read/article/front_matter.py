"""Read the metadata block at the beginning of a Markdown file: YAML between ``---`` or TOML between ``+++``.

Of YAML only what site generators write there is understood: ``key: value``, quotes, ``[lists]``, ``- items`` and folded
text. Keys that are not about the article (tags, layout) are ignored.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

from kg.errors import ReadError
from kg.read.dates import parse_date
from kg.read.metadata import Metadata

__all__ = ["read_front_matter"]

_BLOCK = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<inner>.{0,20000}?)^(?P=mark)[ \t]*(?:\r?\n|\Z)", re.MULTILINE | re.DOTALL
)
_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*\r?$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>.*?)[ \t]*\r?$")

_SYNONYMS = {
    "headline": ("headline", "title"),
    "published": ("published", "datepublished", "date", "pubdate", "publishdate", "date_published", "published_at"),
    "publisher": ("publisher", "source", "site", "site_name", "outlet", "publication"),
    "authors": ("authors", "author", "byline", "creator"),
    "url": ("url", "original_url", "source_url", "canonical", "canonical_url", "link", "permalink"),
    "language": ("language", "lang", "inlanguage"),
}


def read_front_matter(text: str, *, where: str) -> tuple[Metadata, int]:
    """Return the metadata of the front matter and where the text after it begins (0 where there is none).

    Raises:
        ReadError: The block is not valid TOML, or its date cannot be read.
    """
    match = _BLOCK.match(text)
    if not match:
        return Metadata(), 0
    if match["mark"] == "+++":
        try:
            values: Mapping[str, object] = tomllib.loads(match["inner"].replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            raise ReadError(f"front matter is not valid TOML: {error}", where=where, remedy="Correct it") from error
    else:
        values = _yaml(match["inner"])
        if not values:  # "---" is also a thematic break
            return Metadata(), 0
    return _to_metadata({key.lower(): value for key, value in values.items()}, where=where), match.end()


def _yaml(inner: str) -> dict[str, object]:
    values: dict[str, object] = {}
    key = ""
    for line in inner.splitlines():
        match, item = _KEY.match(line), _ITEM.match(line)
        if match:
            key = match["key"]
            values[key] = _scalar(match["value"] or "")
        elif item and key:
            before = values[key]
            values[key] = [*(before if isinstance(before, list) else []), _unquote(item["value"])]
        elif key and line[:1] in " \t" and line.strip():
            nested = _KEY.match(line.strip())  # "author:" over "  name: Jane Doe"
            added = line.strip() if nested is None else nested["value"] if nested["key"] == "name" else ""
            values[key] = f"{values[key] or ''} {added}".strip()
    return values


def _scalar(value: str) -> object:
    if value in ("|", ">", "|-", ">-"):
        return ""
    if value.startswith("[") and value.endswith("]"):
        return [_unquote(item.strip()) for item in value[1:-1].split(",") if item.strip()]
    return _unquote(value)


def _unquote(value: str) -> str:
    quoted = re.fullmatch(r"(['\"])(.*)\1(?:\s+#.*)?", value)
    return quoted[2] if quoted else re.sub(r"\s+#.*$", "", value)


def _to_metadata(values: Mapping[str, object], *, where: str) -> Metadata:
    found = {name: _first(values, keys) for name, keys in _SYNONYMS.items()}
    url = _text(found["url"])
    return Metadata(
        headline=_text(found["headline"]),
        published=_published(found["published"], where),
        publisher=_text(found["publisher"]),
        authors=_texts(found["authors"]),
        url=url if url and re.match(r"https?://\S+$", url) else None,
        language=_text(found["language"]),
    )


def _first(values: Mapping[str, object], keys: tuple[str, ...]) -> object:
    return next((values[key] for key in keys if values.get(key)), None)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(item)))


def _published(value: object, where: str) -> date | None:
    if value is None or isinstance(value, datetime):
        return value.date() if value else None
    found = value if isinstance(value, date) else parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise ReadError(
            f"the front matter's date {value!r} cannot be read; expected YYYY-MM-DD",
            where=where,
            remedy="Correct it, or give `published` in sources.toml",
        )
    return found
