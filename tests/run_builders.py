"""What the tests of reading and running share: an extractor without models, and articles of our own making."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.articles import Article, Note, Reject
from pipeline.articles.read import read_articles
from pipeline.records import (
    SCHEMA_VERSION,
    ArticleRef,
    EventRecord,
    Place,
    Provenance,
    SentenceRef,
    TriggerRef,
    When,
    record_id,
)
from pipeline.run import Summary, run

SHELLING = "قصفت الطائرات مواقع في ريف المدينة فجر الخميس، ثم تجدد القصف مساء."
CAPTURE = "سيطرت القوات على البلدة بعد هجوم واسع من جهة الشمال."
QUIET = "ساد الهدوء أحياء العاصمة اليوم، وعاد الناس إلى أعمالهم."


class Finder:
    """An extractor that really finds words: one record for every word of the families قصف, سيطر and هجم."""

    engine = "finder"
    _families = (("قصف", "assault"), ("سيطر", "seize"), ("هجوم", "assault"))

    def __init__(self, *, models: str = "m1", crash_on: str | None = None) -> None:
        self.versions = {"version": "0", "engine": self.engine, "models": models, "knowledge": "k"}
        self.crash_on = crash_on
        self.seen: list[str] = []

    def __call__(self, article: Article) -> Iterator[EventRecord]:
        self.seen.append(article.id)
        if self.crash_on and self.crash_on in article.text:
            raise RuntimeError(f"cannot bear {self.crash_on}\nat all")
        counts: dict[str, int] = {}
        for match in re.finditer(r"\w+", article.text):
            for family, mode in self._families:
                if family in match.group():
                    ordinal = counts[match.group()] = counts.get(match.group(), -1) + 1
                    yield self._record(article, match.group(), match.start(), mode, ordinal)

    def _record(self, article: Article, word: str, start: int, mode: str, ordinal: int) -> EventRecord:
        span: dict[str, Any] = {"text": word, "start": start, "end": start + len(word)}
        place = Place(
            **span,
            relation="in",
            name_en=None,
            gazetteer_id=None,
            lat=33.5,
            lon=None,
            admin1=None,
            country="SYR",
            precision="none",
            distance_km=None,
            bearing=None,
            score=0.25,
        )
        when = {
            "from": "2024-12-05T00:00",
            "to": "2024-12-06T00:00",
            "granularity": "day",
            "method": "publication",
        }
        return EventRecord(
            id=record_id(article.id, mode, article.text[:40], word, ordinal),
            schema_version=SCHEMA_VERSION,
            actor=None,
            action=word,
            target=None,
            place=word,
            time=article.published,
            type="fight",
            mode=mode,
            cameo=None,
            assertion="asserted",
            confidence=0.5,
            article=ArticleRef(
                id=article.id,
                title=article.title,
                url=article.url,
                source=article.source,
                published=article.published,
                sha256=article.sha256,
            ),
            sentence=SentenceRef(index=0, text=article.text, start=0, end=len(article.text)),
            trigger=TriggerRef(**span, lemma=word),
            actors=[],
            targets=[],
            places=[place],
            when=When(text=None, start=None, end=None, **when),
            attribution=None,
            quantities=[],
            cluster=None,
            provenance=Provenance(**self.versions, rule="family", evidence=[word]),
        )


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file, whose every line must be complete."""
    text = path.read_text(encoding="utf-8")
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def dump(records: Iterable[dict[str, Any]]) -> str:
    """Records as JSONL."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def sort_items(items: Iterable[Article | Reject | Note]) -> tuple[list[Article], list[Reject], list[Note]]:
    """Articles, rejects and notes, each in their order."""
    found = list(items)
    return (
        [i for i in found if isinstance(i, Article)],
        [i for i in found if isinstance(i, Reject)],
        [i for i in found if isinstance(i, Note)],
    )


def read(*inputs: Path, **options: Any) -> tuple[list[Article], list[Reject], list[Note]]:
    """What reading the inputs yields."""
    return sort_items(read_articles(inputs, **options))


#: Outputs that must be the same bytes however they came about.
STABLE = ("events.jsonl", "events.parquet", "articles.jsonl", "rejects.jsonl", "report.html")
#: A corpus of several formats with three rejects.
FILES: dict[str, str | bytes] = {
    "a.txt": SHELLING,
    "b/2024-12-05.txt": CAPTURE,
    "c.jsonl": dump([{"id": str(i), "text": f"{SHELLING} {i}"} for i in range(5)]) + "{\n",
    "d.csv": f"id,text\n3,{QUIET}\n9,{QUIET}\n",
    "e.txt": "no Arabic here",
}


def age(folder: Path) -> None:
    """Date all files back, as those of a dump are: a file changed just now is read again to be safe."""
    past = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (past, past))


def go(corpus: Path, out: Path, finder: Finder | None = None, **options: Any) -> Summary:
    """A run over ``corpus`` with the finder."""
    return run([corpus], out, extractor=finder or Finder(), progress=False, **options)


def contents(out: Path) -> dict[str, bytes]:
    """The outputs that must not tell how they came about."""
    return {name: (out / name).read_bytes() for name in STABLE}


def scratch(corpus: Path, out: Path, **options: Any) -> dict[str, bytes]:
    """The outputs of a run from scratch over what the corpus holds now."""
    shutil.rmtree(out, ignore_errors=True)
    go(corpus, out, **options)
    return contents(out)
