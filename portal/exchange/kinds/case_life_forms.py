"""What rows say of the life of a case: reception, breaches, the end of its term, custody, moves, death, hand-over, and
what a court answered. Words and limits are those of the pages."""

from typing import Any

from portal.cases import forms
from portal.cases.forms.of_case import choices
from portal.cases.models import CAME_NAMES, SUMMONS_OUTCOME_NAMES, SUMMONS_PURPOSE_NAMES
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    Form,
    Hour,
    Line,
    Optional,
    Paragraphs,
    Required,
    not_in_the_future,
)
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l
from portal.exchange.cells import AS_KEPT
from portal.law.breaches import GOOD_REASONS
from portal.law.community import RECEPTION_ITEMS, ReceptionItem
from portal.organisation.models import ROLE_NAMES, Role
from portal.proposals.kinds.revoking.answer_form import RevocationAnswerForm
from portal.proposals.kinds.shortening.answer_form import ShorteningAnswerForm

YES_NO = [("", ""), ("yes", _l("Yes")), ("no", _l("No"))]
_BREACH = _l("Breach of duty")
_ITS_NUMBER = _l("Its number on the sheet of its kind, behind that of its case: 2026-014/2.")


def _day(label: Any) -> Any:
    return Day(label, [Optional(), not_in_the_future])


def _item(item: ReceptionItem) -> Any:
    return BooleanField(_l(RECEPTION_ITEMS[item]))


class SummonsOfSheet(Form):
    purpose = Choice(_l("Summoned for"), [Required()], choices=choices(SUMMONS_PURPOSE_NAMES))
    about = Line(_l("Reason, if it is another one"), [Optional()], length=200)
    summoned_on = Day(_l("Day of the summons"), [Required(), not_in_the_future])
    appear_on = Day(_l("To appear on"), [Required()])
    appear_time = Hour(_l("At what hour"), [Required()])
    where = Line(_l("Where to appear"), [Required()])
    representative = Line(_l("Representative who is summoned as well"), [Optional()], length=100)
    outcome = Choice(
        _l("What became of the summons"), [Optional()], choices=[("", ""), *choices(SUMMONS_OUTCOME_NAMES)]
    )
    outcome_on = _day(_l("Outcome recorded on"))
    outcome_note = Paragraphs(_l("What is known of the reason"), [Optional()], length=1000)
    violation_id = Line(_l("Recorded as a breach"), [Optional()], description=_ITS_NUMBER)
    second_violation_id = Line(_l("Recorded a second time"), [Optional()], description=_ITS_NUMBER)


class ReceptionOfSheet(Form):
    held_on = Day(_l("Reception held on"), [Required(), not_in_the_future])
    begun_at = Hour(_l("Session begun at"), [Optional()])
    closed_at = Hour(_l("Session closed at"), [Optional()])
    where = Line(_l("Place of the session"), [Optional()])
    announced, rights = _item(ReceptionItem.ANNOUNCED), _item(ReceptionItem.RIGHTS)
    briefed, declaration = _item(ReceptionItem.BRIEFED), _item(ReceptionItem.DECLARATION)
    commitment, minutes = _item(ReceptionItem.COMMITMENT), _item(ReceptionItem.MINUTES)
    committed_on = _day(_l("Commitment signed on"))
    representative = Line(_l("Representative"), [Optional()], length=100)
    representative_confirms = BooleanField(_l("The representative has confirmed the commitment"))
    participants = Paragraphs(_l("Who took part"), [Optional()], length=1000)
    statements = Paragraphs(_l("What the person and others stated"), [Optional()], length=2000)
    completed_on = _day(_l("All of it was there on"))


class ViolationOfSheet(forms.ViolationForm):
    missing_report = _day(_l("First day of the month whose self-report had not come"))
    review_id = Line(_l("Stayed away from the review"), [Optional()], description=_ITS_NUMBER)


class WarningOfSheet(Form):
    violation_id = Line(_BREACH, [Required()], description=_ITS_NUMBER)
    written_on, text = forms.WarningForm.written_on, forms.WarningForm.text
    signed_on = _day(_l("Signed on"))
    given_on = _day(_l("Given on"))
    handed_how = Line(_l("How it was given"), [Optional()])
    paper_number = Line(_l("Number of the paper"), [Optional()], length=60)


