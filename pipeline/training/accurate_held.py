"""How much of the held-out lines the network gets right: what tells when to stop.

Losses do not: the loss of heads rises on held-out trees while more of them come out right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from pipeline.engines.pieces import Pieces
from pipeline.training.accurate_batch import NONE, Gold, Line, make_batch
from pipeline.training.accurate_model import NAMES, TAGS, TREES, Batch, Network

Counts = dict[str, tuple[int, int]]


def right(network: Network, batch: Batch, gold: Gold) -> Counts:
    """For each task how many words are right, of how many that have a label.

    ``names`` counts the words of names alone; ``rels`` counts a relation right if its head is right too.
    """
    words = network.words(batch)
    found: Counts = {}
    for name, scores, sets in (
        ("upos", network.upos(words[TAGS]), gold.upos),
        ("tags", network.tag(words[TAGS]), gold.tags),
        ("names", network.names(words[NAMES]), _inside(gold.names)),
    ):
        known = sets != 0
        found[name] = int(((sets >> scores.argmax(1)) & 1)[known].sum()), int(known.sum())
    known = gold.feats != NONE
    found["feats"] = int((network.feats(words[TAGS]).argmax(1) == gold.feats)[known].sum()), int(known.sum())
    scores, governors, dependents = network.trees(network.spread(words[TREES], batch.grid))
    outside = torch.cat([torch.zeros(len(batch.grid), 1, dtype=torch.bool), batch.grid < 0], 1)
    heads = scores.masked_fill(outside[:, None], -1e4).argmax(2)
    known = gold.heads != NONE
    row, column = known.nonzero(as_tuple=True)
    same = heads[known] == gold.heads[known]
    related = network.relations(governors[row, gold.heads[known]], dependents[row, column]).argmax(1)
    found["heads"] = int(same.sum()), len(same)
    found["rels"] = int((same & (related == gold.rels[known])).sum()), len(same)
    return found


def _inside(names: Tensor) -> Tensor:
    """The sets without those that allow O, the first label: most words are in no name, which is easy to say."""
    return torch.where((names & 1) == 0, names, 0)


def accuracies(network: Network, held: Sequence[Line], pieces: Pieces) -> Mapping[str, float]:
    """Share of words that are right in each task, in percent. The network is left in training mode."""
    sums: Counts = {}
    network.eval()
    ordered = sorted(held, key=lambda line: len(line.words))
    with torch.no_grad():
        for k in range(0, len(ordered), 12):
            for name, (good, count) in right(network, *make_batch(ordered[k : k + 12], pieces)).items():
                before = sums.get(name, (0, 0))
                sums[name] = before[0] + good, before[1] + count
    network.train()
    return {name: 100 * good / max(1, count) for name, (good, count) in sums.items()}
