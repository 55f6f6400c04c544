"""Words inside a written word: their slices and underlying forms."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.clitics import align
from pipeline.text.lexicon import Lexicon
from pipeline.text.words import parts


@pytest.mark.parametrize(
    ("written", "words", "pieces"),
    [
        ("للمدينة", "ل المدينة", "ل=ل لمدينة=المدينة"),
        ("للجنة", "ل اللجنة", "ل=ل لجنة=اللجنة"),
        ("سيطرتها", "سيطرة ها", "سيطرت=سيطرة ها=ها"),
        ("شنتها", "شنت ها", "شنت=شنت ها=ها"),
        ("واضاف", "و أضاف", "و=و اضاف=اضاف"),
        ("عليه", "على ه", "علي=على ه=ه"),
        ("مداه", "مدى ه", "مدا=مدى ه=ه"),
        ("لقائه", "لقاء ه", "لقائ=لقاء ه=ه"),
        ("كتبوه", "كتبوا ه", "كتبو=كتبوا ه=ه"),
        ("فسيكون", "ف س يكون", "ف=ف س=س يكون=يكون"),
        ("ألا", "أن لا", "أ=أن لا=لا"),
        ("ولليمن", "و ل اليمن", "و=و ل=ل ليمن=اليمن"),
    ],
)
def test_alignment(written: str, words: str, pieces: str) -> None:
    aligned = align(written, tuple(words.split()))
    assert aligned is not None
    assert " ".join(f"{written[p.start : p.end]}={p.norm}" for p in aligned) == pieces


@pytest.mark.parametrize(
    ("written", "words"),
    [("والصناعة", "الطاقة و الصناعة"), ("حمص", "دمشق ها"), ("بيت", "ب يت ها"), ("", "ب"), ("بيت", "")],
)
def test_what_does_not_fit_is_refused(written: str, words: str) -> None:
    assert align(written, tuple(words.split())) is None


@given(st.lists(st.text(alphabet="ابتسلمنهويةىأ", min_size=1, max_size=5), min_size=1, max_size=4))
def test_slices_cover_the_written_word(words: list[str]) -> None:
    written = "".join(words)
    aligned = align(written, tuple(words))
    assert aligned is not None
    assert "".join(written[p.start : p.end] for p in aligned) == written
    assert all(p.start < p.end for p in aligned)


def lexicon(**counts: int) -> Lexicon:
    return Lexicon(gzip.compress("".join(f"{w}\t{n}\n" for w, n in counts.items()).encode()))


def words_of(written: str, model: str | None, counts: Lexicon) -> str:
    return " ".join(p.norm for p in parts(written, tuple(model.split()) if model else None, counts))


EMPTY = Lexicon(b"")


@pytest.mark.parametrize(
    "word",
    [
        "وسط",
        "وزير",
        "فوق",
        "بعد",
        "لكن",
        "كان",
        "مال",
        "وفد",
        "وكالة",
        "وقت",
        "ولاية",
        "فريق",
        "باب",
        "بلد",
        "بيان",
        "لجنة",
        "لبنان",
        "كتيبة",
    ],
)
def test_closed_list_is_never_split(word: str) -> None:
    assert words_of(word, f"{word[0]} {word[1:]}", EMPTY) == word


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("للحكومة", "ل الحكومة"),
        ("وللجيش", "و ل الجيش"),
        ("وبالسيطرة", "و ب السيطرة"),
        ("فسيعود", "ف س يعود"),
        ("ووزير", "و وزير"),
    ],
)
def test_certain_clitics_are_split_without_the_model(written: str, words: str) -> None:
    assert words_of(written, None, EMPTY) == words


@pytest.mark.parametrize("word", ["وكالة", "وسيطة", "وبالغت", "للي", "حمص", "ولد"])
def test_look_alikes_stay_whole(word: str) -> None:
    assert words_of(word, None, EMPTY) == word


def test_counts_take_back_a_wrong_clitic() -> None:
    counts = lexicon(سيطرت=100, وسيطرت=40, وصلت=300, صلت=2, وصولها=20, وصول=70)
    assert words_of("وسيطرت", "و س يطرت", counts) == "و سيطرت"
    assert words_of("وصلت", "و صلت", counts) == "وصلت"
    assert words_of("وصولها", "و صول ها", counts) == "وصول ها"
    assert words_of("وصلت", "و صلت", EMPTY) == "و صلت"


def test_counts_take_back_a_wrong_pronoun() -> None:
    counts = lexicon(تواجه=200, سيطرتها=20, سيطرة=90, مقاتلا=60)
    assert words_of("مقاتلا", "مقات لا", counts) == "مقاتلا"
    assert words_of("تواجه", "تواج ه", counts) == "تواجه"
    assert words_of("وتواجه", "و تواج ه", counts) == "و تواجه"
    assert words_of("سيطرتها", "سيطرة ها", counts) == "سيطرة ها"


def test_counts_settle_ta_before_a_pronoun() -> None:
    counts = lexicon(جهة=90, اعدت=30, اقتادوا=20)
    assert words_of("اقتادوهم", "اقتادو هم", counts) == "اقتادوا هم"
    assert words_of("جهتها", "جهت ها", counts) == "جهة ها"
    assert words_of("أعدتها", "أعدة ها", counts) == "أعدت ها"


def test_counts_keep_clitics_whose_rest_is_a_word() -> None:
    counts = lexicon(واضاف=5000, اضاف=40, بها=900, للسلام=50, لسلام=0)
    assert words_of("وأضاف", "و أضاف", counts) == "و أضاف"
    assert words_of("بها", "ب ها", counts) == "ب ها"
    assert words_of("للسلام", "ل السلام", counts) == "ل السلام"


def test_counts_find_a_missed_conjunction() -> None:
    counts = lexicon(دول=3000, ودول=80)
    assert words_of("ودول", None, counts) == "و دول"
    assert words_of("ودول", None, EMPTY) == "ودول"


def test_seats_of_hamza_and_lost_nun_are_restored() -> None:
    assert words_of("لقائه", "لقائ ه", EMPTY) == "لقاء ه"
    assert words_of("ممن", "م من", EMPTY) == "من من"


def test_counts_give_the_article_back_after_li() -> None:
    counts = lexicon(الجيش=900, لجيش=30, لجنة=800, الجنة=40)
    assert words_of("وللجيش", "و ل لجيش", counts) == "و ل الجيش"
    assert words_of("وللجنة", "و ل لجنة", counts) == "و ل لجنة"
