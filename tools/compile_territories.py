"""Compile the table of territories that kg ships from rigour (names and identifiers of Wikidata, CC0).

    pip install rigour==2.6.1
    python tools/compile_territories.py kg/annotate/data/territories.tsv

rigour needs PyICU, which has no binary package, so it is needed here only. The table keeps, in the order of codes:
rigour's code, name, full name, whether it is a country, and the Wikidata item. Equal input gives equal bytes.

Of the items that rigour has for a territory the first is taken, but for those in ``PREFERRED``: there the first is a
realm with its lands overseas, or a government, and news means the country.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from rigour.territories import Territory, get_territories

PREFERRED = {"dk": "Q35", "eh": "Q6250", "nl": "Q55"}
HEADER = "# Compiled from rigour {} by tools/compile_territories.py: code\tname\tfull name\tcountry\tWikidata\n"


def main() -> None:
    """Write the table to the path named on the command line."""
    rows = [
        f"{t.code}\t{t.name}\t{t.full_name}\t{int(bool(t.is_country))}\t{_item(t)}\n"
        for t in sorted(get_territories(), key=lambda t: t.code)
    ]
    Path(sys.argv[1]).write_text(HEADER.format(version("rigour")) + "".join(rows), encoding="utf-8")


def _item(territory: Territory) -> str:
    preferred = PREFERRED.get(territory.code, territory.qid)
    if preferred not in (territory.qid, *territory.other_qids):
        sys.exit(f"rigour does not vouch for {preferred} as {territory.name}")
    return preferred


if __name__ == "__main__":
    main()
