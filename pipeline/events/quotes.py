"""Names in quotation marks and in brackets within a noun phrase: «تنظيم "الفجر"»، «مقاتلو (النور)»."""

from __future__ import annotations

from pipeline.events.openers import Openers

#: Tokens of a quoted name with its marks.
_QUOTED = 8


class Quotes(Openers):
    """Reads quoted names; the arguments are those of :class:`Openers`."""

    def _quoted(self, i: int, limit: int) -> int:
        """One past the closing quote of a short quoted name that opens at ``i``, or 0."""
        view, g = self.view, self.grammar
        close = ")" if view.norm[i] == "(" else '"'
        if i + 1 < limit and g.preposition(i + 1):
            return 0  # قام رجل «بإلقاء قنبلة»
        for k in range(i + 1, min(limit, i + _QUOTED)):
            if view.norm[k] == close:
                return k + 1 if k > i + 1 else 0
            if g.verb(k) or (g.punct(k) and view.norm[k] not in "-."):
                return 0
        return 0

    def _bracketed(self, k: int, limit: int) -> bool:
        """«مقاتلو (النور)»: behind an open noun brackets hold the name that it governs, and no year or number."""
        g, view = self.grammar, self.view
        if g.closed(k - 1) or view.time[k - 1] >= 0 or g.number(k - 1) or g.adjective(k - 1):
            return False
        end = self._quoted(k, limit)
        if not end or any(g.number(i) or view.time[i] >= 0 for i in range(k + 1, end)):
            return False
        return view.ent_label(k + 1) in ("ORG", "PER", "NORP") or self.people(view.surface(k + 1, end - 1))
