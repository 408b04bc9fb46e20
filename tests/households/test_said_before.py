"""Where somebody refused, moved away or is not asked, nobody is taken to have signed but by a word of its own."""

import re

import pytest
from lxml import html

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import SaidBefore
from portal.households.models import CallResult, DoorCall, Household, PledgeSheet
from portal.households.queries import not_signed, tallies
from tests.households.doors import SIGNED, a_campaign, goal, pledges_of, some_households, ticked

ABSENT, REFUSED = CallResult.ABSENT, CallResult.REFUSED
AGAINST = (CallResult.REFUSED, CallResult.MOVED, CallResult.NOT_APPLICABLE)


@pytest.fixture
def village(commune):
    """Four households and a campaign that is open."""
    return some_households(commune, 4), a_campaign(commune)


def say(commune, campaign, household, result, *, by="officer"):
    """It is noted down at a door; gives back the call."""
    with transaction(getattr(commune, by)):
        called = actions.record_calls(goal(commune, campaign), Household, {household.id: result}, SIGNED)
    return called.made[0]


def signed(households):
    return [bool(pledges_of(one)) for one in households]


def results(campaign):
    (found,) = tallies(campaign).values()
    return found.signed, found.absent, found.refused


# ── one door ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("result", AGAINST)
def test_a_tick_over_what_was_said_enters_nothing_until_it_is_said_once_more(commune, village, browse_as, result):
    households, campaign = village
    call, of, head = (
        say(commune, campaign, households[0], result), goal(commune, campaign), browse_as(commune.village_head),
    )  # fmt: skip
    ticks = {f"tick_{one.id}": "yes" for one in households[:2]}
    told = head.post(f"/campaigns/villages/{of.id}/tick", data={**ticks, "signed_on": "20/11/2026"})
    assert (signed(households), call.standing) == ([False, True, False, False], True)
    page = html.document_fromstring(head.get(told.location).text)
    assert "1 household is not entered" in page.xpath("string(//main)")
    (form,) = page.xpath("//form[.//input[@name='over']]")
    assert head.post(form.get("action"), data=dict(form.form_values())).status_code == 302
    assert (signed(households), call.standing) == ([True, True, False, False], False)


def test_of_two_that_are_asked_about_the_second_is_still_asked_about_when_the_first_is_settled(
    commune, village, browse_as
):
    households, campaign = village
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    for one in households[:2]:
        say(commune, campaign, one, REFUSED)
    typed = {**{f"tick_{one.id}": "yes" for one in households[:2]}, "signed_on": "20/11/2026"}
    asked = head.post(f"/campaigns/villages/{of.id}/tick", data=typed)
    for left in (2, 1):
        forms = html.document_fromstring(head.get(asked.location).text).xpath("//form[.//input[@name='over']]")
        assert len(forms) == left
        asked = head.post(forms[0].get("action"), data=dict(forms[0].form_values()))
    assert signed(households) == [True, True, False, False]


def test_a_yes_to_one_refusal_is_none_to_a_later_one(commune, village, browse_as):
    households, campaign = village
    first = say(commune, campaign, households[0], REFUSED)
    with transaction(commune.officer):
        actions.strike_out(first, "Nhầm hộ")
    say(commune, campaign, households[0], REFUSED)
    typed = {f"tick_{households[0].id}": "yes", "signed_on": "20/11/2026", "over": first.id}
    browse_as(commune.village_head).post(f"/campaigns/villages/{goal(commune, campaign).id}/tick", data=typed)
    assert signed(households) == [False] * 4


def test_no_call_of_another_village_is_shown_by_its_number_in_the_address(commune, village, browse_as):
    _households, campaign = village
    (elsewhere,) = some_households(commune, 1, "NHA", head="Nàng Lá")
    with transaction(commune.officer):
        of = goal(commune, campaign, "NHA")
        call = actions.record_calls(of, Household, {elsewhere.id: REFUSED}, SIGNED).made[0]
    address = f"/campaigns/villages/{goal(commune, campaign).id}?against={call.id}&on=2026-11-20"
    for user in (commune.village_head, commune.officer):
        assert "Nàng Lá" not in browse_as(user).get(address).text


# ── rows typed back ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_row_that_had_refused_is_passed_over_and_told_and_one_that_was_not_at_home_is_told(
    commune, village, browse_as
):
    households, campaign = village
    with transaction(commune.village_head):
        printed = actions.print_list(goal(commune, campaign))
    say(commune, campaign, households[1], REFUSED)
    say(commune, campaign, households[2], ABSENT)
    typed = {"on": "20/11/2026", "signed": "1-4", "absent": "", "refused": "", "moved": "", "not_applicable": ""}
    head = browse_as(commune.village_head)
    page = head.post(f"/campaigns/lists/{printed.id}/rows", data=typed, follow_redirects=True).text
    assert signed(households) == [True, False, True, True]
    told = (
        "Refused, moved or not concerned as noted down before, so no signature is entered: row 2.",
        "Not at home before, signed now: row 3.", "Nothing is entered yet: did they sign on 20/11/2026 all the same?",
    )  # fmt: skip
    assert [one for one in told if one not in page] == []


# ── the whole village, but for some ─────────────────────────────────────────────────────────────────────────────────
def list_of(head, of):
    """The form of the page as it is opened."""
    return html.document_fromstring(head.get(f"/campaigns/villages/{of.id}/all-but").text).xpath("//form[@id='but']")[0]


def send(head, form, **other):
    return head.post(form.get("action"), data={**dict(form.form_values()), "signed_on": "20/11/2026", **other})


def sure_of(page):
    return html.document_fromstring(page.text).xpath("//form[.//input[@name='photo']]")[0]


