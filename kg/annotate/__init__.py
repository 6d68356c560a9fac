"""The spaCy components that find entities, values, clauses and claims in a document."""
