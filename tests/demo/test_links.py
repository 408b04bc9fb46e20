"""No link leads nowhere: every page of the example, as every demo account."""

import re
from collections import deque

import pytest

from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES

MOST = 80


@pytest.mark.parametrize("username", DEMO_USERNAMES)
def test_every_link_that_an_account_is_shown_opens(example, username):
    client = example.test_client()
    client.post("/login", data={"username": username, "password": DEMO_PASSWORD})
    kinds, waiting, broken = set(), deque(["/"]), []
    while waiting and len(kinds) < MOST:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.status_code not in (200, 302):
            broken.append((path, answer.status_code))
        if answer.mimetype != "text/html":
            continue  # a file to take along leads no further
        for link in re.findall(r'href="(/[^"#?]*)', answer.text):
            kind = re.sub(r"/\d+", "/N", link)
            if kind not in kinds and not link.startswith("/static/"):
                kinds.add(kind)
                waiting.append(link)
    assert not broken
