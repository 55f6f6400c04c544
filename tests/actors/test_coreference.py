"""Short forms, surnames, repeated offices and pronouns point back to what the article named in full."""

from __future__ import annotations

import pytest

from pipeline.resolve.actor import ActorContext, ActorResolver, ResolvedActor

RESOLVER = ActorResolver()


def read(text: str, published: str | None = "2024-12-08", country: str | None = None) -> ActorContext:
    return RESOLVER.context([], published, country, text=text)


def at(text: str, mention: str, context: ActorContext, *, last: bool = True) -> ResolvedActor:
    start = text.rindex(mention) if last else text.index(mention)
    return RESOLVER.resolve(mention, start, context)


@pytest.mark.parametrize(
    ("text", "mention", "actor"),
    [
        ("دخلت هيئة تحرير الشام البلدة، ثم سيطرت الهيئة على الجسر.", "الهيئة", "hts"),
        ("تبنى تنظيم داعش الهجوم وقال التنظيم في بيان", "التنظيم", "islamic-state"),
        ("رفضت حركة حماس العرض وطالبت الحركة بضمانات", "الحركة", "hamas"),
        ("قصفت جماعة الحوثي الميناء وتوعدت الجماعة بالمزيد", "الجماعة", "houthis"),
        ("نفى حزب الله الخبر واتهم الحزب خصومه", "الحزب", "hezbollah"),
        ("التقى بشار الأسد الوفد، وقال الأسد بعد اللقاء", "الأسد", "bashar-assad"),
        ("وصل سامح شكري إلى بغداد وأجرى شكري محادثات", "شكري", "shoukry"),
        ("أدانت منظمة التعاون الإسلامي الهجوم ودعت المنظمة إلى الهدوء", "المنظمة", "oic"),
        ("انتشر الجيش اللبناني في الجنوب وأغلق الجيش الطرق", "الجيش", "lebanese-army"),
    ],
)
def test_short_forms_of_known_actors(text: str, mention: str, actor: str) -> None:
    found = at(text, mention, read(text))
    assert found.actor_id == actor
    assert found.rule == f"coref:{actor}"


def test_the_last_full_mention_is_meant() -> None:
    text = "اتهمت حركة فتح خصومها. وردت حركة حماس، وقالت الحركة إنها ملتزمة. وعادت حركة فتح فنفت الحركة ذلك."
    context = read(text, "2020-01-01")
    assert at(text, "الحركة", context, last=False).actor_id == "hamas"
    assert at(text, "الحركة", context).actor_id == "fatah"


def test_a_short_form_inside_a_mention_is_written_out() -> None:
    text = "تقدمت هيئة تحرير الشام غربا، وأسرت قوات الهيئة جنودا."
    found = at(text, "قوات الهيئة", read(text))
    assert (found.name, found.actor_id, found.role) == ("قوات هيئة تحرير الشام", "hts", "REB")


def test_a_headline_looks_ahead_to_the_only_known_actor() -> None:
    text = "الحركة ترفض الهدنة\nأعلنت حركة حماس رفض الهدنة"
    found = at(text, "الحركة", read(text, "2024-01-01"), last=False)
    assert (found.actor_id, found.rule) == ("hamas", "coref:hamas:ahead")


def test_without_a_full_mention_a_short_form_stays_unknown() -> None:
    text = "قالت الحركة إنها ملتزمة"
    found = at(text, "الحركة", read(text))
    assert (found.actor_id, found.country) == (None, None)


def test_unknown_groups_and_offices_corefer_by_their_head_noun() -> None:
    text = "أضربت نقابة المعلمين التونسية أسبوعا، وقالت النقابة إن الإضراب مستمر"
    assert at(text, "النقابة", read(text)).name == "نقابة المعلمين التونسية"
    text = "زار وزير الدفاع الإيطالي القاعدة، ثم التقى وزير الدفاع الجنود"
    assert at(text, "وزير الدفاع", read(text)).country == "ITA"


def test_a_nationality_of_its_own_is_not_overruled() -> None:
    text = "زار وزير الدفاع الإيطالي القاعدة، ثم التقى وزير الدفاع العراقي الجنود"
    assert at(text, "وزير الدفاع العراقي", read(text)).country == "IRQ"


def test_the_opposition_is_armed_where_the_article_arms_it() -> None:
    armed = "شنت فصائل المعارضة السورية هجوما، وأعلنت المعارضة النفير"
    found = at(armed, "المعارضة", read(armed, "2016-01-01"))
    assert (found.role, found.label, found.country) == ("REB", "rebels", "SYR")
    civil = "قاطعت أحزاب المعارضة التونسية الجلسة، وطالبت المعارضة بانتخابات"
    found = at(civil, "المعارضة", read(civil, "2022-01-01"))
    assert (found.role, found.country) == ("OPP", "TUN")


def test_a_possessive_pronoun_takes_the_group_near_by() -> None:
    text = "أعلنت حركة حماس أن مقاتليها صدوا الهجوم"
    found = at(text, "مقاتليها", read(text, "2023-12-01"))
    assert (found.name, found.actor_id, found.role, found.country) == ("مقاتليها", "hamas", "REB", "PSE")


def test_the_country_of_the_article_is_counted_from_its_mentions() -> None:
    text = "أعلنت الشرطة التونسية توقيف مشتبه به، وقالت وزارة الداخلية التونسية إن النيابة فتحت تحقيقا"
    context = read(text)
    assert (context.country, context.inferred) == ("TUN", True)
    found = at(text, "النيابة", context)
    assert (found.country, found.role) == ("TUN", "JUD")
    assert found.rule.endswith("article-country:inferred")


def test_what_is_foreign_does_not_get_the_article_country() -> None:
    context = RESOLVER.context([], "2019-01-01", "SYR")
    assert RESOLVER.resolve("القوات الأجنبية", 9, context).country is None
    assert RESOLVER.resolve("طائرات التحالف الدولي", 9, context).country is None
    assert RESOLVER.resolve("12 مدنيا", 9, context).country is None
    assert RESOLVER.resolve("السفير في لبنان", 9, context).country is None


def test_mentions_may_come_from_the_caller_in_any_order() -> None:
    context = RESOLVER.context([("مدينة حمص", 3), ("هيئة تحرير الشام", 40), ("حركة حماس", 10)], "2024-01-01")
    assert [m.actor.actor_id for m in context.mentions] == ["hamas", "hts"]


def test_odd_input_is_taken() -> None:
    context = RESOLVER.context([("", 0), ("؟!", 3), ("12", 5)], "no date", None, text="\n\n")
    assert context.month is None
    assert RESOLVER.resolve("", 0, context).label == "unknown"
