"""Language identification works from the installed package alone: no network, no cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import socket, sys
def refuse(*_args, **_options):
    raise SystemExit("the network was asked for")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from kg.read.language import check_detected, looks_english
from kg.errors import ReadError
assert looks_english("The minister said on Monday that the loan would be paid back in time by the government.")
try:
    check_detected("Le ministre a déclaré lundi que le prêt serait remboursé à temps par le gouvernement.", where="x")
except ReadError as error:
    print(error)
"""


def test_a_language_is_found_without_network_and_cache(tmp_path: Path) -> None:
    home = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "FTLANG_CACHE": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, env=os.environ | home
    )
    assert done.returncode == 0, done.stderr
    assert "the text is in French (fr) (probability" in done.stdout
    assert list(tmp_path.rglob("*.ftz")) == []
