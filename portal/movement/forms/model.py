"""What is written down about a model, its villages, its yearly reviews and its training."""

from typing import ClassVar

from portal.books import BookForm, Offered
from portal.engine.forms import Choice, Day, Line, Number, Optional, Paragraphs, Required, not_in_the_future, of
from portal.engine.text import _l
from portal.movement.models import MODEL_KIND_NAMES, VERDICT_NAMES

MOST_PEOPLE = 100_000


class ModelForm(BookForm):
    name = Line(_l("Name of the model"), [Required()], length=160)
    kind = Choice(_l("Subject of the model"), [Required()], choices=of(MODEL_KIND_NAMES))
    launched_on = Day(_l("Launched on"), [Required(), not_in_the_future])
    ended_on = Day(
        _l("Ended on"), [Optional(), not_in_the_future], description=_l("The first day on which it is no more.")
    )
    decision = Line(_l("Number of the decision"), [Optional()], length=80)
    led_by = Line(
        _l("Led by"), [Optional()], length=120, description=_l("The body that leads it, such as the Women's Union.")
    )
    about = Paragraphs(_l("What is done"), [Optional()], length=2000)
    widths: ClassVar[dict[str, str]] = {"kind": "mid", "decision": "mid", "led_by": "mid"}


class VillageForm(BookForm):
    village_id = Offered(_l("Village"), [Required()])
    widths: ClassVar[dict[str, str]] = {"village_id": "mid"}


class ReviewForm(BookForm):
    reviewed_on = Day(_l("Reviewed on"), [Required(), not_in_the_future])
    verdict = Choice(_l("What is to become of it"), [Required()], choices=of(VERDICT_NAMES))
    reason = Paragraphs(_l("Why"), [Required()], length=2000)
    widths: ClassVar[dict[str, str]] = {"verdict": "mid"}


class TrainingForm(BookForm):
    held_on = Day(_l("Day of the training"), [Required(), not_in_the_future])
    count = Number(_l("People who took part"), [Required()], least=1, most=MOST_PEOPLE)
    subject = Line(_l("Subject"), [Required()])
    widths: ClassVar[dict[str, str]] = {"count": "short"}
