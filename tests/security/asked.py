"""What somebody asked of their data, what holds it, and a round of closed files, with markers: here and beside."""

from datetime import date
from typing import Any

from portal.cases.models import CaseType, ClosingReason
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.people.models import Asker, LegalHold, Person, PersonRequest, Proof, RequestKind
from portal.privacy import actions, mentions
from portal.privacy.models import RetentionRound
from tests.builders import Commune, a_case, a_person
from tests.security.world import RECORDS, Marked, remember_versions

ASKED, FAR = "asked_of", "far_asked_of"
RECORDS.update({
    "asked_person": Person, "person_request": PersonRequest, "answered_request": PersonRequest,
    "legal_hold": LegalHold, "retention_round": RetentionRound,
})  # fmt: skip


CLOSED_FILES = 2  # in each commune: that of whoever asks, and that of whom the round is about


class Asking(Marked):
    """Somebody of the officer's own, with the marker words of what they asked."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {"asked": f"MKASKEDAT{place}", "said": f"MKSAIDAT{place}"}  # said: what the person says, and the answer


def build(commune: Commune, neighbour: Commune) -> dict[str, Asking]:
    return {ASKED: _asking(ASKED, commune), FAR: _asking(FAR, neighbour)}


def _asking(name: str, commune: Commune) -> Asking:
    marked = Asking(name)
    word = marked.words["asked"]
    over = {"state": "closed", "closed_on": clock.today(), "closing_reason": ClosingReason.OTHER}
    person = a_case(commune, f"Trần {word}", CaseType.PRISON_DEFERRAL, **over).person  # it counts in no figure
    said = marked.words["said"]
    answered = _request(commune, person, said)
    with transaction(commune.chief):
        actions.answer(answered, commune.chief, {"copies": 1, "answer": said})
    waits = _request(commune, person, said)
    with transaction(commune.chief):
        held = actions.hold(person, {"asked_by": word, "paper": word, "reason": word, "until": None})
    marked.ids |= {
        "asked_person": person.id, "person_request": waits.id, "answered_request": answered.id, "legal_hold": held.id,
        "retention_round": _round(commune, word),
    }  # fmt: skip
    remember_versions(marked)
    return marked


def _request(commune: Commune, person: Person, word: str) -> PersonRequest:
    facts: dict[str, Any] = {
        "asked_on": clock.today(), "asker": Asker.GUARDIAN, "asker_name": word, "authority": word, "proof": Proof.CARD
    }  # fmt: skip
    with transaction(commune.officer):
        return actions.take_request(person, RequestKind.EXTRACT, commune.unit, facts)


def _round(commune: Commune, word: str) -> int:
    old = a_person(commune, "Đinh Đã Lâu")
    a_case(
        commune, person=old, state="closed", received_on=date(2021, 5, 10), starts_on=date(2021, 5, 4),
        judgment_on=date(2021, 5, 4), closed_on=date(2023, 5, 4), closing_reason=ClosingReason.COMPLETED,
    )  # fmt: skip
    with transaction(commune.chief):
        return actions.propose(commune.unit, word, mentions.dry_run(commune.unit).fingerprint).id
