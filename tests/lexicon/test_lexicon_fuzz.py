"""Bounded fuzzing of lexicon packs: a pack is read and compiles into terms and shapes, or is refused with the reason."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from test_lexicon_refusals import PACK

from kg.errors import LexiconError
from kg.lexicon.compile import ontology_text, roles_text
from kg.lexicon.load import read_lexicon
from kg.lexicon.merge import merge_packs
from kg.lexicon.table import Table

BASE = tomllib.loads(PACK)
WORDS = st.one_of(
    st.sampled_from(["agent", "theme", "entity", "money", "Meet", "subject", "any", "lemma:", "lemma:x", "a|b", "|", "", " "]),
    st.sampled_from(['"', "'''", "\\", "<script>", "} DROP ALL", "\n", "\x00", "ü", "a b", "kg:Meet", "http://a.example/"]),
    st.text(max_size=12),
)  # fmt: skip
PLAIN = st.one_of(WORDS, st.integers(-3, 10**20), st.floats(), st.booleans())
ANY = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)), max_leaves=5
)
BOUNDED = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """Return the good pack with one to three entries replaced, renamed, added or left out, at any depth."""
    pack = copy.deepcopy(BASE)
    for _ in range(draw(st.integers(1, 3))):
        place: Any = pack
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.booleans()):
                place = place[key]
                continue
            what = draw(st.sampled_from(["replace", "drop", "rename"]))
            if what == "replace":
                place[key] = draw(ANY)
            elif what == "drop":
                del place[key]
            elif isinstance(place, dict):
                place[draw(WORDS)] = place.pop(key)
            break
    return pack


def holds(error: LexiconError) -> None:
    assert error.problem
    assert error.where


@given(changed())
@BOUNDED
def test_no_pack_is_too_bad(pack: dict[str, Any]) -> None:
    try:
        lexicon = merge_packs([Table("mine.toml", "", pack)])
    except LexiconError as error:
        holds(error)
        return
    assert Graph().parse(data=ontology_text(lexicon), format="turtle")
    assert bool(Graph().parse(data=roles_text(lexicon), format="turtle")) == bool(lexicon.classes)


@given(st.data())
@BOUNDED
def test_no_bytes_are_too_bad(tmp_path: Path, data: st.DataObject) -> None:
    good = PACK.encode()
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(good)), st.integers(0, len(good)))))
    path = tmp_path / "mine.toml"
    path.write_bytes(
        good[:start] + data.draw(st.binary(max_size=12)) + good[end if data.draw(st.booleans()) else start :]
    )
    try:
        read_lexicon([path])
    except LexiconError as error:
        holds(error)
