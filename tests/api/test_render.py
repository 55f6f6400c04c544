"""Rendering: every slot is marked, whatever lies inside or across what; nothing of the article gets out of place."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from record_builders import TEXT, bare_record, full_record, span

from pipeline import render
from pipeline.records import EventRecord
from pipeline.rendering import COLOURS


class Reader(HTMLParser):
    """The text of the sentence, the text under every mark, and whether tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.marked: dict[str, str] = {}
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if "figcaption" in tags or "sup" in tags or "b" in tags:
            return
        self.text += data
        for tag, attrs in self.open:
            if tag == "mark":
                slot = str(attrs["data-slot"])
                self.marked[slot] = self.marked.get(slot, "") + data


def shown(**changes: Any) -> tuple[str, Reader]:
    page = render(EventRecord.model_validate(full_record(**changes)))
    return page, Reader(page)


def test_every_slot_is_marked_and_the_sentence_is_whole() -> None:
    page, reader = shown()
    assert reader.text == TEXT
    assert reader.marked == {
        "trigger": "غارة", "actor": "الجيش طائراته".replace(" ", ""), "target": "مواقع", "place": "سراقبمعرة النعمان",
        "time": "أمس", "said by": "الجيش", "count": "14 مسلحا",
    }  # fmt: skip
    assert page.startswith('<figure class="waqai-event" dir="rtl" lang="ar"')
    codes = (
        "Saraqib",
        "SYR",
        "MIL",
        "unsaid, from context",
        "35.86, 36.80",
        "2024-12-04",
        "relative",
        "killed",
        "14",
        "أعلن",
    )
    for value in codes:
        assert f"<bdi>{value}</bdi>" in page


def test_slots_inside_and_across_one_another() -> None:
    actor = full_record()["actors"][0]
    across = [actor | span("طائراته شنت غارة"), actor | span("أن طائراته")]
    _, reader = shown(actors=across, targets=[actor | span("غارة أمس")])
    assert reader.text == TEXT
    assert reader.marked["actor"] == "أن طائراته شنت غارة".replace("طائراته", "طائراتهطائراته")
    assert reader.marked["target"] == "غارة أمس"
    assert reader.marked["trigger"] == "غارة"


def test_a_slot_of_another_sentence_is_told_below() -> None:
    sentence = {**span("فقتل 14 مسلحا."), "index": 1}
    page, reader = shown(sentence=sentence, trigger={**span("فقتل"), "lemma": "قتل"})
    assert reader.text == "فقتل 14 مسلحا."
    assert set(reader.marked) == {"trigger", "count"}
    assert page.count("outside the sentence") == 7


def test_what_is_in_the_article_stays_text() -> None:
    evil = '<script>alert("x")</script>&amp; \'</mark><img src=x onerror=alert(1)>'
    record = full_record(
        sentence={"text": evil, "start": 0, "end": len(evil), "index": 0},
        trigger={"text": evil[:8], "start": 0, "end": 8, "lemma": evil},
        action=evil, mode=evil, time=evil, quantities=[],
        actors=[full_record()["actors"][0] | {"text": evil, "start": 0, "end": len(evil), "name": evil}],
        places=[full_record()["places"][0] | {"text": evil, "start": 3, "end": 9, "name_en": evil}],
        attribution={"text": evil, "start": 0, "end": 4, "cue": evil}, when=None, targets=[],
    )  # fmt: skip
    page = render(EventRecord.model_validate(record))
    reader = Reader(page)
    assert reader.text == evil
    assert reader.tags == {"figure", "div", "b", "bdi", "mark", "sup", "figcaption", "ul", "li", "span"}
    assert "<script" not in page
    assert "onerror=alert(1)>" not in page


def test_little_known() -> None:
    page = render([EventRecord.model_validate(bare_record())])
    assert Reader(page).marked == {"trigger": "غارة"}
    assert render([]) == ""


def test_a_notebook_shows_it() -> None:
    page, _ = shown()
    assert page._repr_html_() == page  # type: ignore[attr-defined]
    assert "http" not in page


@pytest.mark.parametrize("colour", COLOURS.values())
def test_dark_text_is_readable_on_every_colour(colour: str) -> None:
    """Contrast of #111 on the ground by WCAG: 7 is the stricter of its two levels."""

    def luminance(code: str) -> float:
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert (luminance(colour) + 0.05) / (luminance("#111111") + 0.05) >= 7
