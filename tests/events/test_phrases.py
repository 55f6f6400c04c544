"""The phrase grammar on hand-tagged words: no model is needed."""

from __future__ import annotations

import pytest
from event_builders import view

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import PhraseReader


def read(
    text: str, events: frozenset[int] = frozenset(), entities: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    """Each element as «kind[:prep] phrase | phrase»."""
    made = view(text, entities=entities)
    reader = PhraseReader(made, Grammar(made), events)
    shown = []
    for element in reader.elements(0, len(made)):
        phrases = " | ".join(made.surface(np.first, np.last) for np in element.nps)
        kind = element.kind + (f":{element.prep}" if element.prep else "")
        shown.append(f"{kind} {phrases or made.surface(element.first, element.last)}")
    return shown


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "قصف/VERB الجيش/NOUN مواقع/NOUN المسلحين/NOUN",
            ["verb قصف", "np الجيش", "np مواقع المسلحين"],
            id="a definite noun ends the chain",
        ),
        pytest.param(
            "قتل/VERB مسلحون/NOUN ثلاثة/NUM جنود/NOUN",
            ["verb قتل", "np مسلحون", "np ثلاثة جنود"],
            id="a sound plural takes no genitive",
        ),
        pytest.param(
            "انسحبت/VERB قوات/NOUN الحكومة/NOUN اليمنية/ADJ من/ADP مدينة/NOUN مأرب/PROPN",
            ["verb انسحبت", "np قوات الحكومة اليمنية", "pp:من مدينة مأرب"],
            id="an adjective agrees in definiteness",
        ),
        pytest.param(
            "اعتقل/VERB ثمانية/NUM من/ADP عناصر/NOUN الحرس/NOUN",
            ["verb اعتقل", "np ثمانية من عناصر الحرس"],
            id="a number goes on with من",
        ),
        pytest.param(
            "دخلوا/VERB الرستن/PROPN و/CCONJ +تلبيسة/PROPN و/CCONJ +الدار/PROPN الكبيرة/ADJ",
            ["verb دخلوا", "np الرستن | تلبيسة | الدار الكبيرة"],
            id="coordination keeps the members apart",
        ),
        pytest.param(
            "هاجم/VERB مسلحون/NOUN القرية/NOUN و/CCONJ +السكان/NOUN فروا/VERB",
            ["verb هاجم", "np مسلحون", "np القرية", "conj و", "np السكان", "verb فروا"],
            id="و + noun + verb opens a clause",
        ),
        pytest.param(
            "قال/VERB المتحدث/NOUN ب/ADP +اسم/NOUN الجيش/NOUN أحمد/PROPN المسماري/PROPN إن/SCONJ",
            ["verb قال", "np المتحدث باسم الجيش أحمد المسماري", "comp إن"],
            id="title, complement and name are one phrase",
        ),
        pytest.param(
            "نزح/VERB أكثر/ADJ من/ADP 200/NUM شخص/NOUN على/ADP الأقل/NOUN من/ADP القرية/NOUN",
            ["verb نزح", "np أكثر من 200 شخص على الأقل", "pp:من القرية"],
            id="approximations belong to the phrase",
        ),
        pytest.param(
            "في/ADP شمال/NOUN غرب/NOUN سوريا/PROPN",
            ["pp:في شمال غرب سوريا"],
            id="a direction is part of the place",
        ),
        pytest.param(
            "من/ADP قبل/ADP فصائل/NOUN المعارضة/ADJ",
            ["pp:من قبل فصائل المعارضة"],
            id="an open noun takes a definite genitive even when it is tagged adjective",
        ),
    ],
)
def test_elements(text: str, wanted: list[str]) -> None:
    entities = tuple(("PER", name) for name in ("أحمد المسماري",) if name.split()[0] in text)
    assert read(text, entities=entities) == wanted


def test_a_preposition_after_an_event_noun_is_a_phrase_of_its_own() -> None:
    text = "قصف/NOUN الجيش/NOUN ل/ADP +مواقع/NOUN المعارضة/NOUN"
    assert read(text, events=frozenset({0})) == ["np قصف الجيش", "pp:ل مواقع المعارضة"]


def test_elements_cover_every_token_once() -> None:
    made = view('و/CCONJ +قال/VERB إن/SCONJ ،/PUNCT "/PUNCT القوات/NOUN "/PUNCT من/ADP')
    elements = PhraseReader(made, Grammar(made)).elements(0, len(made))
    assert [i for e in elements for i in range(e.first, e.last)] == list(range(len(made)))
