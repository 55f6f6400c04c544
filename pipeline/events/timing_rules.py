"""What holds of events and times anywhere in an article: which time suits which event."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.events.assertion import Stance
from pipeline.events.grammar import Grammar
from pipeline.events.phrases import Element
from pipeline.events.slots import Filled
from pipeline.events.timing_values import present, since
from pipeline.events.view import View
from pipeline.resolve.time import TimeExpression

#: What is said of a happening, whenever it was said.
VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"})
#: A happening that the next sentence goes on to tell.
STORY = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "DISPLACE", "PROTEST"})
#: Verdicts and inquiries come long after what they are about.
_JUDGED = frozenset({"convict", "investigate"})
#: What follows upon these is told of an earlier deed («أُعدم … أمس. وكان قد قتل …»).
_AFTERWARDS = _JUDGED | {"execute", "arrest"}
#: Rows that say «at the same time», as often of two opinions as of two happenings.
_SAME = frozenset({"same-time", "then"})
#: Words before «since» that may compare («الأعنف … منذ شهر»).
_COMPARED = 10
#: Means and causes are of the time only of what they bring about («قُتل بقصف», not «اعتقل بسبب مقال»).
_BROUGHT_ABOUT = {
    "ب": frozenset({"ASSAULT", "DISPLACE", "PROTEST"}),
    "بسبب": frozenset({"ASSAULT", "DISPLACE"}),
}
#: What is demanded most: that somebody goes, lets go or helps.
_ASKED = frozenset({"RETREAT", "AID", "CONCEDE", "SANCTION"})
_BARE_WEEKDAY = frozenset({"day.weekday"})
#: What is remembered is longer ago than this; a later time is that of the remembrance.
_LATELY = timedelta(days=60)
#: «الذكرى | السنوية | الثالثة | ل | اغتيال»
_MEMORY_REACH = 4
REAL = frozenset({"asserted", "reported"})


class Rules:
    """What holds of an event and a time anywhere in the article.

    Args:
        saying: view indices of verbs of saying: a time that stands with one says when it was said.
        published: the day of publication (ISO 8601): what has happened does not lie behind it.
    """

    def __init__(self, view: View, grammar: Grammar, saying: frozenset[int], published: str | None) -> None:
        self.view = view
        self.grammar = grammar
        self.saying = saying
        self.published = published

    def expression(self, element: Element) -> TimeExpression:
        """The expression of a time element."""
        return self.view.times[self.view.time[element.first]]

    def fits(self, event: Filled, stance: Stance, time: TimeExpression) -> bool:
        """What has happened has no time to come, what is planned none that is over."""
        past = event.mention.verbal and event.candidate.form.tense == "past"
        speaks = event.candidate.trigger.type in VERBAL
        if (since(time) or time.rule in _SAME) and speaks:
            return False
        if present(time) and (past or not event.mention.verbal or event.candidate.trigger.type in VERBAL):
            return False  # «حاليا» says where somebody is, not when he was sent there or what he always says
        if self.published is None or time.from_ is None or time.relation in ("until", "before"):
            return True
        ahead = time.from_[:10] > self.published
        if since(time) and stance.assertion == "planned" and time.from_[:10] < self.published:
            return False
        over = self.over(time)
        if ahead:
            given = (speaks and event.mention.verbal) or event.candidate.trigger.type == "AGREE"
            return not ((past or given) and stance.assertion in REAL)
        if over and stance.assertion == "hypothetical" and not past and time.rule in _BARE_WEEKDAY:
            return False  # «يمكن أن تبدأ المفاوضات الجمعة»: the one to come
        return not (over and stance.assertion == "planned")

    def over(self, time: TimeExpression) -> bool:
        """Whether the time lies before the day of publication."""
        if self.published is None or time.from_ is None or since(time):
            return False
        return (time.to or time.from_)[:10] <= self.published

    def together(self, event: Filled, governor: str, holder: str) -> bool:
        """Whether an event is of the time of the event noun that holds it («قُتل ثلاثة في انفجار»).

        Args:
            governor: the preposition before that noun, folded.
            holder: the mode of that noun.
        """
        trigger = event.candidate.trigger
        if trigger.type in VERBAL or {trigger.mode, holder} & _JUDGED:
            return False  # «أشاد بمقتل»، «دين بتفجير»، «أقر خلال التحقيقات بقتل»
        if trigger.type not in _BROUGHT_ABOUT.get(governor, (trigger.type,)):
            return False
        between = range(*sorted((event.mention.at, event.container)))
        return not any(self.grammar.is_(i, "involved") for i in between)

    def leaves(self, event: Filled, stance: Stance, time: TimeExpression) -> bool:
        """Whether an event noun leaves the time beside it to its verb: «طالب بالانسحاب *أمس*»، «أحيا ذكراه *أمس*»."""
        if self.published is None or time.from_ is None or event.mention.verbal:
            return False
        if self.remembered(event.mention.at):
            first = date.fromisoformat(self.published) - _LATELY
            return time.method != "explicit" and time.from_[:10] >= first.isoformat()
        # What is asked for is hypothetical; so is violence alleged, which has a time of its own.
        asked = stance.assertion == "hypothetical" and event.candidate.trigger.type in _ASKED
        return (stance.assertion == "planned" or asked) and (time.to or "")[:10] <= self.published

    def compared(self, first: int) -> bool:
        """«أعنف قتال *منذ شهر*»: the time at view index ``first`` says what the like of it is looked for in."""
        start = max(self.view.sents[self.view.sent[first]][0], first - _COMPARED)
        return since(self.view.times[self.view.time[first]]) and any(
            self.grammar.is_(i, "superlatives") for i in range(start, first)
        )

    def remembered(self, at: int) -> bool:
        """«ذكرى القصف»، «الذكرى الثالثة لاغتيال»: the event noun names what a day is kept for."""
        return any(self.grammar.is_(i, "memories") for i in range(max(0, at - _MEMORY_REACH), at))


def leads_on(event: Filled) -> bool:
    """Whether the next sentence may go on from the event: it happens, and is not what others do about a deed."""
    trigger = event.candidate.trigger
    return trigger.type in STORY and trigger.mode not in _AFTERWARDS
