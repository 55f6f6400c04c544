"""An extractor for the tests of workers: the finder, which a word in the text makes die, hang or eat memory."""

from __future__ import annotations

import os
import re
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from run_builders import Finder

from pipeline.articles import Article
from pipeline.records import EventRecord

#: Words that do harm.
SEGFAULT, EXIT, HANG, HUNGRY, CRASH = "سم-أول", "سم-ثان", "سم-ثالث", "سم-رابع", "سم-خامس"
BUSY = "سم-سادس"


class Poisoned(Finder):
    """Does what words in the text say; ``once`` is a folder in which it remembers what it has done."""

    def __init__(self, *, once: Path | None = None, pause: float = 0.0) -> None:
        super().__init__()
        self.once = once
        self.pause = pause

    def __call__(self, article: Article) -> Iterator[EventRecord]:
        time.sleep(self.pause)
        if self._first_time(article):
            if SEGFAULT in article.text:
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                os.kill(os.getpid(), signal.SIGSEGV)
            if EXIT in article.text:
                os._exit(3)
            if HANG in article.text:
                time.sleep(600)
            if BUSY in article.text:
                re.fullmatch(r"(ا|اا)+ب", "ا" * 60)
            if HUNGRY in article.text:
                bytearray(2**31)
            if CRASH in article.text:
                raise RuntimeError(f"cannot bear {CRASH} at {object()!r}")
        return super().__call__(article)

    def _first_time(self, article: Article) -> bool:
        if self.once is None:
            return True
        mark = self.once / article.sha256
        if mark.exists():
            return False
        mark.touch()
        return True
