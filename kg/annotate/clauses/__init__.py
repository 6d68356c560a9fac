"""The clause layer: each predicate with its arguments, read from the dependency tree."""
