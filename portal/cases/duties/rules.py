"""Which duties there are about a case, with their words, whom they stand before, and the law that they follow."""

from typing import Any

from portal.duties.rules import DutyRule
from portal.engine.text import _l

CLIMB = (("police_chief", 3), ("commune_leader", 10), ("inspector", 20))
CLIMB_TO_CHIEF = (("police_chief", 3),)
NOBODY_OVERSTAYS = (("police_chief", -8), ("commune_leader", -2), ("inspector", -1))  # 7, 1 and 0 days before the end
SILENT_RIGHT = (("police_chief", 14),)

REPORT, PRESENCE, ROLL_CALL, ASSESSMENT = "COM-SELF-REPORT", "RS-PRESENT-MONTHLY", "COM-ROLLCALL", "COM-ASSESS-MONTHLY"
ASSIGNING, HELPERS = ("COM-ASSIGN-OFFICER", "DEF-ASSIGN"), ("COM-HELPER-PROPOSE", "REI-HELPER")
HELPER_REPORTS = ("COM-HELPER-REPORT", "REI-HELPER-REPORT")
HANDOVERS = ("SS-HANDOVER", "PAR-HANDOVER", "NCR-HANDOVER", "RS-HANDOVER", "RB-HANDOVER")
CERTIFICATES = ("SS-CERT", "PAR-CERT", "NCR-CERT")
RIGHTS = ("SS-SHORTEN-ELIG", "PAR-SHORTEN", "NCR-REDUCE", "RS-EXEMPT", "RB-EXEMPT")
REVIEWS = ("SS-REVIEW-DEADLINE", "PAR-REVIEW", "NCR-REVIEW")
CONTACT, ENDS = "DRU-CONTACT", "DRU-END"
officer, chief, leader, helper = "police_officer", "police_chief", "commune_leader", "team_member"


def rule(id: str, label: Any, sentence: Any, verb: Any, endpoint: str, **more: Any) -> DutyRule:
    """A rule of the officer's that climbs to the chief and follows the law's rule of the same name, unless told."""
    kept = {"owner": officer, "ladder": CLIMB_TO_CHIEF, "law": (id,), **more}
    return DutyRule(id, label, sentence, verb, endpoint, **kept)


BREACH_RULES = (
    rule("REVIEW", _l("Propose a review"), _l("%(name)s: the law calls for a review"), _l("Propose the review"),
          "proposals.new", arguments={"kind": "review"}, ladder=CLIMB, law=REVIEWS),
    rule("REVOKE", _l("Propose prison after a suspended sentence"),
          _l("%(name)s: prison is to be proposed"), _l("Propose prison"), "proposals.new",
          arguments={"kind": "revocation"}, ladder=CLIMB, law=("SS-REVOKE-PROPOSE",)),
    rule("CANCEL", _l("Propose that a release be cancelled"),
          _l("%(name)s: that the release be cancelled is to be proposed"), _l("Propose the cancelling"),
          "proposals.new", arguments={"kind": "parole_revocation"}, ladder=CLIMB, law=("PAR-REVOKE",)),
)  # fmt: skip

