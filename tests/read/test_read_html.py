"""HTML pages: the article, what the page says about itself, and every way to declare an encoding."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from packing import page

from kg.model import Document
from kg.read import Failure, ReadOptions, SetAside, read_sources, read_text
from kg.read.formats.html_text import convert

Folder = Callable[[dict[str, str | bytes]], Path]
Fail = Callable[..., str]
One = Callable[..., Document]

DAY = ReadOptions(published=date(2019, 3, 9))
LOAN = (
    "<h1>Kenya lends Uganda money</h1><p class='byline'>By Ana Lima</p>"
    "<p>NAIROBI (Reuters) - Kenya lent <a href='/u'>Uganda</a> $20 million on <b>Monday</b>, the finance ministry said.</p>"
    "<h2>Regional reactions to the loan were mixed</h2>"
    "<p>Tanzania criticised the loan on Tuesday.<br>“It is a mistake,” said its minister, Grace Mushi.</p>"
    "<ul><li>The loan runs for ten years at four percent.</li><li>Uganda will build a road with it.</li></ul>"
    "<blockquote><p>We shall pay all of it back before 2030, said the president of Uganda.</p></blockquote>"
    "<figure><img src='x.jpg'><figcaption>The ministers shake hands. Photo: Awa Diop</figcaption></figure>"
    "<p>Officials in Kampala welcomed the money and promised to pay it back in time.</p>"
)
TEXT = """# Kenya lends Uganda money

NAIROBI (Reuters) - Kenya lent Uganda $20 million on Monday, the finance ministry said.

## Regional reactions to the loan were mixed

Tanzania criticised the loan on Tuesday.
“It is a mistake,” said its minister, Grace Mushi.

- The loan runs for ten years at four percent.

- Uganda will build a road with it.

We shall pay all of it back before 2030, said the president of Uganda.

