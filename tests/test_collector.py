"""The command looks for garbage less often; importing kg, or calling it, leaves that to the program."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from kg.cli import main
from kg.collector import collect_rarely

SHOW = "import atexit, gc, sys; atexit.register(lambda: print('seen', gc.get_threshold()[0])); "


def threshold_at_the_end(code: str) -> int:
    done = subprocess.run([sys.executable, "-c", SHOW + code], capture_output=True, text=True, check=False)
    return int(done.stdout.rpartition("seen ")[2])


def test_the_command_collects_rarely_and_a_library_does_not() -> None:
    plain = threshold_at_the_end("import kg.builder")
    assert threshold_at_the_end("sys.argv = ['kg', '--version']; from kg.cli import main; main()") > 10 * plain
    assert threshold_at_the_end("from kg.cli import main; main(['--version'])") == plain


def test_other_generations_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.get_threshold()[1:] == before[1:]
        assert main(["--version"]) == 0
    finally:
        gc.set_threshold(*before)
