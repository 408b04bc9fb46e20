"""III.2.1 to 2.4: crimes and violations, accidents on the road, fires, accidents at work."""

from collections.abc import Iterator, Sequence

from portal.reports.wording.comparison import beside
from portal.reports.wording.runs import Sentence, listed, with_note, words
from portal.reports.wording.telling import Telling, paragraph
from portal.reports.wording.told import Figures

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
        yield from paragraph(_nothing(of, f"{SECURITY}.cases", "Trong {period}, trên địa bàn không xảy ra vụ việc liên "
                                      "quan đến an ninh, trật tự", "vụ"), seized)  # fmt: skip
        return
    yield from paragraph(_all(of), _by_force(of), seized, _handled(of))


def _all(of: Telling) -> Sentence:
    compared = of.before.pair(of.told, f"{SECURITY}.cases", f"{SECURITY}.persons", ("vụ", "đối tượng"))
    told = of.say(
        "Trong {period}, số vụ việc liên quan đến an ninh, trật tự xảy ra trên địa bàn là "
        "{incidents.security.cases} vụ/{incidents.security.persons} đối tượng"
    )
    if not told:
        return ()
    change = with_note(words(f" ({compared})", italic=True), _year_before(of)) if compared else ()
    return (*told, *change, *words("."))


def _year_before(of: Telling) -> Sentence:
    """The footnote at the comparison: what there was a year before."""
    if of.told[f"{SECURITY}.cases"].previous_value == 0:
        return ()
    year = str(of.before.year)
    return of.say(
        "Cùng kỳ năm {year}: {incidents.security.cases<} vụ/{incidents.security.persons<} đối tượng.", year=year
    )


def _by_force(of: Telling) -> Sentence:
    """Who detected them, with a footnote each: what it was."""
    police = of.say(
        "{police} trực tiếp phát hiện, tiếp nhận, xác minh {incidents.security.commune_police.cases} "
        "vụ/{incidents.security.commune_police.persons} đối tượng"
    )
    others = of.say(
        "lực lượng khác phát hiện {incidents.security.other_forces.cases} vụ/"
        "{incidents.security.other_forces.persons} đối tượng"
    )
    parts = [
        with_note(said, _kinds(of, force))
        for said, force in ((police, POLICE), (others, OTHERS))
        if said and of.told.some(f"{force}.cases")
    ]
    told = listed(parts, last="; ")
    return (*words("Trong đó: "), *told, *words(".")) if told else ()


def _kinds(of: Telling, id: str) -> Sentence:
    """What the incidents of a force were; what has no figure of its own is told as others."""
    told, known, said = of.told, [0, 0], []
    for end, name in KINDS:
        if told.some(f"{id}.{end}.cases"):
            said.append(of.say(f"{{name}} {{{id}.{end}.cases}} vụ/{{{id}.{end}.persons}} đối tượng", name=name))
            known = [known[0] + told.of(f"{id}.{end}.cases"), known[1] + (told.of(f"{id}.{end}.persons") or 0)]
    if said and told.of(f"{id}.cases") > known[0]:
        left = told.of(f"{id}.cases") - known[0]
        said.append(words(f"hành vi khác {left:02d} vụ"))
    seized = _seized(of) if id == OTHERS and _seized_by_others(of) else ()
    kinds = listed(said, last="; ")
    return (*_capital(kinds), *words("."), *(words(" ") if seized else ()), *seized) if kinds else seized


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
    return of.say(
        "Đã xử lý hành chính {incidents.security.commune_police.administrative.cases} "
        "vụ/{incidents.security.commune_police.administrative.persons} đối tượng."
    )


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
        yield from paragraph(_nothing(of, id, f"Trong {{period}}, trên địa bàn không xảy ra {what}", "vụ"))
        return
    compared = of.before.compared(of.told[id], "vụ") if id in of.told else ""
    happened = of.say(f"Xảy ra {{{id}}} vụ{{compared}}.", compared=f", {compared}" if compared else "")
    hurt = listed([_loss(of.told, of, loss, name) for loss, name in losses])
    yield from paragraph(happened, (*words("Hậu quả: "), *hurt, *words(".")) if hurt and happened else (), more)


def _loss(told: Figures, of: Telling, id: str, name: str) -> Sentence:
    if not told.some(id):
        return ()
    return of.say(f"{{{id}}} {name}{{change}}", change=beside(told, id))


def _nothing(of: Telling, id: str, text: str, unit: str) -> Sentence:
    """That it did not happen, with the change where it did a year before."""
    one = of.told[id]
    compared = f" ({of.before.compared(one, unit)})" if one.change else ""
    return of.say(f"{text}{{compared}}.", compared=compared)
