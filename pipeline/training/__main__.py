"""``python -m pipeline.training tokenizer|fast|accurate --data DIR --out DIR``."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from pipeline.training.card import write_card, write_manifest

#: Wall time of the fast engine's syntax, and again of its names.
_MINUTES = 20.0


def main(arguments: list[str] | None = None) -> int:
    """Trains one part, then writes the manifest and the card of the folder. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.training", description="Trains the bundled models."
    )
    parser.add_argument("part", choices=("tokenizer", "fast", "accurate"))
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/, ner/ and news/")
    parser.add_argument("--out", type=Path, required=True, help="folder of the models")
    parser.add_argument(
        "--minutes",
        type=float,
        default=None,
        help="wall time for syntax and for names (fast: 20), of the cycle (accurate: see its configuration)",
    )
    parser.add_argument(
        "--epochs", type=int, default=30, help="most passes (fast), passes of the expander (tokenizer)"
    )
    parser.add_argument("--steps", type=int, default=6500, help="batches (tokenizer)")
    parser.add_argument("--dimensions", type=int, default=64, help="length of the word vectors (fast)")
    options = parser.parse_args(arguments)
    say = functools.partial(print, flush=True)
    minutes = _MINUTES if options.minutes is None else options.minutes
    options.out.mkdir(parents=True, exist_ok=True)
    if options.part == "tokenizer":
        from pipeline.training.measure import measure_words
        from pipeline.training.tokenizer import train_tokenizer

        target = options.out / "tokenizer"
        train_tokenizer(options.data, target, steps=options.steps, epochs=options.epochs, say=say)
        scores = measure_words(options.data, target)
    elif options.part == "accurate":
        from pipeline.training.accurate import how_trained, train_accurate

        scores = train_accurate(options.data, options.out, minutes=options.minutes, say=say)
    else:
        from pipeline.training.fast import train_fast

        scores = train_fast(
            options.data,
            options.out,
            minutes=minutes,
            epochs=options.epochs,
            dimensions=options.dimensions,
            say=say,
        )
    if options.part == "tokenizer":
        made = f"at most {options.steps} batches, {options.epochs} epochs of the expander; best on held-out sentences"
    elif options.part == "accurate":
        made = how_trained(options.out / "accurate-work")
    else:
        made = f"{minutes:g} minutes (at most {options.epochs} epochs) each for syntax and names"
    write_manifest(options.out, scores, {options.part: made})
    write_card(options.out)
    for name, score in scores.items():
        say(f"{name}: {score}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