Officials in Kampala welcomed the money and promised to pay it back in time.
"""
JSON_LD = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    '"headline": "Kenya lends Uganda money", "datePublished": "2019-03-05T23:30:00+03:00", "author": '
    '[{"@type": "Person", "name": "Ana Lima"}, {"@type": "Person", "name": "Juan Paz"}], "publisher": '
    '{"@type": "Organization", "name": "Nairobi Post"}}</script><link rel="canonical" href="https://post.example/loan">'
)
OPEN_GRAPH = (
    '<meta property="og:title" content="Kenya lends Uganda money | Nairobi Post"><meta property="og:site_name" '
    'content="Nairobi Post"><meta property="og:url" content="https://post.example/loan"><meta name="author" '
    'content="Ana Lima, Juan Paz"><meta property="article:published_time" content="2019-03-05T08:00:00Z">'
)
META = (
    '<title>Kenya lends Uganda money - Nairobi Post</title><meta name="date" content="2019-03-05"><meta name="author" '
    'content="Ana Lima and Juan Paz"><meta name="application-name" content="Nairobi Post">'
    '<link rel="canonical" href="https://post.example/loan">'
)


def test_the_article_is_converted_once_and_stored(folder: Folder, read_one: One) -> None:
    document = read_one(folder({"a.html": page(LOAN, JSON_LD)}) / "a.html")
    assert document.text == TEXT
    quotes = [document.text[span.start : span.end] for span in document.body]
    assert quotes[0] == "Kenya lends Uganda money"
    assert quotes[1].startswith("Kenya lent Uganda $20 million")
    assert "Regional reactions to the loan were mixed" in quotes


@pytest.mark.parametrize("head", [JSON_LD, OPEN_GRAPH, META], ids=["JSON-LD", "OpenGraph", "meta tags"])
def test_a_page_tells_its_metadata(folder: Folder, read_one: One, head: str) -> None:
    document = read_one(folder({"a.html": page(LOAN, head, lang="en-KE")}) / "a.html")
    assert document.headline == "Kenya lends Uganda money"
    assert document.published == date(2019, 3, 5)
    assert document.authors == ("Ana Lima", "Juan Paz")
    assert document.publisher == "Nairobi Post"
    assert document.url == document.source_key == "https://post.example/loan"
    assert document.language == "en-KE"


def test_sources_toml_wins_over_the_page(folder: Folder, read_one: One) -> None:
    toml = '["a.html"]\npublisher = "Wire"\npublished = 2019-03-04\nheadline = "A loan"\n'
    document = read_one(folder({"a.html": page(LOAN, JSON_LD), "sources.toml": toml}))
    assert (document.publisher, document.published, document.headline) == ("Wire", date(2019, 3, 4), "A loan")


def test_the_text_tells_what_the_page_does_not(folder: Folder, read_one: One) -> None:
    body = LOAN.replace("NAIROBI (Reuters) -", "NAIROBI, March 5, 2019 (Reuters) -")
    document = read_one(folder({"a.html": page(body)}) / "a.html")
    assert document.published == date(2019, 3, 5)
    assert document.publisher is None
    assert document.url is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2019-01-01">', date(2019, 1, 1)),
        ('<meta property="article:published_time" content="2019-01-01T00:00:00Z">', date(2019, 1, 1)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-01-01"}</script>', date(2019, 1, 1)),
        ('<meta name="date" content="2019">', None),
        ('<meta name="copyright" content="2019">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_first_of_january_must_be_stated(folder: Folder, head: str, published: date | None) -> None:
    [item] = read_sources([folder({"a.html": page(LOAN, head)}) / "a.html"])
    assert (item.published if isinstance(item, Document) else None) == published


def test_dates_do_not_depend_on_the_day_of_reading() -> None:
    future = '<meta property="article:published_time" content="2090-03-05T08:00:00Z">'
    old = '<meta property="article:published_time" content="1851-03-05T08:00:00Z">'
    assert convert(page(LOAN, future), where="a").metadata.published == date(2090, 3, 5)
    assert convert(page(LOAN, old), where="a").metadata.published == date(1851, 3, 5)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.php", "a"])
def test_a_page_is_known_by_its_bytes(folder: Folder, read_one: One, name: str) -> None:
    for content in (page(LOAN), f"\ufeff\n<!-- saved -->\n{page(LOAN)}", page(LOAN).replace("<!DOCTYPE html>\n", "")):
        assert read_one(folder({name: content}) / name, options=DAY).text == TEXT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "<!-- draft -->\n# A loan\n\nKenya lent <b>Uganda</b> money."),
        ("a.txt", "<b>A loan</b>\n\nKenya lent Uganda money."),
        ("a.html", "A loan of 3 < 4 million\n\nKenya lent Uganda money."),
    ],
)
def test_text_with_a_tag_is_no_page(folder: Folder, read_one: One, name: str, content: str) -> None:
    assert read_one(folder({name: content}) / name, options=DAY).text == content


def test_read_text_takes_pages_too() -> None:
    assert read_text(page(LOAN, JSON_LD)).text == TEXT


# ------------------------------------------------------------------ encodings

WORDS = page("<p>Côte d’Ivoire lent Niger €5 million on Monday, said the minister, Aïssata Koné, to reporters.</p>")


def labelled(label: str) -> str:
    return WORDS.replace('<meta charset="utf-8">', label)


@pytest.mark.parametrize(
    ("content", "toml"),
    [
        (WORDS.encode(), ""),
        (b"\xef\xbb\xbf" + WORDS.encode(), ""),
        (WORDS.encode("utf-16"), ""),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), ""),
        (WORDS.encode("utf-32"), ""),
        (labelled('<meta charset="windows-1252">').encode("cp1252"), ""),
        (labelled("<meta charset=iso-8859-1>").encode("cp1252"), ""),
        (labelled('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">').encode("cp1252"), ""),
        (labelled('<meta charset="us-ascii">').encode(), ""),
        (labelled("").encode("cp1252"), ""),
        (labelled("").encode(), ""),
        (labelled('<meta charset="utf-16">').encode(), ""),
        (labelled('<meta charset="no-such-thing">').encode(), ""),
        (labelled('<meta charset="hex">').encode(), ""),
        (labelled('<meta charset="ascii">').encode("utf-8-sig"), ""),
        (("<?xml version='1.0' encoding='cp1252'?>\n" + labelled("")).encode("cp1252"), ""),
        (WORDS.encode("mac_roman"), '["a.html"]\nencoding = "mac_roman"\n'),
        (WORDS.replace("Koné", "Ko\x00né").encode(), ""),
    ],
)
def test_encodings(folder: Folder, content: bytes, toml: str) -> None:
    place = folder({"a.html": content, "sources.toml": toml})
    [document] = read_sources([place / "a.html"], options=DAY)
    assert isinstance(document, Document), str(document)
    assert "Côte d’Ivoire lent Niger €5 million on Monday, said the minister, Aïssata Koné" in document.text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (WORDS.encode("cp1252"), 'its bytes are not valid in utf-8. Re-save it as UTF-8, or declare its encoding in sources.toml, for instance encoding = "cp1251".'),
        (labelled('<meta charset="shift_jis">').encode("latin-1", "replace") + b"\xff", "its bytes are not valid in utf-8, cp932"),
        (WORDS.encode("utf-16")[:-1], "its bytes are not valid in utf-16-le, utf-8"),
    ],
)  # fmt: skip
def test_wrong_encodings(folder: Folder, fail_one: Fail, content: bytes, message: str) -> None:
    assert message in fail_one(folder({"a.html": content}) / "a.html", options=DAY)


# ------------------------------------------------------------------ languages


def french(lang: str) -> str:
    words = "Le président kenyan a rencontré jeudi son homologue ougandais à Nairobi pour parler du prix du gaz et des routes."
    return page(f"<p>{words} {words}</p>", lang=lang)


@pytest.mark.parametrize("lang", ["fr", "en", ""])
def test_a_page_in_another_language_is_set_aside(folder: Folder, lang: str) -> None:
    path = folder({"a.html": french(lang)}) / "a.html"
    [aside] = read_sources([path], options=DAY)
    assert str(aside) == (
        f'{path}: set aside, written in French (fr); only English is read. Write language = "en" in sources.toml or use '
        "--assume-english to read them all the same."
    )
    [document] = read_sources([path], options=ReadOptions(published=date(2019, 3, 9), assume_english=True))
    assert isinstance(document, Document)


def test_a_template_in_another_language_does_not_hide_an_english_article(folder: Folder, read_one: One) -> None:
    assert read_one(folder({"a.html": page(LOAN, lang="fr")}) / "a.html", options=DAY).language == "en"


# ------------------------------------------------------------------ pages that are none, and too much of one


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<html></html>", "no article was found in this page. Save its article as .txt and read that, if it has one."),
        ("<!DOCTYPE html><!-- nothing", "no HTML page (Document is empty). Expected a page with an article."),
        (page("<p>" * 120_000 + "x"), "a page of more than 100,000 elements, which is no article"),
        (page("<div>" * 5000 + "<p>Kenya lent Uganda money on Monday.</p>"), "no article was found in this page"),
    ],
)
def test_pages_without_an_article(folder: Folder, fail_one: Fail, content: str, message: str) -> None:
    assert message in fail_one(folder({"a.html": content}) / "a.html")


def test_a_tag_of_many_attributes_costs_no_time(folder: Folder, read_one: One) -> None:
    bomb = "<div " + " ".join(f"a{n}=x" for n in range(100_000)) + ">"
    assert read_one(folder({"a.html": page(bomb + LOAN)}) / "a.html", options=DAY).text == TEXT


def test_without_the_extra_the_message_names_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    place = folder({"a.html": page(LOAN), "b.txt": "5 March 2019\n\nKenya lent Uganda money."})
    failure, document = read_sources([place])
    assert isinstance(failure, Failure)
    assert str(failure.error) == (
        f"{place}/a.html: to read HTML, kg needs trafilatura, which is not installed. Run: pip install 'kg-news[html]'."
    )
    assert isinstance(document, Document)


def test_several_asides_of_one_file_are_counted(folder: Folder) -> None:
    from packing import lines

    records = [{"id": n, "text": french("fr"), "date": "2019-03-05"} for n in "ab"]
    path = folder({"a.jsonl": lines(records)}) / "a.jsonl"
    [aside] = read_sources([path])
    assert isinstance(aside, SetAside)
    assert str(aside).startswith(
        f"{path}: 2 records set aside, written in French (fr); only English is read; the first is {path}!1."
    )


FURNISHED = """
<!DOCTYPE html><html lang="en"><head><title>Kenya lends Uganda money | The Post</title><meta property="og:site_name" content="The Post"></head><body>
<div id="cookie-consent" class="banner"><p>We value your privacy</p><p>We and our partners store information on a device, such as cookies.</p><button>Accept all</button></div>
<header><a href="/">The Post</a></header>
<main><article><h1>Kenya lends Uganda money</h1><p class="standfirst">The loan will build a road to Rwanda, but Tanzania protests</p>
<div class="meta">By <a rel="author">Ana Lima</a> | <time datetime="2019-03-05T10:00:00Z">March 5, 2019</time></div>
<div class="share"><a>Share on Facebook</a><a>Tweet</a></div>
<figure><img src="a.jpg"><figcaption>Uganda's president signs the loan. Photograph: Awa Diop/The Post</figcaption></figure>
<p>NAIROBI, Kenya — Kenya lent Uganda $20 million on Monday, the finance ministry said.</p>
<div class="newsletter-signup"><h3>Get the Africa newsletter</h3><p>Sign up for our newsletter to get the best of Africa in your inbox.</p></div>
<p>Uganda will build a road to Rwanda, its president told reporters in Kampala on Tuesday.</p>
<blockquote class="pullquote">Uganda will build a road to Rwanda</blockquote>
<ul class="related"><li><a href="/a">Rwanda closes its border with Burundi for a week</a></li><li><a href="/b">Tanzania expels a diplomat from Kenya</a></li></ul>
<p><strong>READ MORE: <a href="/c">Uganda opens a port on Lake Victoria</a></strong></p>
<h2>Tanzania protests</h2>
<p>Tanzania protested against the loan on Wednesday, its foreign minister told parliament.</p>
<p><em>Ana Lima is the Africa editor of The Post.</em></p>
<div class="paywall"><p>This article is for subscribers only.</p></div>
</article><section class="comments"><h3>Comments</h3><p>Great article! I think that it is bad for Kenya.</p></section></main>
<footer><p>© 2019 The Post</p></footer></body></html>
"""


def test_a_page_in_all_its_furniture(folder: Folder, read_one: One) -> None:
    document = read_one(folder({"a.html": FURNISHED}) / "a.html")
    assert [document.text[span.start : span.end] for span in document.body] == [
        "Kenya lends Uganda money",
        "The loan will build a road to Rwanda, but Tanzania protests",
        "Kenya lent Uganda $20 million on Monday, the finance ministry said.",
        "Uganda will build a road to Rwanda, its president told reporters in Kampala on Tuesday.",
        "Tanzania protested against the loan on Wednesday, its foreign minister told parliament.",
    ]
    facts = (document.headline, document.published, document.authors, document.publisher)
    assert facts == ("Kenya lends Uganda money", date(2019, 3, 5), ("Ana Lima",), "The Post")
