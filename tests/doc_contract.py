"""What every engine's ``Doc`` keeps to, whichever models made it."""

from __future__ import annotations

from spacy.tokens import Doc


def check(doc: Doc, text: str) -> None:
    """The Doc is the text, its sentences are trees, its clauses touch, every token is annotated."""
    assert doc.text == text
    assert "".join(s.text_with_ws for s in doc.sents) == text
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head.i == t.i]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)
    at = 0
    for clause in doc.spans["clauses"]:
        assert clause.start == at
        at = clause.end
        assert clause[0].sent == clause[-1].sent
    assert at == len(doc)
    for token in doc:
        assert token.pos_
        assert token.tag_
        assert token.dep_
        assert token.lemma_
        assert (token.pos_ == "SPACE") == token.is_space
        if token.is_space or token._.noise:
            assert (
                not [c for c in token.children if not (c.is_space or c._.noise)] or token.sent.root == token
            )


def same(a: Doc, b: Doc) -> None:
    """Two Docs do not differ in anything that the rest of the program reads."""
    assert a.text == b.text
    for x, y in zip(a, b, strict=True):
        for name in ("text", "norm_", "tag_", "pos_", "lemma_", "dep_", "ent_type_", "is_sent_start"):
            assert getattr(x, name) == getattr(y, name), (name, x.i)
        assert str(x.morph) == str(y.morph)
        assert x.head.i == y.head.i
        assert (x._.noise, x._.word_start) == (y._.noise, y._.word_start)
    assert [(s.start, s.end) for s in a.spans["clauses"]] == [(s.start, s.end) for s in b.spans["clauses"]]
