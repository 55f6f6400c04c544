"""Exports Stanza's tokeniser and clitic expander to ONNX: what :mod:`pipeline.text.networks` runs, without torch.

The graphs are built node by node from the trained weights: torch's exporter makes a wrong graph of the tokeniser
(packed sequences) and none of the expander's loop. They compute what Stanza's modules compute in evaluation mode
(``stanza.models.tokenization.model.Tokenizer``, ``stanza.models.common.seq2seq_model.Seq2SeqModel.predict``), in
32 bits. The alphabet and the dictionary of known expansions travel as metadata in the file.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.text.networks import ALPHABET
from pipeline.training.graphs import Graph, read_checkpoint, refuse, save


def export_tokenizer(trained: Path, target: Path) -> None:
    """Writes Stanza's tokeniser as a graph.

    Inputs: ``units`` (time, batch), numbers of characters; ``feats`` (time, batch, 5); ``lengths`` (batch). Output:
    ``scores`` (time, batch, 3), logits of: a written word ends here, a sentence ends here, the word holds several.

    Args:
        trained: the file that Stanza's trainer wrote.
        target: the file to write.

    Raises:
        ValueError: the network has parts that the graph has not.
    """
    from onnx import TensorProto

    content, weights = read_checkpoint(trained)
    config = content["config"]
    wanted = {"conv_res": None, "rnn_layers": 1, "hierarchical": True, "use_mwt": True, "feat_dim": 5}
    refuse(trained, {key: value for key, value in wanted.items() if config[key] != value})
    graph = Graph()
    heads = [f"{part}_clf" for part in ("tok", "sent", "mwt")]
    letters = graph.op("Gather", graph.const(weights["embeddings.weight"]), "units")
    states, _, _ = graph.lstm(weights, "rnn", graph.op("Concat", letters, "feats", axis=2))
    kernel = graph.const(np.concatenate([weights[f"{head}.weight"] for head in heads]).T)
    bias = graph.const(np.concatenate([weights[f"{head}.bias"] for head in heads]))
    first = graph.op("Add", graph.op("MatMul", states, kernel), bias)
    # The second layer sees a character the less, the less it looks like the end of a word.
    ends = graph.op("Slice", first, graph.const([0]), graph.const([1]), graph.const([2]))
    share = graph.op("Sigmoid", graph.op("Mul", ends, graph.const(config["hier_invtemp"], "float32")))
    states, _, _ = graph.lstm(weights, "rnn2", graph.op("Mul", states, share))
    kernel = graph.const(np.concatenate([weights[f"{head}2.weight"] for head in heads]).T)
    second = graph.op("MatMul", states, kernel)
    graph.op("Add", first, second)
    save(
        graph, target, {ALPHABET: content["vocab"]["_id2unit"]},
        {"units": (TensorProto.INT64, ["time", "batch"]), "feats": (TensorProto.FLOAT, ["time", "batch", 5]),
         "lengths": (TensorProto.INT32, ["batch"])},
        {"scores": (TensorProto.FLOAT, ["time", "batch", 3])},
    )  # fmt: skip
