"""The manual hangs together: every link leads somewhere, every page is in the index, every command exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from built_page import ROOT

from kg.cli.app import app

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "notebooks" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_BLOCK = re.compile(r"^```(?:console|sh)\n(.*?)^```|((?:^    .*\n)+)", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^(?:    |\$ |)(?:[A-Z_]+=\S+ |echo '[^']*' \| )?(kg [a-z].*)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors that code hosts give to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    yield from _LINK.findall(_CODE.sub("", page.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), link
            continue
        found = (page.parent / target).resolve() if target else page
        assert found.exists(), f"{link} in {page.name}"
        assert found == ROOT or ROOT in found.parents, f"{link} leaves the project"
        assert not anchor or anchor in anchors(found), f"{link} in {page.name}: no such heading"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, queue = set(), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        reached.add(page)
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in links(page) if ":" not in link}
        queue += [target for target in targets if target.suffix == ".md" and target not in reached]
    assert sorted(set(PAGES) - reached) == []


def test_the_index_names_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    named = {(index.parent / link).resolve() for link in links(index)}
    assert sorted({page for page in PAGES if page.parent == index.parent} - named - {index}) == []


def test_pictures_have_words_for_whoever_cannot_see_them() -> None:
    pictures = [words for page in PAGES for words in re.findall(r"!\[([^\]]*)\]\(", page.read_text("utf-8"))]
    assert len(pictures) > 5
    assert all(pictures)


def shown_commands() -> list[tuple[str, str]]:
    """Return the commands that pages show in blocks of code, with the page."""
    found = []
    for page in PAGES:
        if page.name == "CHANGELOG.md":
            continue
        text = page.read_text("utf-8").replace("\\\n", " ")
        blocks = ["".join(block) for block in _BLOCK.findall(text)]
        found += [(page.name, command) for block in blocks for command in _COMMAND.findall(block)]
    return found


def test_every_command_that_the_manual_shows_exists_with_its_options() -> None:
    group = typer.main.get_command(app)
    commands = shown_commands()
    assert len(commands) > 80
    for page, command in commands:
        words = shlex.split(command, comments=True)[1:]
        words = words[: next((at for at, word in enumerate(words) if word in {"<", ">", "|", "…"}), len(words))]
        known = group
        while hasattr(known, "commands") and words and not words[0].startswith("-"):
            assert words[0] in known.commands, f"{command!r} in {page}"
            known = known.commands[words.pop(0)]
        options = {name for parameter in known.params for name in (*parameter.opts, *parameter.secondary_opts)}
        given = {word.partition("=")[0] for word in words if re.match(r"-[-a-z]", word)}
        assert given <= options | {"--help", "-h"}, f"{command!r} in {page}: {sorted(given - options)}"
