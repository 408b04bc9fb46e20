"""The proposals of a case in its file: each with its story, what the law was found to say, and its paper."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.case_file.parts import Part, Table
from portal.engine.presentation import day, moment
from portal.engine.text import _
from portal.engine.workflow import steps_of
from portal.organisation.presenters.stories import people_of
from portal.organisation.queries import users_named
from portal.proposals.conditions import checked
from portal.proposals.kinds import kind_of
from portal.proposals.models import Proposal
from portal.proposals.presenter import oral_of, story

RESULTS = {"refused": "✗", "ok": "✓"}


def of_proposals(proposals: Sequence[Proposal], name: str) -> Part:
    """The earliest first."""
    tables = [_table(one, name) for one in reversed(proposals)]
    return Part("proposals", _("Proposals and decisions"), tables, nothing=_("Nothing was proposed."))


def _table(proposal: Proposal, name: str) -> Table:
    steps = list(steps_of(proposal))
    told = story(proposal, steps, users_named(people_of(proposal, steps)), kind_of(proposal).labels)
    rows = [(moment(one.at), one.sentence, "\n".join(_words(one))) for one in reversed(told)]
    title = f"{proposal.number}. {proposal.titled(name)}: {proposal.standing.label}"
    return Table((_("When"), _("Step"), _("Reason")), rows, (34, 68, 63), title, list(_lines(proposal)))


def _words(step: Any) -> Iterator[str]:
    if step.remark:
        yield step.remark
    yield from (f"{label}: {text}" for label, text in step.remarks)


def _lines(proposal: Proposal) -> Iterator[str]:
    yield from (
        f"{_label(proposal, field)}: {field.value}" for field in kind_of(proposal).told(proposal) if field.value
    )
    if proposal.reason:
        yield _("Why it is proposed: %(why)s", why=proposal.reason)
    yield from _orally(proposal)
    found = checked(proposal)
    if found.said:
        yield found.said
    for one in found.conditions:
        text = f"{RESULTS.get(one.result, '–')} {one.text}"
        yield f"{text} ({one.source})" if one.source else text
    document = proposal.document
    if document is not None and document.number and document.dated_on:
        yield _("Paper: no. %(number)s of %(day)s", number=document.number, day=day(document.dated_on))


def _orally(proposal: Proposal) -> Iterator[str]:
    """An approval by word of mouth, and what became of it."""
    oral = oral_of(proposal)
    if oral is None:
        return
    yield _(
        "Approved orally by %(who)s at %(at)s (%(how)s); why it could not wait: %(why)s", who=oral.who, at=oral.at,
        how=oral.how, why=oral.why,
    )  # fmt: skip
    if oral.lapsed:
        yield _("The oral approval lapsed on %(until)s: it was not confirmed in writing.", until=oral.until)


def _label(proposal: Proposal, field: Any) -> str:
    return str(field.label or kind_of(proposal).labels.get(field.name, field.name))
