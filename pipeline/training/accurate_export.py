"""Exports the network of the accurate engine to ONNX: the encoder in 8 bits, the heads in 32."""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from pipeline.engines.onnx import INPUTS, LABELS, MODEL, OUTPUTS
from pipeline.training.accurate_data import Labels
from pipeline.training.accurate_model import NAMES, TAGS, TREES, Network

_OPSET = 17
_BLOCK = 128


class Exported(nn.Module):
    """The network for one sentence: all of it in one graph, down to the best relation of each pair of words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, pool: Tensor) -> tuple[Tensor, ...]:
        """Outputs in the order of :data:`pipeline.engines.onnx.OUTPUTS`.

        Args:
            ids: pieces (1, pieces).
            pool: (words, pieces), the share of each piece in the vector of each word.
        """
        net = self.network
        views = [pool @ view[0] for view in net.views(net.encoder(ids, None))]
        heads, governors, dependents = net.trees(views[TREES][None])
        related = (dependents @ net.rel) @ governors[0].T
        tags = views[TAGS]
        return (
            net.upos(tags),
            net.tag(tags),
            net.feats(tags).argmax(1),
            torch.log_softmax(net.names(views[NAMES]), 1),
            torch.log_softmax(heads[0], 1),
            related.argmax(0),
        )


def export(network: Network, labels: Labels, folder: Path) -> None:
    """Writes ``model.onnx`` and ``labels.json``; the file of the tokeniser is the caller's.

    Args:
        network: as trained; it is left in evaluation mode.
        labels: in the order of the outputs.
        folder: made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        # The exporter warns of every constant that it folds.
        warnings.simplefilter("ignore")
        plain = Path(scratch) / "plain.onnx"
        ids = torch.tensor([[0, 5, 6, 7, 8, 2]])
        pool = torch.zeros(3, 6)
        pool[0, 1] = pool[1, 2] = pool[2, 3] = 1.0
        torch.onnx.export(
            Exported(network), (ids, pool), str(plain), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes={
                "ids": {1: "pieces"}, "pool": {0: "words", 1: "pieces"},
                **{name: {0: "words"} for name in OUTPUTS}, "heads": {0: "words", 1: "governors"},
                "rels": {0: "words", 1: "governors"},
            },
            dynamo=False, opset_version=_OPSET,
        )  # fmt: skip
        quantise(plain, folder / MODEL)
    content = {name: list(getattr(labels, name)) for name in ("upos", "feats", "rels", "names")}
    (folder / LABELS).write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")


def quantise(plain: Path, target: Path) -> None:
    """Writes a graph with matrices in 8 bits, a scale for every :data:`_BLOCK` weights of a column.

    Activations are scaled in blocks too, when the graph runs. One scale for a whole tensor, as onnxruntime's
    ordinary dynamic quantisation has it, is a third faster and cost 0.8 LAS here; blocks cost nothing.

    Args:
        plain: the graph in 32 bits.
        target: the file to write.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    logging.getLogger("onnxruntime.quantization").setLevel(logging.WARNING)
    # Level 4: the products are computed in 8 bits.
    how = DefaultWeightOnlyQuantConfig(block_size=_BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(onnx.load(plain), algo_config=how)
    quantizer.process()
    middle = plain.with_name("middle.onnx")
    quantizer.model.save_model_to_file(str(middle))
    # What is left are the vectors of the pieces.
    quantize_dynamic(middle, target, op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)
