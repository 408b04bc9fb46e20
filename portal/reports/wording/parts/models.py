"""III.4: security teams and other models, a line each."""

from collections.abc import Iterator

from portal.reports.wording.runs import Sentence, joined, words
from portal.reports.wording.telling import Telling, paragraph

INTERFAMILY, RUNNING, COMMENDED = "teams.interfamily_fire", "models.running", "commendations.given"
TEAMS = (
    ("teams.security", "Tổ bảo vệ an ninh, trật tự ở cơ sở"),
    ("teams.people_security", "Tổ An ninh nhân dân"),
)


def models(of: Telling) -> Iterator[Sentence]:
    lines = [*(_team(of, *one) for one in TEAMS), _civil_defence(of), _interfamily(of), _cameras(of), _running(of)]
    found = [line for line in lines if line]
    if found:
        yield words("Duy trì, củng cố các mô hình, lực lượng nòng cốt trong phong trào:")
    yield from ((*words("- "), *line) for line in found)
    yield from paragraph(_commended(of))


def _team(of: Telling, id: str, name: str) -> Sentence:
    if not of.told.some(f"{id}.villages"):
        return ()
    return of.say(f"{name}: ở {{{id}.villages}} thôn với {{{id}.members}} thành viên.")


def _civil_defence(of: Telling) -> Sentence:
    if not of.told.some("teams.civil_defence.teams"):
        return ()
    whole = of.say("tổng số {teams.civil_defence.teams} đội với {teams.civil_defence.members} thành viên.")
    if not of.told.some("teams.civil_defence.strengthened_villages"):
        return (*words("Đội Dân phòng: "), *whole)
    more = of.say(
        "Đội Dân phòng: kiện toàn ở {teams.civil_defence.strengthened_villages} thôn với "
        "{teams.civil_defence.strengthened_members} thành viên, "
    )
    return (*more, *whole)


def _interfamily(of: Telling) -> Sentence:
    if not of.told.some("teams.interfamily_fire.villages"):
        return ()
    where = _named(of, f"{INTERFAMILY}.villages", " ({names})", ", ")
    return of.say(
        "Tổ liên gia an toàn phòng cháy, chữa cháy: ở {teams.interfamily_fire.villages} thôn{where} với "
        "{teams.interfamily_fire.members} thành viên.", where=where,
    )  # fmt: skip


def _running(of: Telling) -> Sentence:
    """The models by name."""
    if not of.told.some(RUNNING):
        return ()
    which = _named(of, RUNNING, ", gồm: {names}", "; ", "“{}”")
    return of.say("Các mô hình đang hoạt động: {models.running} mô hình{which}.", which=which)


def _named(of: Telling, id: str, text: str, between: str, each: str = "{}") -> str:
    """What a figure counts, by name; nothing where not all of it has one."""
    names = of.names.get(id, ())
    return text.format(names=between.join(each.format(name) for name in names)) if len(names) == of.told.of(id) else ""


def _commended(of: Telling) -> Sentence:
    if not of.told.some(COMMENDED):
        return ()
    return of.say(
        "Đã biểu dương, khen thưởng {commendations.given} lượt tập thể, cá nhân có thành tích trong phong trào."
    )


def _cameras(of: Telling) -> Sentence:
    if not of.told.some("cameras.total"):
        return ()
    new = of.say("lắp thêm {cameras.new} camera mới, ") if of.told.some("cameras.new") else ()
    return joined([words("Mô hình camera an ninh: "), new, of.say("tổng số {cameras.total} mắt camera.")], "")
