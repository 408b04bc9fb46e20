"""How a report is made, step by step: who does what, on which page, with which button.

Buttons are named by the very texts that they bear, so that the guide cannot say otherwise than the pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.engine.text import _l, mark, say
from portal.organisation.models import Role
from portal.reports.books import TYPED
from portal.reports.workflow import REPORT

_SUBMIT, _SEND = (one.label for one in REPORT.transitions if one.name in ("submit", "send"))


@dataclass(frozen=True)
class Lesson:
    """A step. *text* says what is done, with the texts of buttons and headings by name; *link* is the page on which it
    begins, where that is the same for every report."""

    title: Any
    role: Role
    text: str
    named: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""

    @property
    def told(self) -> str:
        return say(self.text, **self.named)


GUIDE = (
    Lesson(
        _l("See what is due"), Role.POLICE_CHIEF,
        mark(
            "Each report stands on the day on which it is due. Press “%(begin)s” beside the one whose period is over."
        ),
        {"begin": _l("Begin a report")}, "reports.due",
    ),
    Lesson(
        _l("Begin the draft"), Role.POLICE_CHIEF,
        mark(
            "Choose the period and press “%(begin)s”. All figures are counted from the records at once; what people "
            "wrote in the last report is taken over."
        ),
        {"begin": _l("Begin the draft")}, "reports.new",
    ),
    Lesson(
        _l("Look through the figures"), Role.POLICE_CHIEF,
        mark(
            "Press a number: the records that it counted open under it. What is wrong is mended in its record, and the "
            "figure follows; a figure is never typed into the text. What no record can give stands under “%(typed)s”."
        ),
        {"typed": TYPED.words.title},
    ),
    Lesson(
        _l("Write what only people know"), Role.POLICE_CHIEF,
        mark(
            "Under “%(write)s” open each section marked “%(empty)s”: the text of the last report stands beside it. "
            "Name figures by their ids in braces, then press “%(keep)s”."
        ),
        {"write": _l("What people write"), "empty": _l("empty"), "keep": _l("Keep the section")},
    ),
    Lesson(
        _l("Read what the checks found"), Role.POLICE_CHIEF,
        mark(
            "Press “%(checks)s”. What does not add up has to be mended; what is only doubtful is mended or answered: "
            "“%(say)s”."
        ),
        {"checks": _l("Open the checks"), "say": _l("Say why it is right")},
    ),
    Lesson(
        _l("Submit it"), Role.POLICE_CHIEF,
        mark("Press “%(submit)s”. From then on nobody changes the report, unless the chair returns it with remarks."),
        {"submit": _SUBMIT},
    ),
    Lesson(
        _l("Read it and approve it"), Role.COMMUNE_LEADER,
        mark(
            "The report stands among what needs you today. Press “%(approve)s”, read the whole text, then “%(sign)s”: "
            "the figures are frozen and the number is taken."
        ),
        {"approve": _l("Approve and number"), "sign": _l("Sign: approve and number")},
    ),
    Lesson(
        _l("Sign the paper and register it"), Role.OFFICE_CLERK,
        mark(
            "Print “%(paper)s”, let it be signed and stamped, and scan it. Open the paper by its number and press "
            "“%(register)s”: only then may it be sent."
        ),
        {"paper": _l("Paper .docx"), "register": _l("Register the signed paper")},
    ),
    Lesson(
        _l("Send it, and give its tasks out"), Role.COMMUNE_LEADER,
        mark(
            "Once it has gone to whom it is for, press “%(send)s”. By “%(give)s” each task of the last section becomes "
            "a task of a unit, with its day."
        ),
        {"send": _SEND, "give": _l("Give a task to a unit")},
    ),
)  # fmt: skip
