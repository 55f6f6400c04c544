"""Verbs with a pronoun behind them, whatever the tokeniser makes of the word, and events that verbs deal with."""

from __future__ import annotations

import pytest

from pipeline import extract

OWNED = [
    ("هاجم المتمردون القلعة، وعذبتهم حاميتها ثلاثة أيام.", "عذبتهم", ["حاميتها"], ["المتمردون"]),
    ("قال شهود إن اللصوص دخلوا الواحة ليلا وقتلتهم قوات الحدود.", "قتلتهم", ["قوات الحدود"], ["اللصوص"]),
    ("هجم رجال الحركة على الحصن، وكبدتهم حاميته عشرات القتلى.", "كبدتهم", ["حاميته"], ["رجال الحركة"]),
    ("نهب اللصوص الدكان وسلبوا صاحبه نقوده.", "سلبوا", ["اللصوص"], ["صاحبه"]),
]

DEALT_WITH = [
    ("خرجت في الحي القديم تظاهرة صغيرة فرقتها الشرطة بالهراوات.", "فرقتها", "restrict", ["الشرطة"]),
    ("توصل الجانبان إلى اتفاق رعته سلطنة عمان.", "رعته", "mediate", ["سلطنة عمان"]),
    ("انهارت المفاوضات التي علقتها أسمرة في الربيع.", "علقتها", "suspend", ["أسمرة"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "targets"), OWNED)
def test_a_verb_with_its_object_is_found(
    text: str, trigger: str, actors: list[str], targets: list[str]
) -> None:
    """The pronoun, cut off or not, hides no verb."""
    (record,) = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert [a.text for a in record.actors] == actors
    assert [t.text for t in record.targets] == targets


@pytest.mark.parametrize(("text", "trigger", "mode", "actors"), DEALT_WITH)
def test_a_verb_may_deal_with_an_event(text: str, trigger: str, mode: str, actors: list[str]) -> None:
    """Its fixed word may stand before it and be an event of its own."""
    (record,) = [r for r in extract(text, published="2019-03-04") if trigger in r.trigger.text]
    assert record.mode == mode
    assert [a.text for a in record.actors] == actors


def test_what_is_granted_happens_beside_the_grant() -> None:
    """«سمحت بعودة النازحين»: the return is an event, though it is the fixed word of «سمح»."""
    records = extract("ستسمح التسوية بعودة المهجرين إلى منازلهم في بلدة الزبيرة.", published="2019-03-04")
    assert [r.mode for r in records] == ["return-home"]


def test_a_possessed_noun_in_alif_is_still_the_fixed_word() -> None:
    """«أسراهم» is «أسرى» before a pronoun."""
    records = extract("تبادل الطرفان أسراهم عند الجسر.", published="2019-03-04")
    assert [r.mode for r in records] == ["release"]


def test_a_fixed_word_is_an_event_where_its_verb_is_none() -> None:
    """«منع» is a protest of crowds alone; what clans keep from arriving is an event all the same."""
    records = extract("منعت العشائر وصول تعزيزات من المحافظة المجاورة إلى الواحة.", published="2019-03-04")
    assert [(r.trigger.text, r.mode, r.assertion) for r in records] == [("وصول", "deploy", "negated")]


NOT_VERBS = [
    "وأسرته الكبيرة تعيش في الواحة منذ سنوات.",
    "واختتم الرئيس رحلته الآسيوية.",
]


@pytest.mark.parametrize("text", NOT_VERBS)
def test_a_possessed_noun_is_no_verb(text: str) -> None:
    """«أسرته» is a family where no doer follows."""
    assert not [r for r in extract(text, published="2019-03-04") if r.type == "COERCE"]


def test_the_dual_of_a_derived_verb_is_a_verb() -> None:
    """«اعتقلا» behind a feminine noun is no adjective."""
    text = "سلمت وارسو برلين اثنين من أعضاء المنظمة اعتقلا في مدينة لودز."
    assert "اعتقلا" in [r.trigger.text for r in extract(text, published="2019-03-04")]


def test_who_comes_hours_after_a_deed_has_not_done_it() -> None:
    """«بعد ساعات من اغتيال محافظها»: the minister only arrives."""
    records = extract("وصل وزير الدفاع إلى صعدة بعد ساعات من اغتيال محافظها.", published="2019-03-04")
    assert [len(r.actors) for r in records if r.mode == "assassinate"] == [0]


def test_an_open_noun_ends_the_name_of_a_place() -> None:
    """«في مطار درنة | طائرة يونانية»: what comes behind the town is the subject."""
    text = "هاجمت قرب مدينة بيدوا مجموعة مسلحة حافلة للركاب."
    (record,) = extract(text, published="2019-03-04")
    assert [a.text for a in record.actors] == ["مجموعة مسلحة"]
    assert [p.text for p in record.places] == ["مدينة بيدوا"]
