"""Whoever was overtaken is told: each form over a record carries the version of it that was shown."""

from collections.abc import Iterator

from portal.organisation.models import Role
from tests.security.conftest import Stage
from tests.security.expectations import places_of
from tests.security.found_forms import Form, forms_in
from tests.security.test_matrix import addresses

# Forms that change nothing of the record which they belong to: they lay a file beside it, a role, a report, or pledges
# (of a village, whose page carries those of whom it speaks; of a printed list, which never changes).
LAY_SOMETHING_BESIDE = {
    "cases.attach", "patrols.photos", "observations.photos", "incidents.photos", "grants.give", "campaigns.all_but",
    "campaigns.type_back", "campaigns.sheet_photos", "reports.begin",
    "cases.round_table", "case_file.ask",  # take a table or a file along and change nothing
    "privacy.new_request", "privacy.new_hold",  # write down what is asked of what is kept about somebody
}  # fmt: skip


def forms_over_records(stage: Stage) -> Iterator[tuple[str, Form]]:
    """Each form that a page of the table draws for its own address, with the endpoint."""
    seen = set()
    for endpoint, page, place, url in addresses(stage):
        role = next((role for role in Role if place in places_of(page.allowed, role)), None)
        if role is None or endpoint in seen or page.get != 200 or {"GET", "POST"} - set(page.methods.split()):
            continue
        seen.add(endpoint)
        text = stage.browser(role).get(url).text
        yield from ((endpoint, form) for form in forms_in(url, text) if form.method == "post" and form.action == url)


def test_every_form_over_a_record_carries_the_version_that_was_shown(stage: Stage) -> None:
    found = list(forms_over_records(stage))
    silent = {endpoint for endpoint, form in found if not form.controls.get("version", None)}
    empty = {endpoint for endpoint, form in found if "version" in form.controls and not form.controls["version"].value}
    assert len(found) > 40
    assert (silent - LAY_SOMETHING_BESIDE, empty) == (set(), set())
