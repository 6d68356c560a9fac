"""The README and the manual show what the commands print; figures, pictures and vocabulary are what they come from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_pages_and_pictures_are_what_the_commands_give() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/readme.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
