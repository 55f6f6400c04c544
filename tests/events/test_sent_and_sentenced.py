"""Who is sent by a masdar, who is found guilty in the passive, and bodies and countries that act in politics."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor, load_extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.parametrize(
    ("text", "mode", "actors", "targets"),
    [
        # What a masdar of sending governs is sent; who announces it sends it.
        ("أعلنت الحكومة الكينية إرسال كتيبة إلى الحدود.", "deploy", ["الحكومة الكينية"], ["كتيبة"]),
        ("تعتزم بولندا نشر ألفي جندي في كراكوف.", "deploy", ["بولندا"], ["ألفي جندي"]),
        ("انسحب المراقبون بعد نشر الجيش آلاف الجنود.", "deploy", ["الجيش"], ["آلاف الجنود"]),
        # Found guilty, and blamed.
        ("أُدين النائب قبل عامين.", "convict", [], ["النائب"]),
        ("أدان وزير الدفاع المتمردين.", "condemn", ["وزير الدفاع"], ["المتمردين"]),
        # A body that no list knows, and the country of who speaks.
        ("نددت الشبكة بسياسة التجويع.", "condemn", ["الشبكة"], None),
        ("قال الوزير إن بلاده ستغلق سفارتها في طرابلس.", "cut-ties", ["بلاده"], None),
        ("سقطت قذائف إبان المعارك بين الجيش ومسلحين.", "clash", ["الجيش", "مسلحين"], None),
    ],
)
def test_they_take_their_parts(
    extractor: Extractor, text: str, mode: str, actors: list[str], targets: list[str] | None
) -> None:
    (record,) = [r for r in extractor.extract(text) if r.mode == mode]
    assert [a.text for a in record.actors] == actors
    if targets is not None:
        assert [t.text for t in record.targets] == targets


def test_a_verb_of_the_plural_has_its_object_behind_it(extractor: Extractor) -> None:
    (record,) = [r for r in extractor.extract("هاجم محتجون المقر وسدوا الطريق.") if r.mode == "obstruct"]
    assert [a.text for a in record.actors] == ["محتجون"]
    assert [p.text for p in record.places] == ["الطريق"]
