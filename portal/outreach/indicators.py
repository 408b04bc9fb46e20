"""What is counted of outreach: sessions face to face and who came, reach, leaflets, banners."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from portal.engine.indicators import Examples, Indicator, Period, by_month, by_words
from portal.engine.text import _l
from portal.organisation.breakdowns import by_unit, by_village
from portal.outreach.models import (
    FACE_TO_FACE,
    SESSION_FORM_NAMES,
    Material,
    MaterialKind,
    OutreachSession,
    SessionForm,
)
from portal.outreach.workflow import HELD


def _held(period: Period) -> Select[Any]:
    return select(OutreachSession).where(
        OutreachSession.commune_id.in_(period.communes), OutreachSession.voided_at.is_(None),
        OutreachSession.state == HELD, OutreachSession.held_on.between(period.first, period.last),
    )  # fmt: skip


def sessions(period: Period) -> Select[Any]:
    return _held(period).where(OutreachSession.form.in_(FACE_TO_FACE))


def posted(period: Period) -> Select[Any]:
    return _held(period).where(OutreachSession.form == SessionForm.SOCIAL_MEDIA)


def given_out(kind: MaterialKind) -> Callable[[Period], Select[Any]]:
    def records(period: Period) -> Select[Any]:
        return select(Material).where(
            Material.commune_id.in_(period.communes), Material.voided_at.is_(None), Material.kind == kind,
            Material.distributed_on.between(period.first, period.last),
        )  # fmt: skip

    return records


_PARTED = (
    by_village(OutreachSession.village_id), by_month(OutreachSession.held_on),
    by_unit(OutreachSession.unit_id, _l("By who ran it")),
    by_words("form", _l("By form"), OutreachSession.form, SESSION_FORM_NAMES),
)  # fmt: skip
_OF_MATERIAL = (by_village(Material.village_id), by_month(Material.distributed_on))
_NOT_HELD = (
    _l("planned or cancelled"), _l("a loudspeaker broadcast, a post on social media"), _l("entered in error"),
)  # fmt: skip

SESSIONS = Indicator(
    "outreach.sessions", _l("Outreach sessions held face to face"), _l("sessions"),
    _l("Sessions that were held face to face on a day of the period. Broadcasts, posts, leaflets and banners are no "
       "sessions; a session for several villages counts once."),
    "flow", OutreachSession, sessions, breakdowns=_PARTED,
    examples=Examples(
        (_l("a session on the first or the last day of the period"), _l("for several villages: once")), _NOT_HELD,
    ),
)  # fmt: skip
ATTENDANCE = Indicator(
    "outreach.attendance", _l("Attendance at outreach sessions"), _l("people who came"),
    _l("The attendance recorded at the sessions held face to face in the period. Attendances, not different people; "
       "a session without a recorded attendance adds 0."),
    "flow", OutreachSession, sessions, sums=OutreachSession.attendance, breakdowns=_PARTED,
    examples=Examples((_l("somebody who came twice: twice"),), _NOT_HELD),
)  # fmt: skip
REACH = Indicator(
    "outreach.social_media_reach", _l("People reached on social media"), _l("people reached"),
    _l("The reach recorded of what was posted on social media on days of the period. A series of posts may be one "
       "entry."),
    "flow", OutreachSession, posted, sums=OutreachSession.attendance,
    breakdowns=(by_month(OutreachSession.held_on), by_unit(OutreachSession.unit_id, _l("By who ran it"))),
    examples=Examples(
        (_l("a post of the last day of the period"),),
        (_l("who came to a session"), _l("planned or cancelled"), _l("entered in error")),
    ),
)  # fmt: skip
LEAFLETS = Indicator(
    "outreach.leaflets", _l("Leaflets printed and handed out"), _l("leaflets"),
    _l("The pieces of leaflets, on whatever subject, handed out or put up on a day of the period."),
    "flow", Material, given_out(MaterialKind.LEAFLET), sums=Material.quantity, breakdowns=_OF_MATERIAL,
    examples=Examples(
        (_l("handed out on the first or the last day of the period"),), (_l("posters"), _l("entered in error")),
    ),
)  # fmt: skip
BANNERS = Indicator(
    "outreach.banners", _l("Banners put up"), _l("banners"),
    _l("The pieces of banners, on whatever subject, put up on a day of the period."),
    "flow", Material, given_out(MaterialKind.BANNER), sums=Material.quantity, breakdowns=_OF_MATERIAL,
    examples=Examples(
        (_l("hung on the first or the last day of the period"),),
        (_l("still hanging from the period before"), _l("posters"), _l("entered in error")),
    ),
)  # fmt: skip

INDICATORS = (SESSIONS, ATTENDANCE, REACH, LEAFLETS, BANNERS)
