"""Plain clauses of the news: who does it, in all his titles, and where his name ends."""

from __future__ import annotations

import pytest

from pipeline import extract

CLAUSES = [
    # plurals that look like adjectives are the object
    ("دمر الجيش المباني في عفرين.", "دمر", ["الجيش"]),
    # the sides of a conflict by what they are sides of
    ("توصل طرفا الصراع في مقديشو إلى اتفاق.", "توصل", ["طرفا الصراع"]),
    # what a clause behind a subject names is its own
    ("طعن رجل يحمل سكينا المدرس سامي عوض في فناء المدرسة.", "طعن", ["رجل"]),
    # things lend no subject to the verb of those who died
    ("فتطاير الحطام واستشهد خمسة من المارة.", "استشهد", []),
    # a name behind «كما» with the other side behind «ب» is who meets
    ("كما التقت سوالغي، التي تزور المنطقة، بالرئيس العراقي في بغداد.", "التقت", ["سوالغي"]),
    # how long somebody is held is no part of who he is, and a name goes on past what looks like a verb
    (
        "أمر النائب العام المستشار نبيل صادق بحبس ضابط شرطة أربعة أيام.",
        "حبس",
        ["النائب العام المستشار نبيل صادق"],
    ),
    # the town behind its description is its name
    ("وصل إلى العاصمة المصرية القاهرة أمس رئيس النيجر.", "وصل", ["رئيس النيجر"]),
    # a state by its full name acts
    ("أدانت دولة الكويت الهجوم على المسجد.", "أدانت", ["دولة الكويت"]),
    ("دعت مملكة البحرين إلى وقف القتال.", "دعت", ["مملكة البحرين"]),
    # nouns that look like adjectives, and masdars, are the object
    ("رفض الكرملين المقترح الأميركي.", "رفض", ["الكرملين"]),
    ("انتقد مجلس النواب المرسوم الرئاسي.", "انتقد", ["مجلس النواب"]),
    ("رفضت الحكومة الانسحاب من المدينة.", "رفضت", ["الحكومة"]),
    # no noun of the name takes a feminine adjective
    ("رفض مجلس الشيوخ الخطة الأممية.", "رفض", ["مجلس الشيوخ"]),
    # … but these are its own
    ("حيدت القوات التركية خمسة مسلحين.", "حيدت", ["القوات التركية"]),
    ("قتلت القوات الخاصة المهاجمين الأربعة.", "قتلت", ["القوات الخاصة"]),
    ("أوقفت عناصر البحرية الملكية مهربين.", "أوقفت", ["عناصر البحرية الملكية"]),
    # a title in front of a body that is another's
    ("اتهم الوزير حركة طالبان بقصف المدينة.", "اتهم", ["الوزير"]),
    ("أدان أمين عام حزب الله الهجوم.", "أدان", ["أمين عام حزب الله"]),
    ("طالب النائب أحمد المهدي المسؤولين بالاستقالة.", "طالب", ["النائب أحمد المهدي"]),
    ("أشاد الناطق باسم الحركة بجهود الوساطة.", "أشاد", ["الناطق باسم الحركة"]),
]

NOUNS = [
    ("فككت الشرطة عصابة كانت تخطط لتفجير محطة الحافلات.", "تفجير", ["عصابة"]),
    ("استقال الوزير على خلفية الهجوم على المستشفى.", "الهجوم", []),
    ("نزح آلاف السكان جراء المعارك.", "المعارك", []),
    ("وجددت باريس دعوتها إلى الحوار.", "دعوتها", ["باريس"]),
    ("رحب المبعوث بدعوة وزير الخارجية المصري سامح شكري إلى الحوار.", "دعوة", ["وزير الخارجية المصري سامح شكري"]),
    ("قتل جنديان في هجوم شنه التحالف العربي على حاجز.", "شنه", ["التحالف العربي"]),
    ("انتقد الوزير مطالبة الحكومة برفع العقوبات.", "مطالبة", ["الحكومة"]),
    ("رحب الوزير بدعم تركيا للمعارضة السورية.", "دعم", ["تركيا"]),
    ("سقط ثلاثة قتلى في قصف المعارضة السورية للمدينة.", "قصف", ["المعارضة السورية"]),
    ("تأتي هذه الخطوة بعد انسحاب التحالف العربي من المدينة.", "انسحاب", ["التحالف العربي"]),
]  # fmt: skip

BESIDE = [
    # what others did at the same time has its own subject, behind its verb
    ("أضرب السائقون يوم الخميس، فيما حذرت الوزارة من شلل المدينة.", "حذرت", ["الوزارة"]),
    ("اعتصم الطلاب أمام الكلية، بينما انتقدت الوزارة رفضهم الحوار.", "انتقدت", ["الوزارة"]),
    # an attack has led to it, not those whom the attack befell or who fought elsewhere
    ("تعرضت قافلة الوزير لهجوم بسيارة مفخخة في عدن أدى إلى مقتل عشرة من حراسه.", "مقتل", []),
    ("اقتحم مقاتلو الحركة مبنى البلدية بعد معارك مع الشرطة أوقعت ستة قتلى.", "قتلى", []),
    # behind an open object stands whose it is
    ("ردت تركيا بقصف مواقع للأكراد شمال البلاد.", "قصف", ["تركيا"]),
    # who marches stands behind «ل», though the word tells that it is a march of protest
    ("مسيرة لأهالي السجناء في زحلة", "مسيرة", ["أهالي السجناء"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors"), CLAUSES + NOUNS + BESIDE)
def test_who_does_it(text: str, trigger: str, actors: list[str]) -> None:
    found = {record.trigger.text: [a.text for a in record.actors] for record in extract(text)}
    assert found.get(trigger) == actors


def test_a_part_of_a_place_is_a_place() -> None:
    (record,) = extract("انتزع مقاتلو العشائر السيطرة على أجزاء من البلدة.")
    assert [place.text for place in record.places] == ["أجزاء من البلدة"]


def test_a_text_may_end_with_an_event_noun() -> None:
    found = [record.trigger.text for record in extract("هاجم مسلحون القاعدة، وكانت غارة")]
    assert found == ["هاجم", "غارة"]


def test_drones_end_before_what_they_strike() -> None:
    (record,) = extract("قصف الجيش بطائرات مسيرة مواقع المتمردين في الجبل.")
    assert [target.text for target in record.targets] == ["مواقع المتمردين"]
