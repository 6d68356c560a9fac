"""Nasty texts: characters, lengths, nesting, numbers, and names that try to break out of every format."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from case import Case, article, text

__all__ = ["INJECTIONS", "cases"]

INVISIBLE = (
    0x00AD, 0x034F, 0x061C, 0x115F, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D,
    0x202E, 0x2060, 0x2061, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB,
    0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0x1D173, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F, 0xF0000, 0x10FFFF,
)  # fmt: skip
SPACES = (0x09, 0x0B, 0x0C, 0x85, 0xA0, 0x1680, 0x2000, 0x2003, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
NAMES = {
    "emoji": "😀", "family": "👨‍👩‍👧‍👦", "flag": "🇰🇪", "broken flag": "🇰", "skin": "👍🏿", "keycap": "3️⃣",
    "heart": "❤️", "emoji in a word": "Mus😀hi", "arabic": "محمد بن سلمان", "hebrew": "יצחק הרצוג", "chinese": "习近平",
    "thai": "ประยุทธ์", "mixed scripts": "Рutin", "fullwidth": "Ｍｕｓｈｉ", "small capitals": "ᴍᴜsʜɪ", "mathematical": "𝕸𝖚𝖘𝖍𝖎",
    "combining": "Mus\u0301hi", "decomposed": unicodedata.normalize("NFD", "Müller-Økland"), "ligature": "Oﬃce",
    "dotless": "İstanbul ısı", "sharp s": "STRAẞE", "titlecase": "ǅungla", "roman numeral": "Ⅷ", "georgian": "ᲗᲑᲘᲚᲘᲡᲘ",
    "hangul jamo": "김정은", "deseret": "𐐁𐐲𐑉𐐻", "hieroglyphs": "𓀀𓂀", "private use": "\ue000\uf8ff",
}  # fmt: skip
INJECTIONS = {
    "double quotes": 'Grace "The Boss" Mushi',
    "single quotes": "Grace 'The Boss' Mushi",
    "backslash": "Grace \\Mushi\\",
    "backslash at the end": "Grace Mushi\\",
    "escapes": "Grace \\u0022\\n Mushi",
    "angle brackets": "Grace <Mushi>",
    "script": "Grace <script>alert(1)</script> Mushi",
    "image": 'Grace <img src=x onerror="alert(1)"> Mushi',
    "closing tags": "Grace </text></svg></script> Mushi",
    "entity": "Grace &lt;Mushi&gt; &amp; &#60;Sons",
    "cdata": "Grace ]]> Mushi <![CDATA[",
    "comment": "Grace <!-- Mushi --> Ltd",
    "sparql": "Mushi> } DROP ALL #",
    "sparql literal": 'Mushi" . ?s ?p ?o } #',
    "sparql update": "Mushi'; INSERT DATA { <a> <b> <c> } ; #",
    "turtle": "Mushi . @prefix x: <y> . x:a x:b",
    "iri": "https://evil.example/ns#Mushi",
    "javascript": "javascript:alert(1)//Mushi",
    "template": "{{7*7}} ${7*7} {% Mushi %} #{7*7}",
    "format": "%s %n %x {0} {name} Mushi",
    "markdown": "Grace [Mushi](javascript:alert(1)) **bold** | cell | `code`",
    "formula": '=HYPERLINK("http://evil.example","Mushi")',
    "path": "../../etc/Mushi/passwd",
    "shell": "$(rm -rf Mushi) `id` ; ls",
    "terminal": "\x1b[31mMushi\x1b[0m \x1b]0;title\x07",
    "null": "Mushi\u2400",
    "json": '"}],"Mushi":[{"a":"',
    "rtf": "{\\rtf1 Mushi}",
    "curie": "ent:Mushi kg:meets ent:Ruto",
    "percent": "Mushi %00 %2e%2e%2f %22",
}
PUNCTUATION = (
    ".",
    "...",
    "?!",
    "—",
    "“”",
    "()",
    "[]",
    "***",
    "---",
    "___",
    "#",
    ">>>",
    "||||",
    "``````",
    "=====",
    "。",
    "،؟",
    "¡¿",
)
NUMBERS = {
    "many digits": "9" * 400,
    "decimal": "0." + "1" * 400,
    "exponent": "1e999999",
    "negative": "-20",
    "groups": "1,2,3,4,5,6",
    "wrong groups": "1,00,000,0.0.0",
    "roman": "MMMMCMXCIX",
    "fractions": "½⅓¾",
    "superscript": "10²⁰⁰",
    "arabic digits": "٢٠",
    "infinity": "∞",
    "nan": "NaN",
    "zillion": "20 million billion trillion trillion",
    "range": "20-10 million to 5",
    "hex": "0xFFFFFFFFFFFFFFFFFF",
    "zero": "0",
    "currency signs": "$$$20€€£",
    "units": "20 mbpd/km²/°C",
}
TIMES = (
    "on 31 February 2019", "on 99 March 20190", "in the year 0", "in 10000 BC", "in 9999", "by the end of 12345678", "for 999999999 years",
    "999999999999 days ago", "in the 99th century", "on 00/00/0000", "on 29 February 1900", "at 25:61", "every 0 days", "between 2030 and 2019",
    "since 9999999 years before Monday", "on Friday the 13th of Smarch", "in the next 10000000 months", "in -5 days",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _characters()
    yield from _lengths()
    yield from _shapes()
    for name, value in INJECTIONS.items():
        sentence = f"President {value} met Grace Ruto in Nairobi. {value} praised Uganda."
        yield text("injection", name, sentence, reads=True)
    for name, value in NUMBERS.items():
        yield text(
            "number", name, f"Kenya lent Uganda ${value} on Monday and sent {value} soldiers to Somalia.", reads=True
        )
    for time in TIMES:
        yield text("time", time, f"Kenya met Uganda {time}, and will lend it money {time}.", reads=True)


def _characters() -> Iterator[Case]:
    for code in [*range(0x20), *range(0x7F, 0xA0)]:
        char = chr(code)
        yield text("control", f"U+{code:04X}", f"Grace{char}Mushi met{char} Uganda{char}", reads=code != 0)
    for code in INVISIBLE:
        char = chr(code)
        yield text(
            "invisible", f"U+{code:04X}", f"President {char}Grace{char} Mushi{char} met{char}Uganda.", reads=True
        )
    for code in SPACES:
        char = chr(code)
        yield text("space", f"U+{code:04X}", f"President{char}Grace{char}{char}Mushi met{char}Uganda.", reads=True)
    for name, value in NAMES.items():
        yield text("name", name, f"President {value} met {value} in {value} on Monday.", reads=True)
    for count in (10, 300, 20_000):
        marks = "".join(chr(0x300 + n % 0x6F) for n in range(count))
        yield text("combining", str(count), f"President Grace M{marks}ushi met Uganda.", reads=True)
    for name, break_ in {
        "CR": "\r",
        "LF CR": "\n\r",
        "CR CR LF": "\r\r\n",
        "NEL": "\x85",
        "PS": "\u2029",
        "mixed": "\r\n\n\r",
    }.items():
        yield Case("newline", name, {"a.txt": article("It rained.").replace("\n", break_)}, True)


def _lengths() -> Iterator[Case]:
    for name, content in {"empty": "", "a letter": "x", "blanks": " \t\n " * 50, "a stop": ".", "a digit": "7"}.items():
        yield Case("length", name, {"a.txt": content})
    for n, marks in enumerate(PUNCTUATION):
        yield Case("punctuation", str(n), {"a.txt": f"{DATED}{marks}\n\n{marks} {marks}\n"})
    yield text("sentence", "empty ones", ". . . ! ? . Kenya met Uganda. . ! .", reads=True)
    yield text("sentence", "words without a stop", "Kenya met Uganda and " * 150)
    yield text(
        "sentence",
        "5000 tokens",
        "the minister of the county of the region that " * 560 + "Kenya met.",
        reads=True,
        big=True,
    )
    yield text(
        "sentence",
        "5000 names",
        ", ".join(f"Grace Mushi{n}" for n in range(1700)) + " met in Kenya.",
        reads=True,
        big=True,
    )
    yield text("sentence", "5000 conjuncts", "Kenya met Uganda and " * 1250 + "left.", reads=True, big=True)
    yield text("word", "300 letters", "x" * 300, reads=True)
    yield text("word", "100000 letters", "x" * 100_000, reads=True)
    yield text("word", "hyphens", "-".join(["co"] * 2000), reads=True)
    yield text("word", "dots", "a." * 2000, reads=True)
    yield text("word", "address", "https://a.example/" + "%41/" * 3000, reads=True)
    yield Case("length", "many headlines", {"a.txt": "Kenya lends Uganda more money today\n\n" * 300}, False)
    yield Case("length", "10 MB in one line", {"a.txt": article("Kenya met Uganda. " * 580_000)}, big=True)
    yield Case("length", "10 MB of one word", {"a.txt": article("x" * 10_000_000)}, big=True)
    yield Case("length", "10 MB of blank lines", {"a.txt": article("\n" * 10_000_000)}, True, big=True)
    yield Case("length", "1 MB of lines", {"a.txt": article("Kenya\n" * 170_000)}, big=True)
    yield Case("length", "25 MB", {"a.txt": article("Kenya met Uganda. " * 1_500_000)}, big=True)
    yield Case("length", "900 kB of sentences", {"a.txt": article("Kenya met Uganda. " * 50_000)}, True, big=True)


DATED = "A headline about many things\n\n5 March 2019\n\n"


def _shapes() -> Iterator[Case]:
    for depth in (20, 500):
        yield text(
            "nesting", f"quotes {depth}", "“He said ‘" * depth + "Kenya met Uganda" + "’”" * depth + ".", reads=True
        )
        yield text("nesting", f"brackets {depth}", "(" * depth + "Kenya met Uganda" + ")" * depth + ".", reads=True)
        yield text(
            "nesting", f"clauses {depth}", "Kenya said that " * depth + "Uganda left.", reads=True, big=depth > 100
        )
        yield text(
            "nesting", f"relatives {depth}", "Kenya, which met " * depth + "Uganda, left.", reads=True, big=depth > 100
        )
        yield text("nesting", f"of {depth}", "The minister of " * depth + "Kenya left.", reads=True, big=depth > 100)
        yield text(
            "nesting",
            f"appositions {depth}",
            "Grace Mushi, the president, " * depth + "left.",
            reads=True,
            big=depth > 100,
        )
        yield text(
            "nesting",
            f"negation {depth}",
            "Kenya did not deny that it did not " * depth + "lend.",
            reads=True,
            big=depth > 100,
        )
    for name, sign in {
        "quote": '"',
        "bracket": "(",
        "markdown link": "[a](",
        "bold": "**",
        "code": "```",
        "tag": "<b>",
        "comment": "<!--",
        "footnote": "[^1]",
    }.items():
        yield text("unclosed", name, f"{sign}Kenya met Uganda {sign} on Monday {sign}.")
        yield text("unclosed", f"{name} 3000", f"Kenya met Uganda. {sign * 3000}")
