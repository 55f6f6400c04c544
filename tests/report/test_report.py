"""What the page says, and that equal runs give equal bytes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from evaluation_builders import record
from outputs_builders import article_line, changed, write_run
from report_builders import EVIL, TEXT, place, seize
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.outputs import open_run
from pipeline.report import OutputsError, build_report, write_report
from pipeline.report.digest import SHOWN, gather


class Outline(HTMLParser):
    """The elements of a page with their attributes, and the text by section."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sections: dict[str, str] = {}
        self._section = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "section":
            self._section = dict(attrs)["id"] or ""
        if tag in ("td", "th", "dd", "small"):
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.sections[self._section] = self.sections.get(self._section, "") + data

    def text(self, section: str) -> str:
        return " ".join(self.sections[section].split())


def test_markup_in_the_articles_stays_text(evil_run: Path) -> None:
    html = build_report(open_run(evil_run))
    page = Outline(html)
    assert {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "i", "link"} == set()
    assert EVIL not in html
    assert EVIL in page.sections["most"]
    assert "&lt;b&gt;" in html
    assert re.search("<b>.*عدن.*</b> & صنعاء", page.sections["least"])
    addresses = [a["href"] for tag, a in page.tags if tag == "a"]
    assert [a for a in addresses if a and not a.startswith("#")] == ["https://example.invalid/news?a=1&b=2"]
    assert not any(
        name.startswith("on") or name == "style" for _, attributes in page.tags for name in attributes
    )


def test_the_figures_of_a_run(evil_run: Path) -> None:
    page = Outline(build_report(open_run(evil_run)))
    assert "3 events in 3 articles, published from 2024-12-06 to 2024-12-07." in page.text("")
    assert (
        "100.0 % with coordinates 33.3 % with a time 3 articles, 2 with events 1 near-duplicate 2 rejects"
        in page.text("")
    )
    assert "COERCE 2 arrest 2" in page.text("types")
    assert "الشرطة خمسة أشخاص 2" in page.text("pairs")
    assert "2024-12-05" in page.text("timeline")
    assert "1 cluster; 1 article too many. 2 خبر وكالة" in page.text("articles")
    assert "binary 1, empty 1." in page.text("articles")
    assert "x.txt empty nothing in it" in page.text("articles")
    assert "knowledge k1" in page.text("versions")


def test_evidence_marks_trigger_and_slots_with_their_names(evil_run: Path) -> None:
    html = build_report(open_run(evil_run))
    card = re.search(r'<article class="card" id="[^"]*">.*?</article>', html, re.S)
    assert card is not None
    marks = re.findall(r'<mark class="(s\d)">([^<]*)(?:<small dir="ltr">([^<]*)</small>)*</mark>', card[0])
    assert marks == [
        ("s0", "سيطرت", "trigger"), ("s1", "قوات المعارضة", "actor"), ("s4", "أمس", "time"),
        ("s3", "مدينة حماة", "place"),
    ]  # fmt: skip
    assert '<p class="sentence" dir="auto" lang="ar">' in card[0]


def test_a_slot_that_stands_elsewhere_is_told(tmp_path: Path) -> None:
    text = f"وصلت القوة الجديدة. {TEXT}"
    far = record(text, "اعتقلت", "arrest", actors=("القوة الجديدة",))
    start = len("وصلت القوة الجديدة. ")
    far = changed(
        far, sentence__start=start, sentence__end=len(text), sentence__text=text[start:], actors=[
            far.actors[0].model_dump() | {"implicit": True}
        ],
    )  # fmt: skip
    page = Outline(build_report(open_run(write_run(tmp_path, [(article_line("a.txt", text, 1), [far])]))))
    assert "القوة الجديدة · ORG · unsaid, from context (elsewhere in the article)" in page.text("most")


