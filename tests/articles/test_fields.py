"""The names of fields, months and countries: every example of the data file is a test of its own."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.articles.dates import parse_date
from pipeline.articles.record import parse_country, pick_fields
from pipeline.knowledge import fields as module
from pipeline.knowledge.fields import CountryEntry, FieldEntry, MonthEntry, load_fields, name_key
from pipeline.knowledge.load import KnowledgeError

ENTRIES = load_fields().entries


def _ids(entry: Any, number: int) -> str:
    name = (
        getattr(entry, "field", None)
        or getattr(entry, "country", None)
        or f"month{entry.month}-{entry.names[0]}"
    )
    return f"{name}-{number}"


EXAMPLES = [(entry, example) for entry in ENTRIES for example in entry.examples]
NAMES = [_ids(entry, number) for entry in ENTRIES for number, _ in enumerate(entry.examples)]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES, ids=NAMES)
def test_example(entry: Any, example: Any) -> None:
    if isinstance(entry, FieldEntry):
        value = pick_fields(example.record)[entry.field]
        if isinstance(value, dict):
            value = value["name"]
        assert (parse_country(value) if entry.field == "country" else value) == example.value
    elif isinstance(entry, MonthEntry):
        assert parse_date(example.text) == example.value
    else:
        assert isinstance(entry, CountryEntry)
        assert parse_country(example.text) == example.value


@pytest.mark.parametrize("spelling", ["Published_At", "publishedAt", "PUBLISHED AT", "published-at"])
def test_spelling_of_names_does_not_matter(spelling: str) -> None:
    assert pick_fields({spelling: "2024-12-05"}) == {"published": "2024-12-05"}


def test_the_article_and_diacritics_do_not_matter() -> None:
    assert name_key("العُنوان") == name_key("عنوان")


def test_the_most_telling_name_wins_whatever_the_order() -> None:
    assert (
        pick_fields({"content": "ب", "text": "أ"})
        == pick_fields({"text": "أ", "content": "ب"})
        == {"text": "أ"}
    )


def test_blank_values_do_not_hide_others() -> None:
    assert pick_fields({"text": "  ", "body": float("nan"), "content": "ب"}) == {"text": "ب"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("SY", "SYR"), ("syr", "SYR"), ("سوريا", "SYR"), ("اليمن", "YEM"), ("Morocco", "MAR"), ("Tchad", "TCD"),
     ("المملكة العربية السعودية", "SAU"), ("الأراضي الفلسطينية", "PSE"), ("Atlantis", None), ("", None), (7, None)],
)  # fmt: skip
def test_countries(name: Any, code: str | None) -> None:
    assert parse_country(name) == code


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (("names: [title,", "names: [url, title,"), "stands for"),
        (("  - field: title\n", "  - field: heading\n"), "title"),
        (("examples: [{text: سورية, value: SYR}]", "examples: []"), "at least 1 item"),
        (("- {country: SYR,", "- {land: SYR,"), "land"),
    ],
)
def test_a_faulty_file_does_not_load(
    broken: tuple[str, str], fault: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = module.data_path("fields.yaml").read_text(encoding="utf-8")
    assert broken[0] in text
    path = tmp_path / "fields.yaml"
    path.write_text(text.replace(*broken), encoding="utf-8")
    monkeypatch.setattr(module, "data_path", lambda *_: path)
    with pytest.raises(KnowledgeError, match=fault):
        load_fields.__wrapped__()
