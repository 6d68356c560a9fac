"""Write the tables of docs/speed.md and docs/scale.md from the figures that the benchmarks left in docs/speed/.

    python tools/speed.py            # say whether a page is stale; exit code 1 if one is
    python tools/speed.py --write    # write the tables anew

Behind each marker ``<!-- NAME -->`` stands the table that ``benchmarks/NAME.py`` makes of ``docs/speed/NAME.json``.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "docs/speed.md", ROOT / "docs/scale.md")
_TABLE = re.compile(r"<!-- (\w+) -->\n```\n.*?\n```", re.DOTALL)


def refreshed(text: str) -> str:
    """Return the page with its tables as the figures have them."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    return _TABLE.sub(lambda match: f"<!-- {match[1]} -->\n```\n{_table(match[1])}\n```", text)


def _table(name: str) -> str:
    figures = json.loads((ROOT / "docs/speed" / f"{name}.json").read_text("utf-8"))
    table: str = importlib.import_module(name).report(figures)
    return table


def main() -> int:
    """Check the pages, or write them."""
    stale = 0
    for page in PAGES:
        text = page.read_text("utf-8")
        fresh = refreshed(text)
        if "--write" in sys.argv:
            page.write_text(fresh, "utf-8")
        elif text != fresh:
            sys.stderr.write(f"docs/{page.name} is stale: run python tools/speed.py --write\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
