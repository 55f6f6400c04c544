"""Names as the accurate engine learns them: words in front of names, and names in each other's places."""

from __future__ import annotations

import random

from pipeline.training.accurate_batch import Line
from pipeline.training.accurate_names import Fronts, Pool, spans_of

OUT, B_PER, I_PER, B_GPE, I_GPE, B_LOC, I_LOC = (1 << n for n in range(7))


def line(text: str, *names: int, joined: tuple[int, ...] = ()) -> Line:
    """A line of words; those whose places are in ``joined`` begin no written word."""
    words = tuple(text.split())
    return Line(words, tuple(k not in joined for k in range(len(words))), names=names)


#: Of this corpus a title and «town» are no part of a name, but «river» is.
DECIDES = (
    line("زار الأمير حسان مدينة صور", OUT, OUT, B_PER, OUT, B_GPE),
    line("قال الأمير فهد إن مدينة قابس هادئة", OUT, OUT, B_PER, OUT, OUT, B_GPE, OUT),
    line("فاض نهر العاصي", OUT, B_LOC, I_LOC),
    line("عند نهر دجلة", OUT, B_LOC, I_LOC),
    line("قرب نهر بردى", OUT, OUT, B_LOC),
    line("قرب نهر النيل", OUT, OUT, B_LOC),
)


def test_spans_are_those_of_certain_labels() -> None:
    names = (OUT, B_PER, I_PER, B_PER, 0, I_GPE, B_GPE | OUT, I_GPE | B_GPE, B_LOC, I_GPE, B_LOC)
    assert list(spans_of(names)) == [(1, 3, B_PER), (3, 4, B_PER), (8, 9, B_LOC), (10, 11, B_LOC)]


def test_a_word_that_stands_in_front_of_names_elsewhere_may_be_in_the_name_or_not() -> None:
    fronts = Fronts(DECIDES, {B_GPE: 0, B_LOC: 0})
    loose = fronts.loosen(
        line("عاد الامير سامي الحداد من مدينة نابل", OUT, B_PER, I_PER, I_PER, OUT, B_GPE, I_GPE)
    )
    assert loose.names == (OUT, OUT | B_PER, B_PER | I_PER, I_PER, OUT, OUT | B_GPE, B_GPE | I_GPE)
    # As often in the name as in front of it, or the whole name, or never in front of that type: left alone.
    for text, names in (
        ("عبر نهر الأردن", (OUT, B_LOC, I_LOC)),
        ("عاد الأمير أمس", (OUT, B_PER, OUT)),
        ("مدينة حسان", (B_PER, I_PER)),
    ):
        assert fronts.loosen(line(text, *names)).names == names


def test_places_are_one_type_to_the_corpus_that_decides() -> None:
    apart = Fronts(DECIDES, {})
    together = Fronts(DECIDES, {B_GPE: 0, B_LOC: 0})
    bay = line("مدينة الصيادين", B_LOC, I_LOC)
    assert apart.loosen(bay).names == bay.names
    assert together.loosen(bay).names == (OUT | B_LOC, B_LOC | I_LOC)


def test_names_take_each_others_places() -> None:
    pool = Pool([line("وصل عبد الرحيم إلى تونس", OUT, B_PER, I_PER, OUT, B_GPE)])
    old = line("قال ل سليم إن صور و طرابلس بخير", OUT, OUT, B_PER, OUT, B_GPE, OUT, B_GPE, OUT, joined=(2, 6))
    new = pool.swap(old, random.Random(1), 1.0)
    assert " ".join(new.words) == "قال ل عبد الرحيم إن تونس و تونس بخير"
    assert new.names == (OUT, OUT, B_PER, I_PER, OUT, B_GPE, OUT, B_GPE, OUT)
    # The first word stands behind the clitic as the old one did.
    assert new.begins == (True, True, False, True, True, True, True, False, True)
    assert pool.swap(old, random.Random(1), 0.0) == old
    some = [pool.swap(old, random.Random(seed), 0.5).words.count("تونس") for seed in range(40)]
    assert set(some) == {0, 1, 2}


def test_what_has_a_tree_keeps_its_words() -> None:
    tree = Line(("وصل", "سامر"), (True, True), heads=(0, 1), rels=(0, 1), names=(OUT, B_PER))
    pool = Pool([tree])
    assert pool.names == {}
    assert Pool([line("عاد نبيل", OUT, B_PER)]).swap(tree, random.Random(1), 1.0) == tree
