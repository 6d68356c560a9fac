"""Open triples: two views of the clause layer, cut at phrase boundaries."""
