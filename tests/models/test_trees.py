"""The best tree: well formed, and as good as any that brute force finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from pipeline.engines.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    """Whether one word hangs on the root and every word reaches it."""
    for word in range(1, len(heads) + 1):
        seen: set[int] = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return heads.count(0) == 1


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_no_tree_is_better(seed: int, size: int) -> None:
    scores = np.random.default_rng(100 * size + seed).normal(size=(size, size + 1)) * 3
    heads = best_tree(scores)
    assert is_tree(heads)

    def worth(tree: tuple[int, ...] | list[int]) -> float:
        return float(sum(scores[word, head] for word, head in enumerate(tree)))

    every = itertools.product(range(size + 1), repeat=size)
    assert worth(heads) == pytest.approx(max(worth(tree) for tree in every if is_tree(list(tree))))


def test_long_sentences_of_any_scores_are_trees() -> None:
    rng = np.random.default_rng(7)
    for size in (40, 150):
        assert is_tree(best_tree(rng.normal(size=(size, size + 1))))
    assert is_tree(best_tree(np.zeros((30, 31))))


def test_a_sentence_of_no_words_has_no_heads() -> None:
    assert best_tree(np.zeros((0, 1))) == []
