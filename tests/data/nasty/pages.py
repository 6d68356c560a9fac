"""Nasty pages and encodings: HTML bombs, broken markup, every encoding with and without mark or declaration."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from case import Case, article
from texts import INJECTIONS

__all__ = ["cases"]

WORDS = "<p>Kenya lent Uganda $20 million on Monday, the ministry said in Nairobi.</p>"
BODY = f"<article><h1>Kenya lends Uganda money</h1><time datetime='2019-03-05'>5 March 2019</time>{WORDS * 3}</article>"
DATE = '<meta name="date" content="2019-03-05">'
PAGES = {
    "unclosed": f"<html><body><article>{WORDS}<p>Kenya <b>met <i>Uganda</b></p>",
    "nested wrong": f"<html><body><b><p>{WORDS}</b></p><a><a><a>{BODY}",
    "no html": f"<p>{WORDS}", "two bodies": f"<html><body>{BODY}</body><body>{BODY}</body></html>",
    "frameset": "<html><frameset><frame src=a></frameset></html>", "only scripts": "<html><script>" + "a<b;" * 2000 + "</script></html>",
    "script with tags": f"<html><body><script>document.write('<p>{WORDS}</p>')</script>{BODY}</body></html>",
    "null references": f"<html><body>{BODY}<p>&#0; &#x0; &#xD800; &#1114112; &#99999999999; &nosuch; &amp;amp; Kenya met Uganda.</p></body></html>",
    "doctype bomb": '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<html><body><p>&c;</p>{BODY}</body></html>",
    "external entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p>{BODY}</body></html>',
    "cdata": f"<html><body><![CDATA[{WORDS}]]>{BODY}</body></html>", "comments": "<html><body>" + "<!--" * 2000 + BODY,
    "conditional": f"<!--[if IE]><html><![endif]--><html><body>{BODY}</body></html>", "xml": f"<?xml version='1.0'?><html><body>{BODY}</body></html>",
    "svg": f"<html><body><svg><script>1</script><text>{WORDS}</text></svg>{BODY}</body></html>", "template": f"<html><body><template>{WORDS}</template>{BODY}",
    "hidden": f"<html><body><div hidden>{WORDS}</div>{BODY}</body></html>", "base64": f"<html><body><img src='data:image/png;base64,{'A' * 200_000}'>{BODY}",
    "bad json-ld": f'<html><head><script type="application/ld+json">{{"a": [}}</script></head><body>{BODY}</body></html>',
    "deep json-ld": f'<html><head><script type="application/ld+json">{"[" * 5000}</script></head><body>{BODY}</body></html>',
    "wrong json-ld": f'<html><head><script type="application/ld+json">{{"@type": 7, "author": [[]], "datePublished": {{}}, "publisher": "x"}}</script></head><body>{BODY}',
    "dates": f"<html><head>{'<meta name=date content=9999-99-99>' * 50}</head><body>{BODY}</body></html>",
    "huge title": f"<html><head><title>{'Kenya ' * 20_000}</title></head><body>{BODY}</body></html>",
    "canonical": f'<html><head><link rel=canonical href="javascript:alert(1)"><meta property=og:url content="http://[::1">{DATE}</head><body>{BODY}',
    "controls": f"<html><body>{BODY}<p>Grace\x01\x02\x0b\x0c\x1b Mushi met \x7f\x85\x9f Uganda.</p></body></html>",
    "nul": f"<html><body>{BODY}<p>Grace\x00 Mushi met Uganda.</p></body></html>",
    "rtl": f"<html dir=rtl><body>{BODY}<p>\u202eGrace Mushi\u202c met \u2067Uganda\u2069.</p></body></html>",
    "tables": "<html><body>" + "<table><tr><td>" * 300 + BODY, "lists": "<html><body>" + "<ul><li>" * 300 + BODY, "quotes": "<html><body>" + "<blockquote>" * 200 + BODY,
    "divs": "<html><body>" + "<div>" * 5000 + BODY, "attributes": f"<html><body><div {' '.join(f'a{n}=x' for n in range(20_000))}>{BODY}",
    "attribute value": f'<html><body><div title="{"x>" * 20_000}">{BODY}', "unclosed quote": f'<html><body><div title="x>{BODY}', "only a doctype": "<!DOCTYPE html>",
    "empty": "<html><head></head><body></body></html>", "links only": "<html><body>" + "<a href=/x>Kenya</a> " * 500 + "</body></html>",
}  # fmt: skip
CODECS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "cp1250", "cp1251", "cp1252",
    "cp1253", "cp1254", "cp1257", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-15", "koi8-r", "mac_roman", "cp437", "cp850", "cp037",
    "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "cp874", "hz", "ascii",
)  # fmt: skip
LETTERS = "Café naïve Łódź Москва 北京 東京 서울 ไทย €20 “ÿ” §"


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for name, html in PAGES.items():
        yield Case("page", name, {"a.html": html.replace("</head>", f"{DATE}</head>", 1)})
    for name, value in INJECTIONS.items():
        head = f"<title>{value}</title><meta name=author content='{value}'><meta property=og:site_name content='{value}'>{DATE}"
        yield Case("page metadata", name, {"a.html": f"<html><head>{head}</head><body>{BODY}</body></html>"})
    for codec in CODECS:
        letters = "".join(char for char in LETTERS if _fits(char, codec))
        data = article(f"Grace Mushi met {letters} in Nairobi.").encode(codec)
        yield Case("encoding", f"{codec} undeclared", {"a.txt": data})
        yield Case(
            "encoding", f"{codec} declared", {"a.txt": data, "sources.toml": f'["a.txt"]\nencoding = "{codec}"\n'}, True
        )
        yield Case(
            "encoding", f"{codec} declared as ascii", {"a.txt": data, "sources.toml": '["a.txt"]\nencoding = "ascii"\n'}
        )
        page = f"<html><head><meta charset={{}}>{DATE}</head><body>{BODY}<p>Grace Mushi met {letters} in Nairobi.</p></body></html>"
        yield Case("page encoding", f"{codec} labelled", {"a.html": page.format(codec).encode(codec)})
        yield Case(
            "page encoding",
            f"{codec} labelled wrong",
            {"a.html": page.format("big5" if codec == "utf-8" else "utf-8").encode(codec)},
        )
    yield Case(
        "page encoding",
        "mark against label",
        {"a.html": codecs.BOM_UTF8 + f"<html><meta charset=cp1251>{DATE}{BODY}é".encode()},
        True,
    )
    yield Case("encoding", "every byte", {"a.txt": bytes(range(256))})
    yield Case(
        "encoding", "invalid in the middle", {"a.txt": article("It rained.").encode() + b"\xff\xfe\x80" + b"More.\n"}
    )
    yield Case("encoding", "surrogates in UTF-8", {"a.txt": article("Grace \ud83d\ude00 Mushi met Uganda.")})
    yield Case("encoding", "overlong", {"a.txt": article("Kenya met Uganda.").encode() + b"\xc0\xaf\xe0\x80\xaf"})
    yield Case("encoding", "two marks", {"a.txt": codecs.BOM_UTF8 * 2 + article("It rained.").encode()}, True)
    yield Case("encoding", "odd UTF-16", {"a.txt": article("It rained.").encode("utf-16")[:-1]})
    yield Case("encoding", "lone surrogate in UTF-16", {"a.txt": article("It rained.").encode("utf-16") + b"\x00\xd8"})
    yield Case("page", "5000 paragraphs", {"a.html": f"<html>{DATE}<body><article>{WORDS * 5000}"}, big=True)
    yield Case("page", "300000 paragraphs", {"a.html": f"<html><body>{'<p>' * 300_000}"}, big=True)
    yield Case(
        "page",
        "200000 attributes",
        {"a.html": f"<html>{DATE}<body><div {' '.join(f'a{n}=x' for n in range(200_000))}>{BODY}"},
        True,
        big=True,
    )
    yield Case(
        "page",
        "many tags of 500 attributes",
        {"a.html": f"<html>{DATE}<body>{('<b ' + ' '.join(f'a{n}=x' for n in range(500)) + '>') * 2000}{BODY}"},
        big=True,
    )
    yield Case("page", "100000 deep", {"a.html": f"<html><body>{'<div>' * 100_000}{BODY}"}, big=True)
    yield Case(
        "page",
        "18 MB of text",
        {"a.html": f"<html>{DATE}<body><article><p>{'Kenya met Uganda. ' * 1_000_000}"},
        big=True,
    )


def _fits(char: str, codec: str) -> bool:
    try:
        return char.encode(codec).decode(codec) == char
    except UnicodeError:
        return False
