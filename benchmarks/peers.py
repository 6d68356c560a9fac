"""Time kg against other extractors that can be installed, on the same sentences and the same model, in one run.

    python benchmarks/peers.py [--env FOLDER] [--sentences 300] [--source FOLDER] [--rounds 3] [--json FILE]

Peers: a naive spaCy extractor (what tutorials do), textacy's subject-verb-object triples, and triplet-extract (a port
of Stanford OpenIE). They run as programs in an environment of their own, made in ``--env`` where it is missing. Two
rows are kg's: its *open triples* (what the peers give), and its *claims* (typed, resolved, dated, attributed, with
confidence), each sentence as an article of its own. Every row takes one process and one thread; what counts is
processor time without loading. The rows take turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from measuring import documents, in_own_process, ratios, spread, table, write_articles, write_json

from kg.annotate.extract import extract

OPEN, CLAIMS = "kg, open triples", "kg, claims"
KINDS = {OPEN: "openie", CLAIMS: "claims"}
PEERS = ("naive", "textacy", "triplet-extract")
FOLDER = Path(__file__).parent / "peer_extractors"


def sentences(source: Path, count: int) -> list[str]:
    """Return the first sentences of a folder's articles; a full stop and a capital are enough to part them here."""
    found = (
        sentence.strip().rstrip(".") + "."
        for document in documents(source)
        for span in document.body
        for sentence in document.text[span.start : span.end].split(". ")
    )
    return list(islice(dict.fromkeys(found), count))


def run_kg(file: Path, row: str) -> dict[str, float]:
    begin = 0.0

    def clocked() -> Iterator[tuple[str, str]]:
        nonlocal begin
        begin = time.process_time()  # the first text is asked for when all is loaded
        yield from ((str(n), text) for n, text in enumerate(json.loads(file.read_text())))

    kind = "triples" if row == OPEN else "claims"
    count = sum(len(record[kind]) for record in extract(clocked(), what=KINDS[row]))
    return {"seconds": time.process_time() - begin, "triples": count}


def run_peer(python: Path, file: Path, peer: str) -> dict[str, float]:
    with file.open() as texts:
        command = [python, FOLDER / "run.py", peer]
        done = subprocess.run(command, stdin=texts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{peer} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def environment(folder: Path) -> Path:
    """Return the interpreter of the peers' environment, which is made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        command = [python, "-m", "pip", "install", "--quiet", "--requirement", FOLDER / "requirements.txt"]
        subprocess.run(command, check=True)
    return python


def run_rounds(python: Path, file: Path, rounds: int) -> dict[str, list[dict[str, float]]]:
    found: dict[str, list[dict[str, float]]] = {name: [] for name in (*KINDS, *PEERS)}
    for _ in range(rounds):
        for name in KINDS:
            found[name].append(in_own_process(__file__, "--alone", name, "--source", file))
        for name in PEERS:
            found[name].append(run_peer(python, file, name))
    return found


def report(figures: dict[str, Any]) -> str:
    """Return the table; a peer's ratio tells how many times kg is faster."""
    count, found = figures["sentences"], figures["runs"]
    seconds = {name: [run["seconds"] for run in runs] for name, runs in found.items()}
    rows = {
        name: (
            f"{count / statistics.median(seconds[name]):,.1f}",
            f"{runs[0]['triples'] / count:.2f}",
            spread(ratios(seconds[name], seconds[OPEN])),
            spread(ratios(seconds[name], seconds[CLAIMS])),
        )
        for name, runs in found.items()
    }
    title = f"{count:,} sentences; in brackets lowest and highest of {len(found[OPEN])} rounds"
    return f"{title}\n{table(['sentences/s', 'found a sentence', 'time over open triples', 'over claims'], rows)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--env", type=Path, default=Path("out/peers"), help="the peers' environment (out/peers)")
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--source", type=Path, help="a folder of articles, instead of generated ones")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", choices=KINDS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        print(json.dumps(run_kg(arguments.source, arguments.alone)))
        return
    python = environment(arguments.env)
    with tempfile.TemporaryDirectory() as folder:
        source = arguments.source or write_articles(Path(folder) / "news", arguments.sentences // 5)
        texts = sentences(source, arguments.sentences)
        file = Path(folder) / "sentences.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        figures = {"sentences": len(texts), "runs": run_rounds(python, file, arguments.rounds)}
    print(report(figures))
    write_json(arguments.json, figures)


if __name__ == "__main__":
    main()
