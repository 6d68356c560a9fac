"""Show the graph to people: explanations with quotes, summaries, tables and pictures."""
