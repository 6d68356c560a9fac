"""Which encoding a page is in: much as the HTML standard tells it (section 13.2.3), but every byte must be valid."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.read.decoding import decode, mark_of

__all__ = ["decode_page"]

_SCANNED = 4096
_META = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]{2,40})"
    rb"|<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"'](?P<xml>[\w.:-]{2,40})",
    re.IGNORECASE,
)
# What browsers read for a label (Encoding Standard, section 4.2), where Python's codec of that name is a narrower one.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "unicode": "utf-16-le",
}  # fmt: skip
# A page that could be scanned for its label is in none of these, whatever the label says.
_WIDE = re.compile(r"utf-?(?:16|32)|ucs-?[24]", re.IGNORECASE)
_UNDECLARED = "cp1252"


def decode_page(data: bytes, *, where: str, given: str | None = None, charset: str | None = None) -> str:
    """Return the text of a page.

    Args:
        data: All its bytes.
        where: The page, for messages.
        given: The encoding that ``sources.toml`` declares; believed.
        charset: The one that the transport declared.

    Returns:
        The text in the first encoding in which all bytes are valid: that of the byte order mark, UTF-8 (bytes beyond
        ASCII are hardly ever valid in it by chance, and labels are often wrong), that of the transport, of the page's
        own label, and for a page that declares nothing, Windows-1252. NUL is left out, as browsers do.

    Raises:
        ReadError: There is none.
    """
    if given:
        return decode(data, where=where, encoding=given)
    tried = list(dict.fromkeys(_candidates(data, charset)))
    for encoding in tried:
        try:
            return data.decode(encoding).removeprefix("\ufeff").replace("\x00", "")
        except (LookupError, UnicodeError):
            continue
    raise ReadError(
        f"its bytes are not valid in {', '.join(tried)}",
        where=where,
        remedy='Re-save it as UTF-8, or declare its encoding in sources.toml, for instance encoding = "cp1251"',
    )


def _candidates(data: bytes, charset: str | None) -> Iterator[str]:
    mark = mark_of(data)
    if mark:
        yield mark
    if not data.isascii():
        yield "utf-8"
    if charset:
        yield _codec(charset)
    match = _META.search(data, 0, _SCANNED)
    label = (match["meta"] or match["xml"]).decode("ascii") if match else ""
    if label:
        yield "utf-8" if _WIDE.match(label) else _codec(label)
    yield "utf-8"
    if not (mark or label or charset):
        yield _UNDECLARED


def _codec(label: str) -> str:
    """Return Python's codec for a label; codecs that are no text encodings count as unknown."""
    name = _MEANT.get(label.strip().lower(), label.strip().lower())
    try:
        return name if codecs.lookup(name)._is_text_encoding else "utf-8"
    except (LookupError, ValueError):
        return "utf-8"
