"""How graphs, answers, claims and disputes show themselves in a notebook."""
