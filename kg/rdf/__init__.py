"""Turn records into RDF: every term is minted by a :class:`kg.rdf.minter.Minter`, one module a layer."""
