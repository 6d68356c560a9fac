"""Compose news-like articles of which every fact, copy and contradiction is known."""

from newsmaker.corpus import Corpus, make_corpus, write_corpus

__all__ = ["Corpus", "make_corpus", "write_corpus"]