def test_long_sentences_are_cut_around_the_trigger(tmp_path: Path) -> None:
    text = f"{'كلمة ' * 400}{TEXT}{' كلمة' * 400}"
    one = record(text, "اعتقلت", "arrest", actors=("الشرطة",))
    html = build_report(open_run(write_run(tmp_path, [(article_line("a.txt", text, 1), [one])])))
    sentence = re.search(r'<p class="sentence".*?</p>', html, re.S)
    assert sentence is not None
    shown = Outline(sentence[0]).text("")
    assert shown.startswith("… كلمة")
    assert shown.endswith("كلمة …")
    assert "اعتقلتtrigger" in shown.replace(" trigger", "trigger")
    assert 500 < len(shown) < 700


def test_equal_outputs_give_equal_bytes_and_no_trace_of_when(evil_run: Path) -> None:
    first, second = (build_report(open_run(evil_run)) for _ in range(2))
    assert first == second
    assert "77.125" not in first
    assert "/somewhere" not in first


def test_the_ends_of_the_scale_share_no_record(tmp_path: Path) -> None:
    for count, most, least in ((0, 0, 0), (1, 1, 0), (7, 4, 3), (150, 75, 75), (1500, SHOWN, SHOWN)):
        own = [seize("a.txt", id=f"ev_{n:016x}", confidence=(n % 50) / 50) for n in range(count)]
        run = open_run(write_run(tmp_path / str(count), [(article_line("a.txt", TEXT, 0), own)]))
        found = gather(run, tmp_path / "none")
        assert (len(found.most), len(found.least)) == (most, least)
        assert {r.id for r in found.most}.isdisjoint(r.id for r in found.least)
        if most and least:
            assert min(r.confidence for r in found.most) >= max(r.confidence for r in found.least)
            assert found.most[0].confidence == max(r.confidence for r in own)
            assert found.least[0].confidence == min(r.confidence for r in own)


def test_a_run_without_events_has_a_page(tmp_path: Path) -> None:
    page = Outline(build_report(open_run(write_run(tmp_path, [(article_line("a.txt", TEXT, 0), [])]))))
    assert "0 events in 1 article." in page.text("")
    assert set(page.sections) == {"", "types", "articles", "versions"}


def test_the_size_does_not_grow_with_the_run(tmp_path: Path) -> None:
    def size(count: int) -> int:
        def spot(n: int) -> dict[str, object]:
            return place("حماة", 30 + n % 97 / 10, 30 + n % 89 / 10, gazetteer_id=f"g{n}")

        own = [
            seize("a.txt", id=f"ev_{n:016x}", places=[spot(n)])
            for n in range(count)
        ]  # fmt: skip
        run = write_run(tmp_path / str(count), [(article_line("a.txt", TEXT, 0), own)])
        return len(build_report(open_run(run)).encode())

    assert size(4000) < 1.02 * size(2000)


@pytest.mark.parametrize(
    ("file", "damage", "why"),
    [
        ("events.jsonl", lambda data: data[:-40], r"events.jsonl:3: the file is cut off"),
        ("articles.jsonl", lambda data: data[:-40], r"articles.jsonl:3: the file is cut off"),
        (
            "events.jsonl",
            lambda data: data.replace(b'"mode":"arrest"', b'"mode":7', 1),
            r"events.jsonl:2: .*mode",
        ),
        ("rejects.jsonl", lambda data: data + b'{"where":', r"rejects.jsonl:3: not valid JSON"),
    ],
)
def test_a_damaged_run_is_one_clear_error_and_the_old_page_stays(
    evil_run: Path, file: str, damage: object, why: str
) -> None:
    page = write_report(evil_run)
    before = page.read_bytes()
    path = evil_run / file
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(OutputsError, match=why):
        write_report(evil_run)
    done = CliRunner().invoke(app, ["report", str(evil_run)])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert page.read_bytes() == before
    assert sorted(p.name for p in evil_run.iterdir()) == [
        "articles.jsonl", "events.jsonl", "manifest.json", "rejects.jsonl", "report.html",
    ]  # fmt: skip


def test_the_command_writes_the_page(evil_run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(evil_run), "--out", str(tmp_path / "x" / "page.html")])
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "x" / "page.html").read_text(encoding="utf-8") == build_report(open_run(evil_run))
