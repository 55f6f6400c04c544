"""Where a phrase ends and the object begins, and what is joined to a subject by other words than «و»."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        # a plural crowd or force, and what is done to others behind it
        ("هاجمت حشود هائجة القنصلية البلجيكية أمس.", "هاجمت", ["حشود هائجة"], ["القنصلية البلجيكية"]),
        ("حاصرت قوات حرس السواحل الطلاب أمس.", "حاصرت", ["قوات حرس السواحل"], ["الطلاب"]),
        ("خطفت عناصر مسلحة مجهولة مزارعين أمس.", "خطفت", ["عناصر مسلحة مجهولة"], ["مزارعين"]),
        ("هاجم شبان ملثمون الشرطة أمس.", "هاجم", ["شبان ملثمون"], ["الشرطة"]),
        ("هاجمت فصائل متشددة كنيسة للأرمن أمس.", "هاجمت", ["فصائل متشددة"], ["كنيسة للأرمن"]),
        # somebody added to somebody
        ("انتقدت النرويج إضافة إلى كندا إسرائيل.", "انتقدت", ["النرويج", "كندا"], ["إسرائيل"]),
        ("التقى وزير المالية ومعه وزير النقل السفير.", "التقى", ["وزير المالية", "وزير النقل"], ["السفير"]),
        ("انتقد الكاتب والناشط رائد حمود الحكومة.", "انتقد", ["الكاتب والناشط رائد حمود"], ["الحكومة"]),
        ("التقى الملك حمد وولي عهده الرئيس التشادي.", "التقى", ["الملك حمد", "ولي عهده"], ["الرئيس التشادي"]),
        # an office, its place and who holds it
        (
            "استقبل مدير الزراعة بمحافظة إربد اللواء سليم عواد أعضاء اللجنة.",
            "استقبل",
            ["مدير الزراعة بمحافظة إربد اللواء سليم عواد"],
            ["أعضاء اللجنة"],
        ),
        (
            "التقى قائد شرطة ديالى العقيد غازي بن طارق السفير الياباني.",
            "التقى",
            ["قائد شرطة ديالى العقيد غازي بن طارق"],
            ["السفير الياباني"],
        ),
    ],
)
def test_ends(extractor: Extractor, text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    found = [r for r in extractor(Article(id="ends", text=text)) if trigger in r.trigger.text]
    assert [([a.text for a in r.actors], [t.text for t in r.targets]) for r in found] == [(actors, targets)]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("انتقد العمال الأجانب الشركة.", "انتقد", ["العمال الأجانب"]),
        ("اختطف رجال في سيارة رباعية الدفع طبيبا.", "اختطف", ["رجال"]),
        ("انتقد وزير العدل ووزير النقل رائد حمود الحكومة.", "انتقد", ["وزير العدل", "وزير النقل رائد حمود"]),
    ],
)
def test_what_looks_alike(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    found = [r for r in extractor(Article(id="alike", text=text)) if trigger in r.trigger.text]
    assert [[a.text for a in r.actors] for r in found] == [actors]
