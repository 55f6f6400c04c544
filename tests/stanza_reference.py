"""Stanza itself, with the weights that the bundled networks were made of: what they are compared with."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


class StanzaReference:
    """Stanza's tokeniser and expander.

    Args:
        tokenize: the file of its tokeniser.
        expand: the file of its expander.
    """

    def __init__(self, tokenize: Path, expand: Path) -> None:
        import torch
        from stanza.models.mwt.trainer import Trainer as Expander
        from stanza.models.tokenization.trainer import Trainer as Tokenizer

        logging.getLogger("stanza").setLevel(logging.ERROR)
        torch.set_num_threads(1)
        self._expander = Expander(model_file=str(expand), device="cpu")
        self._tokenizer = Tokenizer(
            {"lr0": 0.002, "weight_decay": 0.0}, model_file=str(tokenize), device="cpu"
        )
        for part in (self._expander, self._tokenizer):
            part.model.eval()

    def marks(self, text: str, edges: tuple[bool, bool]) -> tuple[list[int], list[int]]:
        """As :class:`pipeline.text.networks.MarkNetwork`, for one piece of a line, by Stanza's own functions."""
        import torch

        vocab, kinds = self._tokenizer.vocab, (str.isspace, str.isupper, str.isdecimal)
        units = torch.tensor([[vocab.unit2id(" " if c.isspace() else c) for c in text]])
        rows = [[float(kind(c)) for kind in kinds] + [0.0, 0.0] for c in text]
        rows[0][4], rows[-1][3] = map(float, edges)
        batch = (units, None, torch.tensor([rows]), [text])
        labels = np.argmax(self._tokenizer.predict(batch)[0], axis=1)
        return np.flatnonzero(np.isin(labels, (2, 4))).tolist(), np.flatnonzero(labels >= 3).tolist()

    def expand(self, word: str) -> str:
        """As :class:`pipeline.text.networks.ExpandNetwork`, for one word."""
        return self.expand_all([word])[0]

    def expand_all(self, words: Sequence[str]) -> list[str]:
        """Words in one batch, the longest first."""
        import torch
        from stanza.models.common import seq2seq_constant as constant
        from stanza.models.common.vocab import DeltaVocab

        vocab: Any = DeltaVocab(list(words), self._expander.vocab)
        rows = [vocab.map([constant.SOS, *word, constant.EOS]) for word in words]
        source = torch.full((len(rows), max(map(len, rows))), constant.PAD_ID, dtype=torch.int64)
        for n, row in enumerate(rows):
            source[n, : len(row)] = torch.tensor(row)
        batch = (source, source.eq(constant.PAD_ID), None, None, list(words), list(range(len(words))))
        with torch.no_grad():
            answers: list[str] = self._expander.predict(
                batch, unsort=False, never_decode_unk=True, vocab=vocab
            )
        return answers

    @property
    def known(self) -> dict[str, str]:
        """The dictionary of known expansions."""
        found: dict[str, str] = self._expander.expansion_dict
        return found
