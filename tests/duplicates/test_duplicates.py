"""What counts as a copy, who stands for a cluster, and that neither order nor crowds change the result."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.candidates import VALUES, Sketched, rank
from pipeline.duplicates import RULES, Cluster, find_clusters, sketches, words

#: Nouns, verbs and places enough to write articles that share no three words by chance.
_VOCABULARY = (
    "الوزير المدينة القرية السوق المدرسة الجسر النهر الطريق المستشفى الميناء المطار الحدود اللجنة الشركة العمال "
    "الطلاب المزارعون السكان الجنود الشرطة افتتح أغلق زار وقع أعلن ناقش أجل وزع شكر حضر نفى أكد رفض طلب جديدا قديما "
    "كبيرا سريعا أمس غدا صباحا مساء شمالا جنوبا شرقا غربا قرب بعد قبل خلال"
)
_WORDS = _VOCABULARY.split()


def article(seed: int, length: int = 120) -> list[str]:
    rng = random.Random(seed)
    return [f"{rng.choice(_WORDS)}{rng.randrange(7) or ''}" for _ in range(length)]


def edited(source: list[str], seed: int, every: int) -> list[str]:
    """The article with one word in ``every`` changed."""
    rng = random.Random(seed)
    return [f"بدل{rng.randrange(10**6)}" if at % every == every // 2 else w for at, w in enumerate(source)]


def clusters(
    texts: dict[str, list[str] | str],
    days: dict[str, str | None] | None = None,
    sources: dict[str, str] | None = None,
) -> list[Cluster]:
    """The clusters of articles that were all published on one day in newspapers of their own."""
    plain = {name: t if isinstance(t, str) else " ".join(t) for name, t in texts.items()}
    made = sketches(plain.values())
    given = [
        Sketched(
            name,
            (days or {}).get(name, "2015-08-01"),
            (sources or {}).get(name, name),
            *one,
        )
        for name, one in zip(plain, made, strict=True)
    ]
    return find_clusters(sorted(given, key=rank), plain.__getitem__)


def members(found: list[Cluster]) -> list[tuple[str, ...]]:
    return [cluster.members for cluster in found]


def test_words_are_those_of_the_look_up_form() -> None:
    assert words("شنَّت الطّائراتُ غــارةً «على» مدينةِ حماة!") == words("شنت الطائرات غاره على مدينه حماه")
    assert words("<p>الأول</p>&nbsp;الثاني\u200f ١٢") == ["الاول", "الثاني", "12"]
    assert words("") == []


def test_a_sketch_is_the_same_every_time_and_of_a_fixed_size() -> None:
    (count, sketch), (_, again) = sketches([" ".join(article(1))] * 2)
    assert count == 120
    assert sketch == again
    assert len(sketch) == 4 * VALUES
    # Stored sketches of earlier runs are compared with those of today: the bytes must never change unnoticed.
    (_, fixed), _ = sketches(["سيطرت القوات على البلدة بعد هجوم واسع", ""])
    assert fixed[:12].hex() == "8723f3cf59101dcdaba832cc"


def test_copies_are_found_and_strangers_are_not() -> None:
    one = article(1)
    found = clusters({"a": one, "b": edited(one, 2, 15), "c": article(3), "d": article(4)})
    assert members(found) == [("a", "b")]
    assert found[0].id.startswith("cl_")
    assert len(found[0].id) == 19


@pytest.mark.parametrize("every", [9, 12, 15, 20, 40])
def test_nearly_every_edited_copy_is_found(every: int) -> None:
    """One word in nine changed leaves a similarity of 0.5; from one in twelve on all are found."""
    texts: dict[str, list[str] | str] = {}
    for seed in range(40):
        texts[f"a{seed:02}"] = article(seed)
        texts[f"b{seed:02}"] = edited(article(seed), seed, every)
    found = clusters(texts)
    assert all(len(c.members) == 2 and c.members[0][1:] == c.members[1][1:] for c in found)
    assert len(found) == 40 if every >= 12 else len(found) >= 20


def test_the_representative_is_the_longest_then_the_earliest_then_the_first() -> None:
    one = article(1)
    longest = clusters({"a": one, "b": [*one, *article(9, 20)], "c": one})
    assert (longest[0].representative, longest[0].members) == ("b", ("a", "b", "c"))
    assert clusters({"a": one, "b": one}, {"a": "2015-08-02"})[0].representative == "b"
    assert clusters({"a": one, "b": one}, {"a": None})[0].representative == "b"
    assert clusters({"b": one, "a": one})[0].representative == "a"


def test_the_id_is_that_of_the_representative() -> None:
    one = article(1)
    two = clusters({"a": one, "b": one})
    three = clusters({"a": one, "b": one, "c": one[:-2]})
    assert two[0].id == three[0].id
    assert clusters({"z": one, "b": one})[0].id != two[0].id


def test_every_copy_is_like_the_representative_itself() -> None:
    """A report that holds two stories does not make the stories copies of what only one of them is like."""
    first, second = article(1, 80), article(2, 80)
    both = [*first, *second]
    extra = [*first, *article(3, 70)]
    found = clusters({"both": both, "extra": extra, "first": first, "second": second})
    assert members(found) == [("both", "first", "second")]


def test_far_apart_or_undated_copies_must_be_more_alike() -> None:
    one = article(1)
    rough, close = edited(one, 2, 12), edited(one, 2, 40)
    for day in ("2015-08-04", None, "2015-08", "bald"):
        assert clusters({"a": one, "b": rough}, {"b": day}) == []
        assert members(clusters({"a": one, "b": close}, {"b": day})) == [("a", "b")]
    assert members(clusters({"a": one, "b": rough}, {"b": "2015-08-03T23:59:00"})) == [("a", "b")]


def test_in_one_newspaper_copies_must_be_more_alike() -> None:
    one = article(1)
    rough, close = edited(one, 2, 12), edited(one, 2, 30)
    assert clusters({"a": one, "b": rough}, sources={"a": "s", "b": "s"}) == []
    assert members(clusters({"a": one, "b": close}, sources={"a": "s", "b": "s"})) == [("a", "b")]


def test_a_copy_cut_short_is_a_copy_unless_it_is_a_small_part() -> None:
    one = article(1, 200)
    assert members(clusters({"a": one, "b": one[:90]})) == [("a", "b")]
    assert clusters({"a": one, "b": one[:40]}) == []


def test_short_texts_are_compared_as_a_whole() -> None:
    text = "عاجل انفجار قرب السوق القديم في المدينة"
    assert members(clusters({"a": text, "b": f"«{text}»."})) == [("a", "b")]
    assert clusters({"a": text, "b": f"{text} أمس"}) == []
    assert members(clusters({"a": "عاجل", "b": "عاجل", "c": ""})) == [("a", "b")]


def test_the_order_of_the_articles_does_not_matter() -> None:
    texts: dict[str, list[str] | str] = {}
    for seed in range(30):
        for copy in range(seed % 4):
            texts[f"{seed}-{copy}"] = edited(article(seed), copy, 25 + copy)
    names = sorted(texts)
    expected = clusters({name: texts[name] for name in names})
    assert expected
    for seed in range(3):
        random.Random(seed).shuffle(names)
        assert clusters({name: texts[name] for name in names}) == expected


def test_a_crowd_of_equal_texts_is_one_cluster_in_linear_time() -> None:
    one = " ".join(article(1))
    asked: list[str] = []

    def text_of(name: str) -> str:
        asked.append(name)
        return one

    ((count, sketch),) = sketches([one])
    crowd = [Sketched(f"{n:05}", None, None, count, sketch) for n in range(5000)]
    found = find_clusters(crowd, text_of)
    assert [(len(c.members), c.representative) for c in found] == [(5000, "00000")]
    assert len(asked) == 5000


def test_hashing_never_makes_a_pair() -> None:
    """Sketches that agree by accident are not believed: the words decide."""
    ((count, sketch),) = sketches([" ".join(article(1))])
    texts = {"a": " ".join(article(1)), "b": " ".join(article(2))}
    liars = [Sketched(name, None, None, count, sketch) for name in texts]
    assert find_clusters(liars, texts.__getitem__) == []


def test_other_rules() -> None:
    one = article(1)
    texts = {"a": " ".join(one), "b": " ".join(edited(one, 2, 15))}
    given = [
        Sketched(name, "2015-08-01", name, *made)
        for name, made in zip(texts, sketches(texts.values()), strict=True)
    ]
    assert len(find_clusters(sorted(given, key=rank), texts.__getitem__)) == 1
    strict = replace(RULES, near=0.99, contained=1.1)
    assert find_clusters(sorted(given, key=rank), texts.__getitem__, strict) == []


def test_articles_out_of_order_are_refused() -> None:
    made = sketches(["كلمة واحدة", "كلمة واحدة ثم أخرى"])
    given = [Sketched(str(n), None, None, *one) for n, one in enumerate(made)]
    with pytest.raises(ValueError, match="1 is not in the order of the ranks"):
        find_clusters(given, lambda name: name)


def test_memory_is_that_of_ids_and_numbers(tmp_path: Path) -> None:
    """Twenty thousand articles that are no copies: the sketches, ten megabytes, are on disk."""
    rng = random.Random(1)
    crowd = (
        Sketched(f"{n:06}", "2015-08-01", "paper", 300, rng.randbytes(VALUES * 4)) for n in range(20_000)
    )
    tracemalloc.start()
    try:
        assert find_clusters(crowd, lambda name: name, folder=tmp_path) == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
    assert list(tmp_path.iterdir()) == []
