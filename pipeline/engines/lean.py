"""Keeps torch out of a process that has no use for it.

thinc, below spaCy, imports torch wherever it is installed, to offer wrappers for torch's layers: more than a second
for what none of the bundled models has. :func:`thinc_without_torch` makes thinc, and thinc alone, believe that there is
none; ``import torch`` works as ever before and after, so an engine that needs torch gets it. It is for programs of our
own (the command line, a worker): whoever imports ``pipeline`` as a library keeps thinc as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

#: The only module of thinc that imports torch when thinc is imported.
_COMPAT = "thinc.compat"
_TORCH = "torch"


def thinc_without_torch() -> None:
    """From now on thinc is imported without torch; where thinc or torch is there already, nothing happens.

    For the rest of the process ``thinc.compat.has_torch`` is false: thinc cannot wrap layers of torch.
    """
    if _COMPAT in sys.modules or _TORCH in sys.modules or any(isinstance(f, _Finder) for f in sys.meta_path):
        return
    sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds one module, once."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _COMPAT:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Runs a module while torch cannot be imported.

    Args:
        own: the loader that the module has by rights, and has again when it is loaded.
    """

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        hide = _TORCH not in sys.modules
        if hide:
            # What the import system documents for a module that must not be found.
            sys.modules[_TORCH] = None  # type: ignore[assignment]
        try:
            self._own.exec_module(module)
        finally:
            if hide:
                del sys.modules[_TORCH]
            module.__loader__ = self._own
            if module.__spec__ is not None:
                module.__spec__.loader = self._own
