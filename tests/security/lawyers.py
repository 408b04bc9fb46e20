"""A change of a rule, another wording and the days off of a year, with markers, here and in the commune beside."""

from datetime import date

from portal.engine.transaction import transaction
from portal.lawbook import actions
from portal.lawbook.models import RuleChange, YearOff
from portal.proposals.kinds.absence.texts import TEXTS
from portal.wordings import actions as wordings
from portal.wordings.models import WordingChange
from tests.builders import Commune
from tests.conftest import TODAY
from tests.security.world import RECORDS, Marked, remember_versions

LAW, FAR = "law", "far_law"
RECORDS.update({"rule_change": RuleChange, "year_off": YearOff, "wording_change": WordingChange})


class Ruled(Marked):
    """What was proposed of the law, with the marker words that somebody wrote."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        return {"rule": f"MKRULEAT{self.place.replace('_', '').upper()}"}


def build(commune: Commune, neighbour: Commune) -> dict[str, Ruled]:
    return {LAW: _ruled(LAW, commune), FAR: _ruled(FAR, neighbour)}


def _ruled(name: str, commune: Commune) -> Ruled:
    marked = Ruled(name)
    word = marked.words["rule"]
    with transaction(commune.chief):
        change = actions.propose_number(commune.unit, "SS-HANDOVER", "4", date(2026, 7, 1), word, word)
        worded = wordings.propose(commune.unit, TEXTS, "duties", f"{word} {{name}}", TODAY, word)
    with transaction(commune.clerk):
        year = actions.enter_year(commune.unit, 2028, "3/1", "", "", word, commune.clerk)
    marked.ids |= {"rule_change": change.id, "year_off": year.id, "wording_change": worded.id}
    remember_versions(marked)
    return marked
