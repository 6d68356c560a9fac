"""One nasty input: the files that it consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["DATE", "Case", "article", "text"]

DATE = "5 March 2019"
Content = bytes | str | Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A nasty input.

    ``files`` are contents by name, or functions that make the file at its path (links, pipes); what is ``big`` takes
    too much time or memory for the default suite. ``reads`` tells that at least one document must come of it, so that
    nothing is refused that need not be.
    """

    kind: str
    name: str
    files: Mapping[str, Content]
    reads: bool = False
    big: bool = field(default=False, kw_only=True)

    def write(self, folder: Path) -> Path:
        """Write the files into a folder of their own below this one; return that."""
        place = folder / f"{self.kind}-{self.name}".replace("/", "_").replace(" ", "-")
        place.mkdir(parents=True)
        for name, content in self.files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return place


def article(sentence: str) -> str:
    """Return an article of this sentence among harmless ones."""
    return (
        f"Kenya lends Uganda money\n\n{DATE}\n\nKenya lent Uganda $20 million on Monday. {sentence}\n\n"
        "Officials in Kampala said that the loan would be paid back by 2030.\n"
    )


def text(kind: str, name: str, sentence: str, *, reads: bool = False, big: bool = False) -> Case:
    """Return the case of a text file with this sentence."""
    return Case(kind, name, {"a.txt": article(sentence)}, reads, big=big)
