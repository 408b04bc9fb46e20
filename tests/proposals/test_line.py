"""The line of steps over a proposal: where it stands and since when, and who comes after."""

import re

import pytest

from tests.builders import a_case
from tests.documents.signing import sealed
from tests.proposals.ways import a_proposal, step

WAYS = {
    "": ("Write", "waiting"),
    "submit": ("Chief", "waiting"),
    "submit endorse": ("The chair", "waiting"),
    "submit endorse return": ("Write", "returned"),
    "submit endorse approve": ("Carry out", "waiting"),
    "submit endorse reject": ("The chair", "cancelled"),
    "submit withdraw": ("Chief", "cancelled"),
}
BY = {"submit": "officer", "withdraw": "officer", "endorse": "chief"}


def a_way(commune, steps, kind="absence"):
    proposal = a_proposal(kind, a_case(commune), commune.officer)
    for name in steps.split():
        step(proposal, name, getattr(commune, BY.get(name, "leader")), "Có lý do")
    return proposal


def line_of(page):
    found = page.text.split('<ol class="steps')[1].split("</ol>")[0]
    return re.findall(r"<li( class=\"passed\"| aria-current=\"step\"|)>.*?#shape-(\w+).*?</span>(?:<span.*?</span>)?"
                      r"([^<]*)(?:<small>([^<]*)</small>)?", found)  # fmt: skip


@pytest.mark.parametrize("steps", WAYS)
def test_the_line_shows_one_present_step_with_its_day_and_nothing_behind_it_that_was_not_done(
    commune, browse_as, steps
):
    line = line_of(
        browse_as(commune.inspector if steps else commune.officer).get(f"/proposals/{a_way(commune, steps).id}")
    )
    (present,) = [number for number, one in enumerate(line) if "aria-current" in one[0]]
    assert (line[present][2], line[present][1]) == WAYS[steps]
    assert "23/11" in line[present][3]
    assert all(one[1] == "done" and one[3] for one in line[:present])
    assert all(one[1] == "todo" and not one[3] for one in line[present + 1 :])


def test_a_draft_shows_already_who_will_endorse_and_who_decide(commune, browse_as):
    line = line_of(browse_as(commune.officer).get(f"/proposals/{a_way(commune, '').id}"))
    assert [one[2] for one in line] == ["Write", "Submit", "Chief", "The chair", "Carry out"]


def test_once_it_is_carried_out_every_step_is_done(commune, browse_as):
    proposal = a_way(commune, "submit endorse approve")
    sealed(proposal.document, commune.clerk)
    for name in ("communicate", "carry_out"):
        step(proposal, name, commune.officer)
    assert {one[1] for one in line_of(browse_as(commune.officer).get(f"/proposals/{proposal.id}"))} == {"done"}


def bar_of(page):
    return page.text.split('<section class="action-bar"')[1].split("</section>")[0]


def test_the_bar_of_a_phone_is_filled_only_where_something_is_to_be_done_but_to_give_up(commune, browse_as):
    proposal = a_way(commune, "")
    officer = browse_as(commune.officer)
    assert "btn-main" in bar_of(officer.get(f"/proposals/{proposal.id}"))
    step(proposal, "submit", commune.officer)
    assert "btn-main" not in bar_of(officer.get(f"/proposals/{proposal.id}"))


@pytest.mark.parametrize("kind", ["absence", "helper"])
def test_no_link_of_the_bar_leads_to_a_place_that_the_page_lacks(commune, browse_as, kind):
    more = {"helper_id": commune.helper.id} if kind == "helper" else {}
    proposal = a_proposal(kind, a_case(commune), commune.officer, **more)
    step(proposal, "submit", commune.officer)
    page = browse_as(commune.chief).get(f"/proposals/{proposal.id}")
    places = re.findall(r'href="#(\w+)"', bar_of(page))
    assert places
    assert all(f'id="{place}"' in page.text for place in places)


def test_who_signs_sees_the_law_and_the_paper_on_the_page_that_is_signed(commune, browse_as):
    proposal = a_way(commune, "submit endorse")
    page = browse_as(commune.leader).post(
        f"/proposals/{proposal.id}/decide", data={"transition": "approve", "version": proposal.version}
    )
    assert 'id="law"' in page.text
    assert "QUYẾT ĐỊNH" in page.text
    assert "Sign: Approve" in page.text
