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
FILES = ("SS-FILE", "NCR-FILE", "RS-FILE", "RB-FILE", "REI-FILE")
HANDOVERS = ("SS-HANDOVER", "PAR-HANDOVER", "NCR-HANDOVER", "RS-HANDOVER", "RB-HANDOVER")
CERTIFICATES = ("SS-CERT", "PAR-CERT", "NCR-CERT")
RIGHTS = ("SS-SHORTEN-ELIG", "PAR-SHORTEN", "NCR-REDUCE", "RS-EXEMPT", "RB-EXEMPT")
SUMMONING, PRESENT = ("SS-SUMMON", "NCR-SUMMON"), "PAR-PRESENT-5D"
FAMILY, PLAN, LACKS = "PAR-CONTACT-3WD", "COM-PLAN", "COM-RECEPTION"
APPEAR, PROPOSE, CHECK = "SS-NOSHOW-7D", "SS-NOSHOW-7D.propose", "COM-SELF-REPORT-CHECK"
CONTACT, CHECK_END = "DRU-CONTACT", "CHECK-END"
CERTIFICATE, ENDS, DEFERRAL_ENDS, CLEARED = "CERTIFICATE", "DRU-END", "DEF-END", "REI-END"
LAST_DAYS = (CERTIFICATE, ENDS, DEFERRAL_ENDS, CLEARED)  # a case stands under one of them when it ends
MINOR, JOBLESS = "MIN-2026", "NCR-JOBLESS-CHAIN"
REVIEWS = ("SS-REVIEW-DEADLINE", "PAR-REVIEW", "NCR-REVIEW")
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
    rule(PROPOSE, _l("Propose prison after a second absence"),
          _l("%(name)s: did not appear within the time of the law; prison is to be proposed"), _l("Propose prison"),
          "proposals.new", arguments={"kind": "revocation"}, ladder=CLIMB),
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
    rule(MINOR, _l("Check a minor's case by hand"),
          _l("%(name)s: a minor; check the case by hand under the new act on juvenile justice"), _l("Record as done"),
          "duties.finish", by_hand=True),
    rule("COM-RECEPTION-REPORT", _l("Report the reception"), _l("%(name)s: report the reception to the province"),
          _l("Record as done"), "duties.finish", by_hand=True),
    *(rule(one, _l("Summon the person"), _l("%(name)s: summon to sign the commitment"), _l("Write a summons"),
           "cases.summon") for one in SUMMONING),
    rule(PRESENT, _l("Present after the release"),
          _l("%(name)s: has to present at the commune by this day; whoever does not come is summoned"),
          _l("Write a summons"), "cases.summon", ladder=CLIMB),
    rule(FAMILY, _l("Confirm with the family"), _l("%(name)s: confirm with the family that the person is back"),
          _l("Record a visit or call"), "cases.contact"),
    rule(LACKS, _l("Complete the reception"), _l("%(name)s: the reception lacks %(count)s of its %(of)s parts"),
          _l("Complete the reception"), "cases.reception"),
    rule(PLAN, _l("Supervision plan"), _l("%(name)s: supervision plan"), _l("Propose the plan"),
          "proposals.new", arguments={"kind": "supervision_plan"}),
    *(rule(one, _l("Open the supervision file"), _l("%(name)s: open the supervision file"), _l("Record as done"),
           "duties.finish", by_hand=True) for one in FILES),
    rule("COM-HELPER-PROPOSE", _l("Propose a helper"), _l("%(name)s: propose a helper"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}),
    rule("REI-HELPER", _l("Propose a helper for reintegration"), _l("%(name)s: propose a helper"),
          _l("Propose a helper"), "proposals.new", arguments={"kind": "helper"}),
    rule("COM-HELPER-ANEW", _l("Propose another helper"),
          _l("%(name)s: %(helper)s does not help; another helper is to be proposed"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}, law=()),
    rule("COM-HELPER-END", _l("Propose the end of the help"),
          _l("%(name)s: the end of the help is to be proposed"), _l("Propose the end of the help"), "proposals.new",
          arguments={"kind": "helper_end"}, ladder=CLIMB),
    rule("COM-HELPER-REPORT", _l("Quarterly report of the helper"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Write the report"),
          "cases.helper_report", owner=helper, monthly=True),
    rule("REI-HELPER-REPORT", _l("Quarterly report of the helper in reintegration"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Write the report"),
          "cases.helper_report", owner=helper, monthly=True),
    rule("HANDOVER", _l("Hand the file over"), _l("%(name)s: hand the file over before the term ends"),
          _l("Record the hand-over"), "cases.hand_over", by_hand=True, ladder=CLIMB, law=HANDOVERS),
    rule("COM-DETAINED", _l("Ask after somebody in custody"), _l("%(name)s: ask how the person in custody is"),
          _l("Record what was learnt"), "cases.custody"),
    rule(JOBLESS, _l("Report the loss of work"), _l("%(name)s: report the loss of work"), _l("Record as done"),
          "duties.finish", by_hand=True, ladder=CLIMB),
    rule("MOVE-REPORT", _l("Report a wish to move"), _l("%(name)s: report the wish to move to the agency"),
          _l("Record what was done"), "cases.move", ladder=CLIMB, law=("SS-MOVE.report", "PAR-MOVE.report")),
    rule("MOVE-ANSWER", _l("Answer to a wish to move"), _l("%(name)s: look what the agency decided on the move"),
          _l("Record what was decided"), "cases.move", law=("SS-MOVE", "PAR-MOVE")),
    rule("MOVE-HANDOVER", _l("Hand the file over to the new commune"), _l("%(name)s: the file goes to the new commune"),
          _l("Record the hand-over"), "cases.hand_over", ladder=CLIMB, law=("SS-MOVE.handover", "PAR-MOVE.handover")),
    rule("TRANSFERRED-HERE", _l("A file from another commune"),
          _l("%(name)s: the file came from another commune and waits to be opened"), _l("Look at the draft"),
          "cases.show", owner=chief, ladder=(("commune_leader", 5),), law=("COM-ASSIGN-OFFICER", "REI-TRANSFER")),
    rule("RECORD-DEATH", _l("Record a death in each case"), _l("%(name)s: the person has died; record it here too"),
          _l("Record the death"), "cases.death", law=()),
    rule(CERTIFICATE, _l("Completion certificate"), _l("%(name)s: the term ends, completion is to be certified"),
          _l("Propose completion"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS,
          law=CERTIFICATES),
    rule(DEFERRAL_ENDS, _l("End of a deferral or suspension"),
          _l("%(name)s: the deferral or suspension ends, the person leaves to serve the prison term"),
          _l("Propose to close the file"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS,
          law=("COM-END-DATE",)),
    rule(CLEARED, _l("End of the reintegration"),
          _l("%(name)s: by the estimate the record is cleared, the reintegration is to be ended"),
          _l("Propose to close the file"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS,
          law=(CLEARED, "REC-CLEAR")),
    rule(CHECK_END, _l("Have the last day checked"), _l("%(name)s: the last day is to be checked by a second person"),
          _l("Lay it before a second person"), "cases.check_end", ladder=CLIMB, law=()),
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
    rule("RIGHT", _l("Right to a shortening or waiver"), _l("%(name)s: a shortening or waiver may be proposed"),
          _l("Propose it, or say why not"), "duties.finish", by_hand=True, ladder=SILENT_RIGHT, law=RIGHTS),
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

SUMMONS_RULES = (
    rule("SUMMONED", _l("What became of a summons"), _l("%(name)s: record whether the person came"),
          _l("Record the outcome"), "cases.summons_outcome", law=()),
    rule("SUMMON-ANEW", _l("Summon anew"), _l("%(name)s: did not come for a good reason; to be summoned anew"),
          _l("Write a summons"), "cases.summoned", law=()),
    rule(APPEAR, _l("Appear after a summons not obeyed"),
          _l("%(name)s: has to appear by this day; record it if not"), _l("Record the second absence"),
          "cases.still_absent", ladder=CLIMB),
)  # fmt: skip

CHECK_IN_RULES = (
    rule(CHECK, _l("Check a self-report"), _l("%(name)s: check the self-report for %(month)s"), _l("Check it"),
          "cases.checked"),
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

END_RULES = (
    rule("CONFIRM-END", _l("Check a last day"), _l("%(name)s: the last day waits to be checked"),
          _l("Compare and confirm"), "cases.end_checked", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
)  # fmt: skip

DEATH_RULES = (
    rule("CONFIRM-DEATH", _l("Confirm a death"), _l("%(name)s: a death waits for confirmation"),
          _l("Compare and confirm"), "cases.dead", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
    rule("REPORT-DEATH", _l("Report a death to the agency"), _l("%(name)s: report the death to the agency"),
          _l("Record what was done"), "cases.dead", ladder=CLIMB,
          law=("SS-DEATH", "NCR-DEATH", "RS-DEATH", "RB-DEATH")),
    rule("DEATH-ENDED", _l("The court's decision after a death"),
          _l("%(name)s: look whether the court ended the execution"), _l("Record what was decided"), "cases.dead",
          law=("SS-DEATH.court", "NCR-DEATH.court", "RS-DEATH.court", "RB-DEATH.court")),
)  # fmt: skip

TERM_RULES = (
    rule("CONFIRM-TERM", _l("Confirm a shortening"), _l("%(name)s: a shortening of the term waits for confirmation"),
          _l("Compare and confirm"), "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
    rule("TAKE-TERM-BACK", _l("Take a shortening back"),
          _l("%(name)s: somebody asks to take a shortening of the term back"), _l("Compare and decide"),
          "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(), decision=True),
)  # fmt: skip
