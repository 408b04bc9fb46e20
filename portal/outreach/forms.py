"""The two fields about a session that was held, and two more for whoever needs them."""

from portal.engine.forms import Cards, Choice, Day, Form, Line, Number, Optional, Required, not_in_the_future
from portal.engine.text import _l
from portal.outreach.models import SESSION_FORM_NAMES

MOST_PEOPLE = 20_000
FORMS = [(one.value, name) for one, name in SESSION_FORM_NAMES.items()]


class SessionHeldForm(Form):
    village_id = Choice(_l("Village"), [Required()])
    form = Cards(_l("What was held?"), [Required()], choices=FORMS)
    attendance = Number(_l("How many people came?"), [Required()], least=1, most=MOST_PEOPLE)
    held_on = Day(_l("Day"), [Required(), not_in_the_future])
    topic = Line(_l("What it was about"), [Optional()], length=200)
