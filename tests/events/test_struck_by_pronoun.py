"""Verbs joined by «و» with whom they strike as a pronoun, and phrases that are no subject by their ending or owner."""

from __future__ import annotations

import pytest

from pipeline import extract

DOERS = [
    ("لحق الجندي بالسائق وضربه بسوط قرب زنجبار.", "ضربه", ["الجندي"], ["السائق"]),
    ("اقترب شاب من الحارس وطعنه بخنجر.", "طعنه", ["شاب"], ["الحارس"]),
    ("وقف البحار أمام الصياد وهدده متهما إياه بالسرقة.", "هدده", ["البحار"], ["الصياد"]),
    ("دخل الشاب الفندق مساء الخميس، وقد غطى وجهه وقتل ثلاثة نزلاء.", "قتل", ["الشاب"], ["ثلاثة نزلاء"]),
]


@pytest.mark.parametrize(("text", "word", "actors", "targets"), DOERS, ids=[t for t, *_ in DOERS])
def test_who_strikes_whom(text: str, word: str, actors: list[str], targets: list[str]) -> None:
    found = [e for e in extract(text, published="2019-03-04") if e.trigger.text == word]
    assert [([a.text for a in e.actors], [t.text for t in e.targets]) for e in found] == [(actors, targets)]


def test_one_accusative_tells_it_of_the_list() -> None:
    text = "شنت البحرية الكينية غارات قرب زنجبار واستهدفت مخازن وزوارق وجسرا."
    found = [e for e in extract(text, published="2019-03-04") if e.trigger.text == "استهدفت"]
    assert all(a.text not in ("مخازن", "زوارق", "جسرا") for e in found for a in e.actors)
