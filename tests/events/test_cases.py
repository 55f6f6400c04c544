"""What endings, gender, relative clauses and «بعد أن» tell of who does what a verb says."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        pytest.param(
            "دخلت الشرطة الغانية الحي أمس. وأوقفت مهربا.",
            "أوقفت",
            ["الشرطة الغانية"],
            ["مهربا"],
            id="a noun in the open accusative is the object",
        ),
        pytest.param(
            "وتمكنت الشرطة من العودة، بعد أن أعدمت خمسة سجناء.",
            "أعدمت",
            ["الشرطة"],
            ["خمسة سجناء"],
            id="a feminine verb does not agree with counted men",
        ),
        pytest.param(
            "كانت بيرو قد طردت السفير الإيراني.",
            "طردت",
            ["بيرو"],
            ["السفير الإيراني"],
            id="a fixed word behind the verb is its object",
        ),
        pytest.param(
            "وساد الهدوء، فيما فرقت الشرطة الملاوية تظاهرة طلابية.",
            "فرقت",
            ["الشرطة الملاوية"],
            ["تظاهرة طلابية"],
            id="… and the phrase before it the subject of a clause of its own",
        ),
        pytest.param(
            "ومؤخرا اعتقلت حماس التي حكمت القطاع بقوة منذ سنوات، عشرات السلفيين.",
            "اعتقلت",
            ["حماس"],
            ["عشرات السلفيين"],
            id="the object stands behind the relative clause of the subject",
        ),
        pytest.param(
            "واعتقل المتهمون الذين ينفون التهم في مايو متهمين بالتآمر.",
            "اعتقل",
            [],
            ["المتهمون"],
            id="… unless people suffer it",
        ),
        pytest.param(
            "وسقطت قذائف على بلدة درنة التي قصفت قوات النظام أحياءها السكنية.",
            "قصفت",
            ["قوات النظام"],
            ["أحياءها السكنية"],
            id="of a place, subject and object behind the verb",
        ),
        pytest.param(
            "فقد قتلوا سالما وعمرا أمام بيتهما.",
            "قتلوا",
            [],
            ["سالما", "عمرا"],
            id="a plural verb has no subject behind it",
        ),
        pytest.param(
            "وقال طبيب إن قرويين قتلوا بانفجار ألغام بحرية قرب الميناء.",
            "قتلوا",
            [],
            ["قرويين"],
            id="people before the verb, and nobody behind",
        ),
        pytest.param(
            "لقي تاجر مصرعه أمس بعدما أطلق عليه النار.",
            "أطلق",
            [],
            ["تاجر"],
            id="nobody is said who does it, and the pronoun means who was told of",
        ),
        pytest.param(
            "إلى ذلك، احتجز جيش الاحتلال فجر أمس عند الحاجز ثلاثة.",
            "احتجز",
            ["جيش الاحتلال"],
            None,
            id="a definite body is not arrested",
        ),
        pytest.param(
            "ورحبت منظمة التعاون بالهدنة ودعت الحوثيين إلى الالتزام بها.",
            "ودعت",
            ["منظمة التعاون"],
            ["الحوثيين"],
            id="the case says who is called",
        ),
        pytest.param(
            "وتراجعت القوات، وحذرت السكان من فيضانات جديدة.",
            "حذرت",
            ["القوات"],
            ["السكان"],
            id="many men behind a feminine verb are told something",
        ),
        pytest.param(
            "وقال شاهد إن وزير الداخلية المالطي طرد السفير الكوبي.",
            "طرد",
            ["وزير الداخلية المالطي"],
            ["السفير الكوبي"],
            id="a verb that looks like a masdar, behind its announced subject",
        ),
        pytest.param(
            "وفي مدينة كسلا طرد وزير الداخلية دبلوماسيين.",
            "طرد",
            ["وزير الداخلية"],
            ["دبلوماسيين"],
            id="… and behind a place that opens the sentence",
        ),
        pytest.param(
            "وتحركت الشرطة الزامبية نحو الشمال. وفرضت حظرا على السلاح.",
            "حظرا",
            ["الشرطة الزامبية"],
            None,
            id="the unsaid subject of a light verb",
        ),
        pytest.param(
            "وتقع في المنطقة التي يهاجمها بانتظام المتمردون الصوماليون.",
            "يهاجمها",
            ["المتمردون الصوماليون"],
            None,
            id="a nominative is no genitive of what stands before it",
        ),
        pytest.param(
            "ومنذ تولي الرئيس الغامبي الذي توعد بسحق التمرد، قتل أكثر من 50 شخصا.",
            "قتل",
            [],
            None,
            id="what a preposition governs goes on as no subject",
        ),
        pytest.param(
            "وأعلن الوالي الحداد بعد هجوم نفذه مسلح على سوق بمدينة زندر قتل خلاله 17 تاجرا معظمهم غينيون.",
            "قتل",
            None,
            ["17 تاجرا"],
            id="most of them are nobody else",
        ),
        pytest.param(
            'وهنأ "الجابري" الضباط الجدد.', "هنأ", ['"الجابري"'], ["الضباط الجدد"], id="a name in quotes"
        ),
        pytest.param("وانسحبت طالبان من البلدة.", "انسحبت", ["طالبان"], [], id="an actor taken for a place"),
    ],
)
def test_who_does_it_to_whom(
    extractor: Extractor, text: str, trigger: str, actors: list[str] | None, targets: list[str] | None
) -> None:
    (record,) = (r for r in extractor(Article(id="a", text=text)) if r.trigger.text == trigger)
    if actors is not None:
        assert [a.text for a in record.actors] == actors
    if targets is not None:
        assert [t.text for t in record.targets] == targets
