"""The files of the data folder, which is not part of the project.

=============================================  =========================================================
``treebank/ar_padt-{dev,test}.conllu``         PADT with trees and multi-word tokens
``treebank/ar_padt_um-{dev,test}.conllu``      PADT-UM: words with their real spacing, no trees
``treebank/ar_pud.conllu``                     PUD; the last fifth is for testing
``treebank/WikiNews.pos.ref``                   WikiNews (optional): tagged news, for the accurate engine
``ner/anercorp_camel/{train,test}.conll``      ANERcorp, CAMeL Lab split
``ner/wikifane_gold_joined_coarse/train.conll``  WikiFANE Gold, types folded
``ner/wojood_sample_flat/*.conll``             public sample of Wojood
``news/saudinewsnet-20k.jsonl.gz``             raw news: word counts and word vectors
``gazetteer/places_wof_ar.tsv.gz``             place names (optional): what is GPE in ANERcorp
=============================================  =========================================================
"""

from __future__ import annotations

PADT_DEV = "treebank/ar_padt-dev.conllu"
PADT_TEST = "treebank/ar_padt-test.conllu"
UM_DEV = "treebank/ar_padt_um-dev.conllu"
UM_TEST = "treebank/ar_padt_um-test.conllu"
PUD = "treebank/ar_pud.conllu"
WIKINEWS = "treebank/WikiNews.pos.ref"
ANERCORP_TRAIN = "ner/anercorp_camel/train.conll"
ANERCORP_TEST = "ner/anercorp_camel/test.conll"
WIKIFANE = "ner/wikifane_gold_joined_coarse/train.conll"
WOJOOD = tuple(f"ner/wojood_sample_flat/{part}.conll" for part in ("train", "dev", "test"))
NEWS = "news/saudinewsnet-20k.jsonl.gz"
PLACES = "gazetteer/places_wof_ar.tsv.gz"
