"""The base model: loading it, its matrix products, and equals of its slow components."""
