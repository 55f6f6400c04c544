"""The pages and what they post to, over the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup, escape

from pipeline.review import queries, view
from pipeline.review.annotation import Annotation
from pipeline.review.desk import Desk, DeskError
from pipeline.review.edit import apply, read_edit
from pipeline.review.guide import ASSERTIONS, KEYS, LANGUAGES, REASONS, RELATIONS, Words, types
from pipeline.review.queue import Choice
from pipeline.review.security import Session
from pipeline.review.verdict import held

_HERE = Path(__file__).parent


def article_text(text: str) -> Markup:
    """Text for HTML whose every code point arrives: a carriage return as a reference, since HTML folds it otherwise."""
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd"))


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["article_text"] = article_text
    environment.filters["labelled"] = lambda slot, words: words.label("slots", slot)
    return environment


class Pages:
    """The handlers. They are plain functions; the framework runs them in threads, the store holds its lock."""

    def __init__(self, desk: Desk, session: Session, language: str) -> None:
        self.desk = desk
        self.session = session
        self.language = language
        self.templates = _templates()

    def words(self, request: Request) -> Words:
        """The language of the page: asked for, or of the last visit, or of the command line."""
        for given in (request.query_params.get("lang"), request.cookies.get("waqai_lang")):
            if given in LANGUAGES:
                return Words(given)
        return Words(self.language)

    def render(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page."""
        words = self.words(request)
        choice = self.desk.choice(request.query_params)
        shared = {
            "t": words,
            "label": words.label,
            "desk": self.desk,
            "choice": choice,
            "csrf": self.session.csrf,
            "keys": KEYS,
            "types": types(),
            "assertions": ASSERTIONS,
            "relations": RELATIONS,
            "reasons": REASONS,
            "progress": queries.progress(self.desk.store, self.desk.me, choice),
            "here": request.url.path,
        }
        text = self.templates.get_template(template).render(shared | values)
        return self._remembering(request, HTMLResponse(text, status_code=status))

    def _remembering(self, request: Request, response: Response) -> Response:
        """The answer, which keeps the language that was asked for."""
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("waqai_lang", self.words(request).language, samesite="lax", httponly=True)
        return response

    def start(self, request: Request) -> Response:
        """The first card of the queue."""
        self.desk.store.refresh()
        choice = self.desk.choice(request.query_params)
        record = self._next(choice, None)
        if record is None:
            return self.render(request, "done.html")
        return self._remembering(
            request, RedirectResponse("/card?" + choice.query(id=record), status_code=303)
        )

    def _next(self, choice: Choice, record: str | None, *, backwards: bool = False) -> str | None:
        found = queries.neighbour(self.desk.store, self.desk.me, choice, record, backwards=backwards)
        if found is None and self.desk.me.role == "adjudicator":
            # After the records, the events that annotators added and nobody has ruled on.
            for opinion in queries.added(self.desk.store):
                added = opinion.decision.record
                if added is not None and added != record and self.desk.mine(added) is None:
                    return added
        return found

    def card(self, request: Request) -> Response:
        """A card."""
        self.desk.store.refresh()
        record = request.query_params.get("id", "")
        found, article = self.desk.item(record)
        whole = request.query_params.get("whole") == "1"
        card = view.card(self.desk, found, article, None, whole=whole, words=self.words(request))
        return self.render(request, "card.html", card=card, whole=whole, back="")

    def new(self, request: Request) -> Response:
        """The card of a new event, whose trigger was selected."""
        self.desk.store.refresh()
        article = self.desk.article(request.query_params.get("in", ""))
        if article is None:
            raise DeskError(404, "no_article")
        back = request.query_params.get("back", "")
        like = queries.judged(self.desk.store, back) if back else None
        start, end = (_number(request.query_params.get(name)) for name in ("start", "end"))
        draft = self.desk.propose(article, start, end, like.annotation if like else None)
        card = view.new_card(self.desk, article, draft, draft, whole=False)
        return self.render(request, "card.html", card=card, whole=False, back=back)

    def move(self, request: Request) -> Response:
        """The card before or after another one."""
        self.desk.store.refresh()
        choice = self.desk.choice(request.query_params)
        record = request.query_params.get("id")
        found = self._next(choice, record, backwards=request.query_params.get("to") == "previous")
        if found is None:
            return self.render(request, "done.html")
        return RedirectResponse("/card?" + choice.query(id=found), status_code=303)

    def list(self, request: Request) -> Response:
        """The list: records, added events, or judgements without a record."""
        self.desk.store.refresh()
        desk, choice = self.desk, self.desk.choice(request.query_params)
        of = request.query_params.get("of", "records")
        number = max(1, _number(request.query_params.get("page"), 1))
        rows, total = queries.page(desk.store, desk.me, choice, number)
        with desk.store.lock:
            modes, articles = desk.store.index.values("mode"), desk.store.index.values("article")
            countries = view.countries(desk.store.index.values("country"))
        return self.render(
            request,
            "list.html",
            of=of if of in ("records", "added", "gone") else "records",
            rows=rows,
            total=total,
            page=number,
            pages=max(1, -(-total // queries.PAGE)),
            modes=modes,
            articles=articles[:500],
            countries=countries,
            added=queries.added(desk.store, only=desk.me if desk.blind else None) if of == "added" else [],
            gone=[d for d in queries.gone(desk.store) if not desk.blind or d.annotator == desk.me.annotator],
            describe=lambda annotation: view.describe(annotation, self.words(request)),
        )

    def edit(self, request: Request, data: dict[str, Any]) -> Response:
        """What an edit makes of a draft, as the piece of the page that shows it."""
        words = self.words(request)
        draft = Annotation.model_validate(data.get("draft"))
        whole = bool(data.get("whole"))
        if data.get("record"):
            found, article = self.desk.item(str(data["record"]))
            if found.annotation.fingerprint() != data.get("seen"):
                raise DeskError(409, "record_changed")
            draft = self._edited(draft, data.get("edit"), article, found.annotation, str(data["record"]))
            card = view.card(self.desk, found, article, draft, whole=whole, words=words)
        else:
            known = self.desk.article(str(data.get("article")))
            if known is None:
                raise DeskError(404, "no_article")
            draft = self._edited(draft, data.get("edit"), known, draft, "")
            card = view.new_card(self.desk, known, draft, draft, whole=whole)
        return self.render(request, "work.html", card=card, whole=whole, back=str(data.get("back", "")))

    def _edited(
        self, draft: Annotation, edit: Any, article: Any, machine: Annotation, record: str
    ) -> Annotation:
        if edit == "reset":
            return machine
        if isinstance(edit, dict) and edit.get("op") == "take":
            seen = (o for o in self.desk.seen(record) if o.role == "annotator")
            taken = (held(o.decision, article.text) for o in seen if o.annotator == edit.get("annotator"))
            annotation = next(taken, None)
            if annotation is None:
                raise DeskError(404, "no_judgement")
            return annotation
        return apply(draft, read_edit(edit), article)

    def decide(self, request: Request, data: dict[str, Any]) -> dict[str, Any]:
        """Judge, and say what comes next."""
        draft = data.get("draft")
        decision = self.desk.decide(
            str(data.get("record")),
            str(data.get("action")),
            seen=str(data.get("seen")),
            draft=None if draft is None else Annotation.model_validate(draft),
            reason=data.get("reason"),
            nonce=str(data.get("nonce")),
        )
        choice = self.desk.choice(request.query_params)
        following = self._next(choice, decision.record)
        return {
            "saved": decision.id,
            "next": f"/card?{choice.query(id=following)}" if following else "/?" + choice.query(),
        }

    def add(self, request: Request, data: dict[str, Any]) -> dict[str, Any]:
        """Add an event, and go back to the card it was added from."""
        draft = Annotation.model_validate(data.get("draft"))
        decision = self.desk.add(
            str(data.get("article")), str(data.get("sha256")), draft, nonce=str(data.get("nonce"))
        )
        choice = self.desk.choice(request.query_params)
        back = str(data.get("back") or "") or decision.record or ""
        return {"saved": decision.id, "next": "/card?" + choice.query(id=back)}

    def comment(self, request: Request, data: dict[str, Any]) -> dict[str, Any]:
        """Comment, and show the card again."""
        record = str(data.get("record"))
        decision = self.desk.comment(record, str(data.get("comment")), nonce=str(data.get("nonce")))
        return {
            "saved": decision.id,
            "next": "/card?" + self.desk.choice(request.query_params).query(id=record),
        }

    def undo(self, request: Request, data: dict[str, Any]) -> dict[str, Any]:
        """Undo or redo a step, and show the card it was about."""
        choice = self.desk.choice(request.query_params)
        record = self.desk.undo(redo=bool(data.get("redo")))
        known = record is not None and queries.judged(self.desk.store, record) is not None
        return {
            "saved": "",
            "next": "/card?" + choice.query(id=record or "") if known else "/?" + choice.query(),
        }

    def places(self, request: Request) -> Response:
        """Candidates of the gazetteer, as a piece of the page."""
        name = request.query_params.get("name", "")[:200]
        return self.render(request, "places.html", name=name, places=view.places(name))


def _number(value: str | None, default: int = 0) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else default
