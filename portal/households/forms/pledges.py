"""What may be typed about one pledge that was signed."""

from portal.engine.forms import Day, EditForm, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l


class SignedOnForm(EditForm):
    signed_on = Day(_l("Day of signing"), [Required(), not_in_the_future])
    reason = Paragraphs(_l("Reason"), [Required()], length=1000)


class WithdrawForm(EditForm):
    withdrawn_on = Day(_l("Day of the withdrawal"), [Required(), not_in_the_future])
    reason = Paragraphs(_l("Reason"), [Required()], length=1000)


class BreachForm(EditForm):
    happened_on = Day(_l("Day of the breach"), [Required(), not_in_the_future])
    reason = Paragraphs(
        _l("What happened"), [Required()], length=1000,
        description=_l("What was found and by which paper. No name of anybody else belongs here."),
    )  # fmt: skip
