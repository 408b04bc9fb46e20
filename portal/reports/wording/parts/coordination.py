"""III.5: the forces among themselves."""

from collections.abc import Iterator

from portal.reports.wording.runs import Sentence, listed, words
from portal.reports.wording.telling import Telling, paragraph


def coordination(of: Telling) -> Iterator[Sentence]:
    yield from paragraph(_meetings(of), _border(of))


def _meetings(of: Telling) -> Sentence:
    held = listed([
        of.say("{meetings.coordination.held} hội nghị giao ban công tác phối hợp")
        if of.told.some("meetings.coordination.held") else (),
        of.say("{meetings.interim_reviews.held} hội nghị sơ kết công tác phối hợp 6 tháng")
        if of.told.some("meetings.interim_reviews.held") else (),
        of.say("{meetings.annual_reviews.held} hội nghị tổng kết công tác phối hợp năm")
        if of.told.some("meetings.annual_reviews.held") else (),
    ])  # fmt: skip
    if not held:
        return ()
    begun = f"{of.police} phối hợp với Ban CHQS {of.kind}, Đồn Biên phòng tham mưu UBND {of.kind} tổ chức "
    return (*words(begun), *held, *words("."))


def _border(of: Telling) -> Sentence:
    if not of.told.some("patrols.border.count"):
        return ()
    return of.say("Các lực lượng tổ chức {patrols.border.count} lượt tuần tra, kiểm soát đường biên, mốc quốc giới.")
