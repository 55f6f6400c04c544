"""Who did what led to the dead of the next sentence, of operations and arrests, and whom suspicion is about."""

from __future__ import annotations

import pytest

from pipeline import extract


def _actors(text: str, trigger: str) -> list[str]:
    """The actors of the record with a trigger."""
    record = next(r for r in extract(text, published="2021-05-04") if r.trigger.text == trigger)
    return [a.text for a in record.actors]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        # across the full stop
        ("هاجم متمردون ثكنة قرب الحدود ليل الأحد. وأسفر الهجوم عن مقتل تسعة جنود.", "مقتل", "متمردون"),
        ("داهمت الشرطة مقر الحزب. وأدى ذلك إلى إصابة عشرين ناشطا.", "إصابة", "الشرطة"),
        ("قصف الجيش ميناء الصيد. كما أدى القصف إلى تدمير ثلاثين قاربا.", "تدمير", "الجيش"),
        # the operation that people fell in
        ("قتل مهربان في عملية نفذتها البحرية قبالة الساحل.", "قتل", "البحرية"),
        ("أصيب ثلاثة رعاة خلال عملية لقوات الحدود في الوادي.", "أصيب", "قوات الحدود"),
        ("قتل خباز عندما داهم الجنود منزله في الضاحية.", "قتل", "الجنود"),
        ("قتل أنور الدالي أثناء محاولة قوات الأمن اعتقاله.", "قتل", "قوات الأمن"),
        (
            "انسحب الجيش من البلدة بعد اجتياح أسفر عن مقتل طفل.",
            "مقتل",
            "الجيش",
        ),
        # figures stand apart from سقوط
        ("أدت غارات شنتها الطائرات الروسية إلى سقوط 25 قتيلا.", "قتيلا", "الطائرات الروسية"),
        ("خلفت غارات الحلفاء على الميناء 25 قتيلا.", "قتيلا", "الحلفاء"),
    ],
)
def test_who_did_what_led_to_it(text: str, trigger: str, actor: str) -> None:
    assert _actors(text, trigger) == [actor]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("هاجم متمردون ثكنة قرب الحدود. وقتل ستة عمال في انهيار منجم بعد انفجار.", "قتل"),
        ("دارت معارك بين الجيش والمتمردين. وأسفرت المعارك عن مقتل تسعة مدنيين.", "مقتل"),
        ("عبرت القوافل النهر تحت وابل من إطلاق النار.", "إطلاق"),
        ("أكد قائد الشرطة وقوع إطلاق نار قرب المدرسة.", "إطلاق"),
    ],
)
def test_nobody_is_said_to_have_done_it(text: str, trigger: str) -> None:
    records = [r for r in extract(text, published="2021-05-04") if r.trigger.text == trigger]
    assert all(not r.actors for r in records)


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("أعلن متحدث أن الشرطة أوقفت سائقا يشتبه في مسؤوليته عن انفجار المحطة.", "انفجار", "سائقا"),
        ("اتهمت روما جهاز الاستخبارات بالضلوع في الهجمات على السفن.", "الهجمات", "جهاز الاستخبارات"),
        ("قال المدعي إن الحركة متورطة في الهجوم على المصرف.", "الهجوم", "الحركة"),
        ("تحاكم المدينة الجنود الذين عذبوا وقتلوا عشرات القرويين.", "عذبوا", "الجنود"),
        ("أوقفت الشرطة رجلين ملثمين خطفا طبيبا في المكلا.", "خطفا", "رجلين ملثمين"),
        ("قصف العدو قرية على الحدود.", "قصف", "العدو"),
    ],
)
def test_whom_it_is_put_down_to(text: str, trigger: str, actor: str) -> None:
    assert _actors(text, trigger) == [actor]
