"""What may be typed about accounts, units and roles, and at the door."""

from portal.organisation.forms.accounts import AccountForm, MailForm, NewAccountForm, WhyForm
from portal.organisation.forms.doors import PasswordForm, SignInForm
from portal.organisation.forms.grants import DatesForm, EndGrantForm, GrantForm
from portal.organisation.forms.plans import EndPlanForm, PlanForm, plan_form
from portal.organisation.forms.units import EndUnitForm, NewUnitForm, UnitForm

__all__ = [
    "AccountForm", "DatesForm", "EndGrantForm", "EndPlanForm", "EndUnitForm", "GrantForm", "MailForm", "NewAccountForm",
    "NewUnitForm", "PasswordForm", "PlanForm", "SignInForm", "UnitForm", "WhyForm", "plan_form",
]  # fmt: skip
