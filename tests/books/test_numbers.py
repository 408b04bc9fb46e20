"""Records of a commune and of those that it follows are told apart by their numbers."""

from datetime import date, timedelta

import pytest

from portal.cases.actions import draft_case
from portal.cases.models import CaseType
from portal.engine.transaction import transaction
from portal.incidents.actions import Seen, note_down
from portal.incidents.models import Source
from portal.organisation import actions as organisation
from portal.organisation.models import UnitKind
from portal.proposals.actions import next_proposal_number, propose
from portal.proposals.kinds.absence.model import AbsenceProposal
from tests.builders import FOUNDED, a_case
from tests.conftest import TODAY
from tests.incidents.written import an_incident
from tests.meetings.meeting import a_meeting
from tests.patrols.going import a_patrol, at
from tests.reports.report import a_draft

ENDED = date(2026, 6, 30)


def an_observation(commune, _turn):
    with transaction(commune.officer):
        return note_down(commune.id, Seen(Source.TELEPHONE, TODAY, None, commune.place("BPH"), "", "Người lạ"))


def a_file(commune, turn):
    with transaction(commune.officer):
        return draft_case(
            commune.officer, commune.id, {"full_name": f"A {turn}", "village_id": commune.place("BPH").id},
            type=CaseType.SUSPENDED_SENTENCE, received_on=TODAY, starts_on=TODAY, term_months=24,
        )  # fmt: skip


def a_report(commune, turn):
    return a_draft(commune, date(2026, turn, 1), date(2026, turn + 1, 28))


MADE = (
    lambda commune, _turn: an_incident(commune),
    an_observation,
    a_file,
    lambda commune, turn: a_meeting(commune, TODAY + timedelta(days=turn)),
    lambda commune, turn: a_patrol(commune, at(2, days=turn)),
    a_report,
)
NAMES = ("incident", "observation", "file", "meeting", "patrol", "report")


def handed_down(commune, record):
    """The record is one of the commune that this one followed in the middle of the year."""
    with transaction(None):
        old = organisation.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, FOUNDED, valid_to=ENDED)
        organisation.take_over(commune.unit, old)
        record.commune_id = old.id
    return record


@pytest.mark.parametrize("made", MADE, ids=NAMES)
def test_a_commune_numbers_on_from_the_one_that_it_follows(commune, made):
    first = handed_down(commune, made(commune, 1))
    begin, _dash, last = first.number.rpartition("-")
    assert made(commune, 2).number == f"{begin}-{int(last) + 1:03d}"


def test_a_proposal_is_numbered_after_those_of_the_commune_before(commune):
    with transaction(commune.officer):
        case = a_case(commune)
        asked = propose(AbsenceProposal, case, leaves_on=TODAY, returns_on=TODAY, destination="Pleiku")
    first = handed_down(commune, asked)
    assert (first.number, next_proposal_number(commune.id, 2026)) == ("ĐX-2026-001", "ĐX-2026-002")
