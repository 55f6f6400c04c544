"""Gold that is hard to carry over: astral characters, diacritics, tatweel, line ends of all sorts, shared spans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation_builders import digest, span

TEXT = (
    "عاجل 😀🚀: شنَّتها قـــوات الجيش\r\nالوطني هجوماً على بلدتي كفر\nنبل والهبيط صباح الثلاثاء، "
    "وقُتِلَ ١٤ شخصاً وأُصيب عشرات.\u2028قال المرصد 😀 إن «الجيش» لم ينسحب من <كفر & نبل>.\f\n"
)


def gold_events() -> list[dict[str, object]]:
    """Events of ``TEXT`` as the gold file has them."""

    def at(surface: str, nth: int = 0) -> dict[str, object]:
        return span(TEXT, surface, nth)

    army = at("قـــوات الجيش\r\nالوطني")
    time = at("صباح الثلاثاء")
    empty: dict[str, object] = {"actors": [], "targets": [], "places": [], "time": None, "iso": None,
                                "attributed_to": None, "core": True}  # fmt: skip
    return [
        empty | {
            "trigger": at("شنَّتها"), "mode": "attack", "actors": [army], "targets": [at("كفر\nنبل"), at("الهبيط")],
            "places": [at("كفر\nنبل") | {"relation": "in"}, at("الهبيط") | {"relation": "to"}], "time": time,
            "iso": "2024-12-03/2024-12-04", "assertion": "asserted",
        },
        # The same trigger twice, as the guide has it where one word tells of two things.
        empty | {
            "trigger": at("هجوماً"), "mode": "kill", "targets": [at("١٤ شخصاً")], "time": time, "iso": "2024-12-03",
            "assertion": "reported", "attributed_to": at("المرصد"), "core": False,
            "quantities": [at("١٤") | {"kind": "killed", "low": 14, "high": 14}],
        },
        empty | {
            "trigger": at("هجوماً"), "mode": "injure", "targets": [at("عشرات")], "assertion": "hypothetical",
            "quantities": [at("عشرات") | {"kind": "injured", "low": 20, "high": None}],
        },
        # Places in another order than the text's, and one without a relation.
        empty | {
            "trigger": at("ينسحب"), "mode": "withdraw", "actors": [at("الجيش", 1), army],
            "places": [at("كفر & نبل") | {"relation": "from"}, at("الهبيط")], "assertion": "negated",
            "attributed_to": at("المرصد"),
        },
        empty | {"trigger": at("قال"), "mode": "strange-mode", "assertion": "planned", "type": "STRANGE"},
    ]  # fmt: skip


@pytest.fixture
def hard_gold(tmp_path: Path) -> tuple[Path, Path]:
    """A gold file with two articles, one of them without events, and the folder of their texts."""
    texts = tmp_path / "texts"
    texts.mkdir()
    bare = "لا شيء هنا 😀."
    articles = []
    for name, text, events in (("أ/خبر 1.txt", TEXT, gold_events()), ("b.txt", bare, [])):
        (texts / name).parent.mkdir(exist_ok=True)
        (texts / name).write_bytes(text.encode())
        articles.append(
            {"article": name, "sha256": digest(text), "published": "2024-12-04", "events": events}
        )
    gold = tmp_path / "hard.jsonl"
    gold.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return gold, texts
