"""Run the commands that a page shows, and put what they print below them."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path

from kg.cli import main

__all__ = ["refreshed_blocks"]

_BLOCK = re.compile(r"(?<=```console\n).*?(?=\n```)", re.DOTALL)


def refreshed_blocks(text: str, folder: Path) -> str:
    """Return a page whose ``console`` blocks show what their commands print now.

    Commands begin with ``$``, may go on after a backslash, and run in order, in this process: ``kg``, with ``<`` for
    standard input and ``cat``.

    Raises:
        SystemExit: A command fails, or is none of these.
    """
    with contextlib.chdir(folder):
        return _BLOCK.sub(lambda block: _run_block(block[0]), text)


def _run_block(block: str) -> str:
    commands = re.findall(r"^\$ .*?[^\\]$", block, re.MULTILINE | re.DOTALL)
    shown = []
    for command in commands:
        printed = "\n".join(line.rstrip() for line in _output(command[2:].replace("\\\n", " ")).splitlines())
        shown.append(f"{command}\n{printed}".rstrip())
    return "\n".join(shown)


def _output(command: str) -> str:
    program, *arguments = shlex.split(command, comments=True)
    if program == "cat":
        return "".join(Path(name).read_text("utf-8") for name in arguments)
    if program != "kg":
        raise SystemExit(f"{command!r} is no kg command")
    given = ""
    if "<" in arguments:
        at = arguments.index("<")
        given = Path(arguments[at + 1]).read_text("utf-8")
        arguments = arguments[:at]
    return _kg(arguments, given)


def _kg(arguments: list[str], given: str) -> str:
    out, errors = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given.encode()))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            code = main(arguments)
    finally:
        sys.stdin = before
    if code:
        raise SystemExit(f"'kg {shlex.join(arguments)}' in {Path.cwd()} failed ({code}): {errors.getvalue()}")
    return out.getvalue()
