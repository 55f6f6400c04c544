"""Folders of one file for each article: names that any file system takes, and the list of which file is whose."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.export.annotated import AnnotatedArticle

#: The list: file (without suffix), article, published, sha256 of the article's text, tab-separated.
DOCUMENTS = "documents.tsv"

_UNSAFE = re.compile(r"[^\w.-]+|^[.-]+")
_SPACES = re.compile(r"\s")


class Names:
    """The names given so far in one folder."""

    def __init__(self) -> None:
        self._rows = ["file\tarticle\tpublished\tsha256\n"]
        self._taken: set[str] = set()

    def add(self, article: AnnotatedArticle) -> str:
        """A name for an article, close to its id."""
        base = _UNSAFE.sub("_", article.id.removesuffix(".txt"))[:100] or "article"
        name, number = base, 2
        # Some file systems do not tell capitals from small letters.
        while name.lower() in self._taken:
            name, number = f"{base}_{number}", number + 1
        self._taken.add(name.lower())
        row = (name, _SPACES.sub(" ", article.id), article.published or "", article.sha256)
        self._rows.append("\t".join(row) + "\n")
        return name

    def write(self, folder: Path) -> int:
        """Write the list; the number of articles."""
        (folder / DOCUMENTS).write_text("".join(self._rows), encoding="utf-8", newline="\n")
        return len(self._taken)