class ReviewOfSheet(Form):
    paper_on = Day(_l("Day of the paper that establishes the breach"), [Required(), not_in_the_future])
    planned_on = Day(_l("Planned for"), [Required()])
    planned_at = Hour(_l("At what hour"), [Optional()])
    location = Line(_l("Where it is held"), [Optional()], length=300)
    invited = Paragraphs(_l("Who is invited"), [Optional()])
    organiser = Choice(_l("Who holds it"), [Required()], choices=[(one.value, ROLE_NAMES[one]) for one in Role])
    hold_by = Day(_l("Last day of the law"), [Optional()])
    source = Line(_l("Clause"), [Optional()], length=500)
    put_off_from = Day(_l("Put off from"), [Optional()])
    held_on = _day(_l("Day of the review"))
    came = Choice(_l("Whether the person came"), [Optional()], choices=[("", ""), *choices(CAME_NAMES)])
    good_reason = Choice(
        _l("Good reason"),
        [Optional()],
        choices=[("", ""), *((one.value, _l(told)) for one, told in GOOD_REASONS.items())],
    )
    absence_reason = Paragraphs(_l("What is known of the absence"), [Optional()], length=1000)
    attendees = Paragraphs(_l("Who took part"), [Optional()])
    statements = Paragraphs(_l("What was said"), [Optional()])
    conclusion = Paragraphs(_l("Conclusion"), [Optional()])
    paper_number = Line(_l("Number of its minutes"), [Optional()], length=60)


class EndCheckOfSheet(Form):
    last_on = Day(_l("Last day to be certified"), [Required()])
    computed_on = Day(_l("Day as the law gave it"), [Optional()])
    ground, paper = forms.EndCheckForm.ground, forms.EndCheckForm.paper
    paper_on, reason = forms.EndCheckForm.paper_on, forms.EndCheckForm.reason
    facts = Line(_l("Facts of the case, by a digest"), [Required()], length=40, description=AS_KEPT)
    shown = Paragraphs(_l("How the law came to the day"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


class ReckoningOfSheet(Form):
    made_on = Day(_l("Worked out on"), [Required(), not_in_the_future])
    because = Line(_l("Because of what"), [Required()], length=80, description=AS_KEPT)
    reason = Paragraphs(_l("Reason"), [Optional()], length=1000)
    facts = Line(_l("Facts of the case, by a digest"), [Required()], length=40, description=AS_KEPT)
    last_on = Day(_l("Last day"), [Optional()])
    days = Paragraphs(_l("Days with their reasons"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)


class HoldOfSheet(forms.HoldForm):
    paper = Line(_l("Paper that tells it"), [Optional()], length=150)
    ended_on = _day(_l("Ended on"))
    how_ended = Paragraphs(_l("How it ended"), [Optional()], length=1000)


class LeftUndoneOfSheet(Form):
    rule = Line(_l("Rule"), [Required()], length=80, description=AS_KEPT)
    key = Line(_l("Of which month or step"), [Optional()], length=80, description=AS_KEPT)
    due_on = Day(_l("Was due on"), [Required()])
    reason = Paragraphs(_l("Why it stays undone"), [Required()], length=1000)


class MoveOfSheet(Form):
    moves_to, known_on = forms.MoveForm.moves_to, forms.MoveForm.known_on
    known_time = Hour(_l("Hour at which it became known"), [Required()])
    told_on = _day(_l("Agency or new commune told on"))
    told_time = Hour(_l("Told at what hour"), [Optional()])
    arrived_on = forms.MoveForm.arrived_on
    arrived_time = Hour(_l("Arrived at what hour"), [Optional()])
    received_on = _day(_l("The new commune has the file or the person since"))
    other_province = Choice(_l("To another province"), [Optional()], choices=YES_NO)
    agreed_on, decided_on = forms.StepsOfMoveForm.agreed_on, forms.StepsOfMoveForm.decided_on
    granted = Choice(_l("The person may move"), [Optional()], choices=YES_NO)
    decision = forms.StepsOfMoveForm.decision


class DeathOfSheet(forms.DeathForm):
    reported_on, court_told_on = forms.AfterDeathForm.reported_on, forms.AfterDeathForm.court_told_on
    decided_on, decision = forms.AfterDeathForm.decided_on, forms.AfterDeathForm.decision


def _answered() -> Any:
    return Line(_l("Proposal"), [Required()], description=_l("The number of the proposal that was answered."))


class RevocationAnswerOfSheet(RevocationAnswerForm):
    proposal_id = _answered()


class ShorteningAnswerOfSheet(ShorteningAnswerForm):
    """Where the file is stands in the row of its proposal."""

    file_built_on: Any = None
    session_on: Any = None
    proposal_id = _answered()
    term_change_id = Line(_l("Shortening"), [Optional()], description=_ITS_NUMBER)
