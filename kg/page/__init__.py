"""The page: a graph's network, evidence, timeline and disputes, for people to read in a browser."""
