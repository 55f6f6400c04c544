"""Every format, plain and packed: what is in it comes out, with its fields, ids and dates."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from run_builders import CAPTURE, QUIET, SHELLING, dump, read, write

from pipeline.articles.front import split_front_matter
from pipeline.text.normalize import normalize

RECORDS: list[dict[str, Any]] = [
    {"id": "1", "headline": "قصف", "body": SHELLING, "date": "5/12/2024", "publisher": "وكالة الساحل", "link": "https://example.org/1"},
    {"id": "2", "headline": "سيطرة", "body": CAPTURE, "date": "6 ديسمبر 2024", "publisher": None, "link": None},
]  # fmt: skip


def _csv(delimiter: str, quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(RECORDS[0]), delimiter=delimiter, quoting=quoting)
    writer.writeheader()
    writer.writerows(RECORDS)
    return buffer.getvalue().encode()


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(RECORDS), buffer)
    return buffer.getvalue()


FORMS = {
    "a.jsonl": dump(RECORDS).encode(),
    "bom.jsonl": b"\xef\xbb\xbf" + dump(RECORDS).encode(),
    "utf16.jsonl": dump(RECORDS).encode("utf-16"),
    "a.ndjson": dump(RECORDS).rstrip().encode(),
    "array.json": json.dumps(RECORDS, ensure_ascii=False, indent=2).encode(),
    "lines.json": dump(RECORDS).encode(),
    "comma.csv": _csv(","),
    "semicolon.csv": b"\xef\xbb\xbf" + _csv(";", csv.QUOTE_ALL),
    "utf16.csv": _csv("\t").decode().encode("utf-16"),
    "1256.csv": _csv(",").decode().encode("cp1256"),
    "a.tsv": _csv("\t"),
    "a.parquet": _parquet(),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("name", FORMS)
def test_records_of_every_format(name: str, packed: bool, tmp_path: Path) -> None:
    path = tmp_path / (name + ".gz" if packed else name)
    path.write_bytes(gzip.compress(FORMS[name]) if packed else FORMS[name])
    articles, rejects, notes = read(path)
    assert rejects == []
    assert [n.message for n in notes] == (["decoded as windows-1256"] if name == "1256.csv" else [])
    assert [(a.id, a.title, a.text, a.published, a.source, a.url) for a in articles] == [
        ("1", "قصف", SHELLING, "2024-12-05", "وكالة الساحل", "https://example.org/1"),
        ("2", "سيطرة", CAPTURE, "2024-12-06", None, None),
    ]


@pytest.mark.parametrize(("name", "line"), [("a.jsonl", 2), ("a.csv", 3), ("a.json", 2), ("a.parquet", 2)])
def test_ids_of_records_without_one(name: str, line: int, tmp_path: Path) -> None:
    records = [{"text": SHELLING}, {"text": f"{CAPTURE}\n{QUIET}"}]
    if name == "a.csv":
        rows = "".join(f'"{r["text"]}"\n' for r in records)
        content: str | bytes = f"text\n{rows}"
    elif name == "a.parquet":
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(records), buffer)
        content = buffer.getvalue()
    else:
        content = dump(records) if name == "a.jsonl" else json.dumps(records)
    write(tmp_path, {f"sub/{name}": content})
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert articles[1].id == f"sub/{name}#{line}"
    assert articles[1].text == records[1]["text"]


def test_a_json_file_with_one_object_is_one_article(tmp_path: Path) -> None:
    write(tmp_path, {"d/one.json": json.dumps({"title": "قصف", "text": SHELLING}, indent=1)})
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert [(a.id, a.title, a.text) for a in articles] == [("d/one.json", "قصف", SHELLING)]


def test_values_of_many_types(tmp_path: Path) -> None:
    records = [
        {
            "id": 17,
            "text": [SHELLING, CAPTURE],
            "source": {"id": None, "name": "وكالة"},
            "title": 5,
            "url": ["x"],
        },
        {
            "_id": {"$oid": "5f1"},
            "text": SHELLING,
            "country": "اليمن",
            "published": {"$date": "2024-12-05T00:00:00Z"},
        },
    ]
    articles, rejects, _ = read(write(tmp_path, {"a.jsonl": dump(records)}))
    assert not rejects
    first, second = articles
    assert (first.id, first.text, first.source, first.title, first.url) == (
        "17", f"{SHELLING}\n{CAPTURE}", "وكالة", "5", None,
    )  # fmt: skip
    assert (second.id, second.country, second.published) == ("5f1", "YEM", "2024-12-05T00:00:00+00:00")


def test_parquet_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [3, 4],
            "content": [SHELLING, CAPTURE],
            "published_at": [date(2024, 12, 5), None],
            "n": [1.5, 2],
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert [(a.id, a.published) for a in articles] == [("3", "2024-12-05"), ("4", None)]


PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}"><title>قصف على الريف</title>
<meta property="og:site_name" content="صحيفة الساحل">
<meta property="article:published_time" content="2024-12-05T10:00:00Z">
<link rel="canonical" href="https://example.org/news/1"></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<article><h1>قصف على الريف</h1>{body}</article><footer>جميع الحقوق محفوظة</footer></body></html>"""
BODY = "".join(
    f"<p>{p} &laquo;نقلا&raquo; عن مصدر في المكان، وقال السكان إن الأصوات سمعت بعيدا.</p>"
    for p in (SHELLING, CAPTURE, QUIET) * 2
)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.html.gz"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_html(name: str, charset: str, tmp_path: Path) -> None:
    data = PAGE.format(charset=charset, body=BODY).encode(charset)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    articles, rejects, notes = read(tmp_path)
    assert not rejects
    (article,) = articles
    assert article.id == name
    assert SHELLING in article.text
    assert "«نقلا»" in article.text
    for left_over in ("<p>", "&laquo;", "رياضة", "جميع الحقوق"):
        assert left_over not in article.text
    assert article.title == "قصف على الريف"
    assert article.source == "صحيفة الساحل"
    assert article.url == "https://example.org/news/1"
    assert article.published == "2024-12-05"
    assert [n.message for n in notes] == (["decoded as windows-1256"] if charset == "windows-1256" else [])


