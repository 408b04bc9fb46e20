"""What is written down of an oral approval."""

from collections.abc import Mapping
from typing import Any, ClassVar

from portal.engine import clock
from portal.engine.forms import Choice, Day, EditForm, Hour, Paragraphs, Required
from portal.engine.forms.choices import of
from portal.engine.text import _l
from portal.proposals.actions import Word
from portal.proposals.models import Proposal
from portal.proposals.queries import next_people

HOW: Mapping[str, Any] = {
    "telephone": _l("By telephone"),
    "in_person": _l("In person"),
    "radio": _l("By radio"),
    "message": _l("By a message"),
}


class OralForm(EditForm):
    """Who said it, when, how, and why it could not wait."""

    said_by = Choice(_l("Who approved it"), [Required()])
    said_on = Day(_l("On which day"), [Required()])
    said_at = Hour(_l("At what time"), [Required()])
    how = Choice(_l("How it was heard"), [Required()], choices=of(HOW))
    why = Paragraphs(_l("Why it could not wait"), [Required()], length=1000)
    widths: ClassVar[dict[str, str]] = {"said_by": "mid", "said_on": "day", "said_at": "short", "how": "mid"}

    def word(self) -> Word:
        at = clock.at(self.said_on.data, self.said_at.data)
        return Word(int(self.said_by.data), at, str(self.how.data), self.why.data or "")


def oral_form(proposal: Proposal, user_id: int) -> OralForm:
    """The form, with those who may have approved it."""
    now = clock.now().astimezone(clock.VIETNAM)
    form = OralForm(version=proposal.version, said_on=now.date())
    people = {one.user_id: one.user.with_title for one in next_people(proposal) if one.user_id != user_id}
    form.said_by.choices = [("", ""), *((str(key), name) for key, name in people.items())]
    return form
