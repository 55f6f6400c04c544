"""The sub-commands of ``waqai``, one module each.

A module ``pipeline/commands/some_thing.py`` with a function ``some_thing`` is the command ``waqai some-thing``:
:mod:`pipeline.cli` finds it by its name, nothing else has to be edited. The function's parameters carry the
options (``Annotated[..., typer.Option()]``), its docstring is the help text. A module here imports nothing
heavy at its top: ``waqai --help`` imports them all.
"""