def test_a_fragment_of_html_is_read(tmp_path: Path) -> None:
    articles, rejects, _ = read(write(tmp_path, {"f.html": f"<p>{SHELLING}</p><p>{CAPTURE}</p>"}))
    assert not rejects
    assert [a.text for a in articles] == [f"{SHELLING}\n{CAPTURE}"]


FRONT = """---
title: "قصف: الريف تحت النار"
date: 5 ديسمبر 2024
source: وكالة الساحل
country: سوريا
url: https://example.org/1
---
"""


def test_front_matter_gives_the_fields_and_stays_in_the_text(tmp_path: Path) -> None:
    (article,), rejects, _ = read(write(tmp_path, {"2020-01-01_a.txt": FRONT + SHELLING}))
    assert not rejects
    assert article.text == FRONT + SHELLING
    assert (article.title, article.published, article.source) == (
        "قصف: الريف تحت النار",
        "2024-12-05",
        "وكالة الساحل",
    )
    assert (article.url, article.country) == ("https://example.org/1", "SYR")


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (
            "العنوان: هجوم: فجر اليوم\nالتاريخ: 2024-12-05\n",
            {"العنوان": "هجوم: فجر اليوم", "التاريخ": "2024-12-05"},
        ),
        ("id: 007\nflag: yes\n", {"id": "007", "flag": "yes"}),
        ("title: !!python/object/apply:os.system [true]\n", None),
        ("just words\n", {}),
        ("", {}),
    ],
)
def test_front_matter_is_plain_text_whatever_it_says(block: str, fields: dict[str, str] | None) -> None:
    text = f"---\n{block}---\n{SHELLING}"
    found, body = split_front_matter(text)
    assert fields is None or found == fields
    assert body == (len(text) - len(SHELLING) if block else 0)


@pytest.mark.parametrize(
    "text", [f"{FRONT}{SHELLING}", f"{FRONT}{SHELLING}".replace("\n", "\r\n"), SHELLING, f"---\n{SHELLING}"]
)
def test_front_matter_is_what_the_normaliser_takes_for_noise(text: str) -> None:
    _, body = split_front_matter(text)
    noise = [span for span in normalize(text).noise if span[0] == 0]
    assert noise == ([(0, body)] if body else [])


def test_dates_of_file_names_and_defaults(tmp_path: Path) -> None:
    files = {"2024-12-05_a.txt": SHELLING, "b.txt": CAPTURE, "20241206.jsonl": dump([{"text": QUIET}])}
    articles, rejects, _ = read(write(tmp_path, files), published="2023-01-01")
    assert not rejects
    assert {a.id: a.published for a in articles} == {
        "2024-12-05_a.txt": "2024-12-05",
        "20241206.jsonl#1": "2024-12-06",
        "b.txt": "2023-01-01",
    }


def test_carriage_returns_and_a_mark_in_a_text_file(tmp_path: Path) -> None:
    (article,), _, _ = read(write(tmp_path, {"a.txt": b"\xef\xbb\xbf" + f"{SHELLING}\r\n{QUIET}".encode()}))
    assert article.text == f"{SHELLING}\r\n{QUIET}"
