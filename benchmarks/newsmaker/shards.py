"""Write a corpus as JSON Lines in shards, with the metadata that its ``sources.toml`` would have."""

from __future__ import annotations

import json
from pathlib import Path

from newsmaker.article import lay_out
from newsmaker.corpus import Corpus

__all__ = ["write_corpus_shards"]


def write_corpus_shards(corpus: Corpus, out: Path, each: int) -> int:
    """Write so many articles a file, and return the number of files."""
    out.mkdir(parents=True, exist_ok=True)
    articles = list(corpus.articles)
    starts = range(0, len(articles), each)
    for number, start in enumerate(starts):
        with (out / f"news-{number:05}.jsonl").open("w", encoding="utf-8") as file:
            for article in articles[start : start + each]:
                record = {
                    "id": article.name,
                    "text": lay_out(article).text,
                    "published": article.published.isoformat(),
                    "publisher": article.publisher,
                    "language": "en",
                }
                if article.agency_form == "metadata":
                    record["authors"] = article.agency
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return len(starts)
