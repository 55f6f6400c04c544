"""Which files are read, in which order, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from run_builders import CAPTURE, QUIET, SHELLING, read, write

from pipeline.articles.items import Reject
from pipeline.articles.walk import Skipped, Source, walk


def _names(*inputs: Path, exclude: tuple[Path, ...] = ()) -> list[str]:
    return [entry.name for entry in walk(inputs, exclude=exclude) if isinstance(entry, Source)]


def test_folders_are_read_recursively_in_order(tmp_path: Path) -> None:
    names = ["b.txt", "a/2.txt", "a/10.txt", "a/1.txt", "C.TXT", "ب.txt", "z/y/x/w.jsonl.gz", "page.HTM"]
    write(tmp_path, dict.fromkeys(names, SHELLING))
    assert _names(tmp_path) == [
        "C.TXT", "a/1.txt", "a/10.txt", "a/2.txt", "b.txt", "page.HTM", "z/y/x/w.jsonl.gz", "ب.txt",
    ]  # fmt: skip


def test_hidden_files_are_left_out_unless_named(tmp_path: Path) -> None:
    write(tmp_path, {".a.txt": SHELLING, ".git/b.txt": SHELLING, "c.txt": SHELLING})
    assert _names(tmp_path) == ["c.txt"]
    assert _names(tmp_path / ".a.txt") == [".a.txt"]


def test_unknown_suffixes_are_counted_unless_named(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": SHELLING, "a.txt": SHELLING, "b.md.gz": "x", "LICENSE": "x"})
    entries = list(walk([tmp_path]))
    assert sorted(e.suffix for e in entries if isinstance(e, Skipped)) == ["", ".md", ".md"]
    assert [e.name for e in entries if isinstance(e, Source)] == ["a.txt"]
    (named,) = walk([tmp_path / "README.md"])
    assert isinstance(named, Source)
    assert (named.format, named.name) == ("text", "README.md")


def test_excluded_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": SHELLING, "out/articles.jsonl": "{}", "out/deep/x.txt": SHELLING})
    assert _names(tmp_path, exclude=(tmp_path / "out",)) == ["a.txt"]


def test_several_inputs_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": SHELLING, "two/b.txt": CAPTURE, "c.txt": QUIET})
    assert _names(tmp_path / "two", tmp_path / "c.txt", tmp_path / "one") == ["b.txt", "c.txt", "a.txt"]


def test_equal_names_in_two_inputs_are_two_articles(tmp_path: Path) -> None:
    write(tmp_path, {"2023/news/a.txt": SHELLING, "2024/news/a.txt": CAPTURE, "2024/news/b.txt": QUIET})
    articles, rejects, _ = read(tmp_path / "2023" / "news", tmp_path / "2024" / "news")
    assert not rejects
    assert [(a.id, a.text) for a in articles] == [
        ("a.txt", SHELLING),
        ("2024/news/a.txt", CAPTURE),
        ("b.txt", QUIET),
    ]
    articles, _, _ = read(tmp_path / "2023/news/a.txt", tmp_path / "2024/news/a.txt")
    assert [a.id for a in articles] == ["a.txt", "2024/news/a.txt"]


@pytest.mark.parametrize(
    "order", [("all", "sub"), ("all", "file"), ("file", "all"), ("all", "all"), ("file", "file")]
)
def test_what_is_reached_twice_is_read_once(order: tuple[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"d/a.txt": SHELLING, "d/sub/b.txt": CAPTURE})
    paths = {"all": tmp_path / "d", "sub": tmp_path / "d/sub", "file": tmp_path / "d/a.txt"}
    articles, rejects, _ = read(*(paths[name] for name in order))
    assert not rejects
    expected = [SHELLING] if order == ("file", "file") else [SHELLING, CAPTURE]
    assert sorted(a.text for a in articles) == sorted(expected)


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, {"d/a.txt": SHELLING})
    (tmp_path / "d" / "loop").symlink_to(tmp_path / "d")
    (tmp_path / "d" / "nowhere.txt").symlink_to(tmp_path / "gone")
    entries = list(walk([tmp_path / "d"]))
    assert [e.name for e in entries if isinstance(e, Source)] == ["a.txt"]
    assert [(e.kind, e.where) for e in entries if isinstance(e, Reject)] == [
        ("unreadable", str(tmp_path / "d" / "nowhere.txt"))
    ]


def test_a_pipe_does_not_hang_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    write(tmp_path, {"a.txt": SHELLING})
    articles, rejects, _ = read(tmp_path)
    assert [a.id for a in articles] == ["a.txt"]
    assert [r.kind for r in rejects] == ["unreadable"]


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff.txt")
    try:
        (tmp_path / name).write_text(SHELLING, encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses names that are no UTF-8")
    articles, rejects, _ = read(tmp_path)
    assert not rejects
    assert [a.id for a in articles] == ["bad\ufffd.txt"]
