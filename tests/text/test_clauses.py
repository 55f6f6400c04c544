"""Run-on sentences are cut where a statement opens; short ones never."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.clauses import Listed, load_clauses
from pipeline.text.clauses import LONG, SHORT, Item, clause_starts

#: The verbs that the examples use: the tagger's part in a test without a tagger.
VERBS = frozenset(
    [
        "تقدمت",
        "انسحب",
        "دخلت",
        "توجهت",
        "سقطت",
        "احترقت",
        "أغلقت",
        "انتشر",
        "انتشرت",
        "سيطرت",
        "قال",
        "انسحبت",
        "وصل",
        "غادر",
        "هاجم",
        "استعاد",
    ]
)


def items(text: str) -> list[Item]:
    spaced = text.replace("،", " ، ").replace("؛", " ؛ ")
    words: list[str] = []
    for word in spaced.split():
        words += ["و", word[1:]] if word[0] == "و" and word[1:] in VERBS | {"بعد"} else [word]
    return [Item(w, "VERB" if w in VERBS else "PUNCT" if w in "،؛." else "NOUN", False) for w in words]


def cut(text: str) -> list[str]:
    found = items(text)
    starts = [*clause_starts(found), len(found)]
    return [" ".join(i.norm for i in found[a:b]) for a, b in itertools.pairwise(starts)]


FILLER = "من جهة الشمال قرب النهر الكبير على الطريق العام"


def long(text: str) -> str:
    """The text between two stretches without any opening, so that it is long enough to be cut."""
    return f"{FILLER} {FILLER} {text} {FILLER} {FILLER} {FILLER}"


def test_a_sentence_of_ordinary_length_is_one_clause() -> None:
    assert len(cut("انسحب الجيش من البلدة، ثم دخلت القوات المدينة وسيطرت على الجسر")) == 1


CASES: list[object] = [
    pytest.param(example, id=f"{section}: {example[:30]}")
    for section in ("connectives", "after_comma", "openers")
    for entry in getattr(load_clauses(), section)
    for example in entry.examples
]


@pytest.mark.parametrize("marked", CASES)
def test_examples_show_where_the_cut_falls(marked: str) -> None:
    before, after = marked.split("|")
    first = " ".join(i.norm for i in items(before))
    clauses = cut(long(before + " " + after))
    assert len(clauses) == 2
    assert clauses[0].endswith(first)


@pytest.mark.parametrize("example", [e for entry in load_clauses().relative for e in entry.examples])
def test_no_cut_after_a_relative_word(example: str) -> None:
    assert len(cut(f"{FILLER} {FILLER} {example} {FILLER} {FILLER}")) == 1


def test_and_with_a_verb_opens_a_clause_and_and_with_a_noun_does_not() -> None:
    assert len(cut(long("انسحب الجيش من البلدة الكبيرة وسيطرت القوات على الجسر القديم"))) == 2
    assert len(cut(long("انسحب الجيش من البلدة الكبيرة و القرية و الجسر القديم"))) == 1


def test_an_endless_list_is_cut_somewhere() -> None:
    starts = clause_starts(items(" ".join(["كلمة"] * 500)))
    assert max(b - a for a, b in zip(starts, [*starts[1:], 500], strict=True)) <= 160


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["و", "،", "فيما", "كما", "الجيش", "سيطرت", "الذي", "في", "."]), st.booleans()
        ),
        max_size=400,
    )
)
def test_cuts_are_in_order_and_leave_no_crumbs(drawn: list[tuple[str, bool]]) -> None:
    found = [Item(norm, "VERB" if norm in VERBS else "NOUN", silent) for norm, silent in drawn]
    starts = clause_starts(found)
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    words = [k for k, item in enumerate(found) if not item.silent]
    if len(words) <= LONG:
        assert starts == [0]
    for a, b in zip(starts, [*starts[1:], len(found)], strict=True):
        assert len(starts) == 1 or sum(1 for k in words if a <= k < b) >= SHORT


@given(
    st.lists(st.sampled_from(["و", "،", "فيما", "كما", "الجيش", "سيطرت"]), max_size=400),
    st.integers(LONG, 120),
)
def test_longer_parts_are_made_of_clauses(drawn: list[str], long: int) -> None:
    found = [Item(norm, "VERB" if norm in VERBS else "NOUN", False) for norm in drawn]
    assert set(clause_starts(found, long)) <= set(clause_starts(found))


def test_an_entry_without_an_example_does_not_load() -> None:
    with pytest.raises(ValueError, match="without an example"):
        Listed(name="x", words=("ثم",), examples=())
