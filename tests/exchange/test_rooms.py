"""What is no book goes out and comes in as well: units, accounts, households, pledges, documents, patrols, meetings.

Each is told by actions in one portal, taken into the same commune of another, and taken out of that one again.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.documents import actions as documents
from portal.documents import register as numbers_of
from portal.documents.jobs import enter_missing
from portal.documents.models import Attachment, AttachmentKind, OfficialDocument
from portal.engine import clock
from portal.engine.access import may
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.households import actions as register
from portal.households.actions import HouseholdFacts
from portal.households.models import CallResult, Household, Pledge, PledgeCampaign
from portal.households.queries import tallies
from portal.incidents.models import Incident
from portal.organisation import actions, passwords
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, User
from portal.organisation.queries import user_named
from portal.patrols.indicators import BORDER_WITH_VIOLATIONS
from portal.patrols.models import Patrol, PatrolForce, PatrolKind
from portal.proposals.models import Proposal
from tests.documents.test_directives import counted, entered
from tests.documents.test_register import a_decided_leave
from tests.households.doors import SIGNED, a_campaign, goal, some_establishments, some_households, ticked
from tests.meetings.meeting import TOMORROW, an_approved
from tests.patrols.going import a_patrol, a_point, at, disputed, logged, signed

FIRST, LAST = date(2021, 7, 1), date(2025, 6, 30)
LATER = TOMORROW + timedelta(days=2)


def same(cells, *keys):
    """Whether the sheets hold something, and the same on both sides."""
    out, back = cells
    for key in keys:
        assert out[key], key
        assert back[key] == out[key], key
    return True


# ── units and accounts ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_units_with_those_that_became_them_and_accounts_with_their_roles_come_into_another_portal(commune, moved):
    with transaction(None):
        old = actions.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, FIRST, valid_to=LAST)
        province = actions.create_unit("QN", "tỉnh Quảng Ngãi", UnitKind.PROVINCE, FIRST)
        village = actions.create_unit("PY-CU", "thôn Cũ", UnitKind.VILLAGE, FIRST, commune=old, above=old)
        actions.take_over(commune.unit, old)
        commune.unit.above = province
        actions.end_unit(village, LAST, commune.place("BPH"))
        helper, _first = actions.create_user("a_bih", "A Bih", commune.unit, title="Bí thư", phone="0901234567")
        grant = actions.grant_role(helper, Role.TEAM_MEMBER, village, FIRST, LAST)
        actions.confirm_grant(grant, commune.chief)
        actions.close_account(helper, "Đã chuyển đi")
    assert same(moved(), "units", "accounts", "accounts.roles")
    village = db.session.scalars(select(Unit).where(Unit.code == "PY-CU")).one()
    assert (village.heir.code, village.commune.heir.code, village.valid_to) == ("BY-BPH", "BY", LAST)
    helper = user_named("a_bih")
    assert (helper.disabled_reason, [one.confirmed_by_id for one in helper.grants]) == (
        "Đã chuyển đi", [user_named("by.chief").id])  # fmt: skip


def test_nobody_signs_in_to_an_account_that_was_brought_in(commune, bring):
    told = bring({"accounts": [{"username": "moi", "full_name": "Y Mới"}]})
    assert told.exit_code == 0, told.output
    account = user_named("moi")
    assert not account.password_hash
    assert not passwords.matches("", account.password_hash)
    created = select(AuditEvent).where(AuditEvent.record_type == "user", AuditEvent.record_id == account.id)
    assert [one.action for one in db.session.scalars(created)] == ["create"]


def test_the_commune_that_was_set_up_by_hand_learns_what_the_workbook_knows(commune, bring):
    with transaction(None):
        commune.administrator.grants[0].confirmed_at = None  # as whoever set the portal up holds it
    rows = {
        "units": [{"code": "BY", "kind": "commune", "name": "xã Bờ Y", "superior": "tỉnh Quảng Ngãi",
                   "phone": "02603123456", "valid_from": date(2019, 5, 1)}],
        "accounts": [{"username": "by.administrator", "full_name": "Administrator xã Bờ Y", "title": "Văn phòng"}],
        "accounts.roles": [{"user_id": "by.administrator", "role": "administrator", "unit_id": "BY",
                            "valid_from": date(2019, 5, 1), "confirmed_at": "01/05/2019 08:00"}],
    }  # fmt: skip
    told = bring(rows)
    assert told.exit_code == 0, told.output
    assert "nothing added" in bring(rows).output
    account = user_named("by.administrator")
    assert (commune.unit.valid_from, commune.unit.phone, account.title) == (
        date(2019, 5, 1),
        "02603123456",
        "Văn phòng",
    )
    assert [one.valid_from for one in account.grants] == [date(2019, 5, 1)]


REFUSED_OFFICE = (
    ({"units": [{"code": "XX", "kind": "commune", "name": "xã Lạ", "valid_from": FIRST}]}, "is of the commune XX"),
    ({"units": [{"code": "DN-CA", "kind": "police", "name": "Công an", "valid_from": FIRST}]}, "of another commune"),
    ({"units": [{"code": "BY-M", "kind": "village", "name": "thôn Mới", "commune_id": "BY", "valid_from": FIRST,
                 "successor_id": "BY-CA"}]}, "Only a unit of the same kind"),
    ({"accounts": [{"username": "Lý Hường", "full_name": "Lý Hường"}]}, "A user name has at least 3 small letters"),
    ({"accounts": [{"username": "dn.chief", "full_name": "Ai đó"}]}, "This user name is taken"),
    ({"accounts.roles": [{"user_id": "by.clerk", "role": "police_officer", "unit_id": "BY-BPH", "valid_from": FIRST}]},
     "is not held in a unit of this kind"),
    ({"accounts.roles": [{"user_id": "by.chief", "role": "police_chief", "unit_id": "BY-CA",
                          "valid_from": date(2022, 1, 1)}]}, "is held in this unit"),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "reason"), REFUSED_OFFICE)
def test_what_does_not_fit_of_units_accounts_and_roles_is_refused(commune, bring, rows, reason):
    before = len(db.session.scalars(select(User)).all()), len(db.session.scalars(select(Unit)).all())
    told = bring(rows)
    assert told.exit_code == 1
    assert reason in told.output
    assert before == (len(db.session.scalars(select(User)).all()), len(db.session.scalars(select(Unit)).all()))


def test_a_role_that_somebody_brings_in_by_their_right_is_confirmed_by_somebody_else(commune, bring):
    row = {"user_id": "by.clerk", "role": "police_officer", "unit_id": "BY-CA", "valid_from": FIRST}
    refused = bring({"accounts.roles": [{**row, "confirmed_at": "01/07/2021 08:00"}]}, "--as", "by.administrator")
    assert "Only whoever keeps the portal brings this in" in refused.output
    assert "Your role does not write this" in bring({"accounts.roles": [row]}, "--as", "by.officer").output
    assert bring({"accounts.roles": [row]}, "--as", "by.administrator").exit_code == 0
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == commune.clerk.id)).unique().all()[-1]
    assert grant.needs_confirmation
    assert not may(commune.administrator, "confirm", grant)


# ── households, establishments, pledges ─────────────────────────────────────────────────────────────────────────────
def some_events(commune):
    """Households of which one moved away and came back, one split, one became part of another."""
    mover, whole, small, gone = some_households(commune, 4)
    with transaction(commune.clerk):
        register.move(mover, commune.place("NHA"), date(2024, 3, 5))
        register.leave(mover, date(2025, 1, 1))
        register.move(mover, commune.place("BPH"), date(2025, 9, 1))
        register.split(whole, HouseholdFacts("Y Hai", 1), date(2025, 9, 10))
        register.merge(small, whole, date(2026, 2, 12))
        register.leave(gone, date(2026, 2, 12))


@pytest.mark.both_engines
def test_households_with_what_became_of_them_and_establishments_come_into_another_portal(commune, moved):
    some_events(commune)
    shop = some_establishments(commune, 2)[0]
    with transaction(commune.clerk):
        register.close_establishment(shop, date(2026, 1, 1))
    assert same(moved(), "households", "households.events", "establishments")
    mover, whole, small, gone, split = db.session.scalars(select(Household).order_by(Household.number)).all()
    assert [(one.village.code, one.since, one.until, one.why) for one in mover.standing_stays] == [
        ("BY-BPH", date(2020, 1, 1), date(2024, 3, 4), "move"),
        ("BY-NHA", date(2024, 3, 5), date(2024, 12, 31), "leave"),
        ("BY-BPH", date(2025, 9, 1), None, ""),
    ]  # fmt: skip
    assert (whole.people, small.merged_into_id, gone.stay, split.split_from_id) == (7, whole.id, None, whole.id)


def test_a_household_without_a_number_gets_the_next_one_and_is_found_again(commune, bring):
    row = {"head": "A Blưp", "people": 5, "village_id": "BY-BPH", "since": date(2022, 1, 1)}
    assert bring({"households": [row, {**row, "people": "3"}]}).exit_code == 0
    assert "nothing added" in bring({"households": [row, {**row, "people": "3"}]}).output
    assert [one.number for one in db.session.scalars(select(Household))] == ["HH-BPH-0001", "HH-BPH-0002"]


HOUSEHOLD = {"number": "HH-BPH-0001", "head": "A Blưp", "people": 5, "village_id": "BY-BPH", "since": date(2022, 1, 1)}
EVENT = {"household_id": "HH-BPH-0001", "what": "move", "on": date(2023, 1, 1), "village_id": "BY-NHA"}
REFUSED_REGISTER = (
    ({"households": [{**HOUSEHOLD, "number": "14"}]}, "A number here looks like HH-NHA-0014"),
    ({"households": [{**HOUSEHOLD, "people": 100}]}, "A number from 1 to 99"),
    ({"households": [HOUSEHOLD, HOUSEHOLD]}, "stands in the file twice"),
    ({"households.events": [EVENT]}, "There is no entry of this number"),
    ({"households": [HOUSEHOLD], "households.events": [{**EVENT, "village_id": "BY-BPH"}]}, "lives in this village"),
    ({"households": [HOUSEHOLD], "households.events": [{**EVENT, "on": date(2021, 1, 1)}]}, "The day must lie after"),
    ({"households": [HOUSEHOLD], "households.events": [{**EVENT, "what": "merge"}]}, "Please name the other household"),
    ({"establishments": [{"number": "CS-BPH-001", "trade_name": "Gas", "business": "Gas", "village_id": "BY-BPH",
                          "since": date(2022, 1, 1), "until": date(2021, 1, 1)}]}, "The day must lie after"),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "reason"), REFUSED_REGISTER)
def test_what_does_not_fit_of_the_register_is_refused(commune, bring, rows, reason):
    told = bring(rows)
    assert told.exit_code == 1
    assert reason in told.output
    assert not db.session.scalars(select(Household)).all()


def some_pledges(commune):
    """A campaign in which one signed, one signed and was confirmed, one withdrew, and one was not at home."""
    campaign = a_campaign(commune, counts={commune.place("NHA").id: 12})
    one, other, third, out = some_households(commune, 4)
    ticked(commune, campaign, [one], by="officer")
    ticked(commune, campaign, [other, third])
    with transaction(commune.officer):
        withdrawn = db.session.scalars(select(Pledge).where(Pledge.household_id == third.id)).one()
        register.withdraw(withdrawn, date(2026, 11, 22), "Không đồng ý nữa", commune.officer)
        register.record_calls(goal(commune, campaign), Household, {out.id: CallResult.MOVED}, SIGNED)
    return campaign


@pytest.mark.both_engines
def test_pledges_with_their_states_come_into_another_portal_and_count_the_same(commune, moved):
    campaign = some_pledges(commune)
    before = tallies(campaign)
    sheets = ("campaigns", "campaigns.steps", "campaigns.goals", "pledges", "pledges.calls")
    assert same(moved(), *sheets)
    campaign = db.session.scalars(select(PledgeCampaign)).one()
    assert tallies(campaign) == before
    confirmed = db.session.scalars(select(Pledge).where(Pledge.state == "confirmed")).one()
    assert (confirmed.confirmed_by, clock.day_of(confirmed.confirmed_at)) == (commune.village_head, clock.today())


def test_signatures_that_an_officer_brings_in_wait_for_the_village_head(commune, bring):
    campaign = a_campaign(commune)
    household = some_households(commune)[0]
    row = {"campaign_id": campaign.number, "household_id": household.number, "signed_on": SIGNED}
    confirmed = {**row, "state": "confirmed", "confirmed_at": "20/11/2026 08:00", "confirmed_by_id": "by.village_head"}
    refused = bring({"pledges": [confirmed]}, "--as", "by.officer")
    assert refused.output.count("Only whoever keeps the portal brings this in") == 3
    assert "Your role does not write this" in bring({"pledges": [row]}, "--as", "by.clerk").output
    assert bring({"pledges": [row]}, "--as", "by.officer").exit_code == 0
    pledge = db.session.scalars(select(Pledge)).one()
    assert (pledge.state, pledge.village.code, pledge.author) == ("signed", "BY-BPH", commune.officer)


def test_what_does_not_fit_of_pledges_is_refused(commune, bring):
    campaign, household = a_campaign(commune), some_households(commune)[0]
    shop = some_establishments(commune)[0]
    row = {"campaign_id": campaign.number, "household_id": household.number, "signed_on": SIGNED}
    for rows, reason in (
        ([{**row, "signed_on": date(2026, 10, 1)}], "In this campaign people sign from"),
        ([{**row, "establishment_id": shop.number}], "and not both"),
        ([{**row, "household_id": None, "establishment_id": shop.number}], "The campaign does not ask them"),
        ([{**row, "state": "withdrawn"}], "Please say when"),
        ([{**row, "withdrawn_on": date(2026, 11, 22)}], "the state does not"),
        ([{**row, "state": "breached", "breached_on": SIGNED, "withdrawn_on": SIGNED}], "the state does not"),
        ([row, {**row, "signed_on": date(2026, 11, 21)}], "The portal holds that they signed on"),
    ):
        assert reason in bring({"pledges": rows}).output, reason
    assert not db.session.scalars(select(Pledge)).all()


# ── the register of documents ───────────────────────────────────────────────────────────────────────────────────────
def a_scanned_plan(commune):
    """A plan of the committee whose signed page the clerk keeps as a file."""
    with transaction(commune.clerk):
        facts = documents.Facts(commune.place("UB"), "KH", "Kế hoạch Tết an toàn", signers="Lê Trọng Khôi")
        document = documents.register(facts)
        document.number, document.dated_on, document.signed = "47/KH-UBND", date(2024, 7, 1), "1"
        scan = Attachment(
            commune_id=commune.id, document_id=document.id, kind=AttachmentKind.SIGNED_PAGE, title="47/KH-UBND",
            file_name="a.pdf", media_type="application/pdf", size=1, digest="0", stored_as="0", dated_on=FIRST,
        )  # fmt: skip
        db.session.add(scan)
    return document


def a_letter(commune):
    with transaction(commune.clerk):
        return documents.receive(
            commune.place("UB"), "CT", "Bảo đảm an ninh dịp Tết", number="12/CT-UBND", dated_on=date(2026, 11, 2),
            sender="UBND tỉnh", received_on=date(2026, 11, 5), recipients="Công an xã",
        )  # fmt: skip


@pytest.mark.both_engines
def test_documents_that_came_in_or_went_out_come_into_another_portal_and_count_as_issued(commune, moved):
    entered(commune)
    a_scanned_plan(commune)
    a_letter(commune)
    with transaction(commune.clerk):
        documents.register(documents.Facts(commune.place("UB"), "KH", "Chờ ký", signers="Lê Trọng Khôi"))
    assert counted(commune) == 2
    assert same(moved(), "documents")
    assert counted(commune) == 2
    plan = db.session.scalars(select(OfficialDocument).where(OfficialDocument.number == "47/KH-UBND")).one()
    assert (plan.scan, plan.issued, plan.vouched_by_id) == (None, True, commune.clerk.id)


def entries():
    found = db.session.scalars(select(OfficialDocument))
    return sorted((one.abstract, one.number, one.signers) for one in found)


@pytest.mark.both_engines
def test_papers_of_proposals_patrols_and_meetings_come_along_once_and_the_next_number_goes_on(commune, moved):
    leave = a_decided_leave(commune)
    with transaction(commune.clerk):
        leave.document.number, leave.document.dated_on = "07/QĐ-UBND", date(2026, 11, 20)
    done = a_patrol(commune, points=(a_point(commune),))
    signed(commune, logged(commune, done), "military", "border")
    with clock.telling(clock.moment(LATER, 17)):
        an_approved(commune, LATER)
        written = entries()
        assert len(written) == 5  # the decision, the patrol's minutes; of the meeting invitation, minutes and notice
        assert same(moved(), "documents")
        assert entries() == written
        assert enter_missing() == 0
        assert entries() == written
    decision = db.session.scalars(select(OfficialDocument).where(OfficialDocument.number == "07/QĐ-UBND")).one()
    permitted = db.session.scalars(select(Proposal)).one()
    assert (decision.case_id, decision.subject_id, decision.waits) == (permitted.case_id, permitted.id, True)
    following = numbers_of.suggested(OfficialDocument(unit=decision.unit, symbol="QĐ-UBND"), date(2026, 11, 25))
    assert str(following) == "08/QĐ-UBND"
    db.session.rollback()
    kept = db.session.scalars(select(OfficialDocument.subject_type).where(OfficialDocument.subject_type != ""))
    assert sorted(kept) == ["meeting", "meeting", "meeting", "patrol", "proposal"]


LETTER = {"unit_id": "BY-UB", "direction": "incoming", "code": "CT", "abstract": "Bảo đảm an ninh",
          "sender": "UBND tỉnh", "number": "12/CT-UBND", "dated_on": date(2026, 11, 2),
          "received_on": date(2026, 11, 5), "arrival": 7}  # fmt: skip
PLAN = {"unit_id": "BY-UB", "direction": "outgoing", "code": "KH", "abstract": "Kế hoạch", "signers": "Lê Trọng Khôi",
        "number": "05/KH-UBND", "dated_on": date(2026, 11, 2)}  # fmt: skip
REFUSED_DOCUMENTS = (
    ([{**LETTER, "sender": None}], "This is needed"),
    ([{**LETTER, "received_on": date(2026, 11, 1)}], "It cannot have come in before it was written"),
    ([{**PLAN, "number": "năm"}], "Please write the number as on the paper"),
    ([{**PLAN, "dated_on": None}], "A number and its day come together"),
    ([PLAN, {**PLAN, "number": "5/kh-ubnd"}], "stands on another paper"),
    ([{**PLAN, "code": "QĐ", "number": "05/QĐ-UBND"}], "Please say which"),
    ([{**PLAN, "patrol_id": "TT-2026-009"}], "There is no entry of this number"),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "reason"), REFUSED_DOCUMENTS)
def test_what_does_not_fit_of_documents_is_refused(commune, bring, rows, reason):
    assert reason in bring({"documents": rows}).output
    assert not db.session.scalars(select(OfficialDocument)).all()


def test_a_clerk_brings_in_what_came_in_and_no_paper_that_went_out_signed(commune, bring):
    refused = bring({"documents": [LETTER, PLAN]}, "--as", "by.clerk")
    assert refused.output.count("Only whoever keeps the portal brings this in") == 2
    assert "Your role does not write this" in bring({"documents": [LETTER]}, "--as", "by.officer").output
    draft = {**PLAN, "number": None, "dated_on": None}
    assert bring({"documents": [LETTER, draft]}, "--as", "by.clerk").exit_code == 0
    waiting = db.session.scalars(select(OfficialDocument).where(OfficialDocument.symbol == "KH-UBND")).one()
    assert waiting.waits


# ── patrols and the duty roster ─────────────────────────────────────────────────────────────────────────────────────
def a_plan(commune):
    with transaction(commune.clerk):
        parties = [commune.place(code) for code in ("CA", "QS", "BP")]
        facts = actions.PlanFacts("03/KH-UBND", date(2026, 1, 5), date(2026, 1, 10), patrols_a_month=4)
        actions.enter_plan(commune.id, facts, parties)


@pytest.mark.both_engines
def test_patrols_with_their_logs_and_signatures_come_into_another_portal_intact(commune, moved):
    a_plan(commune)
    point = a_point(commune)
    a_patrol(commune, at(20, days=3))
    done = a_patrol(commune, points=(point,), kind=PatrolKind.BORDER)
    disputed(commune, logged(commune, done, conclusion="Lần một"), "border")
    signed(commune, logged(commune, done, violations_found=1, conclusion="Một vi phạm"), "military", "border")
    sheets = ("coordination_plans", "landmarks", "patrols", "patrols.steps", "patrols.forces", "patrols.stops",
              "patrols.logs", "patrols.signatures")  # fmt: skip
    assert same(moved(), *sheets)
    done = db.session.scalars(select(Patrol).where(Patrol.kind == PatrolKind.BORDER)).one()
    assert (done.state, done.plan.doc_number, len(done.logs)) == ("closed", "03/KH-UBND", 2)
    assert all(log.intact for log in done.logs)
    assert [one.by.username for one in done.log.signatures] == ["by.officer", "by.military", "by.border"]
    assert BORDER_WITH_VIOLATIONS.value(Period(FIRST, date(2026, 12, 31), (commune.id,))) == 1


PATROL = {"number": "TT-2026-001", "kind": "order", "planned_start_at": "20/11/2026 20:00",
          "planned_end_at": "20/11/2026 23:00", "leading_unit_id": "BY-CA"}  # fmt: skip
LOGGED = {**PATROL, "started_at": "20/11/2026 20:00", "ended_at": "20/11/2026 22:00", "state": "logged"}
LOG = {"patrol_id": "TT-2026-001", "number": 1, "started_at": "20/11/2026 20:00", "ended_at": "20/11/2026 22:00",
       "logged_by_id": "by.officer", "logged_for_id": "BY-CA", "logged_at": "20/11/2026 22:30"}  # fmt: skip


def test_nobody_brings_in_what_was_logged_and_signed_by_their_right(commune, bring):
    refused = bring({"patrols": [LOGGED]}, "--as", "by.officer")
    assert refused.output.count("Only whoever keeps the portal brings this in") == 3
    assert "Your role does not write this" in bring({"patrols": [PATROL]}, "--as", "by.clerk").output
    force = {"patrol_id": "TT-2026-001", "unit_id": "BY-CA", "planned_count": 3}
    assert bring({"patrols": [PATROL], "patrols.forces": [force]}, "--as", "by.officer").exit_code == 0
    assert "Only whoever keeps the portal" in bring({"patrols.logs": [LOG]}, "--as", "by.officer").output


def test_what_does_not_fit_of_patrols_is_refused(commune, bring):
    signature = {"patrol_id": "TT-2026-001", "log": 2, "unit_id": "BY-QS", "outcome": "signed",
                 "by_id": "by.military", "at": "20/11/2026 23:00"}  # fmt: skip
    for sheets, reason in (
        ({"patrols": [{**PATROL, "planned_end_at": "20/11/2026 19:00"}]}, "The end lies before the start"),
        ({"patrols": [{**PATROL, "state": "closed"}]}, "Please say when"),
        ({"patrols": [{**LOGGED, "started_at": "hôm qua"}]}, "This is no moment"),
        ({"patrols": [LOGGED], "patrols.signatures": [signature]}, "The patrol has no log of this number"),
        ({"patrols": [{**LOGGED, "log_number": 1}], "patrols.logs": [{**LOG, "violations_found": 1}]},
         "The patrol itself has"),
        ({"coordination_plans": [{"doc_number": "03/KH", "dated_on": FIRST, "valid_from": FIRST,
                                  "patrols_a_month": 4, "briefing_every": "monthly", "parties": "BY-CA"}]},
         "at least two forces"),
    ):  # fmt: skip
        assert reason in bring(sheets).output, reason
    assert not db.session.scalars(select(Patrol)).all()


def test_of_two_communes_that_gave_the_same_number_each_keeps_its_own(commune, bring, moved):
    with transaction(None):
        old = actions.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, FIRST, valid_to=LAST)
        actions.take_over(commune.unit, old)
    force = {"patrol_id": "TT-2026-001", "unit_id": "BY-CA", "planned_count": 3}
    forces = [force, {**force, "patrol_id": "PY/TT-2026-001", "planned_count": 5}]
    told = bring({"patrols": [{**PATROL, "commune": "PY"}, PATROL], "patrols.forces": forces})
    assert told.exit_code == 0, told.output
    planned = select(Unit.code, PatrolForce.planned_count).join(Patrol, Patrol.commune_id == Unit.id)
    planned = planned.join(PatrolForce, PatrolForce.patrol_id == Patrol.id).order_by(Unit.code)
    assert db.session.execute(planned).all() == [("BY", 3), ("PY", 5)]
    assert same(moved(), "patrols", "patrols.forces")


def test_the_roster_comes_into_another_portal(commune, moved, bring):
    turn = {"on": date(2026, 11, 24), "unit_id": "BY-CA", "user_id": "by.officer", "phone": "0901234567",
            "from_hour": 7}  # fmt: skip
    assert "stands in the file twice" in bring({"roster": [turn, turn]}).output
    assert "Your role does not write this" in bring({"roster": [turn]}, "--as", "by.officer").output
    assert bring({"roster": [turn]}, "--as", "by.chief").exit_code == 0
    assert same(moved(), "roster")


def test_an_incident_without_a_number_gets_one_of_the_year_in_which_it_happened(commune, bring):
    row = {"kind": "security", "village_id": "BY-BPH", "text": "Mất trộm xe máy", "detected_by": "commune_police",
           "category": "theft", "outcome": "pending", "detected_on": date(2025, 1, 2)}  # fmt: skip
    told = bring({"incidents": [{**row, "occurred_on": date(2024, 12, 30)}, {**row, "text": "Mất trộm bò"}]})
    assert told.exit_code == 0, told.output
    numbers = db.session.scalars(select(Incident.number).order_by(Incident.id)).all()
    assert numbers == ["VV-2024-001", "VV-2025-001"]