def test_whoever_had_refused_or_was_out_is_left_so_by_the_sheet_unless_it_is_said(commune, village, browse_as):
    households, campaign = village
    for one, result in zip(households, (REFUSED, ABSENT), strict=False):
        say(commune, campaign, one, result)
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    asked = send(head, list_of(head, of))
    assert "2 of 4 households signed?" in asked.text
    assert len(re.findall(r"(?:Refused to sign|Not at home) on 20/11", asked.text)) == 2
    assert send(head, sure_of(asked)).status_code == 302
    assert (signed(households), results(campaign)) == ([False, False, True, True], (2, 1, 1))
    assert db.session.query(DoorCall).count() == 2


def test_who_has_signed_after_all_is_named_where_the_count_is_asked(commune, village, browse_as):
    households, campaign = village
    say(commune, campaign, households[0], REFUSED)
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    asked = send(head, list_of(head, of), **{f"said_{households[0].id}": "signed"})
    assert "4 of 4 households signed?" in asked.text
    assert "something else was noted down before. You say that they have signed now" in asked.text
    send(head, sure_of(asked))
    assert (signed(households), results(campaign)) == ([True] * 4, (4, 0, 0))


@pytest.mark.parametrize("result", [ABSENT, REFUSED])
@pytest.mark.parametrize("when", ["before the count", "before the yes"])
def test_of_whom_something_is_noted_down_meanwhile_it_is_asked_and_nothing_is_written(
    commune, village, browse_as, when, result
):
    households, campaign = village
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    form = list_of(head, of)
    if when == "before the yes":
        form = sure_of(send(head, form))
    say(commune, campaign, households[1], result)
    told = send(head, form)
    assert (told.status_code, signed(households)) == (422, [False] * 4)
    assert f"Please say of each whether they signed: {households[1].head}" in told.text
    again = html.document_fromstring(told.text).xpath("//form[@id='but']")[0]
    assert dict(again.form_values())[f"said_{households[1].id}"] == "stands"
    assert db.session.query(PledgeSheet).count() == 0


def test_without_a_word_of_each_no_sheet_is_entered_by_whomever(commune, village):
    households, campaign = village
    say(commune, campaign, households[0], ABSENT)
    of, head = goal(commune, campaign), commune.village_head
    ids = [one.id for one in db.session.scalars(not_signed(of))]
    with pytest.raises(SaidBefore), transaction(head):
        actions.sign_sheet(of, ids, {}, SIGNED, head)
    with transaction(head):
        sheet, _outcome = actions.sign_sheet(of, ids, {}, SIGNED, head, told={households[0].id: False})
    assert (sheet.count, signed(households)) == (3, [False, True, True, True])


def test_an_undone_signature_lets_the_refusal_stand_again(commune, village):
    households, campaign = village
    refusal = say(commune, campaign, households[0], REFUSED)
    ticked(commune, campaign, households[:1], over=[refusal])
    with transaction(commune.village_head):
        actions.undo(goal(commune, campaign), pledges_of(households[0])[0].confirmed_at, commune.village_head)
    db.session.expire_all()
    assert (refusal.standing, results(campaign)) == (True, (0, 0, 1))


# ── whoever had withdrawn ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def withdrawn(commune, village):
    """The first of the households had signed, and withdrew."""
    households, campaign = village
    ticked(commune, campaign, households[:1])
    with transaction(commune.village_head):
        actions.withdraw(pledges_of(households[0])[0], SIGNED, "Không đồng ý nội dung", commune.village_head)
    return households, campaign


def holding(household):
    return [one.state for one in pledges_of(household) if one.state != "withdrawn"]


def test_whoever_had_withdrawn_signs_by_no_sheet_unless_it_is_said(commune, withdrawn, browse_as):
    households, campaign = withdrawn
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    form = list_of(head, of)
    asked = send(head, form)
    assert "3 of 4 households signed?" in asked.text
    assert "Withdrew the pledge on 20/11" in asked.text
    silent = {name: value for name, value in form.form_values() if name != f"said_{households[0].id}"}
    assert head.post(form.get("action"), data={**silent, "signed_on": "20/11/2026"}).status_code == 422
    send(head, sure_of(asked))
    assert [len(holding(one)) for one in households] == [0, 1, 1, 1]


def test_a_row_that_had_withdrawn_is_passed_over_and_signs_anew_by_a_tick(commune, withdrawn, browse_as):
    households, campaign = withdrawn
    with transaction(commune.village_head):
        printed = actions.print_list(goal(commune, campaign))
    typed = {"on": "20/11/2026", "signed": "1-4", "absent": "", "refused": "", "moved": "", "not_applicable": ""}
    head = browse_as(commune.village_head)
    page = head.post(f"/campaigns/lists/{printed.id}/rows", data=typed, follow_redirects=True).text
    assert "Withdrawn before, so no signature is entered: row 1." in page
    assert [len(holding(one)) for one in households] == [0, 1, 1, 1]
    ticked(commune, campaign, households[:1])
    assert holding(households[0]) == ["confirmed"]


def test_a_printed_list_says_what_was_noted_down_before_and_a_form_for_nobody_is_not_there(
    commune, withdrawn, browse_as
):
    households, campaign = withdrawn
    say(commune, campaign, households[1], REFUSED)
    of = goal(commune, campaign)
    with transaction(commune.village_head):
        printed = actions.print_list(of)
    head = browse_as(commune.village_head)
    cells = html.document_fromstring(head.get(f"/campaigns/lists/{printed.id}").text).xpath("//tbody/tr/td[last()]")
    notes = [one.text_content() for one in cells]
    assert notes == ["Withdrew the pledge on 20/11", "Refused to sign on 20/11", "", ""]
    assert head.get(f"/campaigns/villages/{of.id}/pledges.docx?for=HH-XX-0001").status_code == 404
