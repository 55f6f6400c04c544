"""``docs/api.md``: every example runs as it stands and says what it promises."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from run_builders import write

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = {m[1]: m[2] for m in re.finditer(r"^```python (\w+)\n(.*?)^```$", PAGE, re.M | re.S)}


def run_example(name: str) -> tuple[str, dict[str, Any]]:
    """What an example prints, and its names."""
    names: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(EXAMPLES[name], f"docs/api.md:{name}", "exec"), names)
    return printed.getvalue(), names


def test_the_examples_are_all_here() -> None:
    assert set(EXAMPLES) == {"extract", "spacy", "pipe", "blank", "save", "render", "run"}


def test_extract_in_five_lines_prints_what_the_page_says() -> None:
    assert len([line for line in EXAMPLES["extract"].splitlines() if line.strip()]) == 4
    printed, names = run_example("extract")
    assert printed == PAGE.split("```python extract", 1)[1].split("```\n", 2)[2].split("```", 1)[0].lstrip()
    assert (
        names["text"][names["event"].trigger.start : names["event"].trigger.end]
        == names["event"].trigger.text
    )


def test_the_readme_has_the_same_example() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "اعتقلت الشرطة أمس خمسة مشتبه بهم في مدينة عدن." in readme
    assert "docs/api.md" in readme


def test_spacy() -> None:
    printed, names = run_example("spacy")
    events = names["doc"]._.events
    assert [e.mode for e in events] == ["seize-territory", "withdraw"]
    assert {e.article.published for e in events} == {"2024-12-05"}
    assert events[1].time == "2024-12-04"
    assert printed.count("\n") == 2
    assert "حماة" in printed


def test_pipe() -> None:
    printed, _ = run_example("pipe")
    assert "2023-05-04 arrest 2023-05-03" in printed
    assert "2023-02-14 kill 2023-02-12" in printed


def test_blank() -> None:
    assert run_example("blank")[0] == "['و', 'ل', 'لمدينة', 'القديمة', 'باب', 'ها']\n"


def test_save() -> None:
    assert run_example("save")[0] == "['seize-territory']\n"


def test_render() -> None:
    printed, names = run_example("render")
    assert printed == ""
    assert 'dir="rtl"' in names["render"](names["extract"]("شنت طائرات الجيش غارة على بلدة سراقب."))


def test_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "اعتقلت الشرطة خمسة مشتبه بهم في مدينة عدن يوم 3 مايو 2023 بعد مداهمة منازل في المدينة."
    write(tmp_path / "corpus", {"2023-05-04_a.txt": text, "2023-05-05_b.txt": f"{text} وكالات"})
    monkeypatch.chdir(tmp_path)
    printed, names = run_example("run")
    assert printed.startswith("2023-05-05_b.txt 2023-05-05 ")
    assert printed.count("\n") == 1
    assert (names["summary"].articles, names["summary"].clusters) == (2, 1)
