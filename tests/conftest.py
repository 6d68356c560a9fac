"""Shared fixtures and marker options; its place also puts ``tests/`` on the path, for ``graph_records``."""
