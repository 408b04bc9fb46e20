"""The list of cases as one reader filters it: chips, further filters, search, order. Page and export share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from sqlalchemy import Select, and_

from portal.cases import queries
from portal.cases.models import CASE_TYPE_NAMES, Case, CaseType
from portal.engine.access import Actor, within
from portal.engine.listing import Chip, Listing, ShownChip
from portal.engine.text import _, _l
from portal.organisation.models import Unit, User
from portal.people.models import Person

FILTERS = ("village", "officer")
SHORT_NAMES = {
    CaseType.CONDITIONAL_RELEASE: _l("Early release"),
    CaseType.REINTEGRATION: _l("Reintegration"),
    CaseType.DRUG_USER_MANAGEMENT: _l("Drug users"),
    CaseType.PRISON_DEFERRAL: _l("Deferred prison"),
}  # on a chip; the others are short already
WHOSE = {queries.CHIEF: _l("The chief"), queries.NOBODY: _l("Nobody in office")}
NOT_RUNNING = ("waiting", "closed", "voided")  # chips under which no case runs


@dataclass(frozen=True)
class Filters:
    """The filters that are no chips: what can be chosen, and what is."""

    villages: Sequence[Unit]
    officers: Sequence[User]
    village: Unit | None
    officer: User | None
    whose: str = ""  # of an office, or of nobody who holds one

    @property
    def owner(self) -> str:
        """In whose hands, in words."""
        return self.officer.full_name if self.officer else str(WHOSE.get(self.whose, ""))


def filters(user: Actor, cases: Select[Any]) -> Filters:
    """Read them from the address. A mistyped one is no page: it must not quietly show everything."""
    villages, officers = queries.villages_of(user, cases), queries.officers_of(cases)
    whose = request.args.get("officer", "")
    officer = _chosen("officer", officers) if whose not in WHOSE else None
    return Filters(villages, officers, _chosen("village", villages), officer, whose if whose in WHOSE else "")


def _chosen(name: str, possible: Sequence[Any]) -> Any:
    wanted = request.args.get(name, "")
    if not wanted:
        return None
    return next((one for one in possible if str(one.id) == wanted), None) or abort(404)


def narrowed(user: Actor, cases: Select[Any], chosen: Filters) -> Select[Any]:
    """The cases that fit. A village says something about whom it shows, so masked people are not found by it."""
    found = queries.with_people(cases)
    if chosen.village:
        found = found.where(and_(Person.village_id == chosen.village.id, within(user, "read_name", Person)))
    if chosen.officer:
        found = found.where(Case.owner_id == chosen.officer.id)
    if chosen.whose and user.acting:
        found = found.where(queries.of_whom(Case.owner_id, chosen.whose, user.acting.commune_id))
    return found


def listing(user: Actor, cases: Select[Any], chosen: Filters) -> Listing:
    """The list."""
    return Listing(
        narrowed(user, cases, chosen),
        Case,
        chips=chips(user),
        search=queries.findable(user),
        orders={"next": queries.by_next_mark(user), "name": queries.by_name(user)},
        options=queries.of_row(),
        protected=True,
        kept=FILTERS,
    )


def chips(user: Actor) -> list[Chip]:
    return [
        Chip("running", _l("All running"), queries.running),
        Chip("mine", _l("Mine"), lambda: and_(queries.running(), Case.owner_id == user.id)),
        Chip("overdue", _l("Overdue"), lambda: and_(queries.running(), queries.overdue(user)), "overdue"),
        *(Chip(kind.value, SHORT_NAMES.get(kind, label), _of_type(kind)) for kind, label in CASE_TYPE_NAMES.items()),
        Chip("closing", _l("Being closed"), lambda: _in_state("closing")),
        Chip("waiting", _l("Not open yet"), lambda: _in_state("draft", "submitted")),
        Chip("closed", _l("Closed"), lambda: _in_state("closed", "rejected", "discarded")),
        Chip("voided", _l("Entered in error"), lambda: Case.voided_at.is_not(None)),
    ]


def _of_type(kind: str) -> Any:
    return lambda: and_(queries.running(), Case.type == kind)


def _in_state(*states: str) -> Any:
    return and_(Case.state.in_(states), Case.voided_at.is_(None))


def worth_showing(shown: Sequence[ShownChip]) -> list[ShownChip]:
    """The first chip, the chosen one and those that would find something."""
    return [one for number, one in enumerate(shown) if number == 0 or one.current or one.count]


def overdue_in(user: Actor, of: Listing) -> int:
    """How many cases of the list have something overdue: none where no case of it runs."""
    counts, key = of.counts, of.chip.key if of.chip else ""
    if key in NOT_RUNNING or not counts["overdue"]:
        return 0
    return counts["overdue"] if key in ("running", "overdue") else of.count(queries.overdue(user))


def elsewhere(of: Listing) -> ShownChip | None:
    """Where an empty list has nothing, the first chip under which something fits."""
    others = (one for one in of.shown_chips() if one.count and not one.current)
    return next(others, None) if not of.total else None


def in_words(of: Listing, chosen: Filters) -> str:
    """Which filters hold, besides the first chip."""
    parts = [
        str(of.chip.label) if of.chip and of.chip is not of.chips[0] else "",
        chosen.village.name if chosen.village else "",
        chosen.owner,
        _("“%(words)s”", words=of.words) if of.words else "",
    ]
    return ", ".join(part for part in parts if part)
