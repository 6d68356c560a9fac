"""The parts of an article: which stretches of a text are body, and what the rest around it is."""
