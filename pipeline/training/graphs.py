"""Builds ONNX graphs node by node from the weights of a checkpoint of torch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_OPSET = 17
#: The intermediate representation that goes with the operator set: newer runtimes read it, and so do older ones.
_IR = 8
_SIDES = ("", "_reverse")
Array = npt.NDArray[Any]


class Graph:
    """Collects nodes and constants; every method returns the name of what it adds.

    Args:
        prefix: begins its names, which an inner graph may not share with the outer one.
    """

    def __init__(self, prefix: str = "") -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._prefix = prefix
        self._count = 0

    def _name(self, kind: str) -> str:
        self._count += 1
        return f"{self._prefix}{kind}{self._count}"

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """A node; its one output, or the list of its outputs."""
        from onnx import helper

        names = [self._name(kind) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def const(self, value: Array | Sequence[int] | float, dtype: str = "int64") -> str:
        """A constant: an array as it is, numbers as ``dtype``."""
        from onnx import numpy_helper

        name = self._name("const")
        array = value if isinstance(value, np.ndarray) else np.array(value, dtype)
        # A number stays one: ascontiguousarray would make a row of it.
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def lstm(self, weights: Mapping[str, Array], name: str, x: str) -> tuple[str, str, str]:
        """A bidirectional layer over (time, batch, width): its states (time, batch, both), and the last two states."""
        hidden = weights[f"{name}.weight_hh_l0"].shape[1]
        kernels = [
            np.stack([_gates(weights[f"{name}.{part}_l0{side}"]) for side in _SIDES])
            for part in ("weight_ih", "weight_hh")
        ]
        bias = np.stack(
            [
                np.concatenate([_gates(weights[f"{name}.bias_{part}_l0{side}"]) for part in ("ih", "hh")])
                for side in _SIDES
            ]
        )
        states, last, cell = self.op(
            "LSTM", x, *map(self.const, kernels), self.const(bias), "lengths", outputs=3,
            direction="bidirectional", hidden_size=hidden,
        )  # fmt: skip
        beside = self.op("Transpose", states, perm=[0, 2, 1, 3])
        return self.op("Reshape", beside, self.const([0, 0, -1])), last, cell

    def graph(self, name: str, inputs: Sequence[Any], outputs: Sequence[Any]) -> Any:
        """What was collected as a graph."""
        from onnx import helper

        return helper.make_graph(self.nodes, name, inputs, outputs, self.constants)


def _gates(weight: Array) -> Array:
    """Torch orders the gates of an LSTM input, forget, cell, output; ONNX input, output, forget, cell."""
    take, forget, cell, show = np.split(weight, 4)
    return np.concatenate([take, show, forget, cell])


def read_checkpoint(trained: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    import torch

    content: dict[str, Any] = torch.load(trained, weights_only=True)
    return content, {name: value.numpy() for name, value in content["model"].items()}


def refuse(trained: Path, differ: Mapping[str, Any]) -> None:
    if differ:
        raise ValueError(f"{trained} cannot be exported: the graph is one for {differ}")


def save(
    graph: Graph,
    target: Path,
    metadata: Mapping[str, object],
    inputs: Mapping[str, tuple[int, list[Any]]],
    outputs: Mapping[str, tuple[int, list[Any]]],
) -> None:
    """Writes the graph; its last node has the outputs that it lacks names for."""
    import onnx
    from onnx import helper

    if len(outputs) == 1 and (last := graph.nodes[-1]).op_type != "Loop":
        last.output[0] = next(iter(outputs))
    described = [
        [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in side.items()]
        for side in (inputs, outputs)
    ]
    model = helper.make_model(
        graph.graph(target.stem, *described), opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR
    )
    helper.set_model_props(model, {k: json.dumps(v, ensure_ascii=False) for k, v in metadata.items()})
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
