"""The review page: annotators check records one key at a time; what they decide becomes gold, samples and agreement."""
