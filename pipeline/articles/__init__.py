"""Articles and how they are read."""

from pipeline.articles.article import Article
from pipeline.articles.items import Limits, Note, Reject

__all__ = ["Article", "Limits", "Note", "Reject"]
