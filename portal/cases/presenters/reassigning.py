"""Pages on which many cases change hands at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from werkzeug.exceptions import NotFound

from portal.cases import queries
from portal.cases.models import CASE_TYPE_NAMES, Assignment, AssignmentKind, Case, CaseType
from portal.cases.presenters.listing import WHOSE, Filters, filters, narrowed
from portal.cases.queries import Load
from portal.engine.access import Actor, ask_ahead
from portal.engine.db import db
from portal.engine.text import _, ngettext
from portal.organisation.models import User
from portal.organisation.queries import users_named
from portal.people.models import Person

MOST = 200  # cases of a page; a form takes no more than a thousand answers


@dataclass(frozen=True)
class Row:
    """A case that may be ticked; where somebody is asked already, *asked* says whom, and *url* leads to the request."""

    id: int
    case: Case
    about: str
    owner_id: int
    asked: str = ""
    url: str = ""


@dataclass(frozen=True)
class Choosing:
    """The cases that fit the filters, as far as a page holds them."""

    rows: Sequence[Row]
    total: int
    filters: Filters
    type: str

    @property
    def free(self) -> list[Row]:
        """Those of which nobody was asked yet."""
        return [row for row in self.rows if not row.asked]

    @property
    def kept(self) -> dict[str, str]:
        """The filters of the address."""
        return {name: request.args[name] for name in ("officer", "village", "type") if request.args.get(name)}

    @property
    def here(self) -> str:
        return self._url()

    @property
    def all_url(self) -> str:
        return self._url(all="yes")

    def _url(self, **more: Any) -> str:
        chosen: dict[str, Any] = {**self.kept, **more}
        return url_for("cases.reassign", **chosen)

    @property
    def names(self) -> dict[str, Any]:
        """The kinds of case and the offices that a list offers."""
        return {"types": CASE_TYPE_NAMES, "whose": WHOSE}


def loaded() -> tuple[Any, ...]:
    """What is said of a case that changes hands."""
    requests = selectinload(Case.assignments).joinedload(Assignment.assignee)
    return selectinload(Case.person).selectinload(Person.village), selectinload(Case.owner), requests


def choosing(user: Actor, cases: Select[Any]) -> Choosing:
    """Read the filters from the address; a mistyped one is no page."""
    chosen, kind = filters(user, cases), request.args.get("type", "")
    if kind and kind not in set(CaseType):
        raise NotFound
    found = narrowed(user, cases, chosen)
    found = found.where(Case.type == kind) if kind else found
    total = len(db.session.scalars(found.with_only_columns(Case.id)).all())
    person = contains_eager(Case.person).selectinload(Person.village)
    shown = found.options(person, *loaded()[1:]).order_by(*queries.by_name(user)).limit(MOST)
    listed = db.session.scalars(shown).unique().all()
    ask_ahead(user, [case.person for case in listed])
    return Choosing([_row(case) for case in listed], total, chosen, kind)


def _row(case: Case) -> Row:
    waiting = case.proposed(AssignmentKind.OFFICER)
    parts = (case.number, str(case.type_name), case.person.village.name if case.person.village else "",
             case.owner.full_name)  # fmt: skip
    about = ", ".join(part for part in parts if part)
    if waiting is None:
        return Row(case.id, case, about, case.owner_id)
    url = url_for("cases.assignment", id=waiting.id)
    asked = _("%(name)s has been asked and has not answered yet.", name=waiting.assignee.full_name)
    return Row(case.id, case, about, case.owner_id, asked, url)


def told(load: Load) -> str:
    """An officer with what they have in hand, as a line of a list."""
    running = ngettext("%(num)s running case", "%(num)s running cases", load.cases)
    late = ngettext("%(num)s overdue duty", "%(num)s overdue duties", load.overdue)
    return f"{load.officer.full_name} ({running}, {late})"


@dataclass(frozen=True)
class Asking:
    """What is asked once more: how many from whom, and which."""

    rows: Sequence[Row]
    givers: Sequence[tuple[str, int]]

    @property
    def from_whom(self) -> str:
        return ", ".join(name for name, _count in self.givers)


def asking(cases: Sequence[Case]) -> Asking:
    """*cases* are those that were ticked."""
    counted = Counter(case.owner.full_name for case in cases)
    return Asking([_row(case) for case in cases], sorted(counted.items()))


def waiting(found: Select[Any]) -> Select[Any]:
    """Of requests those to take a case as its officer that wait for an answer, the oldest first."""
    case = joinedload(Assignment.case)
    loads = case.joinedload(Case.person).selectinload(Person.village), case.selectinload(Case.owner)
    return queries.to_answer(found).options(*loads).order_by(Assignment.id)


@dataclass(frozen=True)
class Requests:
    """What waits for somebody's answer; *askers* by their ids."""

    rows: Sequence[Assignment]
    askers: dict[int, User]

    def about(self, request: Assignment) -> str:
        """What it is, where, and with whom it is until then."""
        case = request.case
        parts = (case.number, str(case.type_name), case.person.village.name if case.person.village else "",
                 _("with %(name)s until then", name=case.owner.full_name))  # fmt: skip
        return ", ".join(part for part in parts if part)

    def asker(self, request: Assignment) -> str:
        who = self.askers.get(request.created_by_id or 0)
        return who.full_name if who else ""


def requests(waiting: Sequence[Assignment]) -> Requests:
    return Requests(waiting, users_named({one.created_by_id for one in waiting}))
