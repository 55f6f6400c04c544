"""Words that agencies use: verbs in the plural before a pronoun, verbs taken for names, words that end the text."""

import pytest

from pipeline import extract


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("كمن مسلحون لحافلة قرب المطار ورموها بالقنابل اليدوية فأعطبوها.", "رموها", "attack"),
        ("كمن مسلحون لحافلة قرب المطار ورموها بالقنابل اليدوية فأعطبوها.", "أعطبوها", "destroy"),
        ("كبل الحراس المعتقل ساعات وصعقوه بالكهرباء.", "صعقوه", "torture"),
        ("سد مزارعون الطرق المؤدية إلى العاصمة.", "سد", "obstruct"),
    ],
)
def test_verb_is_found(text: str, trigger: str, mode: str) -> None:
    """The alif of the plural falls before a pronoun, and a verb before people is no place."""
    found = {(r.trigger.text, r.mode) for r in extract(text, published="2012-03-04")}
    assert (trigger, mode) in found


def test_text_may_end_with_a_reason() -> None:
    """«احتجاجا» governs nothing where the text ends."""
    assert [r.mode for r in extract("أضرب عمال الميناء احتجاجا")] == ["strike-work"]


def test_opponents_are_civilians() -> None:
    """Who blocks a road in protest may be of the opposition."""
    found = [(r.mode, [a.text for a in r.actors]) for r in extract("أغلق معارضون الطريق الدولي قرب زغرتا.")]
    assert ("obstruct", ["معارضون"]) in found
