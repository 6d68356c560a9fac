"""The README shows what the commands print, and its figures are those of the benchmark."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_readme_is_what_the_commands_print() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/readme.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_readme_names_only_files_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert links
    assert [target for target in sorted(links) if not (ROOT / target).exists()] == []
