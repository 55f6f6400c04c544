"""Bytes to text: what is decoded, what is refused, what is replaced."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_builders import QUIET, SHELLING

from pipeline.articles.decode import decode, guess_encoding, scrub, scrub_note
from pipeline.articles.items import BadInputError

TEXT = f"{SHELLING}\n{QUIET}\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(codec: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    decoded = decode(mark + TEXT.encode(codec))
    assert decoded.text == TEXT
    assert decoded.notes == ()


@pytest.mark.parametrize(("codec", "name"), [("cp1256", "windows-1256"), ("iso8859_6", "ISO-8859-6")])
@pytest.mark.parametrize("text", [TEXT, SHELLING, "قصف على المدينة", f"<p class='x'>{SHELLING}</p>" * 3])
def test_arabic_code_pages_are_told_apart(codec: str, name: str, text: str) -> None:
    if codec == "iso8859_6":
        text = text.replace("،", "\u060c")
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.notes == (f"decoded as {name}",)
    assert guess_encoding(text.encode(codec)) == codec


def test_newlines_stay_as_they_are() -> None:
    assert decode("أ\r\nب\rت\n".encode()).text == "أ\r\nب\rت\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode()[:-3],
        TEXT.encode().replace(b"\n", b"\xff\n"),
        "قصفت".encode()[:-1],
        b"plain ascii \xff\xfe\xfd",
        "Le président a été élu à Genève".encode("latin-1"),
        "Война и мир, глава первая: князь Василий".encode("cp1251"),
        "中文新闻报道内容".encode("gb18030"),
    ],
    ids=str,
)
def test_what_is_no_text_in_a_known_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError) as refused:
        decode(data)
    assert refused.value.kind == "encoding"
    assert "offset" in (refused.value.detail or "")


def test_broken_utf8_is_called_that() -> None:
    with pytest.raises(BadInputError, match="broken UTF-8"):
        decode(TEXT.encode()[:-3])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"%PDF-1.7\n...",
        b"PK\x03\x04" + bytes(50),
        b"\x1f\x8b\x08" + bytes(50),
        bytes(1000),
        random.Random(7).randbytes(4096),
        TEXT.encode("utf-16-le"),
    ],
    ids=lambda data: str(data[:12]),
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError) as refused:
        decode(data)
    assert refused.value.kind == "binary"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"[:0]], ids=str)
def test_empty_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError) as refused:
        decode(data)
    assert refused.value.kind == "empty"


def test_a_nul_in_a_text_is_no_binary_file() -> None:
    data = (TEXT + "\0").encode()
    assert scrub(decode(data).text) == TEXT + "\ufffd"


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_scrub_is_one_for_one_and_leaves_valid_text(text: str) -> None:
    scrubbed = scrub(text)
    scrubbed.encode("utf-8")
    assert "\0" not in scrubbed
    if scrub_note(text) is None:
        # Pairs of surrogates are joined; beyond that nothing is touched.
        assert scrubbed.encode("utf-16-le") == text.encode("utf-16-le", "surrogatepass")
    assert scrub(scrubbed) == scrubbed


def test_surrogates() -> None:
    assert scrub("أ\ud800ب\udfffت") == "أ\ufffdب\ufffdت"
    assert scrub("\ud83d\ude00") == "😀"
    assert scrub_note("أ\0ب\ud800\ud800") == "1 NUL and 2 lone surrogates replaced by U+FFFD"
    assert decode("أ\ud800ب".encode("utf-8", "surrogatepass")).text == "أ\ud800ب"


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(BadInputError):
        scrub(decode(data).text).encode("utf-8")


def test_random_bytes_are_never_taken_for_arabic() -> None:
    noise = random.Random(11)
    taken = 0
    for _ in range(300):
        try:
            decode(noise.randbytes(400))
            taken += 1
        except BadInputError:
            continue
    assert taken == 0
