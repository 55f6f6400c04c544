"""The outputs of a run, written from the ledger in one pass."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from pipeline.articles.article import Article
from pipeline.outputs import ArticleLine, FinishedRun
from pipeline.records import ClusterRef
from pipeline.runs.files import Lines, OutputFolder, file_facts
from pipeline.runs.ledger import Ledger
from pipeline.runs.planning import outputs, tombstones


@dataclass(frozen=True, slots=True)
class Written:
    """What went into the outputs.

    Attributes:
        counts: articles, events, rejects (articles that are lost) and faulty fields (articles that are not).
        files: size and hash of every file.
    """

    counts: dict[str, Any]
    files: dict[str, Any]


def write_drafts(ledger: Ledger, key: str, folder: OutputFolder, *, representatives_only: bool) -> Written:
    """Write the drafts of all outputs but the manifest. Memory does not grow with the number of articles.

    Args:
        ledger: the ledger, its clusters marked.
        key: of the results.
        folder: where the drafts go.
        representatives_only: leave out the records of articles that are copies of another one.
    """
    # Arrow takes a third of a second to import, which a run without news need not pay for.
    from pipeline.export.tables import ParquetWriter

    modes: Counter[tuple[str, str]] = Counter()
    dated: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    doubles: Counter[str] = Counter(clusters=0, articles=0, left_out=0)
    with ExitStack() as stack:
        events, articles, rejects, graves = (
            stack.enter_context(Lines(folder.drafts / name))
            for name in ("events.jsonl", "articles.jsonl", "rejects.jsonl", "tombstones.jsonl")
        )
        table = stack.enter_context(ParquetWriter(folder.drafts / "events.parquet"))
        for output in outputs(ledger, key):
            if output.reject:
                rejects.add(output.reject)
                kinds[json.loads(output.reject)["kind"]] += 1
                continue
            cluster = output.cluster
            copy = cluster is not None and not cluster.representative
            if cluster is not None:
                doubles["articles"] += 1
                doubles["clusters"] += cluster.representative
                doubles["left_out"] += copy and representatives_only
            records = () if copy and representatives_only else output.events
            articles.add(_article_line(Article.model_validate_json(output.article), cluster, len(records)))
            dated[output.dated or "none"] += 1
            for line in records:
                record = json.loads(line)
                if cluster is not None:
                    record["cluster"] = cluster.model_dump()
                    line = _dumps(record)
                events.add(line)
                table.add(record)
                modes[record["type"], record["mode"]] += 1
        for line in tombstones(ledger):
            graves.add(line)
    by_type: Counter[str] = Counter()
    for (kind, _), count in modes.items():
        by_type[kind] += count
    counts = {
        "articles": articles.lines,
        "events": events.lines,
        "rejected": sum(kinds.values()) - kinds["field"],
        "faulty_fields": kinds["field"],
        "rejects_by_kind": dict(sorted(kinds.items())),
        "events_by_type": dict(sorted(by_type.items())),
        "events_by_mode": {f"{kind}/{mode}": count for (kind, mode), count in sorted(modes.items())},
        "published_from": dict(sorted(dated.items())),
        "duplicates": dict(doubles),
        "tombstones": graves.lines,
    }
    files = {
        "events.jsonl": events.facts(),
        "events.parquet": file_facts(folder.drafts / "events.parquet"),
        "articles.jsonl": articles.facts(),
        "rejects.jsonl": rejects.facts(),
        "tombstones.jsonl": graves.facts(),
    }
    return Written(counts, files)


def write_rejects(ledger: Ledger, key: str, folder: OutputFolder) -> None:
    """Write the draft of the rejects alone."""
    with Lines(folder.drafts / "rejects.jsonl") as rejects:
        for output in outputs(ledger, key):
            if output.reject:
                rejects.add(output.reject)


def write_report(folder: OutputFolder, manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the draft of the report from those of the records, articles and rejects.

    Args:
        folder: where the drafts are.
        manifest: what is known of the run by now; versions are taken from it.

    Returns:
        What the manifest says of the file.
    """
    # Templates take a tenth of a second to import, which a run with nothing to do need not pay for.
    from pipeline.report import build_report

    page = folder.drafts / "report.html"
    run = FinishedRun(folder.drafts / "events.jsonl", folder.drafts / "articles.jsonl", manifest)
    page.write_text(build_report(run), encoding="utf-8")
    return file_facts(page)


def write_manifest(folder: OutputFolder, manifest: dict[str, Any]) -> None:
    """Write the draft of the manifest."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder.drafts / "manifest.json").write_text(text, encoding="utf-8")


def _article_line(article: Article, cluster: ClusterRef | None, events: int) -> str:
    """An article as a line of ``articles.jsonl``."""
    line = ArticleLine(
        id=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        url=article.url,
        country=article.country,
        sha256=article.sha256,
        cluster=cluster,
        text=article.text,
        events=events,
    )
    return _dumps(line.model_dump())


def _dumps(value: dict[str, Any]) -> str:
    """One line of JSON, written as records write themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
