"""The processes that answer: one asks the graph, its parent watches time and size."""
