"""Clauses about an event noun that comes again in a pronoun: «هجوم قتل فيه ستة جنود»."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor, load_extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.parametrize(
    ("text", "mode", "whom"),
    [
        ("وقع أمس هجوم قتل فيه شرطي.", "kill", "شرطي"),
        ("شهدت البلدة اشتباكات قتل فيها ثلاثة جنود.", "kill", "ثلاثة جنود"),
        ("اندلعت مواجهات جرح خلالها طفل.", "injure", "طفل"),
        # The verb has a subject of its own, and does not tell that the attack fell.
        ("وهو هجوم سقط فيه أربعة جنود.", "kill", "أربعة جنود"),
    ],
)
def test_the_clause_tells_whom(extractor: Extractor, text: str, mode: str, whom: str) -> None:
    (record,) = [r for r in extractor.extract(text) if r.mode == mode]
    assert [t.text for t in record.targets] == [whom]


def test_a_noun_with_something_in_it_is_no_verb(extractor: Extractor) -> None:
    assert not [r for r in extractor.extract("تحدث الكاتب عن ضرب فيه إهانة.") if r.type == "ASSAULT"]
