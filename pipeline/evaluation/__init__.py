"""Weighing records against gold annotations: the parts behind :mod:`pipeline.evaluate`.

The rules are those of the annotation guide, section «Scoring», and depend on nothing that the extractor knows:
the table of types and modes here (``modes.tsv``) is the guide's, not the lexicon's.
"""
