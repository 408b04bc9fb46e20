"""III.2.1 to 2.4: crimes and violations, accidents on the road, fires, accidents at work."""

from collections.abc import Iterator, Sequence

from portal.reports.wording.comparison import beside, by
from portal.reports.wording.numbers import count
from portal.reports.wording.runs import Sentence, listed, with_note, words
from portal.reports.wording.telling import OfOffence, Telling, paragraph
from portal.reports.wording.told import Figures

PEOPLE = ("người tử vong", "người bị thương", "người chết")  # of whom it is told, too, that there was none
SECURITY, POLICE, OTHERS = "incidents.security", "incidents.security.commune_police", "incidents.security.other_forces"
# What it was, by the end of the id of its figures, as it stands in a footnote.
KINDS = (
    ("drug_use", "sử dụng trái phép chất ma túy"),
    ("drug_possession", "tàng trữ trái phép chất ma túy"),
    ("fireworks", "sử dụng các loại pháo trái phép"),
)


def crime(of: Telling) -> Iterator[Sentence]:
    seized = () if _seized_by_others(of) else _seized(of)
    if of.told.none_of(f"{SECURITY}.cases"):
        yield from paragraph(_nothing(of, f"{SECURITY}.cases", "{within}, trên địa bàn không xảy ra vụ việc liên "
                                      "quan đến an ninh, trật tự", "vụ"), seized)  # fmt: skip
        return
    yield from paragraph(_all(of), _by_force(of), seized)


def _all(of: Telling) -> Sentence:
    compared = of.before.pair(of.told, f"{SECURITY}.cases", f"{SECURITY}.persons", ("vụ", "đối tượng"))
    told = _counted(
        of, SECURITY, "{within}, số vụ việc liên quan đến an ninh, trật tự xảy ra trên địa bàn là"
    )  # fmt: skip
    if not told:
        return ()
    change = with_note(words(f" ({compared})", italic=True), _year_before(of)) if compared else ()
    unknown = words(", chưa xác định được đối tượng") if of.told.none_of(f"{SECURITY}.persons") else ()
    return (*told, *unknown, *change, *words("."))


def _year_before(of: Telling) -> Sentence:
    """The footnote at the comparison: what there was a year before."""
    if of.told[f"{SECURITY}.cases"].previous_value == 0:
        return ()
    name = of.before.name[:1].upper() + of.before.name[1:]
    persons = of.told[f"{SECURITY}.persons"].previous_value if f"{SECURITY}.persons" in of.told.by_id else None
    of_whom = "/{incidents.security.persons<} đối tượng" if persons != 0 else ""
    return of.say(f"{{name}}: {{incidents.security.cases<}} vụ{of_whom}.", name=name)


def _by_force(of: Telling) -> Sentence:
    """Who detected them, with a footnote each: what it was; and what became of those of the police."""
    police = _counted(of, POLICE, "{police} trực tiếp phát hiện, tiếp nhận, xác minh")
    others = _counted(of, OTHERS, "lực lượng khác phát hiện")
    parts = [
        (*with_note(said, _kinds(of, force)), *(_handled(of) if force == POLICE else ()))
        for said, force in ((police, POLICE), (others, OTHERS))
        if said and of.told.some(f"{force}.cases")
    ]
    told = listed(parts, last="; ")
    return (*words("Trong đó: "), *told, *words(".")) if told else ()


def _counted(of: Telling, id: str, begin: str) -> Sentence:
    """Incidents with their subjects behind some words: "05 vụ/06 đối tượng"; where nobody is known yet, the incidents
    alone."""
    of_whom = "" if of.told.none_of(f"{id}.persons") else f"/{{{id}.persons}} đối tượng"
    return of.say(f"{begin} {{{id}.cases}} vụ{of_whom}")


