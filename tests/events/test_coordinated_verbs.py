"""Verbs that go on with a subject said before them, passives without a mark, and antecedents that are resumed."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        pytest.param(
            "هاجم المتمردون القرية التي تسيطر عليها القوات، وقتلوا عمدتها.",
            "قتلوا",
            ["المتمردون"],
            id="behind a relative clause the main clause goes on",
        ),
        pytest.param(
            "تصدت المقاومة لرتل عسكري كان في طريقه إلى القرية، واستهدفته بصواريخ الكاتيوشا.",
            "استهدفته",
            ["المقاومة"],
            id="past a verb that does not agree, and the means is no subject",
        ),
        pytest.param(
            "قال شهود إن مسلحين يستقلان دراجة نارية أطلقا النار على قاض في كويتا.",
            "أطلقا",
            ["مسلحين"],
            id="a clause describes the subject before its verb",
        ),
        pytest.param(
            "الوزير الذي ينتقد بعض النواب سياسته المالية عاد أمس.",
            "ينتقد",
            ["بعض النواب"],
            id="a pronoun at the object points back",
        ),
        pytest.param(
            "فيصل الذي سبق أن رفضت تعيينه ثلاث جامعات تونسية.",
            "رفضت",
            ["ثلاث جامعات تونسية"],
            id="what is somebody's own stands before the subject",
        ),
        pytest.param(
            "فيما ترجح مصادر أن تدعو الحكومة إلى مؤتمر وطني.",
            "تدعو",
            ["الحكومة"],
            id="right behind أن stands the subject",
        ),
        pytest.param(
            "أشادت الخرطوم بالقرار واتهمت لندن بالانحياز.",
            "اتهمت",
            ["الخرطوم"],
            id="what one verb has agreed with the next agrees with",
        ),
        pytest.param(
            "اجتمع وزير الخارجية المصري مع نظيره السوداني وبحثا ملف السد.",
            "بحثا",
            ["وزير الخارجية المصري", "نظيره السوداني"],
            id="two meet, and both go on",
        ),
        pytest.param(
            "أوقف المسلحان حافلة صغيرة وقتلا سائقها.", "قتلا", ["المسلحان"], id="what two stop does not act"
        ),
        pytest.param(
            "قال متحدث إن الجنود ووحدات من الشرطة، سيطرت على حي الزهور آخر أحياء المدينة.",
            "سيطرت",
            ["الجنود", "وحدات من الشرطة"],
            id="the verb agrees with the last of a list, and an apposition of a place is no subject",
        ),
        pytest.param(
            "وكانت عمان وبغداد قد وقعتا العام الماضي اتفاقية للنقل البري.",
            "وقعتا",
            ["عمان", "بغداد"],
            id="a town beside one that acts",
        ),
        pytest.param("ويتهم هؤلاء الشبان بالانتماء إلى تنظيم محظور.", "يتهم", [], id="of the accused alone"),
        pytest.param(
            "قالت كييف إنها ماضية في طريقها. وأسقطت الطائرة الماليزية في يوليو 2014.",
            "أسقطت",
            [],
            id="a definite fixed word right behind the verb undergoes it",
        ),
        pytest.param(
            "قال القائد إن قواته تقدمت. وأضاف: غنمنا الكثير من الأسلحة.",
            "غنمنا",
            [],
            id="who says «we» has not been named",
        ),
        pytest.param(
            "هاجم مسلح دورية للجيش في كركوك.", "هاجم", ["مسلح"], id="a feminine noun qualifies no gunman"
        ),
    ],
)
def test_goes_on(extractor: Extractor, text: str, trigger: str, actors: list[str]) -> None:
    """Each sentence has the actors that a reader finds."""
    found = [r for r in extractor(Article(id="verbs", text=text)) if trigger in r.action]
    assert len(found) == 1
    assert [a.text for a in found[0].actors] == actors


def test_pronouns_of_lists(extractor: Extractor) -> None:
    """«في هجماتها»: of two who urge a third, none is meant by a pronoun for one."""
    text = "حض الاتحاد الأفريقي والأمم المتحدة إثيوبيا على ضبط النفس في هجماتها الجوية على متمردي الإقليم."
    found = [r for r in extractor(Article(id="list", text=text)) if "هجماتها" in r.action]
    assert [[a.text for a in r.actors] for r in found] == [["إثيوبيا"]]
