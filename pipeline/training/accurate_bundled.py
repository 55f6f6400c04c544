"""The exported network of the accurate engine back as weights to train on, where no checkpoint is left.

Matrices come back as their 8 bits have them: within half a step of what they were. What was 32 bits wide is the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.engines.onnx import MODEL
from pipeline.training.accurate_model import Network
from pipeline.training.accurate_wheel import Array
from pipeline.training.registry import TrainingError

#: What the exporter puts before the names of the weights; see accurate_export.Exported.
_PREFIX = "network."
_PIECES = "encoder.pieces.weight"
#: Weights that the quantiser packed: the node says which they are, unless they are no module's.
_NODE = re.compile(r"^/(?P<module>.+)/MatMul_Q8$")
#: Zero of 8 bits without a sign.
_ZERO = 128.0


def load_bundled(network: Network, folder: Path) -> None:
    """Puts the weights of an exported engine into the network.

    Args:
        network: takes the weights; it must have the shape of the one that was exported.
        folder: of the engine.

    Raises:
        TrainingError: the file cannot be read, or its network has another shape.
    """
    path = folder / MODEL
    try:
        found = _weights(path, network)
    # protobuf raises what it likes: whichever it is, the file is no good.
    except Exception as error:
        raise TrainingError(f"{path} cannot be trained on: {error}") from error
    wanted = network.state_dict()
    state: dict[str, torch.Tensor] = {}
    for name, tensor in wanted.items():
        value = found.get(name)
        if value is not None and value.shape != tensor.shape:
            # A linear layer of one sentence is exported as a product with its transpose.
            value = value.T
        if value is None or value.shape != tensor.shape:
            raise TrainingError(
                f"{path} cannot be trained on: it has no {name} of shape {tuple(tensor.shape)}"
            )
        state[name] = torch.tensor(value, dtype=torch.float32)
    network.load_state_dict(state)


def _weights(path: Path, network: Network) -> dict[str, Array]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    stored: dict[str, Any] = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found: dict[str, Array] = {
        name.removeprefix(_PREFIX): value for name, value in stored.items() if name.startswith(_PREFIX)
    }
    step, zero = stored[f"{_PREFIX}{_PIECES}_scale"], stored[f"{_PREFIX}{_PIECES}_zero_point"]
    pieces = stored[f"{_PREFIX}{_PIECES}_quantized"].astype(np.float32)
    found[_PIECES] = (pieces - zero.astype(np.float32)) * step
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            packed, scales = node.input[1], node.input[2]
            columns = next(a.i for a in node.attribute if a.name == "K")
            blocks = (stored[packed].astype(np.float32) - _ZERO) * stored[scales][:, :, None]
            module = _NODE.match(node.name)
            name = f"{module['module'].replace('/', '.')}.weight" if module else packed.removeprefix(_PREFIX)
            # The last block is filled up.
            found[name.removesuffix("_Q8")] = blocks.reshape(len(blocks), -1)[:, :columns]
    # The exporter has folded the softmax over the mixtures of layers, and with it the name.
    mixtures = [v for n, v in stored.items() if "::" in n and v.shape == tuple(network.mix.shape)]
    if len(mixtures) == 1:
        found["mix"] = np.log(np.maximum(mixtures[0], 1e-12))
    return found
