"""Articles and how they are read."""

from pipeline.articles.article import Article
from pipeline.articles.items import Kind, Limits, Note, Reject

__all__ = ["Article", "Kind", "Limits", "Note", "Reject"]