CASE_RULES = (
    rule(REPORT, _l("Monthly self-report"), _l("%(name)s: self-report for %(month)s"), _l("Record it as handed in"),
          "cases.check_in", ladder=CLIMB, monthly=True,
          late=_l("%(name)s has not handed in the self-report for %(month)s")),
    rule(PRESENCE, _l("Monthly presence"), _l("%(name)s: presence in %(month)s"),
          _l("Record it as handed in"), "cases.check_in", ladder=CLIMB, monthly=True),
    rule(ROLL_CALL, _l("Monthly roll-call"), _l("%(name)s: roll-call of %(month)s"), _l("Record the roll-call"),
          "cases.roll_call", monthly=True),
    rule(ASSESSMENT, _l("Monthly assessment"), _l("%(name)s: assessment of %(month)s"),
          _l("Write the assessment"), "cases.assessment", monthly=True),
    rule("COM-ASSIGN-OFFICER", _l("Assign an officer"), _l("%(name)s: no officer has accepted the case"),
          _l("Assign an officer"), "cases.assign", owner=chief, ladder=(("commune_leader", 5),), law=ASSIGNING),
    rule("COM-ASSIGN-ANEW", _l("Assign another officer"),
          _l("%(name)s: %(officer)s is no longer in service; the case needs another officer"),
          _l("Assign an officer"), "cases.assign", owner=chief, ladder=(("commune_leader", 5),), law=()),
    rule("DRAFT-LEFT", _l("A draft whose author left"),
          _l("%(name)s: %(officer)s, who wrote the draft down, is no longer in service; take it over or discard it"),
          _l("Look at the draft"), "cases.show", owner=chief, ladder=(("commune_leader", 5),), law=()),
    rule("COM-RECEPTION-REPORT", _l("Report the reception"), _l("%(name)s: report the reception to the province"),
          _l("Record as done"), "duties.finish", by_hand=True),
    rule("COM-PLAN", _l("Supervision plan"), _l("%(name)s: supervision plan"), _l("Record as done"),
          "duties.finish", by_hand=True),
    rule("COM-HELPER-PROPOSE", _l("Propose a helper"), _l("%(name)s: propose a helper"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}),
    rule("REI-HELPER", _l("Propose a helper for reintegration"), _l("%(name)s: propose a helper"),
          _l("Propose a helper"), "proposals.new", arguments={"kind": "helper"}),
    rule("COM-HELPER-ANEW", _l("Propose another helper"),
          _l("%(name)s: %(helper)s does not help; another helper is to be proposed"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}, law=()),
    rule("COM-HELPER-REPORT", _l("Quarterly report of the helper"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Write the report"),
          "cases.helper_report", owner=helper, monthly=True),
    rule("REI-HELPER-REPORT", _l("Quarterly report of the helper in reintegration"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Write the report"),
          "cases.helper_report", owner=helper, monthly=True),
    rule("HANDOVER", _l("Hand the file over"), _l("%(name)s: hand the file over before the term ends"),
          _l("Record as done"), "duties.finish", by_hand=True, ladder=CLIMB, law=HANDOVERS),
    rule("CERTIFICATE", _l("Completion certificate"), _l("%(name)s: the term ends, completion is to be certified"),
          _l("Propose completion"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS,
          law=CERTIFICATES),
    rule(CONTACT, _l("Monthly check of the residence"), _l("%(name)s: check of the residence in %(month)s"),
          _l("Record a visit or call"), "cases.contact", monthly=True),
    rule(ENDS, _l("End of the management"), _l("%(name)s: the year of management ends"), _l("Propose the end"),
          "proposals.new", arguments={"kind": "drug_end"}, ladder=NOBODY_OVERSTAYS, law=("DRU-TERM",)),
    rule("DRU-STOP", _l("Stop of the management"),
          _l("%(name)s: custody outlasts the management; its stop is to be proposed"), _l("Propose the stop"),
          "proposals.new", arguments={"kind": "drug_stop"}, ladder=CLIMB),
    rule("DRU-CUSTODY", _l("Management after custody"),
          _l("%(name)s: look whether the custody goes on"), _l("Record the release"), "cases.custody"),
    rule("DRU-MOVE", _l("Tell the other commune of a move"),
          _l("%(name)s: the police of the new commune are to be told"), _l("Record what was done"), "cases.move",
          ladder=CLIMB),
    rule("DRU-MOVE.file", _l("Hand the file over to the other commune"),
          _l("%(name)s: the file goes to the new commune"), _l("Record what was done"), "cases.move", ladder=CLIMB),
    rule("DRU-MOVE.present", _l("Presenting at the other commune"),
          _l("%(name)s: has to present at the police of the new commune"), _l("Record what was done"), "cases.move"),
    rule("RIGHT", _l("Right to a shortening"), _l("%(name)s: a shortening may be proposed"),
          _l("Record what became of it"), "duties.finish", by_hand=True, ladder=SILENT_RIGHT, law=RIGHTS),
    *BREACH_RULES,
)  # fmt: skip

WARNING_RULES = (
    rule("SIGN-WARNING", _l("Sign a written warning"), _l("%(name)s: a written warning waits to be signed"),
          _l("Read and sign"), "cases.written_warning", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
    rule("GIVE-WARNING", _l("Give a written warning to the person"),
          _l("%(name)s: the written warning is to be given to the person"), _l("Record that it was given"),
          "cases.give_warning", law=()),
)  # fmt: skip

REVIEW_RULES = (
    rule("HOLD-REVIEW", _l("Hold a review"), _l("%(name)s: the review is to be held"), _l("Record what came of it"),
          "cases.conclude_review", ladder=CLIMB, law=REVIEWS),
)  # fmt: skip

ASSIGNMENT_RULES = (
    rule("ASSIGNMENT", _l("Answer to an assignment"), _l("%(name)s: you are asked to take this on"), _l("Answer"),
          "cases.assignment", law=()),
    rule("ASKED-LEFT", _l("A request to somebody who left"),
          _l("%(name)s: %(asked)s was asked and is no longer in service; the request is to be taken back"),
          _l("Take the request back"), "cases.assignment", owner=chief, ladder=(), law=()),
)  # fmt: skip

MEASURE_RULES = (
    rule("MEASURE-3", _l("Result of help after 3 months"), _l("%(name)s: what became of the help after 3 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "3"}, law=()),
    rule("MEASURE-6", _l("Result of help after 6 months"), _l("%(name)s: what became of the help after 6 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "6"}, law=()),
)  # fmt: skip

BIRTH_RULES = (
    rule("CONFIRM-BIRTH", _l("Confirm a date of birth"), _l("%(name)s: another date of birth waits for confirmation"),
          _l("Compare and confirm"), "cases.birth_correction", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
)  # fmt: skip

RECKONING_RULES = (
    rule("CONFIRM-DAYS", _l("Confirm new days of a case"), _l("%(name)s: new days wait for confirmation"),
          _l("Compare and confirm"), "cases.reckoning", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
)  # fmt: skip

TERM_RULES = (
    rule("CONFIRM-TERM", _l("Confirm a shortening"), _l("%(name)s: a shortening of the term waits for confirmation"),
          _l("Compare and confirm"), "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
    rule("TAKE-TERM-BACK", _l("Take a shortening back"),
          _l("%(name)s: somebody asks to take a shortening of the term back"), _l("Compare and decide"),
          "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(), decision=True),
)  # fmt: skip
