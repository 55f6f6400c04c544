"""The best tree of a sentence from scores of all pairs of words, with exactly one root (Chu-Liu/Edmonds)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
_NEVER = -1e30


def best_tree(scores: npt.NDArray[np.floating]) -> list[int]:
    """The head of each word: 0 is the root, else 1 + place of the head. One word hangs on the root.

    Args:
        scores: (words, 1 + words), the score of each head (column) for each word (row).
    """
    words = scores.shape[0]
    if words == 0:
        return []
    full = np.full((words + 1, words + 1), _NEVER)
    full[1:] = scores
    np.fill_diagonal(full, _NEVER)
    heads = full[1:].argmax(1)
    if int((heads == 0).sum()) == 1 and _cycle(np.concatenate([[0], heads])) is None:
        return [int(head) for head in heads]
    # A second root costs more than any tree can gain, so the best tree has one.
    spread = float(scores.max() - scores.min()) + 1.0
    full[1:, 0] -= spread * (words + 1)
    return [int(head) for head in _arborescence(full)[1:]]


def _cycle(heads: npt.NDArray[np.intp]) -> list[int] | None:
    """The nodes of a cycle, or None; node 0 is the root, whose own head is not looked at."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def _arborescence(scores: Scores) -> npt.NDArray[np.intp]:
    """Heads of the best tree over nodes 0 (the root) to n; what stands at 0 in the result means nothing."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(cycle)
    outside = np.array([node for node in range(len(heads)) if node not in set(cycle)])
    # The cycle becomes one node, the last.
    size = len(outside)
    small = np.full((size + 1, size + 1), _NEVER)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    gain = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    entry = gain.argmax(0)
    small[size, :size] = gain.max(0)
    leaving = scores[np.ix_(outside, inside)]
    small[:size, size] = leaving.max(1)
    source = leaving.argmax(1)
    small[0] = _NEVER
    chosen = _arborescence(small)
    for place, node in enumerate(outside):
        if place:
            head = int(chosen[place])
            heads[node] = inside[source[place]] if head == size else outside[head]
    governor = int(chosen[size])
    heads[inside[entry[governor]]] = outside[governor]
    return heads
