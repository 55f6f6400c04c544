"""Which predicate a time stands with, on hand-tagged words: no model is needed."""

from __future__ import annotations

from datetime import date

import pytest
from event_builders import view

from pipeline.events.grammar import Grammar
from pipeline.events.phrases import PhraseReader
from pipeline.events.timing_hosts import Hosts

PUBLISHED = date(2021, 3, 10)


def hosts(
    text: str, *, nouns: str = "", left: str = "", wishing: str = "", saying: str = ""
) -> tuple[Hosts, list[str]]:
    """The hosts of a sentence, and the word that each of its times stands with, «-» where none.

    Args:
        text: see :func:`event_builders.view`.
        nouns: the event nouns; left: those of them that leave a time to their verb, if it is one of ``wishing``.
        saying: verbs of saying.
    """
    made = view(text, published=PUBLISHED)

    def at(words: str) -> frozenset[int]:
        return frozenset(made.norm.index(word) for word in words.split())

    grammar = Grammar(made, settled=dict.fromkeys(at(nouns), False))
    elements = PhraseReader(made, grammar, at(nouns)).elements(0, len(made))
    leaving = at(left)
    read = Hosts(made, grammar, elements, at(nouns), at(saying), at(wishing), lambda noun, _: noun in leaving)
    found = [read.host(k) for k, e in enumerate(elements) if e.kind == "time"]
    return read, [made.norm[i] if i >= 0 else "-" for i in found]


@pytest.mark.parametrize(
    ("text", "nouns", "wanted"),
    [
        pytest.param("غرق/VERB صيادان/NOUN أمس/NOUN", "", ["غرق"], id="the verb before it"),
        pytest.param(
            "و/CCONJ أمس/NOUN غرق/VERB صيادان/NOUN", "", ["غرق"], id="the verb behind it opens the clause"
        ),
        pytest.param(
            "توقف/VERB القصف/NOUN ،/PUNCT أمس/NOUN عاد/VERB السكان/NOUN",
            "القصف",
            ["عاد"],
            id="a time between a comma and a verb belongs to the verb",
        ),
        pytest.param(
            "كان/VERB الوفد/NOUN قد/PART غادر/VERB الخميس/NOUN", "", ["غادر"], id="not the auxiliary"
        ),
        pytest.param(
            "نجا/VERB النائب/NOUN من/ADP هجوم/NOUN أمس/NOUN", "هجوم", ["هجوم"], id="the event noun before it"
        ),
        pytest.param(
            "أرجأ/VERB القاضي/NOUN الجلسة/NOUN إلى/ADP الأحد/NOUN",
            "",
            ["-"],
            id="until when something is put off",
        ),
        pytest.param(
            "هدأت/VERB المدينة/NOUN بعد/ADP انقلاب/NOUN أكتوبر/NOUN 2018/NUM",
            "انقلاب",
            ["انقلاب"],
            id="what stands behind after has the time",
        ),
        pytest.param(
            "عاد/VERB السفير/NOUN بعد/ADP انتخابات/NOUN أكتوبر/NOUN 2018/NUM",
            "",
            ["-"],
            id="and it is nobody's where it is no event",
        ),
        pytest.param(
            "رفض/VERB الحزب/NOUN البيان/NOUN الصادر/ADJ أمس/NOUN",
            "",
            ["-"],
            id="a participle of issuing keeps its time",
        ),
        pytest.param(
            "أرجأ/VERB الرئيس/NOUN الزيارة/NOUN المقررة/ADJ غدا/NOUN",
            "الزيارة",
            ["الزيارة"],
            id="and gives it to its event noun",
        ),
        pytest.param(
            "أسقط/VERB النواب/NOUN ميزانية/NOUN عام/NOUN 2019/NUM",
            "",
            ["-"],
            id="a year that tells a budget from others",
        ),
        pytest.param(
            "أسقط/VERB النواب/NOUN الحكومة/NOUN عام/NOUN 2019/NUM",
            "",
            ["أسقط"],
            id="another noun leaves the year to the verb",
        ),
    ],
)
def test_the_host_of_a_time(text: str, nouns: str, wanted: list[str]) -> None:
    assert hosts(text, nouns=nouns)[1] == wanted


WISHED = "طالب/VERB النواب/NOUN ب/ADP انسحاب/NOUN القوات/NOUN أمس/NOUN"


def test_what_is_wished_leaves_its_time_to_the_verb_that_wishes() -> None:
    read, found = hosts(WISHED, nouns="انسحاب", left="انسحاب", wishing="طالب")
    assert found == ["طالب"]
    assert read.left


@pytest.mark.parametrize(
    ("left", "wishing"),
    [
        pytest.param("", "طالب", id="the noun is no wish"),
        pytest.param("انسحاب", "", id="the verb is a deed of its own"),
    ],
)
def test_a_deed_keeps_its_time(left: str, wishing: str) -> None:
    read, found = hosts(WISHED, nouns="انسحاب", left=left, wishing=wishing)
    assert found == ["انسحاب"]
    assert not read.left


@pytest.mark.parametrize(
    ("text", "verb", "states"),
    [
        pytest.param("أعلن/VERB الناطق/NOUN أمس/NOUN", "أعلن", True, id="a verb of saying"),
        pytest.param("أصدر/VERB الحزب/NOUN أمس/NOUN بيانا/NOUN", "أصدر", True, id="issues a statement"),
        pytest.param("في/ADP بيان/NOUN بثته/VERB الإذاعة/NOUN أمس/NOUN", "بثته", True, id="of a statement"),
        pytest.param(
            "في/ADP البيان/NOUN الذي/PRON بثته/VERB الإذاعة/NOUN", "بثته", True, id="behind a relative"
        ),
        pytest.param("في/ADP قارب/NOUN أغرقته/VERB العاصفة/NOUN أمس/NOUN", "أغرقته", False, id="of a boat"),
    ],
)
def test_verbs_that_only_say_when_something_was_said(text: str, verb: str, states: bool) -> None:
    read, _ = hosts(text, saying="أعلن" if "أعلن" in text else "")
    assert read.states(read.view.norm.index(verb)) is states
