"""The batches of Stanza's tokeniser, with checkpoints: its own trainer cannot go on where it was interrupted.

Model, loss, optimiser and data loader are Stanza's; the loop around them is that of ``stanza.models.tokenizer``, whose
early stopping and learning rate it keeps.
"""

from __future__ import annotations

import logging
import random
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.training.registry import Say

CHECKPOINT = "checkpoint.pt"


def train_steps(arguments: list[str], work: Path, *, resume: bool, say: Say) -> tuple[Path, int]:
    """Trains until the last step, or until the held-out sentences have long not gained.

    Args:
        arguments: the options of Stanza's tokeniser.
        work: takes the best model and, at every look at the held-out sentences, the checkpoint.
        resume: go on from the checkpoint where there is one.
        say: receives one line of progress at a time.

    Returns:
        The file of the best model, and how many batches were trained.
    """
    import torch
    from stanza.models import tokenizer
    from stanza.models.common.utils import set_random_seed
    from stanza.models.tokenization.data import DataLoader, TokenizationDataset
    from stanza.models.tokenization.trainer import Trainer
    from stanza.models.tokenization.utils import eval_model, load_mwt_dict

    logging.getLogger("stanza").setLevel(logging.ERROR)
    args: dict[str, Any] = tokenizer.parse_args(arguments)
    set_random_seed(args["seed"])
    args |= {"feat_funcs": tokenizer.DEFAULT_FEAT_FUNCS, "num_dict_feat": 0}
    args |= {"feat_dim": len(args["feat_funcs"]), "save_name": str(work / args["save_name"])}
    known = load_mwt_dict(args["mwt_json_file"])
    loader = DataLoader(
        args,
        input_files={"txt": args["txt_file"], "label": args["label_file"]},
        mwt_expansions={written: words[0] for written, words in known.items()},
    )
    args |= {"vocab_size": len(loader.vocab), "use_mwt": loader.has_mwt()}
    held = TokenizationDataset(
        args,
        {"txt": args["dev_txt_file"], "label": args["dev_label_file"]},
        vocab=loader.vocab,
        evaluation=True,
    )
    trainer = Trainer(args=args, vocab=loader.vocab, device="cpu")
    state = {"step": 0, "rate": args["lr0"], "before": -1.0, "best": -1.0, "best_step": -1}
    # The loader shuffles in place: what stands where is part of the state.
    places = {id(sentence): n for n, sentence in enumerate(s for p in loader.sentences for s in p)}
    checkpoint = work / CHECKPOINT
    if resume and checkpoint.is_file():
        state = _restore(checkpoint, trainer, loader)
        say(f"tokeniser: going on after step {state['step']}")
    best = Path(args["save_name"])
    for step in range(int(state["step"]) + 1, args["steps"] + 1):
        loss = trainer.update(
            loader.next(unit_dropout=args["unit_dropout"], feat_unit_dropout=args["feat_unit_dropout"])
        )
        if args["shuffle_steps"] > 0 and step % args["shuffle_steps"] == 0:
            loader.shuffle()
        state["step"] = step
        if step % args["eval_steps"] and step != args["steps"]:
            continue
        score = eval_model(args, trainer, held, loader.vocab, known)
        say(f"tokeniser: step {step} of {args['steps']}, loss {loss:.3f}, held-out score {100 * score:.2f}")
        if step >= args["anneal_after"] and score < state["before"]:
            state["rate"] *= args["anneal"]
            trainer.change_lr(state["rate"])
        state["before"] = score
        if score > state["best"]:
            state |= {"best": score, "best_step": step}
            trainer.save(str(best))
        _save(torch, checkpoint, trainer, [[places[id(s)] for s in p] for p in loader.sentences], state)
        if step - state["best_step"] > args["max_steps_before_stop"]:
            break
    return best, int(state["step"])


def _save(torch: Any, path: Path, trainer: Any, order: list[list[int]], state: dict[str, float]) -> None:
    content = {
        "model": trainer.model.state_dict(),
        "optimizer": trainer.optimizer.state_dict(),
        "torch": torch.get_rng_state(),
        "python": random.getstate(),
        "numpy": [part.tolist() if isinstance(part, np.ndarray) else part for part in np.random.get_state()],
        "order": order,
        "state": dict(state),
    }
    fresh = path.with_suffix(".new")
    torch.save(content, fresh)
    fresh.replace(path)


def _restore(path: Path, trainer: Any, loader: Any) -> dict[str, Any]:
    import torch

    content = torch.load(path, weights_only=True)
    trainer.model.load_state_dict(content["model"])
    trainer.optimizer.load_state_dict(content["optimizer"])
    torch.set_rng_state(content["torch"])
    version, numbers, gauss = content["python"]
    random.setstate((version, tuple(numbers), gauss))
    name, key, *rest = content["numpy"]
    np.random.set_state((name, np.asarray(key, dtype="uint32"), *rest))
    flat = [sentence for paragraph in loader.sentences for sentence in paragraph]
    loader.sentences = [[flat[n] for n in row] for row in content["order"]]
    loader.init_sent_ids()
    state: dict[str, Any] = content["state"]
    return state
