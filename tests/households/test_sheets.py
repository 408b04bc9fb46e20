"""The whole village, but for some; and lists that are printed and typed back by their rows."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from lxml import html

from portal.documents.models import Attachment
from portal.engine import clock, qr
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import OthersLeft
from portal.households.models import CallResult, PledgeSheet, PrintedList
from portal.households.queries import not_signed, tallies
from tests.documents import files
from tests.households.doors import SIGNED, a_campaign, goal, pledges_of, some_households, ticked


def tally(campaign):
    (found,) = tallies(campaign).values()
    return found


def among(of):
    return [one.id for one in db.session.scalars(not_signed(of))]


def written(ids):
    """As a form carries them."""
    return ",".join(map(str, ids))


def all_but(commune, of, exceptions, *, by="village_head", seen=None):
    user = getattr(commune, by)
    with transaction(user):
        said = {one.id: result for one, result in exceptions.items()}
        return actions.sign_all_but(of, said, seen or among(of), SIGNED, user)[0]


@pytest.fixture
def village(commune):
    """Six households and a campaign that is open."""
    return some_households(commune, 6), a_campaign(commune)


def test_a_whole_village_but_for_three_is_entered_by_one_sheet(commune, village):
    households, campaign = village
    said = dict(zip(households, (CallResult.ABSENT, CallResult.REFUSED, CallResult.MOVED), strict=False))
    sheet = all_but(commune, goal(commune, campaign), said)
    found = tally(campaign)
    assert (sheet.count, found.signed, found.due, found.absent, found.refused, found.left_out) == (3, 3, 5, 1, 1, 1)
    assert {pledge.sheet_id for one in households[3:] for pledge in pledges_of(one)} == {sheet.id}


def test_the_page_says_the_count_and_asks_before_it_enters_anything_with_one_photo_for_all(commune, village, browse_as):
    households, campaign = village
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    said = {f"said_{one.id}": "absent" for one in households[:2]}
    typed = {"signed_on": "20/11/2026", "among": written(among(of)), **said}
    asked = head.post(f"/campaigns/villages/{of.id}/all-but", data=typed)
    assert "4 of 6 households signed?" in asked.text
    assert tally(campaign).signed == 0
    photo = (BytesIO(files.picture("JPEG")), "to-ky.jpg")
    data = {**typed, "photo": photo, "not_classified": "y"}
    done = head.post(f"/campaigns/villages/{of.id}/sheet", data=data, follow_redirects=True)
    assert "4 households are confirmed." in done.text
    sheet = db.session.query(PledgeSheet).one()
    assert [one.pledge_sheet_id for one in db.session.query(Attachment)] == [sheet.id]
    assert browse_as(commune.village_head2).get(f"/campaigns/sheets/{sheet.id}").status_code == 404


def posted(client, of, page, **typed):
    return client.post(f"/campaigns/villages/{of.id}/{page}", data={"signed_on": "20/11/2026", **typed})


def test_households_that_came_or_went_since_the_page_was_opened_are_told_and_nothing_is_written(commune, village):
    households, campaign = village
    of = goal(commune, campaign)
    for change in (lambda: some_households(commune), lambda: ticked(commune, campaign, households[:1])):
        seen = among(of)
        change()
        with pytest.raises(OthersLeft):
            all_but(commune, of, {}, seen=seen)
    assert (tally(campaign).signed, db.session.query(PledgeSheet).count()) == (1, 0)


@pytest.mark.parametrize("page", ["all-but", "sheet"])
def test_whoever_was_overtaken_sees_who_came_and_went_and_goes_on_with_the_exceptions_kept(
    commune, village, browse_as, page
):
    households, campaign = village
    of, head, seen = goal(commune, campaign), browse_as(commune.village_head), written(among(goal(commune, campaign)))
    some_households(commune, 1, head="Nàng Lá")
    with transaction(commune.clerk):
        households[1].head = "Thao Mưu"
    ticked(commune, campaign, households[1:2])
    said = {f"said_{households[0].id}": "refused", f"said_{households[1].id}": "absent"}
    told = posted(head, of, page, among=seen, **said)
    assert told.status_code == 409
    assert "New on the list: Nàng Lá" in told.text
    assert "No longer on the list: Thao Mưu" in told.text
    shown = html.document_fromstring(told.text).xpath("//form[@id='but']")[0]
    assert shown.xpath(".//option[@selected]/@value") == ["refused"]
    asked = head.post(shown.get("action"), data=dict(shown.form_values()))
    assert "5 of 6 households signed?" in asked.text
    sure = html.document_fromstring(asked.text).xpath("//form[.//input[@name='photo']]")[0]
    done = head.post(sure.get("action"), data=dict(sure.form_values()))
    assert (done.status_code, tally(campaign).signed, tally(campaign).refused) == (302, 6, 1)


def test_a_household_elsewhere_is_not_named_to_whoever_puts_its_id_into_the_form(commune, village, browse_as):
    _households, campaign = village
    (elsewhere,) = some_households(commune, 1, "NHA", head="Nàng Lá")
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    told = posted(head, of, "sheet", among=written([*among(of), elsewhere.id]))
    assert (told.status_code, "Nàng Lá" in told.text) == (409, False)


def test_exceptions_come_back_with_a_mistake_and_on_the_way_back_to_the_list(commune, village, browse_as):
    households, campaign = village
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    typed = {"among": written(among(of)), f"said_{households[0].id}": "refused"}
    wrong = posted(head, of, "all-but", **typed | {"signed_on": "31/02/2026"})
    back = posted(head, of, "all-but", back="yes", **typed)
    for answer, status in ((wrong, 422), (back, 200)):
        chosen = html.document_fromstring(answer.text).xpath("//select[option[@selected]]")
        assert (answer.status_code, [one.get("id") for one in chosen]) == (status, [f"said-{households[0].id}"])
    way_back = html.document_fromstring(posted(head, of, "all-but", **typed).text).xpath("//button[@name='back']")
    assert way_back[0].get("formaction") == f"/campaigns/villages/{of.id}/all-but"


def test_who_has_signed_before_is_not_entered_twice_by_the_sheet(commune, village):
    households, campaign = village
    ticked(commune, campaign, households[:2])
    assert all_but(commune, goal(commune, campaign), {}).count == 4
    assert [len(pledges_of(one)) for one in households] == [1] * 6


def test_a_sheet_is_taken_back_as_one_within_ten_minutes_and_with_a_reason_after_that(commune, village):
    households, campaign = village
    of = goal(commune, campaign)
    first = all_but(commune, of, {households[0]: CallResult.ABSENT})
    with transaction(commune.village_head):
        assert actions.take_back_sheet(first, commune.village_head) == 5
    assert (tally(campaign).signed, tally(campaign).absent) == (0, 0)
    second = all_but(commune, of, {})
    with clock.telling(clock.now() + timedelta(minutes=11)):
        with pytest.raises(Refused), transaction(commune.village_head):
            actions.take_back_sheet(second, commune.village_head)
        with transaction(commune.village_head):
            actions.take_back_sheet(second, commune.village_head, "Nhầm thôn")
    assert tally(campaign).signed == 0


def test_nobody_else_takes_a_sheet_back_without_a_reason(commune, village):
    _households, campaign = village
    sheet = all_but(commune, goal(commune, campaign), {})
    with pytest.raises(Refused), transaction(commune.officer):
        actions.take_back_sheet(sheet, commune.officer)


# ── printed lists ───────────────────────────────────────────────────────────────────────────────────────────────────
def printed_for(commune, campaign):
    with transaction(commune.village_head):
        return actions.print_list(goal(commune, campaign))


def test_rows_typed_back_mean_what_was_printed_also_where_somebody_signed_since(commune, village, browse_as):
    households, campaign = village
    printed = printed_for(commune, campaign)
    ticked(commune, campaign, households[:1])  # row 1 signed meanwhile: a list printed now would begin with row 2
    data = {"on": "20/11/2026", "signed": "2-3, 5", "absent": "4", "refused": "6", "moved": "", "not_applicable": ""}
    page = browse_as(commune.village_head).post(f"/campaigns/lists/{printed.id}/rows", data=data, follow_redirects=True)
    assert "3 signatures are entered." in page.text
    assert [len(pledges_of(one)) for one in households] == [1, 1, 1, 0, 1, 0]
    assert (tally(campaign).absent, tally(campaign).refused) == (1, 1)


def test_rows_that_were_not_entered_are_told_by_their_numbers_with_the_reason(commune, village, browse_as):
    households, campaign = village
    printed = printed_for(commune, campaign)
    ticked(commune, campaign, households[:2], on=date(2026, 11, 19))  # rows 1 and 2
    ticked(commune, campaign, households[2:3])  # row 3
    with transaction(commune.clerk):
        actions.move(households[3], commune.place("NHA"), clock.today())  # row 4
        actions.leave(households[4], clock.today())  # row 5
    data = {"on": "20/11/2026", "signed": "1, 3-4, 6", "absent": "2", "refused": "5", "moved": "", "not_applicable": ""}
    page = browse_as(commune.village_head).post(f"/campaigns/lists/{printed.id}/rows", data=data, follow_redirects=True)
    told = (
        "1 signature is entered.",
        "No longer in the village, so nothing is entered: row 4-5.",
        "Entered before, so nothing is changed: row 3.",
        "Signed on another day, as it stands: row 1.",
        "Signed meanwhile, so no call is noted down: row 2.",
    )
    assert [one for one in told if one not in page.text] == []


def test_signatures_and_calls_of_a_list_are_taken_back_together(commune, village):
    _households, campaign = village
    printed, of, head = printed_for(commune, campaign), goal(commune, campaign), commune.village_head
    with transaction(head):
        typed = actions.type_back(of, printed, [1, 2], {3: CallResult.ABSENT}, SIGNED, head)
    with transaction(head):
        assert len(actions.undo(of, typed.signed.at, head)) == 3
    assert (tally(campaign).signed, tally(campaign).absent) == (0, 0)


def test_the_list_shows_who_has_not_signed_in_the_order_of_the_walk(commune, village, browse_as):
    households, campaign = village
    with transaction(commune.clerk):
        households[4].walk = 1
        households[0].walk = 9
    ticked(commune, campaign, households[1:2])
    printed = printed_for(commune, campaign)
    wanted = [households[4], *households[2:4], households[5], households[0]]
    assert [one.household_id for one in printed.rows] == [one.id for one in wanted]
    page = browse_as(commune.village_head).get(f"/campaigns/lists/{printed.id}").text
    assert page.index("005") < page.index("003") < page.index("001")


WRONG = (
    ({"signed": "1-7"}, "which has 6: 1-7"),
    ({"signed": "0"}, "which has 6: 0"),
    ({"signed": "3-2"}, "which has 6: 3-2"),
    ({"signed": "1, hai"}, "which has 6: hai"),
    ({"signed": "1-3", "absent": "3"}, "stand in another field as well: 3"),
    ({}, "at least one row"),
    ({"signed": "1", "on": "24/11/2026"}, "in the future"),
    ({"signed": "1", "on": "31/10/2026"}, "people sign from"),
)


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_rows_that_the_list_does_not_have_are_told_at_their_field_and_nothing_is_entered(
    commune, village, browse_as, typed, told
):
    _households, campaign = village
    printed = printed_for(commune, campaign)
    data = {"on": "20/11/2026", "signed": "", "absent": "", "refused": "", "moved": "", "not_applicable": "", **typed}
    answer = browse_as(commune.village_head).post(f"/campaigns/lists/{printed.id}/rows", data=data)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert tally(campaign).signed == 0


def test_nothing_is_printed_where_everybody_has_signed(commune, village, browse_as):
    households, campaign = village
    ticked(commune, campaign, households)
    of = goal(commune, campaign)
    page = browse_as(commune.village_head).post(f"/campaigns/villages/{of.id}/print", follow_redirects=True)
    assert "there is nothing to print" in page.text
    assert db.session.query(PrintedList).count() == 0


@pytest.mark.parametrize(
    ("setting", "base"), [("", "http://localhost"), ("https://portal.bo-y.vn", "https://portal.bo-y.vn")]
)
def test_a_printed_list_bears_a_code_that_leads_to_where_its_rows_are_typed_back(
    commune, village, browse_as, app, monkeypatch, setting, base
):
    _households, campaign = village
    monkeypatch.setitem(app.config, "ADDRESS", setting)
    printed = printed_for(commune, campaign)
    page = html.document_fromstring(browse_as(commune.village_head).get(f"/campaigns/lists/{printed.id}").text)
    address = f"{base}/campaigns/lists/{printed.id}/rows"
    drawn = qr.code(address)
    assert address in page.xpath("string(//main)")
    assert page.xpath("//*[@class='qr']/*[local-name()='path']/@d") == [drawn.path]
    assert page.xpath("//*[@class='qr']/@viewbox | //*[@class='qr']/@viewBox") == [f"0 0 {drawn.size} {drawn.size}"]
    assert drawn.size <= 30 / 0.5  # at 30 mm on paper a module is half a millimetre at least: cheap cameras read it