def _kinds(of: Telling, id: str) -> Sentence:
    """What the incidents of a force were: by figures where there are such, else by what the records say. Those of which
    nobody has said it are told as others."""
    known, said = 0, []
    for end, name in KINDS:
        if of.told.some(f"{id}.{end}.cases"):
            said.append(_counted(of, f"{id}.{end}", name))
            known += of.told.of(f"{id}.{end}.cases")
    for one in of.offences.get(id, ()):
        if one.figure and f"{id}.{one.figure}.cases" in of.told:
            continue
        said.append(words(f"{one.name} {_so_many(one)}"))
        known += one.cases
    left = of.told.of(f"{id}.cases") - known
    if said and left > 0:
        said.append(words(f"hành vi khác {count(left)} vụ"))
    seized = _seized(of) if id == OTHERS and _seized_by_others(of) else ()
    kinds = listed(said, last="; ")
    return (*_capital(kinds), *words("."), *(words(" ") if seized else ()), *seized) if kinds else seized


def _so_many(one: OfOffence) -> str:
    return f"{count(one.cases)} vụ" + (f"/{count(one.persons)} đối tượng" if one.persons else "")


def _capital(sentence: Sentence) -> Sentence:
    if not sentence:
        return ()
    first, *rest = sentence
    return (*words(first.text[:1].upper() + first.text[1:], figure=first.figure), *rest)


def _seized_by_others(of: Telling) -> bool:
    """Whether what was seized belongs to the footnote about other forces, who found drugs on somebody."""
    return bool(of.told.some(f"{OTHERS}.drug_possession.cases"))


def _seized(of: Telling) -> Sentence:
    if not of.told.some("incidents.seizures.methamphetamine_g"):
        return ()
    return of.say("Lực lượng chức năng đã thu giữ {incidents.seizures.methamphetamine_g:decimal} gam Methamphetamine.")


def _handled(of: Telling) -> Sentence:
    if not of.told.some(f"{POLICE}.administrative.cases"):
        return ()
    return _counted(of, f"{POLICE}.administrative", ", đã xử lý hành chính")


def traffic(of: Telling) -> Iterator[Sentence]:
    losses = (
        ("incidents.traffic.deaths", "người tử vong"),
        ("incidents.traffic.injured", "người bị thương"),
        ("incidents.traffic.motorbikes_damaged", "xe mô tô hư hỏng"),
    )
    yield from _accident(of, "incidents.traffic.cases", "tai nạn giao thông", losses)


def labour(of: Telling) -> Iterator[Sentence]:
    yield from _accident(of, "incidents.labour.cases", "tai nạn lao động", (("incidents.labour.deaths", "người chết"),))


def fire(of: Telling) -> Iterator[Sentence]:
    loss = of.say("Thiệt hại về tài sản {incidents.fire.property_loss_vnd:money}.")
    some = of.told.some("incidents.fire.property_loss_vnd")
    yield from _accident(of, "incidents.fire.cases", "cháy, nổ", (), loss if some else ())


def _accident(
    of: Telling, id: str, what: str, losses: Sequence[tuple[str, str]], more: Sentence = ()
) -> Iterator[Sentence]:
    if of.told.none_of(id):
        people = [one for one in losses if one[1] in PEOPLE]
        yield from paragraph(_nothing(of, id, f"{{within}}, trên địa bàn không xảy ra {what}", "vụ", people))
        return
    compared = of.before.compared(of.told[id], "vụ") if id in of.told else ""
    happened = of.say(f"Xảy ra {{{id}}} vụ{{compared}}.", compared=f", {compared}" if compared else "")
    hurt = listed([_loss(of.told, of, loss, name) for loss, name in losses])
    yield from paragraph(happened, (*words("Hậu quả: "), *hurt, *words(".")) if hurt and happened else (), more)


def _loss(told: Figures, of: Telling, id: str, name: str) -> Sentence:
    if told.none_of(id) and told[id].change and name in PEOPLE:
        return words(f"không có {name}{beside(told, id)}", figure=id)
    if not told.some(id):
        return ()
    return of.say(f"{{{id}}} {name}{{change}}", change=beside(told, id))


def _nothing(of: Telling, id: str, text: str, unit: str, losses: Sequence[tuple[str, str]] = ()) -> Sentence:
    """That it did not happen, with the change where it did a year before, and whom that hurt."""
    one = of.told[id]
    fewer = [by(of.told[loss], name) for loss, name in losses if loss in of.told and of.told[loss].change]
    compared = f" ({', '.join([of.before.compared(one, unit), *fewer])})" if one.change else ""
    return of.say(f"{text}{{compared}}.", compared=compared)
