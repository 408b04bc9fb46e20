"""III.6: sentences served in the community, and people who came home from prison. Two counts that happen to be equal
are of other people, and are never told as one."""

from collections.abc import Iterator

from portal.reports.wording.runs import Sentence, listed, words
from portal.reports.wording.telling import Telling, paragraph

TYPES = (
    ("cases.community.serving_suspended_sentence", "phạt tù nhưng cho hưởng án treo"),
    ("cases.community.serving_conditional_release", "tha tù trước thời hạn có điều kiện"),
    ("cases.community.serving_non_custodial_reform", "cải tạo không giam giữ"),
    ("cases.community.serving_residence_supervision", "quản chế"),
    ("cases.community.serving_residence_ban", "cấm cư trú"),
)


def sentences(of: Telling) -> Iterator[Sentence]:
    yield from paragraph(_received(of), _serving(of), _reports(of), _violations(of))
    yield from paragraph(_released(of))


def _received(of: Telling) -> Sentence:
    if of.told.none_of("cases.community.received"):
        return words("Trong kỳ không tiếp nhận thêm hồ sơ chấp hành án tại cộng đồng.")
    return of.say("{police} tiếp nhận {cases.community.received} hồ sơ chấp hành án tại cộng đồng.")


def _serving(of: Telling) -> Sentence:
    if of.told.none_of("cases.community.serving"):
        return words("Hiện không có người chấp hành án tại cộng đồng.")
    told = of.say("Tổng số người hiện đang chấp hành án tại cộng đồng là {cases.community.serving} bị án")
    types = listed([of.say(f"{name}: {{{one}}}") for one, name in TYPES if of.told.some(one)], last="; ")
    return (*told, *(words(" (") if types else ()), *types, *(words(")") if types else ()), *words(".")) if told else ()


def _reports(of: Telling) -> Sentence:
    if not of.told.some("cases.community.self_reports"):
        return ()
    return of.say(
        "Định kỳ 01 tháng một lần, {police} yêu cầu các bị án đến trụ sở làm bản tự nhận xét; trong kỳ đã nhận "
        "{cases.community.self_reports} bản."
    )


def _violations(of: Telling) -> Sentence:
    if of.told.some("cases.community.law_violations"):
        return of.say("Có {cases.community.law_violations} lượt vi phạm pháp luật của người chấp hành án.")
    if of.told.none_of("cases.community.law_violations") and of.told.some("cases.community.serving"):
        return words("Các bị án chấp hành nghĩa vụ của người chấp hành án, không vi phạm pháp luật.")
    return ()


def _released(of: Telling) -> Sentence:
    if of.told.none_of("reintegration.managed"):
        return words("Trong kỳ không có người chấp hành xong án phạt tù phải quản lý, giáo dục.")
    return of.say(
        "Đã quản lý, giáo dục {reintegration.managed} trường hợp chấp hành xong án phạt tù về địa phương cư trú."
    )
