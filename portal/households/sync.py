"""What a phone may send about pledges: what came of each door of one's own village."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import or_

from portal.engine import versions
from portal.engine.access import find, reach
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.sync import Alike, Pairs, PhoneForm, Row, Sheet
from portal.engine.text import _, _l, as_on_paper, mark, ngettext
from portal.households import actions
from portal.households.actions import Called, Outcome
from portal.households.forms import SIGNED, DoorForm, SheetForm, sheet_form
from portal.households.models import (
    RESULT_NAMES,
    CallResult,
    CampaignGoal,
    DoorCall,
    Household,
    Pledge,
    PledgeCampaign,
    PledgeSheet,
)
from portal.households.presenters import village, whole_village
from portal.households.queries import (
    Tally,
    not_yet,
    pledge_of,
    signers_in,
    standing_calls,
    stands_for_itself,
    tallies,
    waiting,
)
from portal.organisation.models import User

GONE = mark("The household does not live in this village any more.")
SIGNED_THERE = mark(
    "It is entered there that they signed, so this is not noted down. If they did not sign, the pledge is struck out "
    "on the page of the household."
)


def form_of_door(goal: CampaignGoal, **sent: Any) -> DoorForm:
    return DoorForm(version=goal.version, signed_on=goal.campaign.usual_day, **sent)


def keep_door(goal: CampaignGoal, form: DoorForm, by: User) -> Pledge | CampaignGoal:
    """Enter what came of a door: a signature, which counts and is confirmed as on the page, or what was said.

    Raises Conflict where the household is entered with another day, or what was said there speaks against a signature,
    unless the form was sent over that; Refused for what was said where a signature is entered.
    """
    door = form.household_id
    if form.result.data != SIGNED:
        called = _called(goal, form, [door])
        if called.gone:
            raise Refused(Plain(GONE))
        if called.signed:
            raise Refused(Plain(SIGNED_THERE))
        return goal
    outcome = _ticked(goal, form, [door], by)
    if outcome.against:
        outcome = _ticked(goal, form, [door], by, over=_shown(outcome.against[0], form))
    if outcome.clashing:
        return _over(outcome.clashing[0], form, by)
    if outcome.gone:
        raise Refused(Plain(GONE))
    return outcome.settled[door]


def keep_doors(
    goal: CampaignGoal, form: DoorForm, doors: Sequence[str], by: User
) -> Mapping[str, Pledge | CampaignGoal]:
    """Enter the same of many doors, as `keep_door` does of one; what it would refuse is left to it."""
    numbers = {one: versions.read(one) for one in doors}
    settled: Mapping[int, Pledge | CampaignGoal]
    if form.result.data == SIGNED:
        settled = _ticked(goal, form, list(numbers.values()), by).settled
    else:
        called = _called(goal, form, list(numbers.values()))
        settled = dict.fromkeys({*numbers.values()} - {*called.gone, *called.signed}, goal)
    return {one: settled[number] for one, number in numbers.items() if number in settled}


def _ticked(
    goal: CampaignGoal, form: DoorForm, doors: Collection[int], by: User, over: Collection[int] = ()
) -> Outcome:
    return actions.tick(goal, Household, doors, form.signed_on.data, by, over=over)


def _shown(call: DoorCall, form: DoorForm) -> Collection[int]:
    """The call at a door, to whoever was shown it and says that they signed all the same."""
    if versions.read(form.call_version.data) != call.id:
        form.call_version.data = str(call.id)
        told = mark("It is noted down: %(what)s, on %(day)s. Did they sign all the same?")
        raise Conflict(call, Plain(told, what=RESULT_NAMES[call.result], day=call.on))
    return [call.id]


def _called(goal: CampaignGoal, form: DoorForm, doors: Collection[int]) -> Called:
    """Record what was said at doors; whoever has signed is passed over."""
    results = dict.fromkeys(doors, CallResult(form.result.data))
    return actions.record_calls(goal, Household, results, form.signed_on.data)


def _over(pledge: Pledge, form: DoorForm, by: User) -> Pledge:
    """Put another day in the place of the one that stands, for whoever was shown it and may mend it."""
    if form.shown_version("pledge") != pledge.version:
        told = mark("It is entered as signed on %(day)s.")
        raise Conflict(pledge, Plain(told, day=pledge.signed_on))
    if find(by, "mend", Pledge, pledge.id) is None:
        raise Refused(Plain(mark("Only the police and the village head mend the day of a pledge.")))
    with as_on_paper():
        why = str(_("Of two entries with different days, that of the phone was kept"))
    actions.correct_day(pledge, form.signed_on.data, why, by)
    return pledge


def _entered(goal: CampaignGoal, form: DoorForm) -> Pairs:
    """What is entered of the household."""
    household = db.session.get(Household, form.household_id)
    here = [household] if household else []
    if pledge := pledge_of(goal.campaign, here).get(form.household_id):
        return [(_("Signed on"), day(pledge.signed_on))]
    call = standing_calls(goal.campaign, here).get(form.household_id)
    return [(str(RESULT_NAMES[call.result]), day(call.on))] if call else ()


def _at(goal: CampaignGoal, _form: Any, _reader: Any) -> Pairs:
    return [(_("Campaign"), goal.campaign.title), (_("Village"), goal.village.title)]


def _whose_door(goal: CampaignGoal, form: DoorForm, reader: Any) -> Pairs:
    household = find(reader, "read", Household, form.household_id)
    named = f"{household.number}, {household.head}" if household else "–"
    return [*_at(goal, form, reader), (_("Household"), named)]


def _whose_doors(goal: CampaignGoal, form: SheetForm, reader: Any) -> Pairs:
    """How many signed, and what is said of each other."""
    said = form.exceptions()
    others = db.session.scalars(reach(reader, "read", Household).where(Household.id.in_(said))).all()
    told = [(f"{one.number}, {one.head}", str(RESULT_NAMES[said[one.id]])) for one in others]
    return [*_at(goal, form, reader), (_("Households"), str(len(form.signing()))), *told]


def form_of_sheet(goal: CampaignGoal, **sent: Any) -> SheetForm:
    """What was sent is read as it is: the households that stood on the phone may be others than those of today."""
    usual = goal.campaign.usual_day
    if sent:
        return SheetForm(signed_on=usual, **sent)
    shown = whole_village.page(goal).rows
    doors = {row.signer.id: (row.signer.name, _line(row), row.before) for row in shown}
    return sheet_form(doors)(signed_on=usual, among=",".join(map(str, doors)))


def keep_sheet(goal: CampaignGoal, form: SheetForm, by: User) -> PledgeSheet:
    """Enter that all on the phone's list signed one sheet, but for some. Raises Refused where one of these has signed:
    once it was read, the sheet is sent without them."""
    among, said = form.households(), form.exceptions()
    actions.none_signed(goal, said)
    sheet, _outcome = actions.sign_sheet(goal, among, said, form.signed_on.data, by, told=form.told())
    return sheet


def _own_village(user: Any) -> Sequence[Sheet]:
    """The open campaigns in the village of its head: who has not signed, or waits to be confirmed."""
    return [_sheet(goal) for goal in _own_goals(user)]


def _whole_village(user: Any) -> Sequence[Sheet]:
    """The same campaigns, where everybody signed one sheet of paper but for some."""
    found = []
    for goal in _own_goals(user):
        if left := len(whole_village.page(goal).rows):
            line = ngettext("%(num)s household has not signed", "%(num)s households have not signed", left)
            row = Row(goal, _("The whole village, but for some"), line)
            words = _("%(num)s households signed: keep it", num="%(num)s")
            found.append(Sheet(_("%(campaign)s: one sheet", campaign=goal.campaign.title), [row], words=words))
    return found


def _own_goals(user: Any) -> Sequence[CampaignGoal]:
    asked = reach(user, "confirm_pledges", CampaignGoal).join(CampaignGoal.campaign)
    asked = asked.where(PledgeCampaign.state == "open", stands_for_itself())
    goals = db.session.scalars(asked.order_by(PledgeCampaign.last_on)).all()
    return [goal for goal in goals if Household in goal.campaign.kinds]


def _sheet(goal: CampaignGoal) -> Sheet:
    campaign = goal.campaign
    here = signers_in(Household, goal.village, campaign.counted_on)
    open_ = here.where(or_(not_yet(campaign, Household), waiting(campaign, Household)))
    rows = [
        Row(goal, one.signer.name, _line(one), {"household": str(one.signer.id)})
        for one in village.rows(campaign, db.session.scalars(open_).all())
    ]
    tally = tallies(campaign, Household, village=goal.village).get(goal.village.heir_id or 0, Tally())
    words = _("Confirm %(num)s households", num="%(num)s")
    return Sheet(campaign.title, rows, many=True, whole=tally.due, words=words)


def _line(row: village.Row) -> str:
    """The number of the door and how it stands: more of a household is not on a phone."""
    door = _("Household %(door)s", door=row.signer.door)
    if row.pledge is not None:
        return _("%(door)s. Signed on %(day)s, to be confirmed", door=door, day=day(row.pledge.signed_on))
    return f"{door}. {row.state}" if row.before else door


PHONE_FORMS = (
    PhoneForm(
        "households.door", _l("Pledge"), _l("Confirm"), CampaignGoal, "enter", form_of_door, keep_door, _own_village,
        _entered, _whose_door, alike=Alike("household", keep_doors),
    ),
    PhoneForm(
        "households.sheet", _l("Sheet of a whole village"), _l("Keep it"), CampaignGoal, "enter", form_of_sheet,
        keep_sheet, _whole_village, subject=_whose_doors, template="households/phone_sheet.html", photos=True,
    ),
)  # fmt: skip
