"""Articles for drills: sentences of ``corpus/`` in ever new orders, so that as many as are wanted come of eighteen."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from pipeline.articles.read import read_articles

#: Articles in a file.
_FILE = 500


def sentences(corpus: Path) -> list[str]:
    """The sentences of the articles below a folder, in their order; front matter and headings are left out."""
    found: list[str] = []
    for article in read_articles([corpus]):
        text = getattr(article, "text", "")
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        found += [one.strip() for one in re.findall(r"[^\n.!؟]+[.!؟]", body) if len(one.split()) > 4]
    return found


def write_articles(corpus: Path, folder: Path, *, count: int, words: int, seed: int = 9) -> int:
    """Write ``count`` articles of about ``words`` words as JSON Lines below ``folder``; the number of words written.

    Equal arguments give equal files. The sentence that each article begins with names it: no two are copies.
    """
    rng = random.Random(seed)
    stock = sentences(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for first in range(0, count, _FILE):
        lines = []
        for number in range(first, min(first + _FILE, count)):
            chosen = [f"الخبر رقم {number}."]
            size = 3
            while size < words:
                chosen.append(rng.choice(stock))
                size += len(chosen[-1].split())
            total += size
            day = 1 + number % 28
            row = {"id": f"drill-{number:06}", "published": f"2024-02-{day:02}", "text": "\n".join(chosen)}
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        (folder / f"{first:07}.jsonl").write_text("".join(lines), encoding="utf-8")
    return total
