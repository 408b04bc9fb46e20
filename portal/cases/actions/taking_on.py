"""A file that comes from another commune of the installation: a draft, with what it may inherit and nothing else."""

from portal.cases import law_days
from portal.cases.actions.opening import next_case_number, police_unit
from portal.cases.models import Case, Move
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.organisation.models import Role, Unit, User
from portal.organisation.queries import holders
from portal.people.models import Person

ABOUT_PERSON = ("full_name", "sex", "birth_date", "birth_year", "national_id", "phone")
PAPERS = (
    "type", "starts_on", "term_months", "prison_months", "detained_days", "judgment_number", "judgment_on", "court",
    "decision_on", "offence",
)  # fmt: skip


def offer_to_new_commune(case: Case, move: Move) -> Case | None:
    """Lay the file before the new commune once it is handed over, where it works with this portal: its chief finds a
    draft. Papers, the last day as it was worked out here, and the way back to what was decided go along; notes, files
    and reasons stay. None where nobody there could take it: then only the papers go.
    """
    unit = (move.unit.heir or move.unit) if move.unit else None
    owner = _taker(unit) if unit else None
    police = police_unit(unit.id, move.received_on) if unit and move.received_on else None
    if unit is None or owner is None or police is None or move.received_on is None:
        return None
    last = law_days.last_day(case)
    person = Person(commune_id=unit.id, **{name: getattr(case.person, name) for name in ABOUT_PERSON})
    draft = Case(
        number=next_case_number(unit.id, move.received_on.year), person=person, owner_id=owner.id, commune_id=unit.id,
        supervising_unit_id=police.id, received_on=move.received_on, origin_id=case.id,
        printed_ends_on=last.due_on if last else case.printed_ends_on,
        **{name: getattr(case, name) for name in PAPERS},
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    return draft


def _taker(unit: Unit) -> User | None:
    """The chief of the new commune or, where it has none, an officer."""
    found = (*holders(Role.POLICE_CHIEF, unit.id), *holders(Role.POLICE_OFFICER, unit.id))
    return next(iter(found), None)


def give_draft(case: Case, taker: User, by: Actor) -> None:
    """The chief gives a file that came from another commune to an officer, who completes it and asks to open it.

    Raises Refused where it is not such a draft, or the taker no officer of the commune.
    """
    if case.state != "draft" or case.origin_id is None:
        raise Refused(Misfit("officer_id", mark("Only a draft that came from another commune is given to somebody.")))
    if taker not in holders(Role.POLICE_OFFICER, case.commune_id):
        raise Refused(Misfit("officer_id", mark("Please choose an officer of the commune.")))
    case.owner_id = taker.id
    case.workflow.tell("hand_draft", case, by, "")
