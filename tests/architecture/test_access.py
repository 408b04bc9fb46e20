"""The portal does not start with a page that has no rule, or with a rule that means nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint

from portal import app as portal_app
from portal.access_table import ACCESS, FIELDS, PUBLIC
from portal.app import create_app
from portal.cases.models import Case
from portal.engine.access import allows, lists, opens, public, signed_in
from portal.engine.area import Area
from portal.engine.db import Base, Kept
from portal.organisation.models import Role
from tests.conftest import CHEAP


def started(
    monkeypatch: pytest.MonkeyPatch, instance: Path, view: Callable[..., Any], address: str = "/planted"
) -> Any:
    """Start the portal with one page more."""
    bp = Blueprint("planted", __name__)
    bp.add_url_rule(address, "page", view)
    monkeypatch.setattr(portal_app, "AREAS", (*portal_app.AREAS, Area("planted", blueprints=(bp,))))
    return create_app(instance=instance, TESTING=True, PASSWORD_COST=CHEAP)


def a_page() -> Callable[..., Any]:
    """A view of its own each time: a rule is written onto it."""

    def page(*_given: Any, **_address: Any) -> str:
        return "planted"

    return page


def test_a_route_without_a_rule_stops_the_start(monkeypatch, tmp_path):
    with pytest.raises(RuntimeError, match=r"planted\.page has no access rule"):
        started(monkeypatch, tmp_path, a_page())


@pytest.mark.parametrize("rule", [opens(Case, to="devour"), lists(Case, to="devour"), allows(Case, to="devour")])
def test_a_rule_that_names_an_unknown_right_stops_the_start(monkeypatch, tmp_path, rule):
    with pytest.raises(RuntimeError, match=r"planted\.page asks for Case\.devour"):
        started(monkeypatch, tmp_path, rule(a_page()), "/planted/<int:id>")


def test_a_rule_about_a_record_that_the_table_does_not_know_stops_the_start(monkeypatch, tmp_path):
    class Unlisted:
        __tablename__ = "unlisted"

    with pytest.raises(RuntimeError, match=r"Unlisted\.read"):
        started(monkeypatch, tmp_path, opens(Unlisted, to="read")(a_page()), "/planted/<int:id>")


def test_a_public_page_that_the_list_does_not_name_stops_the_start(monkeypatch, tmp_path):
    with pytest.raises(RuntimeError, match="PUBLIC does not name it"):
        started(monkeypatch, tmp_path, public(a_page()))


def test_a_page_with_a_rule_does_not_stop_it(monkeypatch, tmp_path):
    """So that the tests above do not pass for another reason."""
    app = started(monkeypatch, tmp_path, signed_in(a_page()))
    assert "planted.page" in app.view_functions


def test_public_is_a_short_list_of_pages_that_show_no_record():
    assert sorted(PUBLIC) == [
        "calendar.feed", "guide.authority", "guide.certificate", "guide.tour", "health.show", "offline.app",
        "offline.index",
        "organisation.card", "organisation.language", "organisation.sign_in", "phone.manifest", "phone.worker",
        "static",
    ]  # fmt: skip


# ── the table itself ────────────────────────────────────────────────────────────────────────────────────────────────
def test_no_right_is_given_to_a_role_that_does_not_exist():
    assert {role for rights in ACCESS.values() for holders in rights.values() for role in holders} <= set(Role)


def test_every_right_that_a_field_asks_for_is_in_the_table():
    """A field whose right is misspelt would be hidden from everybody, or be found out too late."""
    for record, rules in FIELDS.items():
        for name, rule in rules.items():
            for right in filter(None, (rule.openly, rule.masked, rule.reveal)):
                assert right in ACCESS[record], f"{record.__name__}.{name}: {right}"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OFFICE_CLERK, Role.PROVINCE_VIEWER])
def test_those_who_keep_machine_and_papers_have_no_right_on_a_case_or_a_person(role):
    """What belongs to a case is reached through it. A duty of one's own office is no case."""
    of_cases = [record for record in ACCESS if record.__tablename__ == "person" or _belongs_to_a_case(record)]
    held = {
        (record.__name__, right) for record in of_cases for right, holders in ACCESS[record].items() if role in holders
    }
    keeps = {"OfficialDocument", "Attachment"} if role == Role.OFFICE_CLERK else set()  # of the register alone
    assert {(record, right) for record, right in held if record not in keeps} - {("Duty", "read")} == set()


def _belongs_to_a_case(record: type[Kept]) -> bool:
    return record.__tablename__ == "case" or "case_id" in record.__table__.c


def test_whatever_is_kept_of_a_case_has_its_block_in_the_table():
    """Without one nobody reaches it, but a forgotten block is better found here than by its first reader."""
    kept = [
        one.class_ for one in Base.registry.mappers if issubclass(one.class_, Kept) and _belongs_to_a_case(one.class_)
    ]
    missing = [record.__name__ for record in kept if not any(base in ACCESS for base in record.__mro__)]
    assert missing == []


READING = ("read", "reveal", "oversee", "compare", "count", "review", "take_file", "export", "exchange")


def test_an_inspector_reads_whatever_somebody_reads_but_accounts_and_changes_nothing():
    held = {(record, right) for record, rights in ACCESS.items() for right in rights if Role.INSPECTOR in rights[right]}
    deeds = {(record.__name__, right) for record, right in held if not right.startswith(READING)}
    assert deeds == {("Phone", "forget")}  # their own
    unread = {
        record.__name__
        for record, rights in ACCESS.items()
        if "read" in rights and Role.INSPECTOR not in rights["read"]
    }
    assert unread == {"RoleGrant", "SignInCard", "Unit", "User"}


@pytest.mark.parametrize("role", [Role.VILLAGE_HEAD, Role.TEAM_MEMBER])
def test_who_helps_reads_the_file_that_they_were_given_and_nothing_of_what_was_recorded_in_it(role):
    """Reception, breaches, custody, the end: none of it is a helper's, be it of the person whom they help."""
    held = {
        record.__name__ for record, rights in ACCESS.items() if _belongs_to_a_case(record)
        for right in rights if role in rights[right]
    }  # fmt: skip
    of_observations = {"Attachment"} if role == Role.VILLAGE_HEAD else set()
    assert held == {"Case", "Assignment", "Duty"} | of_observations


@pytest.mark.parametrize("role", [Role.BORDER_GUARD, Role.MILITARY_COMMAND])
def test_a_force_that_supervises_its_own_reads_the_file_and_writes_nothing_in_it(role):
    held = {
        (record.__name__, right) for record, rights in ACCESS.items() if _belongs_to_a_case(record)
        for right in rights if role in rights[right] and record.__name__ not in ("OfficialDocument", "Attachment")
    }  # fmt: skip
    assert held == {("Case", "read"), ("Case", "read_dates"), ("Case", "read_judgment"), ("Duty", "read")}
