"""Which text and which records belong to a gold article."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.evaluation.gold import EvaluationError, GoldArticle, json_lines
from pipeline.records import EventRecord


@dataclass(frozen=True, slots=True)
class Case:
    """One article to score: its gold, its text, its records in reading order."""

    gold: GoldArticle
    article_id: str
    text: str
    records: tuple[EventRecord, ...]


def read_texts(path: Path) -> dict[str, str]:
    """Texts by article id, from a run's ``articles.jsonl`` or from a folder of ``.txt`` files.

    A file's text is its decoded content with the byte-order mark dropped and newlines untouched; its id is its
    path below the folder.

    Raises:
        EvaluationError: nothing there, not readable, or an id that stands twice.
    """
    texts: dict[str, str] = {}
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            try:
                texts[file.relative_to(path).as_posix()] = file.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise EvaluationError(f"{file}: cannot be read as UTF-8 text") from error
        if not texts:
            raise EvaluationError(f"{path}: no .txt file in this folder")
        return texts
    for number, line in json_lines(path):
        article_id, text = line.get("id"), line.get("text")
        if not isinstance(article_id, str) or not isinstance(text, str):
            raise EvaluationError(f"{path}:{number}: not an article: id and text are needed")
        if article_id in texts:
            raise EvaluationError(f"{path}:{number}: the article {article_id} stands twice")
        texts[article_id] = text
    return texts


def build_cases(
    gold: Iterable[GoldArticle], records: Iterable[EventRecord], texts: Mapping[str, str]
) -> tuple[Case, ...]:
    """Gold, text and records of every gold article; records of other articles are left out.

    Names are compared as ids, then by the end of the path, then by file name, then without the suffix.

    Raises:
        EvaluationError: a text is missing or not the annotated one, or a name fits several articles.
    """
    by_article: dict[str, list[EventRecord]] = defaultdict(list)
    for record in records:
        by_article[record.article.id].append(record)
    # Ids of records that the texts do not have: texts given apart from the run may be named otherwise.
    unnamed = sorted(set(by_article).difference(texts))
    cases = []
    for article in gold:
        text_id = _find(article.article, sorted(texts))
        if text_id is None:
            raise EvaluationError(
                f"{article.article}: the text of this gold article is not known: "
                "score a run that read it, or give its folder with --articles"
            )
        record_id = text_id if text_id in by_article else _find(article.article, unnamed) or text_id
        ours = sorted(
            by_article.get(record_id, ()), key=lambda r: (r.trigger.start, r.trigger.end, r.mode, r.id)
        )
        _check(article, texts[text_id], ours)
        cases.append(Case(article, record_id, texts[text_id], tuple(ours)))
    return tuple(cases)


def _find(name: str, names: Sequence[str]) -> str | None:
    if name in names:
        return name
    wanted = PurePosixPath(name)
    tests = (
        lambda n: n.endswith(f"/{name}") or name.endswith(f"/{n}"),
        lambda n: PurePosixPath(n).name == wanted.name,
        lambda n: PurePosixPath(n).stem == wanted.stem,
    )
    for test in tests:
        hits = [n for n in names if test(n)]
        if len(hits) > 1:
            raise EvaluationError(f"{name}: this gold article may be any of {', '.join(hits)}")
        if hits:
            return hits[0]
    return None


def _check(article: GoldArticle, text: str, records: Sequence[EventRecord]) -> None:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    if article.sha256 is not None and article.sha256 != digest:
        raise EvaluationError(
            f"{article.article}: the text is not the one that was annotated (sha256 differs)"
        )
    for record in records:
        if record.article.sha256 != digest:
            raise EvaluationError(
                f"{article.article}: the records were made from another text (sha256 differs)"
            )
    for event in article.events:
        for span in event.spans():
            if text[span.start : span.end] != span.text:
                raise EvaluationError(
                    f"{article.article}: the gold span «{span.text}» ({span.start}–{span.end}) is not what stands there"
                )
