"""The two networks of the tokeniser, run by onnxruntime on one thread: no torch, and no Stanza.

They are Stanza's tokeniser and clitic expander, exported by :mod:`pipeline.training.tokenizer_export`, and answer as
Stanza does. One thread: results must not depend on the machine, and articles run side by side, not layers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

#: Keys of the metadata in a file: the characters in the order of their numbers; the dictionary of known expansions.
ALPHABET, KNOWN = "alphabet", "known"
#: Numbers that Stanza gives to what is no character, in every alphabet; SOS and EOS are those of the expander.
PAD, UNKNOWN, SOS, EOS = 0, 1, 2, 3
_MARK_INPUTS = {"units", "feats", "lengths"}
_EXPAND_INPUTS = {"source", "lengths", "own", "beam"}
#: What the tokeniser is told of a character beside its number: its kind, and whether its line ends or begins with it.
_SPACE, _UPPER, _DIGIT, _LAST, _FIRST = range(5)
_NONE = 3
#: The features of each kind, :data:`_NONE` being none of the three.
_FEATURES = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]], np.float32)


#: Readings that the expander follows where one does not settle it, and the log probability above which it does: one
#: half, and a little for rounding.
_BEAM = 5
_SURE = math.log(0.51)


class NetworkError(RuntimeError):
    """A file of the tokeniser is not what it should be. The message is one line."""


def _open(content: bytes, what: str, inputs: set[str], *metadata: str) -> tuple[Any, dict[str, Any]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        found = session.get_modelmeta().custom_metadata_map
    # C++ raises what it likes: whichever it is, the file is no good.
    except Exception as error:
        reason = " ".join(str(error).split())
        raise NetworkError(f"the {what} cannot be read: {reason}") from error
    if {given.name for given in session.get_inputs()} != inputs or not found.keys() >= set(metadata):
        raise NetworkError(f"the {what} cannot be read: it is another network")
    return session, {key: json.loads(found[key]) for key in metadata}


class MarkNetwork:
    """Says of each character whether a sentence ends with it, and whether a written word of several words does.

    Args:
        content: the file ``tokenize.onnx``.

    Raises:
        NetworkError: it is none.
    """

    def __init__(self, content: bytes) -> None:
        self._session, found = _open(content, "network of the tokeniser", _MARK_INPUTS, ALPHABET)
        self._numbers = {unit: number for number, unit in enumerate(found[ALPHABET])}
        #: Number and kind of the characters that were met.
        self._known: dict[str, tuple[int, int]] = {}

    def __call__(
        self, texts: Sequence[str], edges: Sequence[tuple[bool, bool]]
    ) -> list[tuple[list[int], list[int]]]:
        """Offsets of the characters that end a sentence, and of those that end a word of several words.

        Args:
            texts: pieces of lines, none empty.
            edges: whether each begins and ends its line.
        """
        known = self._known
        for char in set().union(*texts).difference(known):
            known[char] = self._look(char)
        lengths = np.array([len(text) for text in texts], np.int32)
        units = np.full((len(texts), int(lengths.max())), PAD, np.int64)
        kinds = np.full(units.shape, _NONE, np.int64)
        for n, text in enumerate(texts):
            units[n, : len(text)], kinds[n, : len(text)] = np.array([known[char] for char in text]).T
        feats = _FEATURES[kinds]
        feats[:, 0, _FIRST] = [begins for begins, _ in edges]
        feats[np.arange(len(texts)), lengths - 1, _LAST] = [ends for _, ends in edges]
        given = {"units": units.T, "feats": feats.transpose(1, 0, 2), "lengths": lengths}
        word, sentence, several = self._session.run(["scores"], given)[0].transpose(2, 1, 0)
        # Stanza takes the likeliest of five labels: no end, or an end with or without either of the others.
        ends = word - _surprise(sentence) - _surprise(several) > 0
        ends &= np.arange(units.shape[1]) < lengths[:, None]
        return [
            (np.flatnonzero(row & stop).tolist(), np.flatnonzero(row & more).tolist())
            for row, stop, more in zip(ends, sentence > 0, several > 0, strict=True)
        ]

    def _look(self, char: str) -> tuple[int, int]:
        if char.isspace():
            return self._numbers.get(" ", UNKNOWN), _SPACE
        kind = _UPPER if char.isupper() else _DIGIT if char.isdecimal() else _NONE
        return self._numbers.get(char, UNKNOWN), kind


def _surprise(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The negative log probability of the likelier of yes and no."""
    return np.log1p(np.exp(-np.abs(logits)))


