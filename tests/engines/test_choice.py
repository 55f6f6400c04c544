"""What makes the Doc: how it is written, what goes together, and that provenance names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.articles import Article
from pipeline.engines.bundle import ModelError, models_hash
from pipeline.engines.choice import Choice, choose, parse
from pipeline.extraction import current_versions, load_extractor


@pytest.mark.parametrize(
    ("written", "choice"),
    [
        ("fast", Choice("fast", "stanza")),
        ("fast+stanza", Choice("fast", "stanza")),
        ("fast+light", Choice("fast", "light")),
        ("fast+camel", Choice("fast", "stanza", "camel")),
        ("fast+light+camel", Choice("fast", "light", "camel")),
        ("accurate", Choice("accurate", "stanza")),
        ("accurate+light+camel", Choice("accurate", "light", "camel")),
        ("stanza", Choice("stanza", None)),
        ("stanza+camel", Choice("stanza", None, "camel")),
    ],
)
def test_what_is_written_is_what_is_chosen(written: str, choice: Choice) -> None:
    assert parse(written) == choice
    assert parse(str(choice)) == choice


def test_the_default_tokeniser_is_not_written() -> None:
    assert str(parse("fast+stanza+camel")) == "fast+camel"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("slow", "no engine is called 'slow'; there are: fast, accurate, stanza"),
        ("", "no engine is called ''"),
        ("fast+bert", "no recogniser of names is called 'bert'; there are: camel"),
        ("fast+camel+camel", "two"),
        ("fast+light+stanza", "two"),
        ("stanza+light", "a tokeniser of its own"),
    ],
)
def test_what_does_not_go_is_told(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(written)


def test_an_unknown_tokeniser_is_told() -> None:
    with pytest.raises(ValueError, match="no tokeniser is called 'spaces'; there are: stanza, light"):
        choose("fast", tokenizer="spaces")


def test_versions_name_the_choice_and_its_models(fetched: Path) -> None:
    versions = {name: current_versions(name) for name in ("fast", "fast+camel", "stanza", "fast+stanza")}
    assert [v["engine"] for v in versions.values()] == ["fast", "fast+camel", "stanza", "fast"]
    hashes = {v["models"] for v in versions.values()}
    assert len(hashes) == 3
    assert versions["fast"]["models"] == models_hash()


def test_another_package_is_another_hash(
    fetched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    before = current_versions("stanza")["models"]
    shutil.copytree(fetched / "stanza", tmp_path / "stanza")
    monkeypatch.setenv("WAQAI_FETCHED", str(tmp_path))
    assert current_versions("stanza")["models"] == before
    with (tmp_path / "stanza/ar/pos/padt.pt").open("ab") as file:
        file.write(b"x")
    assert current_versions("stanza")["models"] != before


def test_without_the_models_even_the_versions_are_refused(nothing: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        current_versions("stanza")


def test_records_say_what_made_them(fetched: Path) -> None:
    article = Article(id="a", text="اعتقلت الشرطة سامر في مدينة حماة.", published="2024-12-05")
    records = load_extractor("fast+camel")(article)
    assert records
    assert {r.provenance.engine for r in records} == {"fast+camel"}
    assert {r.provenance.models for r in records} == {current_versions("fast+camel")["models"]}
