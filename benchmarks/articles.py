"""Write news-like articles of which every fact, copy and contradiction is known.

    python benchmarks/articles.py --count 1000 --seed 7 --out DIR

DIR gets the articles, their ``sources.toml``, and ``truth.records`` (JSON Lines under a name that no build reads as
articles): one record an article (what it states where, its lineage), a fact of the invented world, and a planned
contradiction. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from newsmaker import make_corpus, write_corpus


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="how many articles (200)")
    parser.add_argument("--seed", type=int, default=7, help="of the random numbers (7)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    arguments = parser.parse_args()
    corpus = make_corpus(arguments.count, arguments.seed)
    write_corpus(corpus, arguments.out)
    kinds = Counter(article.kind for article in corpus.articles)
    stories = len({article.story.id for article in corpus.articles})
    print(f"{len(corpus.articles)} articles of {stories} stories, {len(corpus.contradictions)} contradictions")
    print(", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))


if __name__ == "__main__":
    main()
