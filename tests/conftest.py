"""Shared fixtures and marker options; its place also puts ``tests/`` on the path, for ``graph_records``."""

from hypothesis import settings

# no test is timed: machines differ, and the first example of a test may load a library
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")
