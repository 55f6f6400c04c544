"""Trains the network of the accurate engine: one cycle of the learning rate, checkpoints that resume."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (its usual name)

from pipeline.engines.pieces import Pieces
from pipeline.training.accurate_batch import NONE, Gold, Line, make_batch
from pipeline.training.accurate_held import accuracies
from pipeline.training.accurate_model import NAMES, TAGS, TREES, Batch, Network
from pipeline.training.accurate_stream import stream
from pipeline.training.registry import Say

#: Words with a label that make a task's loss count in full; a batch with fewer counts in proportion.
_FULL = 40
#: Looks at the held-out lines before this share of a cycle are not in the mean of the looks.
_EARLY = 0.25
#: Tasks whose held-out accuracies tell which weights are best.
_JUDGED = ("tags", "rels", "names")


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        seed: of order, variation and dropout.
        minutes: wall time of the cycle; it ends then, or after ``steps``.
        steps: most steps of the cycle.
        budget: padded pieces in a batch.
        rate: peak learning rate of the encoder.
        head_rate: that of the heads.
        warm: share of the cycle in which the rate rises.
        share: of each source among the words that are read.
        weights: of the losses upos, tags, feats, names, heads, rels.
        bf16: whether the encoder computes in 16 bits.
        pause: steps between checkpoints.
        blank: share of the words of a varied line that become unknown.
        swap: share of the names of a varied line that give way to other names.
        average: weight of the past, at most, in the running average of the weights, which is what is kept.
    """

    seed: int
    minutes: float
    steps: int
    budget: int
    rate: float
    head_rate: float
    warm: float
    share: Mapping[str, float]
    weights: Mapping[str, float]
    bf16: bool = False
    pause: int = 250
    blank: float = 0.0
    swap: float = 0.0
    average: float = 0.0


@dataclass(slots=True)
class Progress:
    """Where the training stands; ``spent``: seconds in this cycle, ``best``: the best sum of held-out accuracies,
    ``looks``: averages of this cycle that are in the mean of the looks."""

    cycle: int = 1
    step: int = 0
    spent: float = 0.0
    words: int = 0
    best: float = 0.0
    looks: int = 0


def allowed_loss(scores: Tensor, sets: Tensor) -> Tensor:
    """Minus the log of the probability of all allowed labels together, summed over words that have a label."""
    known = sets != 0
    scores, sets = scores[known], sets[known]
    bits = (sets[:, None] >> torch.arange(scores.shape[1])) & 1
    return (scores.logsumexp(1) - scores.masked_fill(bits == 0, -1e4).logsumexp(1)).sum()


