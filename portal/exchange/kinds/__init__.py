"""Sheets of records that are no books, one module a room. A further one is a class of `Rows`, and a line here."""

from collections.abc import Mapping

from portal.cases.models import Case, ReviewMeeting, WrittenWarning
from portal.engine.text import _l
from portal.exchange.kinds import cases, people
from portal.exchange.kinds.accounts import Accounts, Grants
from portal.exchange.kinds.breaches import Breaches, of_standing
from portal.exchange.kinds.coordination import Landmarks, Plans
from portal.exchange.kinds.decided import Decided, is_decided
from portal.exchange.kinds.documents import Documents
from portal.exchange.kinds.forces import Hotlines
from portal.exchange.kinds.frozen import Figures, Frame, Seals, Text
from portal.exchange.kinds.households import Establishments, Events, Households
from portal.exchange.kinds.law_here import LAW_HERE
from portal.exchange.kinds.meetings import Attendances, Items, Meetings, MinutesOf, Tasks
from portal.exchange.kinds.observations import HandOvers, Observations
from portal.exchange.kinds.patrols import Forces, Logs, Patrols, Signatures, Stops
from portal.exchange.kinds.pledges import Calls, Campaigns, Goals, Pledges
from portal.exchange.kinds.protections import Protections
from portal.exchange.kinds.report_kinds import ReportKinds
from portal.exchange.kinds.reports import Overrulings, Reports, ReportTasks, Sections, StepsOfReports
from portal.exchange.kinds.roster import Roster
from portal.exchange.kinds.round_signatures import RoundSignatures
from portal.exchange.kinds.rows import Rows
from portal.exchange.kinds.said import Said
from portal.exchange.kinds.series import Exceptions, Series
from portal.exchange.kinds.steps import steps_in_cases, steps_of
from portal.exchange.kinds.units import Units
from portal.exchange.references import Reference
from portal.exchange.sheet import Sheet
from portal.households.models import PledgeBreach, PledgeCampaign
from portal.incidents.models import Observation
from portal.meetings.models import Meeting
from portal.patrols.models import Patrol
from portal.proposals.models import Proposal
from portal.reports.models import Report

KINDS: tuple[type[Rows], ...] = (
    Units, Accounts, Grants, Households, Events, Establishments,
    Campaigns, steps_of(Campaigns.key, Campaigns.title, PledgeCampaign), Goals, Pledges, Calls,
    Breaches, steps_of(Breaches.key, Breaches.title, PledgeBreach, those=(of_standing,)),
    Documents, Hotlines,
    Plans, Landmarks, Patrols, steps_of(Patrols.key, Patrols.title, Patrol), Forces, Stops, Logs, Signatures,
    Protections, Roster,
    Series, Exceptions, Meetings, steps_of(Meetings.key, Meetings.title, Meeting), Attendances, Items, MinutesOf, Tasks,
    ReportKinds, Reports, steps_of(Reports.key, Reports.title, Report, rows=StepsOfReports), Sections, Overrulings,
    Figures, Text, Frame, Seals, ReportTasks,
    Observations, steps_of(Observations.key, Observations.title, Observation, "read", sealed=True), HandOvers,
    steps_of(cases.KEY, cases.TITLE, Case, sealed=True),
    *LAW_HERE, RoundSignatures, Said,
    Decided, steps_in_cases(Decided.key, Decided.title, Proposal, those=(is_decided,)),
    steps_in_cases("cases.reviews", _l("Reviews of conduct"), ReviewMeeting),
    steps_in_cases("cases.warnings", _l("Warnings"), WrittenWarning),
)  # fmt: skip


def sheets_of_kinds(known: Mapping[str, Reference]) -> list[Sheet]:
    made = (kind(known).sheet for kind in KINDS)
    return [*made, *people.sheets(known), *cases.sheets(known)]
