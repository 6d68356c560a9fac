"""The page as one file: nothing in the data gets out of its place, and its policy lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store
from serve_worlds import make_workspace

from kg.cli import main
from kg.errors import ResourceError
from kg.lexicon import Lexicon
from kg.page.bundle import bundled
from kg.page.html import data_json, frame, single_file
from kg.page.records import PageData
from kg.page.write import WrittenPage, write_page

NASTY = "</script><script>alert(1)</script><!-- <!--head--> \u202e\u2028 \" ' & \ud800 ]]>"


def embedded(page: str) -> str:
    return re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)[1]


def test_nothing_in_the_data_ends_its_element(built: Path, data: PageData) -> None:
    entity = replace(data.slice.entities[0], label=NASTY)
    page = single_file(replace(data, title=NASTY, slice=replace(data.slice, entities=(entity,))), folder=built)
    inside = embedded(page)
    assert not set("<>&\u2028") & set(inside)
    assert json.loads(inside)["slice"]["entities"][0]["label"] == NASTY.replace("\ud800", "?")
    assert page.count("<script") == page.count("</script>") == 2
    assert "<script>alert" not in page


def test_policy_names_the_hash_of_script_and_style_and_nothing_else(built: Path, data: PageData) -> None:
    page = single_file(data, folder=built)
    policy = entities.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[0]
    style = re.search(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)[1]
    for kind, text in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert "http" not in policy


def test_frame_has_scripts_and_styles_as_files_only(built: Path) -> None:
    page = frame("News & more", folder=built)
    assert "<title>News &amp; more</title>" in page
    assert re.findall(r'(?:src|href)="([^"#]+)"', page) == ["data:,", "static/page.css", "static/page.js"]
    assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=", page)


def test_data_without_numbers_that_json_lacks() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_json({"x": float("nan")})


def test_page_that_was_not_built_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"the web page was not built: page.js is missing\. Run 'make web'"):
        bundled("page.js", folder=tmp_path)


def test_nothing_is_written_without_the_built_page(tmp_path: Path, world: Store, lexicon: Lexicon) -> None:
    with pytest.raises(ResourceError):
        write_page(world, tmp_path / "x.html", lexicon=lexicon, title="x", folder=tmp_path)
    assert not (tmp_path / "x.html").exists()


def test_same_graph_gives_the_same_bytes(tmp_path: Path, built: Path, world: Store, lexicon: Lexicon) -> None:
    written = [write_page(world, tmp_path / name, lexicon=lexicon, title="x", folder=built) for name in ("a", "b")]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert written[0].size == (tmp_path / "a").stat().st_size


def test_large_page_says_how_to_make_it_smaller() -> None:
    page = WrittenPage(path=Path("g.html"), size=31_400_000, entities=5000, total=12345)
    assert page.summary == (
        "Page: g.html (31.4 MB, 5,000 of 12,345 entities)\n"
        "A page this large opens slowly: make it smaller with --limit 1250, or use 'kg serve'."
    )
    assert replace(page, size=900_000, entities=7, total=7).summary == "Page: g.html (0.9 MB, 7 entities)"


def test_scripts_set_text_as_text_only() -> None:
    sources = [path.read_text() for path in (Path(__file__).parents[2] / "web" / "src").rglob("*.ts")]
    assert len(sources) > 10
    for source in sources:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source)


def test_show_needs_a_picture_or_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show"]) == 2
    assert "(graph.html)" in " ".join(capsys.readouterr().err.replace("│", " ").split())


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(("how", "name"), [((), "x.html"), ((), "x.HTM"), (("--html",), "x")])
def test_show_writes_the_page_of_a_graph(
    how: tuple[str, ...], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph, page = make_workspace(tmp_path / "news"), tmp_path / name
    assert main(["show", *how, str(page), "--graph", str(graph), "--limit", "4"]) == 0
    assert re.fullmatch(rf"Page: {page} \(0\.\d MB, 4 of \d+ entities\)\n", capsys.readouterr().out)
    written = json.loads(embedded(page.read_text()))
    assert written["title"] == "news"
    assert len(written["slice"]["entities"]) == 4


@pytest.mark.usefixtures("built")
def test_page_that_cannot_be_written_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = make_workspace(tmp_path / "news")
    assert main(["show", "--html", str(tmp_path / "none" / "x.html"), "--graph", str(graph)]) == 1
    assert "the page cannot be written" in capsys.readouterr().err
