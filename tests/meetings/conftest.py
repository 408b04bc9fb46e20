"""A meeting that runs, for the tests of what is written down in it."""

from collections.abc import Iterator

import pytest

from portal.engine import clock
from portal.meetings.models import Meeting
from tests.builders import Commune
from tests.meetings.meeting import ON_THE_DAY, a_held


@pytest.fixture
def held(commune: Commune) -> Iterator[Meeting]:
    """A meeting that began at nine, and the clock of its day at ten."""
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY):
        yield meeting
