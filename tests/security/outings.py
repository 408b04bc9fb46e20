"""Patrols, points, plans and observations full of markers, in both communes: what several forces do together.

The committee takes no part: its leader reads the patrols of the commune and does nothing on them but close.
"""

from datetime import date

from portal.documents import actions as filing
from portal.documents import store
from portal.documents.intake import accept
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.incidents import actions as noting
from portal.incidents.actions import Seen
from portal.incidents.models import Observation, Source
from portal.organisation import actions as organisation
from portal.organisation.actions import PlanFacts
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts, Protected
from portal.patrols.models import LandmarkKind, Patrol
from tests.builders import FOUNDED, Commune
from tests.documents import files
from tests.patrols.going import a_patrol, at, logged, signed
from tests.security.world import Marked, remember_versions

OUTINGS = ("joint", "joint_logged", "joint_done")
FAR = "far_joint"
PARTIES = {  # no two forces stand under two plans at once
    "joint": ("CA", "BP"), "joint_logged": ("QS", "UB"), "joint_done": ("CA", "QS"), FAR: ("CA", "BP"),
}  # fmt: skip
GROUPS = ("patrol", "point", "plan", "seen", "photo")


class Outing(Marked):
    """A patrol and what belongs to it, and the marker words that they carry."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {group: f"MK{group.upper()}ON{place}" for group in GROUPS}


def build(commune: Commune, neighbour: Commune) -> dict[str, Outing]:
    """One patrol a place: planned, logged, countersigned with a recommendation; and one elsewhere."""
    return {name: _outing(name, neighbour if name == FAR else commune, number)
            for number, name in enumerate((*OUTINGS, FAR))}  # fmt: skip


def _outing(name: str, commune: Commune, number: int) -> Outing:
    marked = Outing(name)
    patrol = _patrol(marked, commune, number)
    if name == "joint_logged":
        logged(commune, patrol, by="officer2", leader=marked.words["patrol"])
        _attach(marked, commune, patrol, "photo")
    if name == "joint_done":
        logged(commune, patrol, by="officer2", leader=marked.words["patrol"], recommendation="Đặt biển")
        _attach(marked, commune, patrol, "signed_photo")
        signed(commune, patrol, "military", "border")
    if name == FAR:
        with transaction(commune.officer):
            patrol.workflow.take("start", patrol, commune.officer)
        _attach(marked, commune, patrol, "photo")
    state = {"joint": "planned", "joint_logged": "logged", "joint_done": "done", FAR: "planned"}[name]
    marked.ids |= {"patrol": patrol.id, state: patrol.id}
    if state == "planned":
        marked.ids["stop"] = patrol.ways[0].id  # once the log is written nothing is noted any more
    _around(marked, commune, patrol)
    remember_versions(marked)
    return marked


def _patrol(marked: Outing, commune: Commune, number: int) -> Patrol:
    with transaction(commune.clerk):
        facts = LandmarkFacts(LandmarkKind.CHECK_POINT, f"Chốt {marked.words['point']}", 100, 100 * number)
        point = actions.enter_landmark(commune.id, facts, FOUNDED)
    marked.ids["landmark"] = point.id
    forces = (("CA", 3, ""), ("QS", 4, ""), ("BP", 2, ""))
    return a_patrol(commune, start=at(2, days=-number), points=(point,), forces=forces, leader=marked.words["patrol"])


def _around(marked: Outing, commune: Commune, patrol: Patrol) -> None:
    words = marked.words
    with transaction(commune.leader):
        plan = PlanFacts(words["plan"], date(2026, 1, 5), date(2026, 1, 5))
        parties = [commune.place(code) for code in PARTIES[marked.place]]
        marked.ids["plan"] = organisation.enter_plan(commune.id, plan, parties).id
    with transaction(commune.officer):
        held = Protected(words["patrol"], clock.today())
        marked.ids["protection"] = actions.record_protection(commune.id, held, {commune.place("CA"): 2}).id
        seen = noting.note_down(commune.id, Seen(Source.PATROL, patrol.day, None, None, "", words["seen"]), patrol)
        marked.ids["observation" if marked.place != "joint_logged" else "handed"] = seen.id
        _hand_over(marked, commune, seen)


def _attach(marked: Outing, commune: Commune, patrol: Patrol, name: str) -> None:
    """A file of the police, which is read by whoever reads the patrol."""
    word = marked.words["photo"]
    with transaction(commune.officer):
        content = files.pdf(b"3 0 obj (" + word.encode() + b")")
        stored = store.keep(accept(content, f"{word}.pdf", len(content)))
        marked.ids[name] = filing.attach(
            patrol, stored, commune.officer.id, 10**6, title=word, dated_on=clock.today(),
            unit_id=commune.place("CA").id,
        ).id  # fmt: skip


def _hand_over(marked: Outing, commune: Commune, seen: Observation) -> None:
    if marked.place == "joint_logged":
        noting.hand_over(seen, commune.place("QS"), commune.officer)
