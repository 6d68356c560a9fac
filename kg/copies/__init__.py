"""Keep copies from being parsed."""

from kg.copies.choose import Copies, open_copies

__all__ = ["Copies", "open_copies"]
