"""What the page is made of: its words, its pieces of text, its edits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from review_builders import EMOJI, fixed, records_of, span

import pipeline.review
from pipeline.articles.article import Article
from pipeline.evaluation.gold import modes
from pipeline.fields import Span
from pipeline.review.annotation import Annotation, differences
from pipeline.review.edit import apply, read_edit
from pipeline.review.guide import ASSERTIONS, KEYS, REASONS, RELATIONS, Words, types
from pipeline.review.queue import ORDERS, STATUSES
from pipeline.review.segments import REACH, excerpt
from pipeline.review.values import EditError, check, check_iso

HOME = Path(pipeline.review.__file__).parent
RECORD = records_of("a", EMOJI)[0]
ARTICLE = Article(id="a", text=EMOJI, published="2024-03-14")


def texts(name: str) -> dict[str, dict[str, dict[str, str]]]:
    return dict(yaml.safe_load((HOME / name).read_text(encoding="utf-8")))


def test_every_text_is_there_in_both_languages_and_used() -> None:
    interface = texts("interface.yaml")
    source = "".join(
        p.read_text(encoding="utf-8") for p in [*HOME.glob("templates/*.html"), *HOME.glob("*.py")]
    )
    used = set(re.findall(r"""\b(?:t|words)\(\s*["'](\w+)["']""", source))
    for keys in re.findall(r"""(?:EditError\(|DeskError\(\s*\d+,)([^)]*)""", source):
        used |= set(re.findall(r'"(\w+)"', keys.partition("=")[0]))
    # The table of keys in the help names its rows.
    for names in re.findall(r"rows\(\[([^\]]+)\]", source):
        used |= set(re.findall(r'"(\w+)"', names))
    assert set(interface) - used == set(), "texts that nothing shows"
    assert used - set(interface) == set(), "texts that are missing"
    for key, both in interface.items():
        assert set(both) == {"ar", "en"}, key
        blanks = [sorted(re.findall(r"\{(\w+)\}", text)) for text in both.values()]  # type: ignore[arg-type]
        assert blanks[0] == blanks[1], key


def test_everything_has_a_name_in_both_languages() -> None:
    labels = texts("labels.yaml")
    wanted = {
        "types": set(types()),
        "modes": set(modes()),
        "assertions": set(ASSERTIONS),
        "relations": set(RELATIONS),
        "reasons": set(REASONS),
        "orders": set(ORDERS),
        "statuses": set(STATUSES) | {"added"},
    }
    for kind, values in wanted.items():
        assert set(labels[kind]) == values, kind
    for kind, values in labels.items():
        for value, both in values.items():
            assert set(both) == {"ar", "en"}, (kind, value)
            assert re.search(r"[ء-ي]", both["ar"]), (kind, value)
    assert Words("ar").label("modes", "no-such-mode") == "no-such-mode"


def test_each_key_does_one_thing() -> None:
    codes = [code for code, _ in KEYS.values()]
    assert len(set(codes)) == len(codes)
    script = (HOME / "static" / "review.js").read_text(encoding="utf-8")
    assert "event.key " not in script, "keys count by place"
    assert "event.key)" not in script
    assert "innerHTML" not in script


def test_the_page_of_documentation_tells_every_key_and_shows_its_pictures() -> None:
    docs = Path(__file__).resolve().parent.parent.parent / "docs"
    text = (docs / "review.md").read_text(encoding="utf-8")
    for code, _ in KEYS.values():
        name = code.removeprefix("Key").removeprefix("Digit")
        assert f"<kbd>{name}" in text or name in "2345", code
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert sorted(docs / p for p in pictures) == sorted((docs / "review").glob("*.png"))
    for picture in pictures:
        assert (docs / picture).stat().st_size < 120_000, picture


def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in [*HOME.glob("templates/*"), *HOME.glob("static/*")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, file.name
        assert not re.search(r"\bon\w+=|style=|javascript:|\|\s*safe\b", text), file.name


@given(st.text(alphabet="ابتح 🚨\n\r.", min_size=30, max_size=60), st.data())
def test_the_pieces_are_the_text(text: str, data: st.DataObject) -> None:
    def some() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        return Span(text=text[start:end], start=start, end=end)

    annotation = Annotation(
        trigger=some(), type="AID", mode="aid", assertion="asserted", time=some(), attribution=some()
    )
    others = [(s.start, s.end, f"ev_{n}") for n, s in enumerate([some(), some()])]
    shown = excerpt(text, annotation, some(), others=others)
    assert "".join(s.text for s in shown.segments) == text
    assert [s.start for s in shown.segments] == [
        sum(len(p.text) for p in shown.segments[:n]) for n in range(len(shown.segments))
    ]
    for segment in shown.segments:
        end = segment.start + len(segment.text)
        for kind in ("trigger", "time", "attribution"):
            held = getattr(annotation, kind)
            assert (kind in segment.kinds) == (held.start <= segment.start and end <= held.end)
        assert (segment.other is not None) == any(a <= segment.start and end <= b for a, b, _ in others)
    for kind in ("trigger", "time", "attribution"):
        assert sum(kind in s.begins for s in shown.segments) == 1


def test_of_a_long_article_a_part_is_shown() -> None:
    text = "كلمة " * 20_000
    sentence = Span(text=text[50_000:50_100], start=50_000, end=50_100)
    trigger = Span(text=text[50_000:50_004], start=50_000, end=50_004)
    annotation = Annotation(trigger=trigger, type="AID", mode="aid", assertion="asserted")
    part = excerpt(text, annotation, sentence, others=[(0, 4, "ev_far")])
    shown = "".join(s.text for s in part.segments)
    assert (part.before, part.after) == (True, True)
    assert 2 * REACH - 1100 < len(shown) < 2 * REACH + 200
    first = part.segments[0].start
    assert text[first : first + len(shown)] == shown
    assert not shown[0].isspace()
    assert text[first - 1].isspace()
    assert all(s.other is None for s in part.segments)
    whole = excerpt(text, annotation, sentence, whole=True)
    assert "".join(s.text for s in whole.segments) == text
    assert (whole.before, whole.after) == (False, False)


def edited(*edits: dict[str, object]) -> Annotation:
    annotation = fixed(RECORD)
    for edit in edits:
        annotation = apply(annotation, read_edit(edit), ARTICLE)
    return annotation


def selection(slot: str, part: str, **more: int) -> dict[str, object]:
    at = span(EMOJI, part)
    return {
        "op": "span",
        "slot": slot,
        "start": at["start"] - more.get("left", 0),
        "end": at["end"] + more.get("right", 0),
    }


def test_edits_change_what_they_say_and_nothing_else() -> None:
    before = fixed(RECORD)
    longer = edited(selection("targets", "شبان", left=1, right=1))
    assert [t.text for t in longer.targets] == ["شبان"], (
        "white space is left off, the overlapping reading replaced"
    )
    assert differences(before, longer) == ("targets",)
    two = edited(selection("targets", "شهود"))
    assert [t.text for t in two.targets] == ["ثلاثة شبان", "شهود"]
    assert edited(selection("targets", "شهود"), selection("targets", "شهود")) == before, (
        "once more takes it out"
    )
    assert edited({"op": "drop", "slot": "actors", "index": 0}).actors == ()
    assert differences(before, edited({"op": "mode", "value": "shelling"})) == ("type", "mode")
    assert edited({"op": "type", "value": "PROTEST"}).mode == "demonstrate"
    assert edited({"op": "type", "value": "COERCE"}) == before
    assert edited({"op": "iso", "value": " 2024-03 "}).iso == "2024-03"
    assert edited({"op": "iso", "value": "2024"}, {"op": "clear", "slot": "time"}).iso is None
    assert edited({"op": "core", "value": False}).core is False
    assert edited({"op": "relation", "index": 0, "value": "near"}).places[0].relation == "near"
    assert edited(selection("attribution", "شهود")).attribution == Span(**span(EMOJI, "شهود"))
    assert edited(selection("trigger", "أغلقت")).trigger.text == "أغلقت"


def test_a_time_that_is_marked_is_worked_out() -> None:
    marked = edited(selection("time", "الثلاثاء"))
    assert marked.iso == "2024-03-12"


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ({"op": "fly"}, "not an edit"),
        ("reset", "not an edit"),
        (None, "not an edit"),
        ({"op": "span", "slot": "colour", "start": 0, "end": 3}, "not an edit"),
        ({"op": "span", "slot": "actors", "start": 0, "end": 10_000}, "outside the text"),
        ({"op": "span", "slot": "actors", "start": 9, "end": 3}, "outside the text"),
        ({"op": "span", "slot": "actors", "start": 1, "end": 2}, "the selection is empty"),
        ({"op": "drop", "slot": "actors", "index": 5}, "no number 6"),
        ({"op": "clear", "slot": "trigger"}, "not an edit"),
        ({"op": "mode", "value": "dance"}, "no mode «dance»"),
        ({"op": "type", "value": "DANCE"}, "no type «DANCE»"),
        ({"op": "place", "index": 0, "value": "geonames:0"}, "no place «geonames:0»"),
        ({"op": "place", "index": 3, "value": None}, "no number 4"),
        ({"op": "iso", "value": "tomorrow"}, "is no time"),
    ],
)
def test_edits_that_cannot_be(edit: object, why: str) -> None:
    with pytest.raises(EditError, match=re.escape(why)) as error:
        apply(fixed(RECORD), read_edit(edit), ARTICLE)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("2024", True), ("2024-02", True), ("2024-02-29", True), ("2023-02-29", False), ("2024-13", False),
        ("2024-03-14T06:30", True), ("2024-03-14T06:30:15+03:00", True), ("2024-03-14T24:30", False),
        ("2024-03-14/2024-03-16", True), ("2024/2025", True), ("2024-03-14/", False), ("14-03-2024", False),
        ("٢٠٢٤", False), ("2024-3-1", False), ("0000", False), ("2024-03-14 06:30", False),
    ],
)  # fmt: skip
def test_times(value: str, known: bool) -> None:
    if known:
        assert check_iso(value) == value
    else:
        with pytest.raises(EditError):
            check_iso(value)


def test_what_the_extractor_holds_is_let_through_and_what_nobody_knows_is_not() -> None:
    odd = fixed(RECORD, type="OURS", mode="own-mode", iso="spring")
    assert check(odd, ARTICLE, odd) == odd
    with pytest.raises(EditError, match="no mode of"):
        check(odd, ARTICLE, fixed(RECORD))
