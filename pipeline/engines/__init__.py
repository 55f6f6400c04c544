"""Engines: the same annotated ``Doc`` from different models, and where the bundled models lie."""
