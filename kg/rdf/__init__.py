"""Turn records into RDF: every term is minted in :mod:`kg.rdf.terms`, one module a layer."""
