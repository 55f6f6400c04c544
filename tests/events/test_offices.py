"""Offices, bodies and those who hold them are one participant, however long their title is."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def event(extractor: Extractor, text: str, trigger: str) -> EventRecord:
    """The one record of ``text`` whose trigger holds ``trigger``."""
    found = [r for r in extractor(Article(id="office", text=text)) if trigger in r.trigger.text]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "دعا الأمين العام لمنظمة التعاون الإفريقي فادي سمران إلى وقف القتال",
            "دعا",
            ["الأمين العام لمنظمة التعاون الإفريقي فادي سمران"],
            id="an office, its body and its bearer",
        ),
        pytest.param(
            "ندد الأمين العام لمجلس الكنائس، ميشال عيسى، بقصف الدير",
            "ندد",
            ["الأمين العام لمجلس الكنائس، ميشال عيسى"],
            id="the bearer between commas",
        ),
        pytest.param(
            "استقبل معالي وزير الدولة لشؤون الخليج الدكتور نايف بن حمود الزعابي السفير الياباني",
            "استقبل",
            ["معالي وزير الدولة لشؤون الخليج الدكتور نايف بن حمود الزعابي"],
            id="a minister of state",
        ),
        pytest.param(
            "عقد الأمير نواف بن حمد ولي العهد النائب الأول لرئيس الوزراء، أمس في المنامة اجتماعا مع وزير الدفاع الهندي",
            "اجتماع",
            ["الأمير نواف بن حمد ولي العهد"],
            id="a second office behind the name",
        ),
        pytest.param(
            "دعا النائب عن دائرة البصرة كاظم السلماني إلى الهدوء",
            "دعا",
            ["النائب عن دائرة البصرة كاظم السلماني"],
            id="a member of parliament and where he is from",
        ),
        pytest.param(
            "عقد المجلس التنسيقي لشركات النقل اجتماعا في أبها",
            "اجتماع",
            ["المجلس التنسيقي لشركات النقل"],
            id="a body and whom it is for",
        ),
        pytest.param(
            "التقى وزير التربية والتعليم سامي الجابري نقابة المعلمين في المكلا",
            "التقى",
            ["وزير التربية والتعليم سامي الجابري"],
            id="a ministry of two topics",
        ),
        pytest.param(
            "حذرت هيئة الاتصالات وتقنية المعلومات من رسائل احتيالية",
            "حذرت",
            ["هيئة الاتصالات وتقنية المعلومات"],
            id="a second topic that governs another noun",
        ),
        pytest.param(
            "أدان مجلس الوزراء والبرلمان الهجوم على القافلة",
            "أدان",
            ["مجلس الوزراء", "البرلمان"],
            id="somebody else behind و",
        ),
        pytest.param(
            "تصدت القوات الخاصة للمهاجمين قرب المطار",
            "تصدت",
            ["القوات الخاصة"],
            id="whom they repelled",
        ),
        pytest.param(
            "التقى رئيسا الوزراء التونسي سليم عوني والمغربي حسن برادة في وجدة",
            "التقى",
            ["رئيسا الوزراء التونسي سليم عوني", "المغربي حسن برادة"],
            id="two in office",
        ),
        pytest.param(
            "تعهدت حكومتا تونس والجزائر بمكافحة التهريب",
            "تعهدت",
            ["حكومتا تونس", "الجزائر"],
            id="two governments",
        ),
        pytest.param(
            "قصفت قوات الجيش المدعومة بالمقاومة الشعبية مواقع المتمردين",
            "قصفت",
            ["قوات الجيش المدعومة بالمقاومة الشعبية"],
            id="who supports them",
        ),
        pytest.param(
            "يلتقي يوم الأحد صاحب السمو الملكي الأمير طلال بن نايف السفير الهندي",
            "يلتقي",
            ["صاحب السمو الملكي الأمير طلال بن نايف"],
            id="a style behind a time",
        ),
        pytest.param(
            "اتهم العنصري أوري كوهين الحكومة بالتقصير",
            "اتهم",
            ["العنصري أوري كوهين"],
            id="what he is called and his name",
        ),
        pytest.param(
            "اعتقل الجيش أحمد علوان", "اعتقل", ["الجيش"], id="a name behind a body is that of another"
        ),
        pytest.param(
            "احتجز رجال أمن ليبيون أجانب في زوارة",
            "احتجز",
            ["رجال أمن ليبيون"],
            id="an object behind a nominative",
        ),
        pytest.param(
            "نفت «القدس العربي» التهم الموجهة إليها",
            "نفت",
            ["«القدس العربي»"],
            id="an object behind a quoted name",
        ),
        pytest.param(
            "اندلعت معارك بين مقاتلين أكراد ومسلحين تابعين لحركة الشباب في كيسمايو",
            "معارك",
            ["مقاتلين أكراد", "مسلحين تابعين لحركة الشباب"],
            id="a nationality behind a plural",
        ),
    ],
)
def test_spans_of_actors(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    assert [a.text for a in event(extractor, text, trigger).actors] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "شن طيران التحالف غارات على المواقع العسكرية للمتمردين في صعدة",
            "شن",
            ["طيران التحالف"],
            id="whose the targets are",
        ),
        pytest.param(
            "طالب المهندس الحارثي بتطبيق النظام من قبل وزارة النقل",
            "طالب",
            ["المهندس الحارثي"],
            id="who is to do what is demanded",
        ),
        pytest.param(
            "وافق مجلس الوزراء على اتفاقية للتعاون بين حكومة السودان وحكومة تشاد",
            "وافق",
            ["مجلس الوزراء"],
            id="the sides of what is agreed to",
        ),
        pytest.param(
            "تمحور اللقاء حول تثبيت التهدئة بين الجيش والمتمردين، ودور عمان في حل الأزمة",
            "التهدئة",
            ["الجيش", "المتمردين"],
            id="the next topic behind two sides",
        ),
        pytest.param(
            "أسفرت جهود الأجهزة الأمنية عن ضبط ستة مطلوبين",
            "ضبط",
            ["الأجهزة الأمنية"],
            id="who makes an effort",
        ),
        pytest.param(
            "قال إن أصحاب الأفكار الضالة استهدفوا المصلين في جامع",
            "استهدفوا",
            ["أصحاب الأفكار الضالة"],
            id="one phrase behind «إن»",
        ),
    ],
)
def test_nobody_else_is_an_actor(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    assert [a.text for a in event(extractor, text, trigger).actors] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "استقبل الأمير فهد بن نايف السفير السوداني أمس. وأشاد سموه بالعلاقات",
            "أشاد",
            ["الأمير فهد بن نايف"],
            id="a style with a pronoun",
        ),
        pytest.param(
            "افتتح وزير النقل سامي الهلالي الطريق. وندد الوزير بالهجوم على السفينة",
            "ندد",
            ["وزير النقل سامي الهلالي"],
            id="a bare office",
        ),
        pytest.param(
            "التقى وزير النقل سامي الهلالي وزير العمل حسن عوني. وندد الوزير بالهجوم على السفينة",
            "ندد",
            ["الوزير"],
            id="a bare office that two may bear",
        ),
        pytest.param(
            "اندلعت معارك بين الجيش والمتمردين في الكفرة. وقال شاهد إن اشتباكات بين الطرفين وقعت ليلا",
            "اشتباكات",
            ["الجيش", "المتمردين"],
            id="the two sides of a fight",
        ),
        pytest.param(
            "وقعت اشتباكات عنيفة بين الطرفين في الكفرة",
            "اشتباكات",
            ["الطرفين"],
            id="two sides that nobody named",
        ),
    ],
)
def test_short_words_for_the_named(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    assert [a.text for a in event(extractor, text, trigger).actors] == actors


def test_the_title_of_another_ends_a_name(extractor: Extractor) -> None:
    found = event(extractor, "استقبل الأمير فهد بن نايف السفير السوداني أمس", "استقبل")
    assert [a.text for a in found.targets] == ["السفير السوداني"]


def test_titles_behind_a_name_part_no_visit_from_its_country(extractor: Extractor) -> None:
    text = "استمع المجلس إلى نتائج زيارة الأمير نواف بن حمد ولي العهد النائب الأول لرئيس الوزراء وزير النقل للسودان"
    found = event(extractor, text, "زيارة")
    assert [a.text for a in found.actors] == ["الأمير نواف بن حمد ولي العهد"]
    assert [p.text for p in found.places] == ["للسودان"]


def test_a_visit_to_a_country_is_no_title(extractor: Extractor) -> None:
    found = event(extractor, "بدأت أمس زيارة الوزير الهندي للكويت", "زيارة")
    assert [a.text for a in found.actors] == ["الوزير الهندي"]
