"""Trains the bundled models: ``python -m pipeline.training tokenizer|fast --data DIR --out DIR``.

The data is not part of the project. Below ``DIR`` are expected:

=============================================  =========================================================
``treebank/ar_padt-{dev,test}.conllu``         PADT with trees and multi-word tokens
``treebank/ar_padt_um-{dev,test}.conllu``      PADT-UM: words with their real spacing, no trees
``treebank/ar_pud.conllu``                     PUD; the last fifth is for testing
``ner/anercorp_camel/{train,test}.conll``      ANERcorp, CAMeL Lab split
``ner/wikifane_gold_joined_coarse/train.conll``  WikiFANE Gold, types folded
``ner/wojood_sample_flat/*.conll``             public sample of Wojood
``news/saudinewsnet-20k.jsonl.gz``             raw news: word counts and word vectors
``gazetteer/places_wof_ar.tsv.gz``             place names (optional): what is GPE in ANERcorp
=============================================  =========================================================
"""
