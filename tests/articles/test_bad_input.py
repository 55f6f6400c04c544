"""Bad input, one kind after the other: what is good beside it is read, and the reject says what is wrong."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from run_builders import CAPTURE, QUIET, SHELLING, dump, read, write

from pipeline.articles.items import Limits

GOOD = {"good.txt": QUIET}


def _parquet(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


BLANK_ROWS = (b" " * 500 + b"\n") * 40_000
FILES: dict[str, tuple[str, str | bytes, str, int | None, str]] = {
    # what: (file, content, kind, line, a word of the reason)
    "empty file": ("a.txt", b"", "empty", None, "empty"),
    "white space only": ("a.txt", " \n\t\n", "empty", None, "empty"),
    "empty jsonl": ("a.jsonl", b"", "empty", None, "empty"),
    "empty csv": ("a.csv", b"\n", "empty", None, "empty"),
    "csv with a header only": ("a.csv", "id,text\n", "empty", None, "no records"),
    "empty parquet": ("a.parquet", b"", "empty", None, "empty"),
    "empty array": ("a.json", "[]", "empty", None, "no records"),
    "packed nothing": ("a.txt.gz", gzip.compress(b""), "empty", None, "empty"),
    "binary": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary", None, "binary"),
    "binary jsonl": ("a.jsonl", bytes(range(256)) * 20, "binary", None, "binary"),
    "binary html": ("a.html", b"PK\x03\x04" + bytes(60), "binary", None, "binary"),
    "gzip without its suffix": ("a.txt", gzip.compress(SHELLING.encode()), "binary", None, "binary"),
    "broken UTF-8": ("a.txt", SHELLING.encode()[:-1] + b"\xff.", "encoding", None, "broken UTF-8"),
    "another encoding": ("a.txt", "Überall hört man Böses".encode("latin-1"), "encoding", None, "neither"),
    "no gzip": ("a.txt.gz", SHELLING.encode(), "gzip", None, "gzip"),
    "cut gzip": ("a.txt.gz", gzip.compress(SHELLING.encode())[:-9], "gzip", None, "gzip"),
    "corrupt gzip": ("a.txt.gz", gzip.compress(SHELLING.encode())[:-6] + bytes(6), "gzip", None, "gzip"),
    "bomb": ("a.txt.gz", gzip.compress(b"a" * 20_000_000), "too_large", None, "times its size"),
    "bomb of rows": ("a.csv.gz", gzip.compress(b"text\n" + BLANK_ROWS), "too_large", None, "times its size"),
    "bomb of tables": ("a.parquet.gz", gzip.compress(bytes(20_000_000)), "too_large", None, "times its size"),
    "no object": ("a.json", "[1, 2]", "json", 1, "not a JSON object"),
    "broken json": ("a.json", '{"text": "قصف', "json", None, "malformed"),
    "broken array": ("a.json", '[{"text": "قصف"', "json", None, "malformed"),
    "deep json": ("a.json", "[" * 100_000, "json", None, "malformed"),
    "deep line": ("a.jsonl", '{"text":' * 100_000, "json", 1, "malformed"),
    "no text column": ("a.csv", "id,name\n1,x\n", "table", None, "no column"),
    "no text column in parquet": ("a.parquet", _parquet({"id": [1], "name": ["x"]}), "table", None, "no column"),
    "no parquet": ("a.parquet", b"PAR1 and then something else", "table", None, "not a Parquet file"),
    "cut parquet": ("a.parquet", _parquet({"text": [SHELLING]})[:-30], "table", None, "not a Parquet file"),
    "front matter only": ("a.txt", "---\ntitle: قصف\n---\n", "no_text", None, "front matter"),
    "page without article": ("a.html", "<html><body></body></html>", "no_text", None, "no article"),
    "not Arabic": ("a.txt", "Nothing here is written in Arabic.", "not_arabic", None, "no Arabic"),
    "Arabic in the front matter only": ("a.txt", "---\ntitle: قصف\n---\nEnglish\n", "not_arabic", None, "no Arabic"),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_bad_file(what: str, tmp_path: Path) -> None:
    name, content, kind, line, word = FILES[what]
    articles, rejects, _ = read(write(tmp_path, {name: content, **GOOD}))
    assert [a.text for a in articles] == [QUIET]
    first = rejects[0]
    assert (first.kind, first.where, first.line) == (kind, str(tmp_path / name), line)
    assert word in first.reason
    assert len(rejects) == (2 if what == "no object" else 1)
    reject = json.loads(first.to_json())
    assert list(reject) == ["where", "line", "id", "kind", "reason", "detail"]


LINES: dict[str, tuple[bytes, str, str]] = {
    "malformed": (b'{"id": "x", "text": ', "json", "malformed"),
    "no object": (b'["x"]', "json", "not a JSON object"),
    "a huge number": (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "json", "malformed"),
    "without text": (b'{"id": "x", "title": "y"}', "no_text", "without text"),
    "with empty text": (b'{"id": "x", "text": "  "}', "no_text", "without text"),
    "with null": (b'{"id": "x", "text": null}', "no_text", "without text"),
    "with a number for text": (b'{"id": "x", "text": 12}', "no_text", "without text"),
    "broken UTF-8": ('{"id": "x", "text": "قصف'.encode() + b'\xff"}', "encoding", "broken UTF-8"),
    "not Arabic": (b'{"id": "x", "text": "shelling"}', "not_arabic", "no Arabic"),
    "a duplicate": (dump([{"id": "1", "text": QUIET}]).strip().encode(), "duplicate", "earlier article"),
    "too long": (b'{"id": "x", "text": "' + b"a" * 100_000 + b'"}', "too_large", "more than"),
}


@pytest.mark.parametrize("what", LINES)
def test_bad_line_among_good_ones(what: str, tmp_path: Path) -> None:
    line, kind, word = LINES[what]
    first, last = (dump([{"id": i, "text": t}]).encode() for i, t in (("1", SHELLING), ("3", CAPTURE)))
    write(tmp_path, {"a.jsonl": first + line + b"\n\n" + last})
    articles, rejects, _ = read(tmp_path, limits=Limits(article_bytes=50_000))
    assert [(a.id, a.text) for a in articles] == [("1", SHELLING), ("3", CAPTURE)]
    assert [(r.kind, r.where, r.line) for r in rejects] == [(kind, str(tmp_path / "a.jsonl"), 2)]
    assert word in rejects[0].reason
    if kind in ("no_text", "not_arabic"):
        assert rejects[0].id == "x"


def test_a_duplicate_says_where_the_first_is(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": dump([{"id": "7", "text": SHELLING}] * 2), "b.csv": f"id,text\n7,{QUIET}\n"})
    articles, rejects, _ = read(tmp_path)
    assert [a.text for a in articles] == [SHELLING]
    first = f"first in {tmp_path / 'a.jsonl'}:1"
    assert [(r.where, r.line, r.id, r.kind, r.detail) for r in rejects] == [
        (str(tmp_path / "a.jsonl"), 2, "7", "duplicate", first),
        (str(tmp_path / "b.csv"), 2, "7", "duplicate", first),
    ]


def test_windows_1256_is_decoded_and_said(tmp_path: Path) -> None:
    lines = dump([{"id": "1", "text": SHELLING}, {"id": "2", "text": CAPTURE}]).encode("cp1256")
    write(tmp_path, {"a.txt": f"{SHELLING}\r\n{QUIET}".encode("cp1256"), "b.jsonl": lines})
    articles, rejects, notes = read(tmp_path)
    assert not rejects
    assert [a.text for a in articles] == [f"{SHELLING}\r\n{QUIET}", SHELLING, CAPTURE]
    assert [(n.where, n.line, n.message) for n in notes] == [
        (str(tmp_path / "a.txt"), None, "decoded as windows-1256"),
        (str(tmp_path / "b.jsonl"), 1, "decoded as windows-1256"),
    ]


def test_nuls_and_surrogates_are_replaced_one_for_one(tmp_path: Path) -> None:
    torn = SHELLING.replace(" ", "\0", 1) + "\ud800!"
    mended = SHELLING.replace(" ", "\ufffd", 1) + "\ufffd!"
    escaped = json.dumps({"id": "j\udc00", "title": "\0", "text": torn})
    write(
        tmp_path,
        {"a.txt": torn.encode("utf-8", "surrogatepass"), "b.jsonl": escaped, "c.csv": f"text\n{torn[:-2]}\n"},
    )
    articles, rejects, notes = read(tmp_path)
    assert not rejects
    assert [a.text for a in articles] == [mended, mended, mended[:-2]]
    assert articles[1].id == "j\ufffd"
    assert [n.message for n in notes] == [
        "1 NUL and 1 lone surrogate replaced by U+FFFD",
        "1 NUL and 1 lone surrogate replaced by U+FFFD",
        "1 NUL replaced by U+FFFD",
    ]


@pytest.mark.parametrize("date", ["soon", "2024-02-31", "0", "أمس"])
def test_a_published_date_that_is_no_date(date: str, tmp_path: Path) -> None:
    write(tmp_path, {"2024-12-05.jsonl": dump([{"id": "1", "text": SHELLING, "published": date}])})
    articles, rejects, _ = read(tmp_path, published="2023-01-01")
    # Neither the name of the file nor the default takes its place: that would look like an answer.
    assert [(a.id, a.published) for a in articles] == [("1", None)]
    assert [(r.kind, r.line, r.id, r.detail) for r in rejects] == [("field", 1, "1", date)]
    assert rejects[0].reason == "published is no date"


def test_an_unknown_country(tmp_path: Path) -> None:
    articles, rejects, _ = read(write(tmp_path, {"a.txt": f"---\ncountry: Atlantis\n---\n{SHELLING}"}))
    assert [a.country for a in articles] == [None]
    assert [(r.kind, r.detail) for r in rejects] == [("field", "Atlantis")]


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    write(tmp_path, {"full/a.txt": SHELLING, "other/x.bin": "x"})
    (tmp_path / "empty").mkdir()
    inputs = [tmp_path / name for name in ("gone", "empty", "other", "full")]
    articles, rejects, _ = read(*inputs)
    assert [a.id for a in articles] == ["a.txt"]
    assert [(r.kind, r.where, r.detail) for r in rejects] == [
        ("missing", str(tmp_path / "gone"), None),
        ("empty_folder", str(tmp_path / "empty"), None),
        ("empty_folder", str(tmp_path / "other"), "1 files of other kinds"),
    ]


def test_rows_that_cannot_be_trusted(tmp_path: Path) -> None:
    table = f'id,text\n1,{SHELLING}\n2,{CAPTURE}, with a comma\n\n,\n3\n4,"{QUIET}"\n'.encode()
    table += "5,قصف ".encode() + b"\xff\n6,ok\n"
    articles, rejects, _ = read(write(tmp_path, {"a.csv": table}))
    assert [(a.id, a.text) for a in articles] == [("1", SHELLING), ("4", QUIET)]
    assert [(r.line, r.kind) for r in rejects] == [
        (3, "table"), (6, "no_text"), (8, "encoding"), (9, "not_arabic"),
    ]  # fmt: skip


def test_an_open_quote_does_not_swallow_memory(tmp_path: Path) -> None:
    rows = "".join(f"{i},{SHELLING}\n" for i in range(2000))
    write(tmp_path, {"a.csv": f'id,text\n1,{SHELLING}\n2,"{rows}'})
    articles, rejects, _ = read(tmp_path, limits=Limits(article_bytes=100_000))
    assert articles[0].text == SHELLING
    assert rejects[0].kind == "table"
    assert "limit" in (rejects[0].detail or "")


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    records = dump({"id": str(i), "text": f"{SHELLING} {i * 7919} {QUIET[i % 20 :]}"} for i in range(3000))
    packed = gzip.compress(records.encode())
    array = json.dumps([{"id": "1", "text": SHELLING}, {"id": "2", "text": CAPTURE}], ensure_ascii=False)
    write(tmp_path, {"cut.jsonl.gz": packed[: len(packed) // 2]})
    articles, rejects, _ = read(tmp_path)
    assert 1000 < len(articles) < 2000
    assert [a.id for a in articles] == [str(i) for i in range(len(articles))]
    assert [r.kind for r in rejects] == ["gzip"]
    write(tmp_path, {"cut.jsonl.gz": b"", "cut.json": array[:-10]})
    articles, rejects, _ = read(tmp_path / "cut.json")
    assert [a.id for a in articles] == ["1"]
    assert [r.kind for r in rejects] == ["json"]


def test_a_long_array_is_read_piece_by_piece(tmp_path: Path) -> None:
    texts = [f"{SHELLING} {i} " + QUIET * 60 for i in range(1500)]
    write(
        tmp_path,
        {"a.json": json.dumps([{"id": i, "text": t} for i, t in enumerate(texts)], ensure_ascii=False)},
    )
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert [a.text for a in articles] == texts


def test_three_megabytes_in_one_paragraph_are_an_article(tmp_path: Path) -> None:
    text = (SHELLING + " ") * (3_000_000 // len((SHELLING + " ").encode()) + 1)
    assert len(text.encode()) >= 3_000_000
    write(tmp_path, {"a.txt": text, "b.jsonl": dump([{"text": text}]), "c.csv": f'text\n"{text}"\n'})
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert [a.text for a in articles] == [text] * 3


def test_an_article_over_the_limit(tmp_path: Path) -> None:
    articles, rejects, _ = read(
        write(tmp_path, {"a.txt": SHELLING * 100, **GOOD}), limits=Limits(article_bytes=1000)
    )
    assert [a.text for a in articles] == [QUIET]
    assert [(r.kind, r.reason) for r in rejects] == [("too_large", "an article of more than 1000 bytes")]


NAMES = [
    "a.txt",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.parquet",
    "a.html",
    "a.txt.gz",
    "a.jsonl.gz",
    "a.parquet.gz",
]
PIECES = [
    SHELLING,
    '{"text": "',
    '"}',
    "[",
    "]",
    "text,id\n",
    '"',
    "\n",
    "---\n",
    "<p>",
    "<html>",
    "\ud800",
    "\0",
    "\x1f",
    ",",
]


CONTENT = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES)).map("".join))


@settings(max_examples=150)
@given(name=st.sampled_from(NAMES), content=CONTENT)
def test_nothing_in_a_file_stops_the_reading(
    name: str, content: bytes | str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    folder = tmp_path_factory.mktemp("any")
    write(
        folder,
        {name: gzip.compress(data) if name.endswith(".gz") and len(data) % 2 else data, "z.txt": QUIET},
    )
    articles, rejects, _ = read(folder)
    assert articles[-1].text == QUIET
    assert len(articles) + len(rejects) >= 2
    for article in articles:
        article.text.encode("utf-8")
        assert "\0" not in article.text
