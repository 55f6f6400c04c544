"""Passives without vowels, masdars joined behind what a verb leads to, and who took part in a meeting."""

from __future__ import annotations

import pytest

from pipeline import extract

BEFELL = [
    ("هدأ الميناء فيما اعتقل ضابط متقاعد أمام منزله.", "اعتقل", "ضابط متقاعد"),
    ("ذكرت البلدية أنه أصيب أربعة صيادين قرب الجسر.", "أصيب", "أربعة صيادين"),
    ("وفي حادث آخر اغتيل أستاذ جامعي أمام بيته في تعز.", "اغتيل", "أستاذ جامعي"),
    ("جرح تسعة رعاة في هجمات على مزارع الوادي بعد أيام من بدء الإقليم حملة تفتيش.", "جرح", "تسعة رعاة"),
    ("قتل أحد العناصر المسلحة المشاركة في الكمين قرب سبها.", "قتل", "أحد العناصر المسلحة"),
]
DONE = [
    ("تمكن حرس الميناء من صد الهجوم وقتل أحد القراصنة.", "قتل", ["حرس الميناء"]),
    ("نجح الفوج في التصدي للغارة وجرح ثلاثة مسلحين.", "جرح", ["الفوج"]),
    ("الحارس طعن زميله بعد خلاف على نوبة العمل.", "طعن", ["الحارس"]),
    ("قال ناطق إن مجهولين خطفوا مهندسا في كسلا.", "خطفوا", ["مجهولين"]),
    ("طعن شاب أخاه بسكين في مدينة طنطا.", "طعن", ["شاب"]),
    ("قال العمدة إن الهجوم من تدبير كتيبة الرمال.", "الهجوم", ["كتيبة الرمال"]),
    ("اعتقل مهربان في عملية نفذها الدرك قرب غدامس.", "اعتقل", ["الدرك"]),
    ("وعقد لقاء في مسقط ضم وزير الدفاع وقائد الحرس.", "لقاء", ["وزير الدفاع", "قائد الحرس"]),
]
NOTHING = [
    ("لا يزال نواب كثيرون يصفون العمدة بالعاجز.", "يصفون"),
    ("كأننا أمام ذئاب جائعة تهاجم القرية.", "تهاجم"),
    ("لا يحق لأحد أن يعتدي على الحراس.", "يعتدي"),
    ("يهاجم القراصنة عادة سفنا بطيئة قرب الساحل.", "يهاجم"),
    ("قال العمدة إن وزارته لم تنجز المشروع.", "وزارت"),
]


@pytest.mark.parametrize(("text", "word", "target"), BEFELL, ids=[t for t, _, _ in BEFELL])
def test_whom_it_befell(text: str, word: str, target: str) -> None:
    """Who stands behind a passive is its target and nobody's doer."""
    found = [e for e in extract(text, published="2019-03-04") if word in e.trigger.text]
    assert [[t.text for t in e.targets] for e in found] == [[target]]
    assert not any(target in a.text for e in found for a in e.actors)


@pytest.mark.parametrize(("text", "word", "actors"), DONE, ids=[t for t, _, _ in DONE])
def test_who_did_it(text: str, word: str, actors: list[str]) -> None:
    """The subject of the leading verb, of the verb itself, or whom the clause about the deed names."""
    found = [e for e in extract(text, published="2019-03-04") if word in e.trigger.text]
    assert [[a.text for a in e.actors] for e in found] == [actors]


@pytest.mark.parametrize(("text", "word"), NOTHING, ids=[t for t, _ in NOTHING])
def test_no_event(text: str, word: str) -> None:
    """Habits, likenings, prohibitions and other words tell of nothing that happened."""
    assert not [e for e in extract(text, published="2019-03-04") if word in e.trigger.text]
