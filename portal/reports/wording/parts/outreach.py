"""III.1: what was told to people, and what they told."""

from collections.abc import Iterator

from portal.reports.wording.runs import Sentence
from portal.reports.wording.telling import Telling, paragraph


def outreach(of: Telling) -> Iterator[Sentence]:
    yield from paragraph(_sessions(of), _online(of), _tips(of))


def _sessions(of: Telling) -> Sentence:
    if of.told.none_of("outreach.sessions"):
        return of.say("{within}, chưa tổ chức buổi tuyên truyền, vận động trực tiếp nào.")
    return of.say(
        "{within}, các lực lượng đã tổ chức tuyên truyền, vận động quần chúng nhân dân được "
        "{outreach.sessions} lượt với {outreach.attendance} lượt người tham gia."
    )


def _online(of: Telling) -> Sentence:
    if not of.told.some("outreach.social_media_reach"):
        return ()
    return of.say(
        "Đăng tải nội dung tuyên truyền trên mạng xã hội Facebook, Zalo, thu hút {outreach.social_media_reach} lượt "
        "người tiếp cận."
    )


def _tips(of: Telling) -> Sentence:
    if not of.told.some("tips.valuable"):
        return ()
    return of.say("Qua đó, Nhân dân đã cung cấp {tips.valuable} tin báo, tố giác tội phạm có giá trị.")
