"""What may be typed about accounts, units and roles, and at the door."""

from portal.organisation.forms.accounts import AccountForm, MailForm, NewAccountForm, WhyForm
from portal.organisation.forms.doors import CardForm, NewCardForm, PasswordForm, SignInForm
from portal.organisation.forms.grants import DatesForm, EndGrantForm, GrantForm
from portal.organisation.forms.plans import EndPlanForm, PlanForm, plan_form
from portal.organisation.forms.units import EditUnitForm, EndUnitForm, NewUnitForm, UnitForm

__all__ = [
    "AccountForm", "CardForm", "DatesForm", "EditUnitForm", "EndGrantForm", "EndPlanForm", "EndUnitForm", "GrantForm",
    "MailForm",
    "NewAccountForm", "NewCardForm", "NewUnitForm", "PasswordForm", "PlanForm", "SignInForm", "UnitForm", "WhyForm",
    "plan_form",
]  # fmt: skip
