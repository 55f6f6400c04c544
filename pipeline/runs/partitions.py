"""Partitions as files that the driver and all workers see: gzipped JSON Lines, on anything that fsspec reaches.

A file is written under a temporary name and renamed: whoever sees it sees all of it. No file holds a pickle.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.articles.article import Article
from pipeline.articles.items import Reject
from pipeline.runs.ledger import pack, unpack
from pipeline.runs.work import Done, Pending


def partition_name(key: str, pending: Sequence[Pending]) -> str:
    """A name that says what has to be done: equal articles and equal versions give equal names."""
    digest = hashlib.sha256(key.encode())
    for item in pending:
        digest.update(item.article.fingerprint.encode())
    return digest.hexdigest()[:24]


class SharedFolder:
    """The partitions of one run.

    Args:
        url: a folder, as a path or a URL of fsspec (``file://``, ``s3://``, ``memory://``, …). Credentials come from
            the file system's own configuration.
        run: what tells this run from others in the same folder.
    """

    def __init__(self, url: str, run: str) -> None:
        from fsspec.core import url_to_fs

        self._files, path = url_to_fs(url)
        self._folder = f"{path.rstrip('/')}/waqai-{run}"

    def write_articles(self, name: str, pending: Iterable[Pending]) -> None:
        """Write what has to be extracted."""
        self._write(
            f"{name}.articles",
            ({"article": p.article.model_dump(), "where": p.where, "line": p.line} for p in pending),
        )

    def read_articles(self, name: str) -> list[Pending]:
        """What :meth:`write_articles` was given."""
        return [
            Pending(Article(**line["article"]), line["where"], line["line"])
            for line in self._read(f"{name}.articles")
        ]

    def write_results(self, name: str, results: Iterable[Done]) -> None:
        """Write what came of the articles of a partition."""
        self._write(
            f"{name}.results",
            (
                {
                    "fingerprint": item.fingerprint,
                    "crash": asdict(item.crash) if item.crash else None,
                    "records": unpack(item.payload).split("\n") if item.events else [],
                }
                for item in results
            ),
        )

    def read_results(self, name: str, fingerprints: Iterable[str]) -> list[Done] | None:
        """What came of the articles with these fingerprints; None where it is not there, or not all of it."""
        self._files.invalidate_cache()
        if not self._files.exists(self._path(f"{name}.results")):
            return None
        try:
            found = [_result(line) for line in self._read(f"{name}.results")]
        except (EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError):
            return None
        return found if {item.fingerprint for item in found} == set(fingerprints) else None

    def leave_mark(self, mark: str) -> None:
        """Write a file by which others know that they see the same folder."""
        self._write("mark", [{"mark": mark}])

    def has_mark(self, mark: str) -> bool:
        """Whether this is the folder in which :meth:`leave_mark` was called."""
        self._files.invalidate_cache()
        return bool(self._files.exists(self._path("mark"))) and next(self._read("mark")) == {"mark": mark}

    def remove(self, name: str) -> None:
        """Remove the files of a partition."""
        for kind in ("articles", "results"):
            if self._files.exists(path := self._path(f"{name}.{kind}")):
                self._files.rm(path)

    def clear(self) -> None:
        """Remove all files of the run."""
        if self._files.exists(self._folder):
            self._files.rm(self._folder, recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}.jsonl.gz"

    def _write(self, name: str, lines: Iterable[dict[str, Any]]) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        self._files.makedirs(self._folder, exist_ok=True)
        # Two workers may be at the same partition, where one was thought dead.
        draft = f"{self._folder}/{name}.{uuid.uuid4().hex}.part"
        self._files.pipe_file(draft, gzip.compress(text.encode("utf-8"), 1, mtime=0))
        self._files.mv(draft, self._path(name))

    def _read(self, name: str) -> Iterator[dict[str, Any]]:
        text = gzip.decompress(self._files.cat_file(self._path(name))).decode("utf-8")
        for line in text.split("\n")[:-1]:
            yield json.loads(line)


def _result(line: dict[str, Any]) -> Done:
    crash = Reject(**line["crash"]) if line["crash"] else None
    return Done(line["fingerprint"], len(line["records"]), pack("\n".join(line["records"])), crash)
