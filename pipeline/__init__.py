"""waqai (وقائع): structured events from Arabic news."""

__version__ = "0.1.0"
