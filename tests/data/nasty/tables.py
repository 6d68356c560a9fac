"""Nasty records and metadata: JSON of wrong types, broken front matter, broken TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator

from case import Case, article
from texts import INJECTIONS

__all__ = ["cases"]

TEXT = "Kenya lent Uganda $20 million on Monday. Officials in Kampala welcomed the loan."
GOOD = {"text": TEXT, "date": "2019-03-05"}
WRONG = (None, True, 7, -1, 1.5, 10**400, "", " ", "\x00", "\ud800", [], [[]], {}, {"a": 1}, ["a", 7], "x" * 5000)
BROKEN_JSON = {
    "cut off": '{"text": "Kenya', "two on a line": '{"text": "a"} {"text": "b"}', "single quotes": "{'text': 'a'}",
    "trailing comma": '{"text": "a",}', "comment": '// articles\n{"text": "a"}', "NaN": '{"text": NaN}', "bare word": "text",
    "number": "7", "null": "null", "string": '"text"', "array of arrays": "[[[]]]", "array of numbers": "[1, 2, 3]",
    "deep array": "[" * 50_000, "deep object": '{"a":' * 50_000, "many digits": '{"text": ' + "9" * 10_000 + "}",
    "duplicate keys": '{"text": "a", "text": "b"}', "control": '{"text": "a\x01b"}', "bad escape": '{"text": "\\x41"}',
    "bom in the middle": '{"text": "a"}\n\ufeff{"text": "b"}', "lone comma": ",", "lone bracket": "]", "empty key": '{"": "a"}',
    "long key": json.dumps({"k" * 100_000: "a"}), "many keys": json.dumps({f"k{n}": n for n in range(20_000)}),
}  # fmt: skip
FRONT_MATTER = {
    "not closed": "---\ntitle: A\n", "empty": "---\n---\n", "only a mark": "---\n", "TOML broken": "+++\ntitle = \n+++\n",
    "TOML not closed": "+++\ntitle = 'A'\n", "tabs": "---\n\ttitle:\tA\n---\n", "no colon": "---\ntitle A\n---\n",
    "a list": "---\n- a\n- b\n---\n", "date wrong": "---\ndate: soon\n---\n", "date list": "---\ndate: [2019, 3]\n---\n",
    "date year 0": "---\ndate: 0000-00-00\n---\n", "anchors": "---\ntitle: &a [*a, *a]\n---\n", "tag": "---\ntitle: !!python/object:os.system x\n---\n",
    "quotes": "---\ntitle: 'it's\n---\n", "long": "---\ntitle: " + "x" * 30_000 + "\n---\n", "twice": "---\ntitle: A\n---\n---\ntitle: B\n---\n",
    "url wrong": "---\nurl: javascript:alert(1)\n---\n", "lang wrong": "---\nlang: xx-yy-zz\n---\n", "control": "---\ntitle: A\x00\x1bB\n---\n",
    "author object": "---\nauthor:\n  name: Ana\n  twitter: x\n---\n", "CR only": "---\rtitle: A\r---\r",
}  # fmt: skip
TOML = {
    "broken": "[[[", "not UTF-8": b'["a.txt"]\npublisher = "\xff"\n', "UTF-16": '["a.txt"]\n'.encode("utf-16"), "no table": 'publisher = "A"\n',
    "unknown key": '["a.txt"]\npublishr = "A"\n', "wrong type": '["a.txt"]\npublisher = 7\n', "date wrong": '["a.txt"]\npublished = "soon"\n',
    "duplicate": '["a.txt"]\n["a.txt"]\n', "array of tables": '[["a.txt"]]\n', "outside": '["../a.txt"]\n', "absolute": '["/etc/passwd"]\n',
    "missing file": '["b.txt"]\n', "encoding wrong": '["a.txt"]\nencoding = "rot13"\n', "encoding unknown": '["a.txt"]\nencoding = "klingon"\n',
    "control": '["a.txt"]\npublisher = "A\\u0000\\u001b[31m"\n', "long": '["a.txt"]\npublisher = "' + "x" * 100_000 + '"\n',
    "url wrong": '["a.txt"]\nurl = "https://a b"\n', "url nasty": '["a.txt"]\nurl = "https://a.example/<x>\\"{}|\\\\^`"\n',
    "based_on wrong": '["a.txt"]\nbased_on = "x"\n', "a folder": "", "huge number": '["a.txt"]\npublished = ' + "9" * 500 + "\n",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    for column in ("text", "date", "title", "author", "publisher", "url", "id", "language"):
        records = [GOOD | {"id": n} | {column: value} for n, value in enumerate(WRONG)]
        yield Case("json types", column, {"a.jsonl": _dump([*records, GOOD | {"id": "last"}])}, True)
    for name, content in BROKEN_JSON.items():
        yield Case("json", name, {"a.jsonl": f"{content}\n{json.dumps(GOOD)}\n"}, True)
        yield Case("json array", name, {"a.json": f"[{json.dumps(GOOD)}, {content}, {json.dumps(GOOD)}]"}, True)
        yield Case("json document", name, {"a.json": content})
    for name, content in FRONT_MATTER.items():
        yield Case("front matter", name, {"a.md": content + article("It rained.")})
    for name, content in TOML.items():
        files = {"a.txt": article("It rained."), "c.txt": article("It snowed.")}
        toml = {"sources.toml": (lambda path: path.mkdir())} if name == "a folder" else {"sources.toml": content}
        yield Case("toml", name, files | toml)
    for name, value in INJECTIONS.items():
        record = GOOD | {
            "title": value,
            "author": [value],
            "publisher": value,
            "id": value,
            "url": f"https://a.example/{value}",
        }
        yield Case("metadata", name, {"a.jsonl": _dump([record])}, True)
    million = json.dumps(GOOD | {"id": "n"}) + "\n"
    yield Case("json", "10 MB of records without text", {"a.jsonl": '{"a": 1}\n' * 100_000 + million}, big=True)
    yield Case(
        "json",
        "one line of 30 MB",
        {"a.jsonl": json.dumps(GOOD | {"more": "x" * 30_000_000}) + "\n" + million},
        True,
        big=True,
    )


def _dump(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)
