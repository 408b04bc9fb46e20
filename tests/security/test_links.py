"""Nobody is shown a way that is closed to them: every link of every page opens to whoever reads the page."""

import re
from collections import Counter, deque
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portal.organisation.models import Role
from tests.security.conftest import Stage
from tests.security.found_forms import page_kind

EACH_KIND = 3  # addresses of one kind that are opened: of meetings in different states, for example
LINK = re.compile(r'href="(/[^"#]*)')


def closed_ways(client: FlaskClient, *starts: str) -> Iterator[str]:
    """Each link that answers with a refusal, and the page on which it stands."""
    waiting, known, opened = deque((start, "") for start in starts), set(starts), Counter[str]()
    while waiting:
        address, page = waiting.popleft()
        opened[page_kind(address)] += 1
        if opened[page_kind(address)] > EACH_KIND:
            continue
        answer = client.get(address)
        if answer.status_code >= 400:
            yield f"{address} on {page}: {answer.status_code}"
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        links = {link.replace("&amp;", "&") for link in LINK.findall(answer.text)} - known
        known |= links
        waiting += [(link, address) for link in sorted(links) if not link.startswith("/static/")]


@pytest.mark.parametrize("role", Role)
def test_every_link_that_somebody_is_shown_opens_to_them(stage: Stage, role: Role) -> None:
    assert list(closed_ways(stage.browser(role), "/", "/more")) == []


# ── the check finds what it is there to find ────────────────────────────────────────────────────────────────────────
def test_a_way_that_is_closed_is_found(stage: Stage) -> None:
    assert list(closed_ways(stage.browser(Role.VILLAGE_HEAD), "/meetings/series")) == ["/meetings/series on : 403"]
