"""Text: the normal form, words and clitics, sentences and clauses, and the tokeniser made of them."""
