"""Who acts is found whole, however long the title, however rare the name, wherever the verb stands."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor

#: Who: gender, and the phrase as it must come out.
WHO = [
    ("m", "مرشح حزب الوحدة كارلوس مينديز"),
    ("m", "رجل الأعمال الكويتي نجيب الفارس"),
    ("m", "إمام الجامع الكبير الشيخ راشد بن حمود"),
    ("m", "محافظ دير الزور صهيب الحمدان"),
    ("m", "مفتي الولاية السابق علي الجبوري"),
    ("m", "السفير الكندي السابق في تونس ميشال غانيون"),
    ("m", "المحامي أنس الدباغ"),
    ("m", "الكاتب الصحافي مروان الحداد"),
    ("m", "كبير المفاوضين السودانيين حاتم الفاضل"),
    ("m", "المقرر الخاص المعني بالسكن باولو سانتوس"),
    ("m", "القائم بأعمال السفارة اليابانية"),
    ("m", "قائد المنطقة الغربية الفريق الركن سمير المالكي"),
    ("m", "وزير التخطيط والتعاون الدولي عماد الزعبي"),
    ("f", "السفيرة الهولندية لدى تشاد كاثرين بيكر"),
    ("f", "الهيئة العامة للبيئة والزراعة"),
    ("f", "جنوب أفريقيا"),
    ("f", "المملكة"),
]
SETTINGS = {
    "verb first": ("{v} {who} الحكومة الانتقالية بالاستقالة.", "طالب", "طالبت"),
    "handed over": ("{by} {v} {who} خطة السلام.", "رفض", "رفضت"),
    "announced": ("وقال المصدر إن {who} {v} وزير العدل أمس.", "التقى", "التقت"),
    "subject first": ("{who} {v} وزيرة المالية.", "يستقبل", "تستقبل"),
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("gender", "who"), WHO)
def test_who_acts_comes_out_whole(extractor: Extractor, gender: str, who: str, setting: str) -> None:
    frame, masculine, feminine = SETTINGS[setting]
    verb, by = (masculine, "بدوره") if gender == "m" else (feminine, "بدورها")
    text = frame.format(who=who, v=verb, by=by)
    found = [r for r in extractor(Article(id="long", text=text)) if verb in r.trigger.text]
    assert [[a.text for a in r.actors] for r in found] == [[who]], text


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("انتقد النائبان سعد العجمي ووليد الفضلي الموازنة.", "انتقد", ["النائبان سعد العجمي", "وليد الفضلي"]),
        ("طالب المحامي الحكومة بالإفراج عن موكله.", "طالب", ["المحامي"]),
        ("غنم المقاتلون عربتين في معركة قرب السفيرة.", "غنم", ["المقاتلون"]),
    ],
)
def test_what_looks_alike(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    found = [r for r in extractor(Article(id="alike", text=text)) if trigger in r.trigger.text]
    assert [[a.text for a in r.actors] for r in found] == [actors]
