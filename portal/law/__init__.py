"""The law: days in, days and reasons out. No framework, no database, no user.

Each event takes the rule in force on its own day; every number says its source and whether somebody saw it in the text.
All regimes answer the same questions: TITLE, PARAMETERS, last_day, term_days, calendar, reception, monthly, quarterly,
absence_limits, refuse_absence.
"""

from types import ModuleType

from portal.law import (
    conditional_release,
    drug_user_management,
    non_custodial_reform,
    prison_deferral,
    reintegration,
    residence_ban,
    residence_supervision,
    suspended_sentence,
)

REGIMES: dict[str, ModuleType] = {
    "suspended_sentence": suspended_sentence,
    "conditional_release": conditional_release,
    "non_custodial_reform": non_custodial_reform,
    "residence_supervision": residence_supervision,
    "residence_ban": residence_ban,
    "reintegration": reintegration,
    "drug_user_management": drug_user_management,
    "prison_deferral": prison_deferral,
}
