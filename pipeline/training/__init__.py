"""Trains the bundled models: ``waqai train``. :mod:`pipeline.training.files` names the data."""