class ExpandNetwork:
    """Writes the words that a written word holds, letter by letter.

    Args:
        content: the file ``mwt.onnx``.

    Raises:
        NetworkError: it is none.
    """

    def __init__(self, content: bytes) -> None:
        self._session, found = _open(
            content, "network of the clitic expander", _EXPAND_INPUTS, ALPHABET, KNOWN
        )
        self._letters: list[str] = found[ALPHABET]
        self._numbers = {letter: number for number, letter in enumerate(self._letters)}
        #: Words that are not asked about.
        self.known: dict[str, str] = found[KNOWN]

    def __call__(self, words: Sequence[str]) -> list[str]:
        """Each word with spaces where it is parted; as it is where the network parts nothing.

        A word's answer does not depend on the others. Alike in length they take least time.

        Stanza follows the five likeliest readings. Where a single one, always of the likeliest letter, ends with a
        probability above one half, no other can overtake it at any step, and it is what the five would end with.
        """
        found = [(text if score > _SURE else None) for text, score in self._read(words, 1)]
        rest = [n for n, text in enumerate(found) if text is None]
        for n, (text, _) in zip(rest, self._read([words[n] for n in rest], _BEAM), strict=True):
            found[n] = text
        # As in Stanza: an answer of one word, or of none, is taken for a failure.
        return [
            text if text and text.strip() and " " in text else word
            for text, word in zip(found, words, strict=True)
        ]

    def _read(self, words: Sequence[str], beam: int) -> list[tuple[str, float]]:
        """The best reading of each word among ``beam``, and its log probability; of one that does not end, none."""
        if not words:
            return []
        others = sorted(set().union(*words).difference(self._numbers))
        numbers = self._numbers | {letter: len(self._letters) + n for n, letter in enumerate(others)}
        lengths = np.array([len(word) + 2 for word in words], np.int32)
        source = np.full((len(words), int(lengths.max())), PAD, np.int64)
        for n, word in enumerate(words):
            source[n, : len(word) + 2] = [SOS, *(numbers[letter] for letter in word), EOS]
        own = np.array([[letter in word for letter in others] for word in words], np.float32)
        own = own.reshape(len(words), len(others))
        given = {"source": source, "lengths": lengths, "own": own, "beam": np.array(beam, np.int64)}
        letters, origins, scores = self._session.run(["letters", "origins", "scores"], given)
        ended = letters[:, :, 0] == EOS
        steps = np.where(ended.any(0), ended.argmax(0), len(letters) - 1)
        # The unknown letter stands for as many as the word has of them: its probabilities may sum to more than one.
        sure = ended.any(0) & ~own.any(1)
        best = np.where(sure, scores[steps, np.arange(len(words)), 0], -np.inf)
        alphabet = self._letters + others
        rows = letters.transpose(1, 2, 0).tolist()
        before = origins.transpose(1, 2, 0).tolist()
        texts = [_back(*way, alphabet) for way in zip(rows, before, steps.tolist(), strict=True)]
        return list(zip(texts, best.tolist(), strict=True))


def _back(letters: list[list[int]], origins: list[list[int]], step: int, alphabet: Sequence[str]) -> str:
    """The text of the best reading at ``step``, found backwards from its last letter."""
    found: list[int] = []
    reading = 0
    for at in range(step, -1, -1):
        found.append(letters[reading][at])
        reading = origins[reading][at]
    found.reverse()
    end = found.index(EOS) if EOS in found else len(found)
    return "".join(alphabet[number] for number in found[:end] if number > EOS)
