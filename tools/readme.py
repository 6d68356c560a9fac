"""Run the commands that the README shows, and hold what it prints against what they print.

    python tools/readme.py            # say what is stale; exit code 1 if anything is
    python tools/readme.py --write    # write the outputs and figures anew

Each ``console`` block is run command by command, in one folder that holds the digests of ``seeds/``. The table of
figures is what ``benchmarks/gold.py`` writes for the project's own gold.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=\n```)", re.DOTALL)
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


def refreshed(text: str) -> str:
    """Return the README with outputs and figures as they are now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        text = _BLOCK.sub(lambda block: _run_block(block[0], folder), text)
        figures = folder / "figures.json"
        gold = ROOT / "tests/data/gold"
        script = [str(ROOT / "benchmarks/gold.py"), "--claims", str(gold / "claims.jsonl")]
        script += ["--entities", str(gold / "entities.jsonl"), "--source", str(ROOT / "seeds"), "--json", str(figures)]
        subprocess.run([sys.executable, *script], check=True, capture_output=True)
        return _FIGURES.sub(lambda _: _table(json.loads(figures.read_text(encoding="utf-8"))), text)


def _run_block(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{_output(line[2:], folder)}".rstrip() for line in commands)


def _output(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if program != "kg":
        raise SystemExit(f"README: {command!r} is no kg command")
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"README: {command!r} failed: {done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


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
    old = README.read_text(encoding="utf-8")
    new = refreshed(old)
    if "--write" in sys.argv[1:]:
        README.write_text(new, encoding="utf-8")
        return 0
    if new == old:
        return 0
    sys.stderr.write("README.md is stale: run python tools/readme.py --write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
