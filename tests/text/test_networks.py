"""The exported networks of the tokeniser answer as Stanza does with the weights that they were made of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from stanza_reference import StanzaReference

from pipeline.engines.bundle import models_dir
from pipeline.text.networks import ExpandNetwork, MarkNetwork, NetworkError
from pipeline.text.normalize import normalize
from pipeline.text.segmenter import Segmenter
from pipeline.text.words import WINDOW

ODD = (
    "و",
    " ",
    "...",
    "12:30 ٣ 2024/5/4",
    "قال NATO في واشنطن DC بيان",
    "زار چلبي وڤيكتور كوپنهاكن وگوگل",
    "ا" * 300,
    "لا\tحرف ☃ هنا",
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WAQAI_MODELS", raising=False)
        yield models_dir() / "tokenizer"


@pytest.fixture(scope="module")
def stanza(folder: Path) -> StanzaReference:
    return StanzaReference(folder / "tokenize.pt", folder / "mwt.pt")


@pytest.fixture(scope="module")
def marker(folder: Path) -> MarkNetwork:
    return MarkNetwork((folder / "tokenize.onnx").read_bytes())


@pytest.fixture(scope="module")
def expander(folder: Path) -> ExpandNetwork:
    return ExpandNetwork((folder / "mwt.onnx").read_bytes())


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / "corpus").glob("*.txt"))]
    clean = [normalize(text).text[:WINDOW] for text in texts]
    found = [line for text in clean for line in text.split("\n") if line.strip()]
    assert len(found) > 50
    # A part of the corpus: Stanza is slow.
    return [line[:600] for line in found[::8]]


def test_marks_are_those_of_stanza(marker: MarkNetwork, stanza: StanzaReference, lines: list[str]) -> None:
    rng = random.Random(5)
    texts = [*lines, *ODD]
    edges = [(rng.random() < 0.8, rng.random() < 0.8) for _ in texts]
    wanted = [stanza.marks(text, edge) for text, edge in zip(texts, edges, strict=True)]
    assert sum(len(several) for _, several in wanted) > 50
    # All together, the longest line padding the others, and one by one.
    assert marker(texts, edges) == wanted
    assert [marker([text], [edge])[0] for text, edge in zip(texts, edges, strict=True)] == wanted


def test_expansions_are_those_of_stanza(
    expander: ExpandNetwork, stanza: StanzaReference, lines: list[str]
) -> None:
    assert expander.known == stanza.known
    words = sorted({word for line in lines for word in line.split() if word.isalpha() and len(word) <= 30})
    words += ["وچلبي", "وبڤيكتور", "للگوگل", "و", "ا" * 30]
    wanted = [stanza.expand(word) for word in words]
    assert sum(" " in text for text in wanted) > 100
    assert expander(words) == wanted
    # In one batch Stanza offers a word the foreign letters of the others.
    together = sorted((word for word in words if not set(word) & set("چڤگپ")), key=len, reverse=True)
    assert stanza.expand_all(together[:100]) == expander(together[:100])


def test_an_answer_does_not_depend_on_the_other_words(expander: ExpandNetwork) -> None:
    words = ["وسيارتهم", "للمدينة", "وچلبي", "بڤيكتور", "فسيعلنونها", "و"]
    assert expander(words) == [expander([word])[0] for word in words]
    assert expander(words[::-1]) == expander(words)[::-1]


def test_what_was_asked_once_is_remembered(folder: Path) -> None:
    files = [(folder / name).read_bytes() for name in ("tokenize.onnx", "mwt.onnx", "words.gz")]
    segmenter = Segmenter(*files)
    first = segmenter.expand(["وسيارتهم", "للمدينة", "وسيارتهم"])
    assert first == {"وسيارتهم": ("و", "سيارة", "هم"), "للمدينة": ("ل", "المدينة")}

    class _Refusing:
        known: dict[str, str] = {}  # noqa: RUF012 (a stand-in)

        def __call__(self, words: list[str]) -> list[str]:
            raise AssertionError(words)

    segmenter.__dict__["_expander"] = _Refusing()
    assert segmenter.expand(["للمدينة", "وسيارتهم"]) == first


@pytest.mark.parametrize("network", [MarkNetwork, ExpandNetwork])
def test_a_damaged_file_is_told_in_one_line(network: type, folder: Path) -> None:
    whole = (folder / "tokenize.onnx").read_bytes()
    for content in (b"", b"no network", whole[: len(whole) // 2]):
        with pytest.raises(NetworkError, match="cannot be read") as error:
            network(content)
        assert len(str(error.value).splitlines()) == 1
    # The file of the one is not taken for that of the other.
    other = (folder / ("mwt.onnx" if network is MarkNetwork else "tokenize.onnx")).read_bytes()
    with pytest.raises(NetworkError):
        network(other)


def test_a_long_line_is_read_in_pieces_that_touch(folder: Path) -> None:
    files = [(folder / name).read_bytes() for name in ("tokenize.onnx", "mwt.onnx", "words.gz")]
    line = "وقالت الشرطة للصحفيين إن سيارتهم وصلت. " * 120
    found = Segmenter(*files).marks([line])[0]
    ends = {at for at, letter in enumerate(line) if letter == "."}
    assert found.sentence <= ends | {len(line) - 1}
    assert len(found.several) >= 3 * 110
