"""Exports Stanza's clitic expander to ONNX: see :mod:`pipeline.training.tokenizer_export`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.text.networks import ALPHABET, EOS, KNOWN, PAD, UNKNOWN
from pipeline.training.graphs import Array, Graph, read_checkpoint, refuse, save


def export_expander(trained: Path, target: Path) -> None:
    """Writes Stanza's expander, its beam search included, as a graph.

    Inputs: ``source`` (batch, time), numbers of letters between those of begin and end, letters outside the alphabet
    numbered from its end on; ``lengths`` (batch); ``own`` (batch, letters outside the alphabet), 1 where the word has
    the letter; ``beam``, how many readings are followed (Stanza: 5). Outputs, for each step and the readings from the
    best down, all (steps, batch, beam): ``letters``; ``origins``, the readings of the step before that they go on
    from; ``scores``, log probabilities.

    A word can be given only letters of the alphabet and its own: Stanza would also offer those of the other words of
    the batch, and its answer would depend on them.

    Args:
        trained: the file that Stanza's trainer wrote.
        target: the file to write.

    Raises:
        ValueError: the network has parts that the graph has not.
    """
    from onnx import TensorProto, helper

    content, weights = read_checkpoint(trained)
    config = content["config"]
    wanted = {
        "num_layers": 1,
        "attn_type": "soft",
        "copy": True,
        "dict_only": False,
        "force_exact_pieces": None,
    }
    refuse(trained, {key: value for key, value in wanted.items() if config.get(key) != value})
    graph = Graph()
    size = len(content["vocab"]["_id2unit"])
    shared = {"vectors": graph.const(weights["embedding.weight"]), "size": graph.const(size)}
    timed = graph.op("Transpose", "source", perm=[1, 0])
    states, last, cell = graph.lstm(weights, "encoder", _embed(graph, shared, timed))
    shared["context"] = graph.op("Transpose", states, perm=[1, 0, 2])
    shared["across"] = graph.op("Transpose", states, perm=[1, 2, 0])
    shared["inside"] = graph.op(
        "Unsqueeze", graph.op("Greater", "source", graph.const(PAD)), graph.const([1])
    )
    batch = graph.op("Gather", graph.op("Shape", "source"), graph.const(0))
    rows = graph.op("Mul", graph.op("Range", graph.const(0), batch, graph.const(1)), "beam")
    shared["rows"] = graph.op("Unsqueeze", rows, graph.const([1]))
    beam, one = graph.op("Reshape", "beam", graph.const([1])), graph.const([1])
    shared["grid"] = graph.op("Concat", graph.op("Reshape", batch, one), beam, graph.const([-1]), axis=0)
    spread = graph.op("Concat", one, beam, one, axis=0)
    shared["source"] = graph.op("Tile", graph.op("Unsqueeze", "source", one), spread)
    shared["own"] = graph.op("Tile", graph.op("Unsqueeze", "own", one), spread)
    begin = []
    for value in (last, cell):
        # The backward state stands before the forward one.
        both = graph.op("Concat", *reversed(graph.op("Split", value, outputs=2, axis=0)), axis=2)
        beside = graph.op("Tile", graph.op("Transpose", both, perm=[1, 0, 2]), spread)
        begin.append(graph.op("Reshape", beside, graph.const([-1, config["hidden_dim"]])))
    # Every word begins with SOS, and with one reading: the others of its beam are impossible.
    first = graph.op("Range", graph.const(0), "beam", graph.const(1))
    alone = graph.op("Where", graph.op("Greater", first, graph.const(0)), graph.const(float("-inf"), "float32"),
                     graph.const(0.0, "float32"))  # fmt: skip
    scores = graph.op("Expand", alone, graph.op("Concat", graph.op("Reshape", batch, one), beam, axis=0))
    best = graph.op("Cast", graph.op("Equal", first, graph.const(0)), to=TensorProto.FLOAT)
    shared["best"] = graph.op("Unsqueeze", best, one)
    letters = graph.op("Slice", shared["source"], graph.const([0]), one, graph.const([2]))
    letters = graph.op("Squeeze", letters, graph.const([2]))
    done = graph.op("Equal", graph.op("Gather", "source", graph.const(0), axis=1), graph.const(EOS))
    graph.nodes.append(
        helper.make_node(
            "Loop",
            [graph.const(config["max_dec_len"]), graph.const(np.array(True)), letters, scores, *begin, done],
            [
                "last/letters",
                "last/scores",
                "last/hidden",
                "last/memory",
                "last/done",
                "letters",
                "origins",
                "scores",
            ],
            body=_step(weights, shared),
        )
    )
    shape = ["steps", "batch", "readings"]
    save(
        graph, target, {ALPHABET: content["vocab"]["_id2unit"], KNOWN: content["dict"]},
        {"source": (TensorProto.INT64, ["batch", "time"]), "lengths": (TensorProto.INT32, ["batch"]),
         "own": (TensorProto.FLOAT, ["batch", "others"]), "beam": (TensorProto.INT64, [])},
        {"letters": (TensorProto.INT64, shape), "origins": (TensorProto.INT64, shape),
         "scores": (TensorProto.FLOAT, shape)},
    )  # fmt: skip


def _embed(graph: Graph, shared: Mapping[str, str], letters: str) -> str:
    """Vectors of letters; one outside the alphabet has the vector of the unknown letter."""
    outside = graph.op("Not", graph.op("Less", letters, shared["size"]))
    inside = graph.op("Where", outside, graph.const(UNKNOWN), letters)
    return str(graph.op("Gather", shared["vectors"], inside))


def _step(weights: Mapping[str, Array], shared: Mapping[str, str]) -> Any:
    """One letter of every reading: a cell, attention over the word as written, the choice to copy or to write."""
    from onnx import TensorProto, helper

    graph = Graph("step/")
    hidden, memory = _cell(graph, weights, shared)
    every = graph.op("Log", _chances(graph, weights, shared, hidden))
    total = graph.op("Add", every, graph.op("Unsqueeze", "scores_in", graph.const([2])))
    width = graph.op("Gather", graph.op("Shape", total), graph.const(2))
    flat = graph.op("Flatten", total, axis=1)
    scores, places = graph.op("TopK", flat, graph.op("Reshape", "beam", graph.const([1])), outputs=2, axis=1)
    origins = graph.op("Div", places, width)
    letters = graph.op("Sub", places, graph.op("Mul", origins, width))
    kept = graph.op("Reshape", graph.op("Add", origins, shared["rows"]), graph.const([-1]))
    hidden, memory = (graph.op("Gather", value, kept, axis=0) for value in (hidden, memory))
    # A word is done when its best reading is.
    best = graph.op("Gather", letters, graph.const(0), axis=1)
    done = graph.op("Or", "done_in", graph.op("Equal", best, graph.const(EOS)))
    least = graph.op("ReduceMin", graph.op("Cast", done, to=TensorProto.INT32), keepdims=0)
    goes_on = graph.op("Not", graph.op("Cast", least, to=TensorProto.BOOL))
    scans = [graph.op("Identity", value) for value in (letters, origins, scores)]
    info, beams, states = helper.make_tensor_value_info, ["batch", "readings"], ["all", "width"]
    return graph.graph(
        "step",
        [
            info("step", TensorProto.INT64, []), info("more", TensorProto.BOOL, []),
            info("letters_in", TensorProto.INT64, beams), info("scores_in", TensorProto.FLOAT, beams),
            info("hidden_in", TensorProto.FLOAT, states), info("memory_in", TensorProto.FLOAT, states),
            info("done_in", TensorProto.BOOL, ["batch"]),
        ],
        [
            info(goes_on, TensorProto.BOOL, []), info(letters, TensorProto.INT64, beams),
            info(scores, TensorProto.FLOAT, beams), info(hidden, TensorProto.FLOAT, states),
            info(memory, TensorProto.FLOAT, states), info(done, TensorProto.BOOL, ["batch"]),
            info(scans[0], TensorProto.INT64, beams), info(scans[1], TensorProto.INT64, beams),
            info(scans[2], TensorProto.FLOAT, beams),
        ],
    )  # fmt: skip


def _cell(graph: Graph, weights: Mapping[str, Array], shared: Mapping[str, str]) -> tuple[str, str]:
    """The next hidden state and memory of every reading, (batch * beam, width)."""
    vector = _embed(graph, shared, graph.op("Reshape", "letters_in", graph.const([-1])))
    kernel = np.concatenate([weights[f"decoder.lstm_cell.weight_{part}"] for part in ("ih", "hh")], 1).T
    bias = weights["decoder.lstm_cell.bias_ih"] + weights["decoder.lstm_cell.bias_hh"]
    both = graph.op("Concat", vector, "hidden_in", axis=1)
    gates = graph.op("Add", graph.op("MatMul", both, graph.const(kernel)), graph.const(bias))
    take, forget, new, show = graph.op("Split", gates, outputs=4, axis=1)
    fresh = graph.op("Mul", graph.op("Sigmoid", take), graph.op("Tanh", new))
    memory = graph.op("Add", graph.op("Mul", graph.op("Sigmoid", forget), "memory_in"), fresh)
    return graph.op("Mul", graph.op("Sigmoid", show), graph.op("Tanh", memory)), memory


def _chances(graph: Graph, weights: Mapping[str, Array], shared: Mapping[str, str], hidden: str) -> str:
    """The probability of every letter, those outside the alphabet last: (batch, beam, letters)."""
    attention = "decoder.attention_layer.linear_"
    grid = graph.op("Reshape", hidden, shared["grid"])
    target = graph.op("MatMul", grid, graph.const(weights[attention + "in.weight"].T))
    scores = graph.op("MatMul", target, shared["across"])
    scores = graph.op("Where", shared["inside"], scores, graph.const(-1e12, "float32"))
    looks = graph.op("Softmax", scores, axis=2)
    seen = graph.op("Concat", graph.op("MatMul", looks, shared["context"]), grid, axis=2)
    state = graph.op("Tanh", graph.op("MatMul", seen, graph.const(weights[attention + "out.weight"].T)))
    logits = graph.op("MatMul", state, graph.const(weights["dec2vocab.weight"].T))
    written = graph.op("Softmax", graph.op("Add", logits, graph.const(weights["dec2vocab.bias"])), axis=2)
    gate = graph.op("MatMul", state, graph.const(weights["copy_gate.weight"].T))
    gate = graph.op("Sigmoid", graph.op("Add", gate, graph.const(weights["copy_gate.bias"])))
    unknown = graph.op("Slice", written, graph.const([UNKNOWN]), graph.const([UNKNOWN + 1]), graph.const([2]))
    every = graph.op("Concat", written, graph.op("Mul", unknown, shared["own"]), axis=2)
    every = graph.op("Mul", every, graph.op("Sub", graph.const(1.0, "float32"), gate))
    # Stanza copies for the best reading alone (it does not repeat the word for the others), and so do we.
    copied = graph.op("Mul", graph.op("Mul", looks, gate), shared["best"])
    every = graph.op("ScatterElements", every, shared["source"], copied, axis=2, reduction="add")
    # The unknown letter itself is never written.
    width = graph.op("Gather", graph.op("Shape", every), graph.const(2))
    columns = graph.op("Range", graph.const(0), width, graph.const(1))
    barred = graph.op("Equal", columns, graph.const(UNKNOWN))
    return str(graph.op("Where", barred, graph.const(0.0, "float32"), every))
