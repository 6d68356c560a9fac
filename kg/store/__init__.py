"""The workspace on disk: texts, generations of the Oxigraph store, and the ledger of what was read."""
