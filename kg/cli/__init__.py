"""The command line: parse arguments, call one function, print.

Data goes to standard output, messages to standard error. Exit codes: 0 success, 1 failed, 2 wrong usage,
3 data does not conform, 4 some documents failed.
"""

from kg.cli.app import app, main

__all__ = ["app", "main"]
