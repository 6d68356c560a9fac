"""What a client can ask for, one module a resource; each has ``routes()``."""
