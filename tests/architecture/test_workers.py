"""How tests are shared out between workers."""

from types import SimpleNamespace

import pytest

from tests.workers import GROUPS, Grouped, group_of

NO_CALL = SimpleNamespace(params={})  # of a test without parameters, which may bear the name of a fixture
PLAIN = "tests/cases/test_people.py::test_a_name_is_found[sqlite]"


def asked(session: pytest.Session, fixture: str) -> set[str]:
    """The groups of all collected tests that ask for a fixture, directly or by another one."""
    asking = (item for item in session.items if fixture in getattr(item, "fixturenames", ()))
    return {group_of(item.nodeid) for item in asking if fixture not in getattr(item, "callspec", NO_CALL).params}


@pytest.mark.parametrize(("test", "shares"), [
    ("tests/cases/test_people.py::test_a_name_is_found[postgresql]", "a server of PostgreSQL"),
    ("tests/cases/test_people.py::test_a_name_is_found[postgresql-chief]", "a server of PostgreSQL"),
    ("tests/cases/test_people.py::test_a_name_is_found[chief-postgresql]", "a server of PostgreSQL"),
    ("tests/guide/test_tour.py::test_it_opens[home]", "the example, told for two days"),
    ("tests/demo/test_story.py::test_it_is_told", "the example, told for two days"),
    ("tests/journeys/test_patrol.py::test_a_patrol", "the example, served"),
    ("tests/security/test_hostile_forms.py::test_no_field[sqlite-chief]", "the forms that were found and tried"),
    ("tests/security/test_matrix.py::test_every_right[chief]", "the world of markers"),
    (PLAIN, PLAIN),
])  # fmt: skip
def test_tests_of_one_dear_thing_go_to_one_worker_and_all_others_to_whoever_is_free(test, shares):
    assert group_of(test) == shares


def test_workers_are_given_tests_by_these_groups(request):
    made = request.config.hook.pytest_xdist_make_scheduler
    assert made.get_hookimpls()[-1].plugin.Grouped is Grouped


@pytest.mark.parametrize("fixture", ["told", "told_later", "prepared_example", "built", "scene"])
def test_no_two_groups_ask_for_the_same_dear_thing(request, fixture):
    assert len(asked(request.session, fixture)) <= 1
    assert asked(request.session, fixture) <= {shared for shared, _pattern in GROUPS}
