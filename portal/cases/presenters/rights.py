"""What became of the rights of a case, as entries of its timeline: used, or left with the reason."""

from collections.abc import Iterable, Iterator

from flask import url_for

from portal.cases.presenters.entries import Entry, sentence
from portal.duties.models import Duty
from portal.engine.presentation import day
from portal.engine.text import _
from portal.organisation.queries import users_named


def answered(duties: Iterable[Duty], *, may_ask_again: bool) -> Iterator[Entry]:
    """What somebody said of each right, with their name; whoever may let it be asked for again is led there."""
    rights = [one for one in duties if one.answered]
    users = users_named({one.done_by_id for one in rights})
    for one in rights:
        by = _("Recorded by %(name)s", name=users[one.done_by_id or 0].full_name)
        if one.dropped_on:
            again = _("Asked for again on %(day)s", day=day(one.rests_until)) if one.rests_until else ""
            url = url_for("duties.ask_again", id=one.id) if may_ask_again else ""
            text = sentence(one.note, by, again)
            yield Entry(one.dropped_on, "cancelled", _("A shortening is not proposed"), text, url)
        elif one.done_on:
            yield Entry(one.done_on, "done", _("A shortening was proposed"), sentence(one.note, by))
