"""Counts written words in raw news for :class:`pipeline.text.lexicon.Lexicon`."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.text.lexicon import bare
from pipeline.text.normalize import normalize
from pipeline.training.files import NEWS

_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,30}")


def read_news(data_dir: Path) -> Iterator[str]:
    """Title and text of each article, in normal form."""
    with gzip.open(data_dir / NEWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield normalize(f"{article.get('title') or ''}\n{article.get('text') or ''}").text


def count_words(texts: Iterable[str], *, least: int = 3, most: int = 90_000) -> bytes:
    """The content of the lexicon file: the ``most`` frequent words that occur ``least`` times or more."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(bare(word) for word in _WORD.findall(text))
    kept = sorted((w for w, n in counts.items() if n >= least), key=lambda w: (-counts[w], w))[:most]
    body = "".join(f"{word}\t{counts[word]}\n" for word in sorted(kept))
    buffer = io.BytesIO()
    # Without time and name, so that equal counts give equal bytes.
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as target:
        target.write(body.encode("utf-8"))
    return buffer.getvalue()
