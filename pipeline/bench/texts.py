"""The articles that are timed: those of a dump as they are, or a few texts recombined to as many as are needed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.articles import Article
from pipeline.articles.read import read_articles

#: An input with fewer words is recombined: a text that is timed twice is in everybody's caches the second time.
FEW = 50_000
#: No more is read of an input.
ENOUGH = 500_000
#: Words of a recombined article: what an article of the news sample has.
USUAL = 300
_SENTENCE = re.compile(r"[^.!؟\n]{20,500}[.!؟]")


def words(text: str) -> int:
    """Words as everybody here counts them: what stands between white space."""
    return len(text.split())


@dataclass
class Texts:
    """Articles without end.

    Attributes:
        articles: what was read.
        recombined: whether articles are made of sentences drawn from them, with a fixed seed.
    """

    articles: Sequence[Article]
    recombined: bool
    _at: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(9))
    _sentences: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, inputs: Sequence[Path]) -> Texts:
        """What lies below ``inputs``.

        Raises:
            ValueError: there is no article with a sentence in it.
        """
        found: list[Article] = []
        total = 0
        for item in read_articles(inputs):
            if isinstance(item, Article):
                found.append(item)
                total += words(item.text)
                if total >= ENOUGH:
                    break
        texts = cls(found, recombined=total < FEW)
        texts._sentences = [s.strip() for article in found for s in _SENTENCE.findall(article.text)]
        if not texts._sentences:
            raise ValueError(f"{', '.join(map(str, inputs))}: no article with a sentence to be timed")
        return texts

    @property
    def vocabulary(self) -> list[str]:
        """Texts whose words occur in what is timed: about :data:`FEW` words of them."""
        taken: list[str] = []
        total = 0
        for article in self.articles:
            taken.append(article.text)
            total += words(article.text)
            if total >= FEW:
                break
        return taken

    def take(self, wanted: int) -> list[Article]:
        """The next articles, of about ``wanted`` words together (never fewer, never none)."""
        taken: list[Article] = []
        total = 0
        for article in self._stream():
            taken.append(article)
            total += words(article.text)
            if total >= wanted:
                break
        return taken

    def one(self, wanted: int) -> Article:
        """One article of about ``wanted`` words, made of sentences of all of them."""
        self._at += 1
        lines: list[str] = []
        total = 0
        while total < wanted:
            # Three sentences are a paragraph.
            paragraph = " ".join(self._random.choices(self._sentences, k=3))
            lines.append(paragraph)
            total += words(paragraph)
        model = self.articles[self._at % len(self.articles)]
        return Article(
            id=f"bench-{self._at}", text="\n".join(lines), published=model.published or "2024-12-05"
        )

    def _stream(self) -> Iterator[Article]:
        while True:
            if self.recombined:
                yield self.one(USUAL)
            else:
                article = self.articles[self._at % len(self.articles)]
                self._at += 1
                # The second time round an article needs an id of its own.
                yield article.model_copy(update={"id": f"{self._at}-{article.id}"})
