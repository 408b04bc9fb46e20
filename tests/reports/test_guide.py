"""The guide tells who does what, and leads whoever may begin a report to the page on which it begins."""

import re

import pytest
from flask_babel import force_locale

from portal.reports.guide import GUIDE
from tests.builders import a_case
from tests.reports.report import a_draft, answered


def test_it_tells_each_step_in_its_place_and_leads_to_the_pages_that_its_reader_opens(commune, browse_as):
    page = browse_as(commune.chief).get("/reports/guide").text
    places = re.findall(r'<h2 class="lead">(\d+)\.', page)
    assert places == [str(place) for place in range(1, len(GUIDE) + 1)]
    begins = 'class="btn" href="/reports/new"'
    assert (begins in page, 'class="btn" href="/reports/due"' in page) == (True, True)
    assert begins not in browse_as(commune.leader).get("/reports/guide").text
    assert 'href="/reports/guide"' in browse_as(commune.chief).get("/reports/").text


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_it_names_buttons_by_the_words_that_stand_on_them(app, commune, browse_as, locale):
    a_case(commune)
    report = answered(commune, a_draft(commune))
    reader = browse_as(commune.chief)
    reader.post("/locale", data={"locale": locale})
    guide, page = (reader.get(path).text for path in ("/reports/guide", f"/reports/{report.id}"))
    for name in ("write", "checks", "submit"):
        (label,) = (lesson.named[name] for lesson in GUIDE if name in lesson.named)
        with app.test_request_context(), force_locale(locale):
            words = str(label)
        assert f"“{words}”" in guide
        assert words in page
