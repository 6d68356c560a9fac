"""Hold the pages that show commands and pictures against what these give, and write them anew.

    python tools/readme.py            # say what is stale; exit code 1 if anything is
    python tools/readme.py --write    # write outputs, figures, pictures and the vocabulary anew

The commands of each ``console`` block run in one folder a page, with ``seeds/``, the articles of ``docs/examples`` and
the corporate pack of ``notebooks/`` in it. The README's table of figures is what ``benchmarks/gold.py`` writes for the
project's own gold; the pictures of ``docs/pictures`` are drawn from the graph that the README builds.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from console import refreshed_blocks
from model_pictures import model_pictures
from vocabulary import vocabulary_page

import kg
from kg.show.picture import draw_svg

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", DOCS / "tutorial.md", DOCS / "how-to.md")
_FIGURES = re.compile(
    r"(?<=<!-- figures: tools/readme\.py writes them from benchmarks/gold\.py -->\n).*?(?=\n\n## )", re.DOTALL
)
_ROWS = {
    "detection": "typed claims found",
    "full match": "class and all required roles right",
    "mentions": "entity mentions",
}
_SHARES = {
    "polarity": "polarity",
    "modality": "modality",
    "attribution": "attribution",
    "pronouns and descriptions resolved": "pronouns and descriptions resolved",
    "links made that are right": "Wikidata links that are right",
}


def refreshed() -> dict[Path, str]:
    """Return every page and picture as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folders = {page: _folder(Path(name) / page.stem) for page in PAGES}
        made = {page: refreshed_blocks(page.read_text("utf-8"), folder) for page, folder in folders.items()}
        readme = PAGES[0]
        made[readme] = _FIGURES.sub(lambda _: _table(_figures(Path(name))), made[readme])
        with kg.open(folders[readme] / "kg-graph") as graph:
            pictures = model_pictures(graph) | {"network.svg": draw_svg(graph.network())}
    made |= {DOCS / "pictures" / name: text for name, text in pictures.items()}
    return made | {DOCS / "vocabulary.md": vocabulary_page()}


def _folder(folder: Path) -> Path:
    """Return a folder with what the commands of a page read."""
    folder.mkdir()
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(DOCS / "examples", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "notebooks" / "corporate", folder / "corporate")
    return folder


def _figures(folder: Path) -> dict[str, dict[str, float]]:
    figures, gold = folder / "figures.json", ROOT / "tests/data/gold"
    script = [str(ROOT / "benchmarks/gold.py"), "--claims", str(gold / "claims.jsonl")]
    script += ["--entities", str(gold / "entities.jsonl"), "--source", str(ROOT / "seeds"), "--json", str(figures)]
    subprocess.run([sys.executable, *script], check=True, capture_output=True)
    return json.loads(figures.read_text(encoding="utf-8"))


def _table(figures: dict[str, dict[str, float]]) -> str:
    lines = ["| measure | precision | recall | F1 | of |", "|---|---|---|---|---|"]
    for key, name in _ROWS.items():
        row = figures[key]
        cells = " | ".join(f"{row[k]:.2f}" for k in ("precision", "recall", "f1"))
        lines.append(f"| {name} | {cells} | {row['gold']:.0f} |")
    lines += ["", "| measure | share | of |", "|---|---|---|"]
    lines += [f"| {name} | {figures[key]['share']:.2f} | {figures[key]['of']:.0f} |" for key, name in _SHARES.items()]
    return "\n".join(lines)


def main() -> int:
    """Compare or write; return the exit code."""
    stale = {path: text for path, text in refreshed().items() if not path.is_file() or path.read_text("utf-8") != text}
    if "--write" in sys.argv[1:]:
        for path, text in stale.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return 0
    if stale:
        names = ", ".join(str(path.relative_to(ROOT)) for path in sorted(stale))
        sys.stderr.write(f"stale: {names}. Run python tools/readme.py --write, and look at what changed\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