def losses(
    network: Network, batch: Batch, gold: Gold, *, bf16: bool = False
) -> dict[str, tuple[Tensor, int]]:
    """For each task the summed loss and the number of words that have a label."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        words = network.words(batch)
    found: dict[str, tuple[Tensor, int]] = {}
    tags = words[TAGS]
    for name, head, sets, view in (
        ("upos", network.upos, gold.upos, tags),
        ("tags", network.tag, gold.tags, tags),
        ("names", network.names, gold.names, words[NAMES]),
    ):
        count = int((sets != 0).sum())
        if count:
            found[name] = allowed_loss(head(view), sets), count
    count = int((gold.feats != NONE).sum())
    if count:
        found["feats"] = (
            F.cross_entropy(network.feats(tags), gold.feats, ignore_index=NONE, reduction="sum"),
            count,
        )
    rows = (gold.heads != NONE).any(1)
    if bool(rows.any()):
        grid, heads, rels = batch.grid[rows], gold.heads[rows], gold.rels[rows]
        laid = network.spread(words[TREES], batch.grid)[rows]
        scores, governors, dependents = network.trees(laid)
        outside = torch.cat([torch.zeros(len(grid), 1, dtype=torch.bool), grid < 0], 1)
        scores = scores.masked_fill(outside[:, None], -1e4)
        known = heads != NONE
        found["heads"] = F.cross_entropy(scores[known], heads[known], reduction="sum"), int(known.sum())
        row, column = known.nonzero(as_tuple=True)
        related = network.relations(governors[row, heads[known]], dependents[row, column])
        found["rels"] = (
            F.cross_entropy(related, rels[known], ignore_index=NONE, reduction="sum"),
            int(known.sum()),
        )
    return found


class Trainer:
    """Trains a network in steps; its state goes to and comes from ``folder/checkpoint.pt``."""

    def __init__(
        self, network: Network, pieces: Pieces, plan: Plan, folder: Path, *, say: Say = print
    ) -> None:
        self.network, self.pieces, self.plan, self.folder, self.say = network, pieces, plan, folder, say
        self.progress = Progress()
        # Vectors of pieces stay as they are: most are too rare here to be learnt anew.
        network.encoder.pieces.weight.requires_grad_(False)
        encoder = [p for p in network.encoder.parameters() if p.requires_grad]
        heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
        self.parameters = encoder + heads
        self.average = [p.detach().clone() for p in self.parameters]
        self.mean = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder, "weight_decay": 0.01}, {"params": heads, "weight_decay": 0.0}],
            lr=plan.rate, betas=(0.9, 0.98), fused=True,
        )  # fmt: skip

    def resume(self) -> bool:
        """Goes on from the checkpoint, if there is one. A cycle that has ended is followed by one of half its rate."""
        path = self.folder / "checkpoint.pt"
        if not path.is_file():
            return False
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average = state.get("average", [p.detach().clone() for p in self.parameters])
        self.mean = state.get("mean", [p.clone() for p in self.average])
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])
        if self.done >= 1.0:
            self.progress.cycle += 1
            self.progress.step, self.progress.spent, self.progress.looks = 0, 0.0, 0
        self.say(f"resumed: cycle {self.progress.cycle}, step {self.progress.step}")
        return True

    def go_on(self, held: Sequence[Line]) -> None:
        """Begins the cycle after those that the weights have behind them; only what is better than they are is kept."""
        self.progress.cycle = 2
        self.report({}, held)

    def save(self) -> None:
        """Writes the checkpoint; what was there stays whole until the new one is."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "mean": self.mean,
            "progress": asdict(self.progress),
        }
        fresh = self.folder / "checkpoint.new"
        torch.save(state, fresh)
        fresh.replace(self.folder / "checkpoint.pt")

    @property
    def done(self) -> float:
        """Share of the cycle that lies behind."""
        return max(self.progress.step / self.plan.steps, self.progress.spent / 60 / self.plan.minutes)

    def rates(self) -> None:
        """Sets the learning rates: up in the beginning, then down in a straight line to a fiftieth."""
        done, warm = self.done, self.plan.warm
        factor = (
            min(1.0, (done + 0.1 * warm) / warm) * max(0.02, 1.0 - done) * 0.5 ** (self.progress.cycle - 1)
        )
        for group, rate in zip(
            self.optimizer.param_groups, (self.plan.rate, self.plan.head_rate), strict=True
        ):
            group["lr"] = rate * factor

    def step(self, lines: Sequence[Line]) -> dict[str, tuple[float, int]]:
        """One step on some lines; returns the losses."""
        batch, gold = make_batch(lines, self.pieces)
        found = losses(self.network, batch, gold, bf16=self.plan.bf16)
        total = torch.zeros(())
        for name, (value, count) in found.items():
            total = total + self.plan.weights[name] * value / max(count, _FULL)
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.rates()
        self.optimizer.step()
        self.progress.step += 1
        self.follow()
        self.progress.words += sum(len(line.words) for line in lines)
        return {name: (float(value.detach()), count) for name, (value, count) in found.items()}

    def follow(self) -> None:
        """Moves the average of the weights towards them: far in the beginning of a cycle, then ever less."""
        step = self.progress.step
        past = min(self.plan.average, (1 + step) / (10 + step))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.parameters], 1 - past)

    def gather(self) -> None:
        """Takes the average into the mean of the looks of this cycle."""
        if self.done > _EARLY:
            self.progress.looks += 1
            torch._foreach_lerp_(self.mean, self.average, 1 / self.progress.looks)

    def swap(self, other: Sequence[Tensor]) -> None:
        """Exchanges the weights and others, such as their average."""
        for weight, value in zip(self.parameters, other, strict=True):
            weight.data, value.data = value.data, weight.data

    def run(self, sources: Mapping[str, Sequence[Line]], held: Sequence[Line]) -> None:
        """Trains to the end of the cycle. The best weights are in ``folder/best.pt``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # A resumed run reads on in another order, so that no line is favoured.
        rng = random.Random(self.plan.seed + 1000 * self.progress.cycle + self.progress.step)
        torch.manual_seed(self.plan.seed + self.progress.step)
        self.network.train()
        sums: dict[str, list[float]] = {}
        begin = time.monotonic() - self.progress.spent
        plan = self.plan
        for lines in stream(sources, plan.share, plan.budget, self.pieces, rng, plan.blank, plan.swap):
            for name, (value, count) in self.step(lines).items():
                pair = sums.setdefault(name, [0.0, 0.0])
                pair[0] += value
                pair[1] += count
            self.progress.spent = time.monotonic() - begin
            ended = self.done >= 1.0
            if self.progress.step % self.plan.pause == 0 or ended:
                self.report(sums, held)
                sums = {}
            if ended:
                return

    def report(self, sums: Mapping[str, Sequence[float]], held: Sequence[Line]) -> None:
        """Says and writes down the losses and what the averaged weights get right of held-out lines; saves.

        The average follows the weights closely; the mean of the averages at all looks, of which a cycle has few, is
        looked at beside it.
        """
        self.gather()
        looks = {"held": self.average} | ({"mean": self.mean} if self.progress.looks > 1 else {})
        found = {name: self._look(weights, held) for name, weights in looks.items()}
        self.save()
        row = {
            **asdict(self.progress),
            "train": {name: round(a / max(1.0, b), 4) for name, (a, b) in sums.items()},
            **{name: {task: round(value, 2) for task, value in left.items()} for name, left in found.items()},
            "score": round(max(map(_score, found.values())), 2),
        }
        with (self.folder / "curve.jsonl").open("a", encoding="utf-8") as target:
            target.write(json.dumps(row) + "\n")
        shown = "; mean: ".join(
            " ".join(f"{task} {value:.2f}" for task, value in left.items()) for left in found.values()
        )
        done = f"step {self.progress.step}, {self.progress.spent / 60:.1f} min, {self.progress.words} words"
        self.say(f"{done}, held out: {shown}")

    def _look(self, weights: Sequence[Tensor], held: Sequence[Line]) -> Mapping[str, float]:
        """What these weights get right; they are kept if none were better."""
        self.swap(weights)
        left = accuracies(self.network, held, self.pieces)
        if _score(left) > self.progress.best:
            self.progress.best = _score(left)
            torch.save(self.network.state_dict(), self.folder / "best.pt")
        self.swap(weights)
        return left


def _score(left: Mapping[str, float]) -> float:
    return sum(left[name] for name in _JUDGED)
