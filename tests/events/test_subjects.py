"""The subject of a verb that is not beside it: announced, named before أن, in brackets, spoken of, or of two."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "وأعلنت وزارة الدفاع الأردنية أن كتيبة الهندسة، بقيادة العقيد نضال الرواشدة، دخلت بلدة الصافي.",
            "دخلت",
            ["كتيبة الهندسة"],
            id="announced by أن, behind commas",
        ),
        pytest.param(
            "وكان الحارثي، في كلمة له، قد حذر شركات الطيران من الإضراب.",
            "حذر",
            ["الحارثي"],
            id="announced by كان",
        ),
        pytest.param(
            "وصلت قوات الدرك إلى بلدة تمنار واعتقلت ثلاثة شبان.",
            "اعتقلت",
            ["قوات الدرك"],
            id="a fixed word of the verb before is its subject",
        ),
        pytest.param(
            "وصل الوسيط إلى مسقط ودعا الأطراف إلى الهدوء.", "دعا", ["الوسيط"], id="«ودعا» in one word"
        ),
        pytest.param(
            "وصل المفتي إلى باكو أمس. واتهم الحكومة بالتقصير.",
            "اتهم",
            ["المفتي"],
            id="a noun that does not agree with the verb is its object",
        ),
        pytest.param(
            "أصدر الحزب بيانا في نواكشوط. وفي المساء التقى وفدا من النقابات.",
            "التقى",
            ["الحزب"],
            id="an accusative is the object of a meeting too",
        ),
        pytest.param(
            "وقال مصدر أمني إن (الكتائب) اقتحمت سجن الزهراء.", "اقتحمت", ["الكتائب"], id="in brackets"
        ),
        pytest.param(
            "وأكد السفير الهولندي أنه بحث خلال لقائه وزير التجارة الليبي سبل التعاون.",
            "بحث",
            ["السفير الهولندي"],
            id="the pronoun behind أن is who speaks, and the object of a masdar is no subject",
        ),
        pytest.param(
            "وقال الناطق إنه سبق لجماعة الفجر أن خطفت سياحا في تمنراست.",
            "خطفت",
            ["جماعة الفجر"],
            id="named before أن",
        ),
        pytest.param(
            "تلقى الرئيس السنغالي مكالمة هاتفية من رئيس غانا، ندد خلالها بالانقلاب.",
            "ندد",
            ["رئيس غانا"],
            id="who has called",
        ),
        pytest.param(
            "والتقى وزير المالية وزير النقل القبرصي، واتفقا على إلغاء الضرائب.",
            "اتفقا",
            ["وزير المالية", "وزير النقل القبرصي"],
            id="both of a dual",
        ),
        pytest.param(
            "وأعربت المنظمة عن قلقها من تدريب المهربين الذين هاجموا ميناء طبرق.",
            "هاجموا",
            ["المهربين"],
            id="a genitive that agrees with the relative pronoun",
        ),
        pytest.param(
            "وقال المدعي العام «أوقف سبعة موظفين في بلدية المنستير».",
            "أوقف",
            [],
            id="who speaks is not the subject of what he says first",
        ),
        pytest.param(
            "ونددت النقابة بحرق مخزن الكتب، ما أدى إلى مقتل حارس.",
            "مقتل",
            [],
            id="who condemns a deed is not the cause of what came of it",
        ),
        pytest.param(
            "وذكرت الصحيفة أن عناصر كندية داهمت معسكرا في كيدال.",
            "داهمت",
            ["عناصر كندية"],
            id="a broken plural takes a feminine verb",
        ),
        pytest.param(
            "أما وزير النفط الكويتي فنفى وجود خلاف مع العراق.", "نفى", ["وزير النفط الكويتي"], id="أما … ف"
        ),
        pytest.param(
            "أشادت سلطنة عمان بالاتفاق الذي رعته سويسرا ولكنها طالبت بوضع جدول للانسحاب.",
            "طالبت",
            ["سلطنة عمان"],
            id="the pronoun of لكن",
        ),
        pytest.param(
            "التقى وزير الري السوداني وفد النقابة. وأضاف أن الأزمة التي سببتها الشركات معقدة، مطالبا البنوك بالتمويل.",
            "مطالبا",
            ["وزير الري السوداني"],
            id="a circumstance is the speaker's, who was said before",
        ),
        pytest.param(
            "وذكر الناطق أن فرق الإسعاف باشرت حادثة سقوط صاروخ قرب مدرسة الوحدة.",
            "سقوط",
            [],
            id="who attends to an incident has not done it",
        ),
        pytest.param(
            "بدأ رئيس البلدية كلمته أمام الحضور، مؤكدا اعتزازه باستشهاد شقيقه.",
            "استشهاد",
            [],
            id="a light verb does not reach into a circumstance",
        ),
    ],
)
def test_subject(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    """Each sentence has the actors that a reader finds."""
    found = [r for r in extractor(Article(id="subject", text=text)) if trigger in r.action]
    assert len(found) == 1
    assert [a.text for a in found[0].actors] == actors
