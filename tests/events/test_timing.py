"""When an event happened, across a sentence or two: sentences of our own through the whole pipeline."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import When

#: A Wednesday.
PUBLISHED = "2021-03-10"


def when(
    extractor: Extractor, text: str, trigger: str, *, source: str | None = None
) -> tuple[str | None, When | None]:
    """ISO value and time of the record of ``text`` whose trigger holds ``trigger``."""
    article = Article(id="timing", text=text, published=PUBLISHED, source=source)
    found = [r for r in extractor(article) if trigger in r.trigger.text]
    assert found, f"no event «{trigger}»"
    return found[0].time, found[0].when


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        pytest.param(
            "قتل راعيان في انفجار لغم أمس وأصيب ثالث.", "قتل", "2021-03-09", id="of the noun that holds it"
        ),
        pytest.param(
            "قتل راعيان في انفجار لغم أمس وأصيب ثالث.", "أصيب", "2021-03-09", id="what is joined goes on"
        ),
        pytest.param(
            "شن مسلحون أمس هجوما على ثكنة أدى إلى مقتل أربعة جنود.",
            "مقتل",
            "2021-03-09",
            id="and what it led to",
        ),
        pytest.param(
            "وصل المبعوث أمس إلى الدوحة والتقى الوزير.", "التقى", "2021-03-09", id="from a move to a meeting"
        ),
        pytest.param(
            "قتل جندي وأصيب ستة أمس في كمين.", "قتل", "2021-03-09", id="the dead before the wounded"
        ),
        pytest.param(
            "أثنى الوالي على ضابط قبض على قاتل ثلاثة في يناير الماضي.",
            "أثنى",
            None,
            id="praise is not of the deed's time",
        ),
        pytest.param(
            "اتهمت النيابة الرجل بقتل شقيقه في يناير الماضي.", "اتهمت", None, id="nor is an accusation"
        ),
        pytest.param(
            "اتهمت النيابة الرجل بقتل شقيقه في يناير الماضي.", "قتل", "2021-01", id="but the deed is"
        ),
        pytest.param(
            "هاتف الملك أمس الرئيس وعبر له عن تنديده بالتفجير الذي وقع في مسجد.",
            "التفجير",
            None,
            id="what is condemned on the phone",
        ),
        pytest.param(
            "ذكرت الوزارة في بلاغ نشرته الصحف أمس أن المتمردين خسروا وشاركوا في هجوم على ميناء.",
            "هجوم",
            None,
            id="what a published statement tells",
        ),
        pytest.param(
            "داهمت الشرطة أمس الضيعة التي سقطت في يناير الماضي، واعتقلت خمسة رعاة.",
            "اعتقلت",
            "2021-03-09",
            id="the time of a relative clause stays there",
        ),
        pytest.param(
            "التقى الوالي الوفد الذي سيسافر غدا إلى جنيف.", "التقى", None, id="and so does one to come"
        ),
        pytest.param(
            "نفذت السلطات أمس حكم القصاص في رجل لإقدامه على قتل جاره، وتمكنت الشرطة من القبض على شريكه.",
            "القبض",
            None,
            id="what came before an execution",
        ),
        pytest.param(
            "كشف ناشط أن التنظيم قتل منذ سيطرته على البلدة الصيف الماضي ألف شخص.",
            "قتل",
            None,
            id="since a seizure",
        ),
        pytest.param(
            "ألقت الشرطة أمس القبض على تاجر في طرابلس، ويتهم المحققون التاجر بالتجسس.",
            "يتهم",
            None,
            id="the present is not of yesterday",
        ),
        pytest.param(
            "طردت القبائل الغزاة من السهل عام 1934، واعتقل الوالي شيوخها.",
            "اعتقل",
            None,
            id="a year does not reach over a comma",
        ),
        pytest.param(
            "راجع البنك تقديراته لعام 2022 وحذر من الغلاء.", "حذر", None, id="the year of a forecast"
        ),
    ],
)
def test_a_time_of_the_sentence(extractor: Extractor, text: str, trigger: str, wanted: str | None) -> None:
    assert when(extractor, text, trigger)[0] == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        pytest.param("طالب النواب بسحب القوات من الميناء أمس.", "سحب", None, id="wished"),
        pytest.param(
            "طالب النواب بسحب القوات من الميناء أمس.", "طالب", "2021-03-09", id="when it was wished"
        ),
        pytest.param("دعا الوسيط أمس إلى وقف إطلاق النار في مأرب.", "وقف", None, id="called for"),
        pytest.param("ناقش المجلس أمس خطة لسحب القوات من الحدود.", "سحب", None, id="planned"),
        pytest.param("أحيا الآلاف أمس ذكرى مجزرة حماة.", "مجزرة", None, id="remembered"),
        pytest.param("يجتمع الوزيران غدا في مسقط.", "يجتمع", "2021-03-11", id="planned for a day"),
    ],
)
def test_what_is_wished_planned_or_remembered(
    extractor: Extractor, text: str, trigger: str, wanted: str | None
) -> None:
    assert when(extractor, text, trigger)[0] == wanted


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        pytest.param("يزور وزير الدفاع الصيني مسقط حاليا.", "يزور", "2021-03-10", id="where somebody is"),
        pytest.param("والآن يقتل المتطرفون الناس في بيوتهم.", "يقتل", None, id="the turn of a speech"),
        pytest.param(
            "أوفد الرئيس أمس مبعوثا يزور مسقط حاليا.", "يزور", "2021-03-10", id="beside another time"
        ),
    ],
)
def test_at_present(extractor: Extractor, text: str, trigger: str, wanted: str | None) -> None:
    assert when(extractor, text, trigger)[0] == wanted


DATED = "قصفت الطائرات سوقا في تعز مساء الاثنين."


@pytest.mark.parametrize(
    ("after", "trigger", "wanted"),
    [
        pytest.param(
            "وقتل في الغارة ستة باعة.", "قتل", "2021-03-08", id="the story goes on, of the whole day"
        ),
        pytest.param("ودانت الحكومة الغارة.", "دانت", None, id="what others say of it"),
        pytest.param("وسيعقد الوزراء اجتماعا في عدن.", "اجتماعا", None, id="what is planned"),
        pytest.param("على صعيد آخر، قتل ستة باعة في تفجير بعدن.", "قتل", None, id="another matter"),
        pytest.param("وكان ستة باعة قتلوا في السوق.", "قتلوا", None, id="what was before"),
        pytest.param("وتقع السوق في حي شهد معارك عنيفة.", "معارك", None, id="what is always so"),
        pytest.param("وقتل ستة باعة في السوق في 2 مارس.", "قتل", "2021-03-02", id="a time of its own"),
    ],
)
def test_from_the_sentence_before(extractor: Extractor, after: str, trigger: str, wanted: str | None) -> None:
    value, time = when(extractor, f"{DATED} {after}", trigger)
    assert value == wanted
    if value == "2021-03-08":
        assert time is not None
        assert (time.method, time.text) == ("discourse", None)


def test_a_verdict_leads_on_to_nothing(extractor: Extractor) -> None:
    text = "أعدمت السلطات أمس رجلا في أبها. وقتل الرجل جاره طعنا في سوق."
    assert when(extractor, text, "أعدمت")[0] == "2021-03-09"
    assert when(extractor, text, "قتل")[0] is None


@pytest.mark.parametrize(
    ("source", "text", "wanted"),
    [
        pytest.param(
            "وكالة الأنباء الأردنية", "قتل ثلاثة جنود في هجوم على ثكنة.", "2021-03-10", id="an agency"
        ),
        pytest.param("مجلة السياسة", "قتل ثلاثة جنود في هجوم على ثكنة.", None, id="anybody else"),
        pytest.param("وكالة الأنباء الأردنية", "سيهاجم الجيش الثكنة.", None, id="what is to come"),
    ],
)
def test_the_day_of_publication(extractor: Extractor, source: str, text: str, wanted: str | None) -> None:
    trigger = "قتل" if "قتل" in text else "يهاجم"
    value, time = when(extractor, text, trigger, source=source)
    assert value == wanted
    assert (time.method if time else None) == ("publication" if wanted else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("اقتحم مسلحون القرية في 15-2 وأحرقوا بيوتها.", "2021-02-15", id="hyphen"),
        pytest.param("اقتحم مسلحون القرية في 15/2 وأحرقوا بيوتها.", "2021-02-15", id="slash"),
        pytest.param("اقتحم مسلحون القرية بعد 2-3 أيام من الحصار.", None, id="a number of days"),
    ],
)
def test_day_and_month_in_digits(extractor: Extractor, text: str, wanted: str | None) -> None:
    assert when(extractor, text, "اقتحم")[0] == wanted


def test_a_stretch_of_days(extractor: Extractor) -> None:
    value, time = when(extractor, "خلال الأيام الثلاثة الماضية اعتقلت الشرطة مئة متظاهر.", "اعتقلت")
    assert time is not None
    assert (time.from_, time.granularity) == ("2021-03-07T00:00", "range")
    assert value is not None
