"""A spaCy user: events of documents, entry points, and an import that costs nothing."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import pipeline
from pipeline import extension
from pipeline.nlp import doc_bin

ROOT = Path(__file__).resolve().parents[2]
TEXT = "سيطرت قوات المعارضة على مدينة حماة أمس. واعتقلت الشرطة خمسة أشخاص في دمشق."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def test_events_are_those_of_extract(nlp: Language) -> None:
    doc = nlp(TEXT)
    doc._.published, doc._.country = "2024-12-06", "SYR"
    assert doc._.events == pipeline.extract(TEXT, published="2024-12-06", country="SYR")
    assert [e.mode for e in doc._.events] == ["seize-territory", "arrest"]


def test_events_are_read_once_and_again_when_the_date_changes(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = nlp(TEXT)
    assert doc._.events[0].time is None
    doc._.published = "2024-12-06"
    first = doc._.events
    assert first[0].time == "2024-12-05"
    monkeypatch.setattr(extension, "_reader", lambda _: pytest.fail("read twice"))
    assert doc._.events == first
    assert doc._.events is not first, "nobody can change the list of another"


def test_ids_are_those_of_a_run_with_the_same_article_id(nlp: Language) -> None:
    doc = nlp(TEXT)
    other = doc._.events[0].id
    doc._.article_id = "a.txt"
    assert doc._.events[0].article.id == "a.txt"
    assert doc._.events[0].id != other


def test_events_go_with_the_document(nlp: Language) -> None:
    doc = nlp(TEXT)
    doc._.published = "2024-12-06"
    events = doc._.events
    (copy,) = DocBin().from_bytes(doc_bin([doc]).to_bytes()).get_docs(nlp.vocab)
    assert copy._.published == "2024-12-06"
    assert copy._.events == events


def test_a_document_without_trees_is_told(nlp: Language) -> None:
    with pytest.raises(ValueError, match=r"no trees .* pipeline\.load"):
        _ = nlp.make_doc(TEXT)._.events
    assert nlp("")._.events == []


def test_the_engine_is_that_of_the_pipeline(nlp: Language) -> None:
    assert extension.engine_of(nlp(TEXT)) == "fast"
    other = spacy.blank("ar")
    extension.remember_engine(other, "another")
    assert extension.engine_of(other("كلمة")) == "another"


def entry_points() -> dict[str, dict[str, str]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return dict(tomllib.load(file)["project"]["entry-points"])


def test_entry_points_name_what_is_registered() -> None:
    """Every factory and tokeniser of ours has an entry point, and every entry point leads to what it says."""
    points = entry_points()
    for group in points.values():
        for target in group.values():
            module, _, name = target.partition(":")
            assert hasattr(importlib.import_module(module), name), target
    factories = {n for n in spacy.registry.factories.get_all() if n.startswith("waqai")}
    factories |= {n.rpartition(".")[2] for n in Language.factories if n.startswith("waqai")}
    assert set(points["spacy_factories"]) == factories
    tokenizers = {n for n in spacy.registry.tokenizers.get_all() if n.startswith("waqai")}
    assert set(points["spacy_tokenizers"]) == tokenizers
    assert spacy.registry.languages.get("ar_news").__name__ == "ArabicNews"


def test_import_is_light() -> None:
    code = (
        "import sys, pipeline; pipeline.extract, pipeline.load, pipeline.render\n"
        "heavy = {'spacy', 'torch', 'stanza', 'numpy', 'pandas', 'pyarrow', 'pydantic', 'camel_tools', 'thinc'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_rendering_a_document(nlp: Language) -> None:
    page = pipeline.render(nlp(TEXT))
    assert page.count("<figure") == 2
    assert "seize-territory" in page
