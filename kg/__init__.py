"""kg: a knowledge graph from news text in which every triple is accountable."""
