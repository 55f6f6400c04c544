"""Gold against records: how good the events are, slot by slot.

The rules are those of the annotation guide, section «Scoring», so that figures compare: a record is a gold event
when their triggers overlap, or stand at most three words apart (three words between them) with no other trigger
between and their types agree; mentions with ``core: false`` count neither way; slots are scored over matched core
events, micro-averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.evaluation.articles import build_cases, read_texts
from pipeline.evaluation.counts import score_case
from pipeline.evaluation.gold import (
    EvaluationError,
    GoldArticle,
    GoldCount,
    GoldEvent,
    GoldPlace,
    GoldSpan,
    modes,
    read_gold,
    read_records,
)
from pipeline.evaluation.report import Report, build_report
from pipeline.records import EventRecord

__all__ = [
    "EvaluationError",
    "GoldArticle",
    "GoldCount",
    "GoldEvent",
    "GoldPlace",
    "GoldSpan",
    "Report",
    "evaluate",
    "evaluate_files",
    "gold_texts",
    "modes",
    "read_gold",
    "read_records",
    "read_texts",
]


def gold_texts(gold: Iterable[GoldArticle], texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The id and the text of each gold article.

    Args:
        gold: annotated articles; each is found among ``texts`` by id, path or file name.
        texts: article texts by id.

    Raises:
        EvaluationError: a text is missing, or is not the one that was annotated.
    """
    return tuple((case.article_id, case.text) for case in build_cases(gold, (), texts))


def evaluate(
    gold: Iterable[GoldArticle],
    records: Iterable[EventRecord],
    texts: Mapping[str, str],
    *,
    merge_reported: bool | None = None,
    samples: int = 1000,
    seed: int = 0,
) -> Report:
    """Score records against gold.

    Args:
        gold: annotated articles; each is found among ``texts`` by id, path or file name.
        records: the records of a run; those of other articles are left out.
        texts: article texts by id: word distances and sentences come from them.
        merge_reported: whether asserted and reported count as one value. None: as the gold says, and merged where
            it says nothing.
        samples: bootstrap samples behind the 95 % intervals; 0 for none.
        seed: of the bootstrap; equal input and seed give equal intervals.

    Raises:
        EvaluationError: a text is missing or not the one that was annotated, or a mode is unknown.
    """
    articles = tuple(gold)
    records = tuple(records)
    if merge_reported is None:
        merge_reported = not any(article.merge_reported is False for article in articles)
    cases = build_cases(articles, records, texts)
    outcomes = [score_case(case, merge_reported=merge_reported) for case in cases]
    scored = sum(len(case.records) for case in cases)
    return build_report(
        outcomes, merge_reported=merge_reported, samples=samples, seed=seed, left_out=len(records) - scored
    )


def evaluate_files(
    gold: Path,
    events: Path,
    *,
    articles: Path | None = None,
    merge_reported: bool | None = None,
    samples: int = 1000,
    seed: int = 0,
) -> Report:
    """Score ``events.jsonl`` against a gold file or folder.

    Args:
        gold: gold file, or folder of gold files.
        events: records, as a run writes them.
        articles: ``articles.jsonl`` or a folder of texts; by default the ``articles.jsonl`` beside ``events``.

    Raises:
        EvaluationError: with one line that says which file is wrong, where and why.
    """
    texts = read_texts(articles if articles is not None else events.with_name("articles.jsonl"))
    return evaluate(
        read_gold(gold),
        read_records(events),
        texts,
        merge_reported=merge_reported,
        samples=samples,
        seed=seed,
    )
