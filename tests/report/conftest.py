"""A run with everything that a page has to cope with, and the browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from evaluation_builders import digest
from outputs_builders import article_line, write_run
from report_builders import EVIL, TEXT, arrest, seize


@pytest.fixture
def evil_run(tmp_path: Path) -> Path:
    """Two articles, one of them with markup wherever a string can stand."""
    articles = [
        (
            article_line(EVIL, TEXT, 0, title=EVIL, source=EVIL, url="javascript:alert(1)", published="2024-12-06"),
            [
                seize(EVIL, article__title=EVIL, article__source=EVIL, article__url="javascript:alert(1)", mode=EVIL,
                      type=EVIL, provenance__rule=EVIL, cameo="<i>"),
                arrest(EVIL, article__title=EVIL),
            ],
        ),
        (
            article_line(
                "b.txt", TEXT, 0, title="خبر", published="2024-12-07", source="وكالة",
                cluster={"id": "cl_1", "size": 2, "representative": True},
            ),
            [arrest("b.txt", id="ev_00", article__title="خبر", article__url="https://example.invalid/news?a=1&b=2")],
        ),
        (
            article_line(
                "c.txt", TEXT, 0, title=EVIL, cluster={"id": "cl_1", "size": 2, "representative": False}
            ),
            [],
        ),
    ]  # fmt: skip
    rejects = [
        {"where": EVIL, "line": 3, "id": None, "kind": "binary", "reason": EVIL, "detail": EVIL},
        {
            "where": "x.txt",
            "line": None,
            "id": None,
            "kind": "empty",
            "reason": "nothing in it",
            "detail": None,
        },
    ]
    manifest = {
        "waqai": "1.2.3", "schema_version": "x", "versions": {"engine": "fast", "models": EVIL, "knowledge": "k1"},
        "code": "c1", "libraries": {"spacy": "3"}, "timings": {"seconds": 77.125}, "run": 41, "inputs": ["/somewhere"],
    }  # fmt: skip
    assert digest(TEXT) == articles[0][0]["sha256"]
    return write_run(tmp_path / "run", articles, rejects=rejects, manifest=manifest)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; the tests that need it are skipped where there is none."""
    path = next(
        (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return path
