"""Where an event happened: what the sentence opens with, what stands behind a clause, and what is no place at all."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor
from pipeline.records import EventRecord


def _record(extractor: Extractor, text: str, trigger: str) -> EventRecord:
    found = [r for r in extractor(Article(id="a", text=text)) if r.trigger.text.startswith(trigger)]
    assert len(found) == 1, [r.trigger.text for r in extractor(Article(id="a", text=text))]
    return found[0]


def _places(extractor: Extractor, text: str, trigger: str) -> list[str]:
    return [p.text for p in _record(extractor, text, trigger).places]


@pytest.mark.parametrize(
    ("text", "trigger", "places"),
    [
        # a word for ground or a home is a place behind its preposition, a body behind «أمام» the house it sits in
        ("قتل مسلحون تاجرين مساء الاثنين في سوق مزدحمة.", "قتل", ["سوق مزدحمة"]),
        ("خطف مجهولون طبيبا بارزا أمس من منزله.", "خطف", ["منزله"]),
        ("تظاهر عشرات الممرضين أمس أمام وزارة الصحة للمطالبة برواتبهم.", "تظاهر", ["وزارة الصحة"]),
        # «حيث» opens what happened at the place before it, whatever kind of deed it is
        ("وصل الموفد الأممي مساء الأحد إلى مسقط، حيث التقى وزير الخارجية العماني.", "التقى", ["مسقط"]),
        # a clause about somebody may stand before the place
        (
            "اغتال مسلحون يُعتقد أنهم من خلايا التنظيم ضابطا كان ينتظر قرب بلدة الزباء.",
            "اغتال",
            ["بلدة الزباء"],
        ),
        # what is shut, or done all over a country, lends and takes no place
        ("اعتصم عشرات العمال أمام مبنى المحافظة وهددوا بالإضراب.", "الإضراب", []),
        # what people burnt is no place for what they did before or after it
        ("أحرق المستوطنون ستة منازل وضربوا مزارعا مسنا.", "ضربوا", []),
        # with a place of its own a later clause needs nothing of the one that opens the sentence
        ("وفي تعز، أعلن الناطق العسكري أن جنودا قتلوا في قصف على قرية الصيار.", "قصف", ["قرية الصيار"]),
        ("وفي لاهور، تظاهر أنصار الرجل الذي أُعدم قبل عام.", "أُعدم", []),
        # every name of a list of towns is one, and so is a capital that is struck
        (
            "قصفت المدفعية أمس قرى زركوان وهرطاي والصيار في ريف المدينة.",
            "قصفت",
            ["قرى زركوان", "هرطاي", "الصيار", "ريف المدينة"],
        ),
        ("أغارت الطائرات على تجمعات للمسلحين في حيي جبرة والصحافة.", "أغارت", ["حيي جبرة", "الصحافة"]),
        ("قصفت الطائرات دمشق وحلب مساء الأحد.", "قصفت", ["دمشق", "حلب"]),
    ],
)
def test_places(extractor: Extractor, text: str, trigger: str, places: list[str]) -> None:
    assert _places(extractor, text, trigger) == places
