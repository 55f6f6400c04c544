"""Who and whom in a sentence that stands alone, as agencies write it: our own sentences through the whole pipeline."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor

_CASES = [
    pytest.param(
        "تعرض مخفر في ريف الحسكة لهجوم شنه ملثمون",
        "هجوم",
        ["ملثمون"],
        ["مخفر"],
        id="a relative clause names the doer of an event that another verb carries",
    ),
    pytest.param(
        "أصيب دركيان في هجوم بالقنابل شنه متمردون على حاجز قرب مقديشو",
        "شنه",
        ["متمردون"],
        ["حاجز"],
        id="a means stands between the event and its clause",
    ),
    pytest.param(
        "تفقد الوزير القرية بعد الغارة التي تعرضت لها عيادة ريفية",
        "الغارة",
        [],
        ["عيادة ريفية"],
        id="a pronoun behind the preposition of the light verb",
    ),
    pytest.param(
        "شن مسلحون يعتقد أنهم من القبيلة هجوما على مركز للجيش",
        "شن",
        ["مسلحون"],
        ["مركز للجيش"],
        id="an aside between the subject and the event",
    ),
    pytest.param(
        "خطف الموظف الأممي كريستوفر هاينه على يد قبليين",
        "خطف",
        ["قبليين"],
        ["الموظف الأممي كريستوفر هاينه"],
        id="an agent by hand makes the verb passive",
    ),
    pytest.param(
        "قتل حارس من البعثة الأممية (أميصوم) قرب كيسمايو",
        "قتل",
        [],
        ["حارس"],
        id="what stands in brackets is no object",
    ),
    pytest.param(
        "فتح رجل يرتدي معطفا طويلا النار على مصلين في أوسلو",
        "فتح",
        ["رجل"],
        ["مصلين"],
        id="a clause about the subject before the fixed word",
    ),
    pytest.param(
        "أعلنت الوزارة إصابة شرطي برصاص قناص في القامشلي",
        "إصابة",
        ["قناص"],
        ["شرطي"],
        id="an adjective that names somebody is the one hurt, and who announces it did not do it",
    ),
    pytest.param(
        "دان الحزب قتل بلغاريين في السوق",
        "قتل",
        [],
        ["بلغاريين"],
        id="a plural of people is no adjective",
    ),
    pytest.param(
        "أدين البحار بعد خطفه طفلة من المرفأ",
        "خطفه",
        ["البحار"],
        ["طفلة"],
        id="a masdar with a pronoun and an object",
    ),
    pytest.param(
        "انتقد النائب استهداف الميليشيا لسكان الوادي",
        "استهداف",
        ["الميليشيا"],
        ["سكان الوادي"],
        id="a masdar with a genitive and ل",
    ),
    pytest.param(
        "جرح بحاران إثر إطلاق خفر السواحل النار على قاربهما",
        "إطلاق",
        ["خفر السواحل"],
        ["قاربهما"],
        id="the doer of a masdar before its fixed word",
    ),
    pytest.param(
        "قتل الشاب طعنا بالسكاكين بيد مجهولين في مرسين",
        "قتل",
        ["مجهولين"],
        ["الشاب"],
        id="the agent belongs to the verb, not to the accusative of manner",
    ),
    pytest.param(
        "حمل الوالي الفصيل مسؤولية خطف المهندس",
        "خطف",
        ["الفصيل"],
        ["المهندس"],
        id="who is held responsible did it",
    ),
    pytest.param(
        "اقتحم الرجل مصرفا في الحي القديم وفتح النار على الحراس",
        "فتح",
        ["الرجل"],
        ["الحراس"],
        id="a second verb is no noun joined to a place",
    ),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "targets"), _CASES)
def test_participants(
    extractor: Extractor, text: str, trigger: str, actors: list[str], targets: list[str]
) -> None:
    found = [r for r in extractor(Article(id="alone", text=text)) if r.trigger.text.endswith(trigger)]
    assert found, f"no event «{trigger}»"
    assert [a.text for a in found[0].actors] == actors
    assert [t.text.removeprefix("ل") for t in found[0].targets] == targets


def test_many_and_the_passive_carry_no_event(extractor: Extractor) -> None:
    """«أصيبوا … الهجمات»: the subject of a plural or a passive is nobody's attack."""
    text = "قال الناطق إن عشرة أصيبوا، منددا بالهجمات على السكان"
    found = {r.trigger.text: r.mode for r in extractor(Article(id="alone", text=text))}
    assert found.get("أصيبوا") == "injure"
