"""The article: what every stage starts from."""

from __future__ import annotations

import hashlib
from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Article(BaseModel):
    """One article. Every offset of the project counts code points of ``text``.

    Attributes:
        id: unique within a run; for a file with one article its path relative to the input.
        text: the decoded text. Front matter of a text file stays in it (the normaliser takes it for
            noise), so that offsets also hold for the file; lone surrogates are U+FFFD, one for one.
        title: headline, where known apart from the text.
        published: ISO 8601 date or date-time, or None.
        source: newspaper or agency.
        url: address of the original.
        country: ISO 3166-1 alpha-3 of the country the article is about or written in, where known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    country: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the text, as UTF-8: what offsets are checked against."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest of everything a record may depend on, text and metadata: what makes an article «changed»."""
        parts = (self.id, self.title, self.published, self.source, self.url, self.country, self.text)
        return hashlib.sha256("\x1f".join(p or "" for p in parts).encode("utf-8", "replace")).hexdigest()
