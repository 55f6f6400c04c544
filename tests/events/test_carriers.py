"""The same clause in many settings: what stands before, behind or around it does not change who did what to whom."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pipeline import extract


class Core(NamedTuple):
    """One clause: its verb before and behind its subject, its participants, and the words that tell them."""

    verb: str
    after: str
    subject: str
    rest: str
    actor: str
    target: str | None


CORES = [
    Core("قصفت", "قصفت", "المدفعية التركية", "4 مواقع للمسلحين", "المدفعية", "4 مواقع"),
    Core("هاجم", "هاجموا", "مقاتلو الجبهة", "دورية للشرطة", "مقاتلو", "دورية"),
    Core("اعتقلت", "اعتقلت", "الشرطة", "خمسة صحفيين", "الشرطة", "خمسة"),
    Core("تظاهر", "تظاهروا", "مئات العمال", "احتجاجا على الغلاء", "مئات", None),
    Core("دانت", "دانت", "جامعة الدول العربية", "الهجوم", "جامعة", None),
    Core("التقى", "التقى", "وزير الداخلية", "السفير الكوري", "وزير", "السفير"),
    Core("زار", "زار", "الرئيس الصومالي", "أنقرة", "الرئيس", None),
    Core("اتهمت", "اتهمت", "المعارضة", "الحكومة بتزوير الانتخابات", "المعارضة", "الحكومة"),
    Core("دعا", "دعا", "الأمين العام", "الأطراف إلى الحوار", "الأمين", "الأطراف"),
]
#: What a clause that begins with its verb stands in.
BEFORE_VERB = [
    "{}.", "و{}.", "وأمس {}.", "وفي هذا الإطار {}.", "في غضون ذلك، {}.", "وكانت الأنباء قد أفادت بهدوء تام بعدما {}.",
    "كما {}.", "وقد {}.", "وفي حلب {}.", "وصباح الأربعاء {}.", "وبحسب مصادر محلية، {}.", "بيروت (وكالات) - {}.",
    "وقال المسؤول إن الوضع هادئ، وفي هذا الإطار {}.", "وأفاد بأن المعارك متواصلة، وقبل ساعات {}.",
    "وأضاف المصدر: «{}».", "وذلك بعد أن {}، ما زاد التوتر.", "وردا على ذلك {}.", "وفي الوقت نفسه {}.",
    "في المقابل {}.", "للمرة الأولى منذ شهور، {}.", "وعقب ذلك بساعات {}.", "وفي اليوم نفسه {}.",
]  # fmt: skip
#: What a clause that begins with its subject stands in.
BEFORE_SUBJECT = [
    "وقال ناطق إن {}.", "وأعلن مصدر أن {}.", "وأوضح المتحدث، في بيان، أن {}.", "غير أن {}.", "وأبلغ مصدر رويترز أن {}.",
    "وقال إن الوضع متوتر وإن {}.", "ونقلت الوكالة عن مسؤول قوله إن {}.",
]  # fmt: skip
#: What stands between subject and object.
BETWEEN = ["أمس", "يوم الأربعاء", "في مدينة حلب", "اليوم الخميس"]
#: What joins a clause to one before it.
JOINED = [
    "، و",
    "، بينما ",
    "، فيما ",
    "، ثم ",
    " بعد أن ",
    " عندما ",
    "، كما ",
    "، وفي اليوم نفسه ",
    "، وفي بغداد ",
]


def wrong(sentence: str, core: Core, verb: str) -> str:
    """What is wrong with the record of the clause in the sentence, or nothing."""
    records = [r for r in extract(sentence) if r.trigger.text.removeprefix("و") == verb]
    if len(records) != 1:
        return f"{len(records)} records: {sentence}"
    actors, targets = ([p.text for p in slot] for slot in (records[0].actors, records[0].targets))
    if len(actors) != 1 or not actors[0].startswith(core.actor):
        return f"actors {actors}: {sentence}"
    if core.target and not any(t.startswith(core.target) for t in targets):
        return f"targets {targets}: {sentence}"
    return ""


@pytest.mark.parametrize("carrier", BEFORE_VERB)
def test_before_the_verb(carrier: str) -> None:
    told = [wrong(carrier.format(f"{c.verb} {c.subject} {c.rest}"), c, c.verb) for c in CORES]
    assert not [t for t in told if t]


@pytest.mark.parametrize("carrier", BEFORE_SUBJECT)
def test_before_the_subject(carrier: str) -> None:
    told = []
    for core in CORES:  # behind أن the sound plural changes its ending
        core = core._replace(
            **{k: getattr(core, k).replace("مقاتلو", "مقاتلي") for k in ("subject", "actor")}
        )
        told.append(wrong(carrier.format(f"{core.subject} {core.after} {core.rest}"), core, core.after))
    assert not [t for t in told if t]


@pytest.mark.parametrize("phrase", BETWEEN)
def test_between_subject_and_object(phrase: str) -> None:
    told = [wrong(f"{c.verb} {c.subject} {phrase} {c.rest}.", c, c.verb) for c in CORES]
    assert not [t for t in told if t]


@pytest.mark.parametrize("joint", JOINED)
def test_two_clauses(joint: str) -> None:
    told = []
    for first, second in zip(CORES, [*CORES[1:], CORES[0]], strict=True):
        sentence = (
            f"{first.verb} {first.subject} {first.rest}{joint}{second.verb} {second.subject} {second.rest}."
        )
        told += [wrong(sentence, first, first.verb), wrong(sentence, second, second.verb)]
    assert not [t for t in told if t]
