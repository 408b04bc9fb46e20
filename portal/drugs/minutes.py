"""The minutes of a test as a paper, to be printed, signed and kept in the register of the commune police.

The register learns that there are such minutes and of which day, and nothing of whom they are about.
"""

from collections.abc import Iterator

from portal.documents import actions, issuers
from portal.documents.models import OfficialDocument
from portal.documents.numbers import symbol_of
from portal.documents.paper import Clause, Paper, Signature, in_lines
from portal.documents.queries import document_of
from portal.documents.wording import written_day
from portal.drugs.models import CONTEXT_NAMES, DrugTest, TestContext, TestResult
from portal.engine import clock
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _l, mark
from portal.organisation.models import Unit
from portal.organisation.queries import police_on
from portal.people.models import Person, Sex
from portal.wordings.blocks import Block, Said, Texts, Wording
from portal.wordings.queries import words

DOTS = "……"  # to be filled in by hand
CODE = "BB"
ABSTRACT = "Về việc xét nghiệm chất ma túy trong cơ thể"
RESULTS = {
    TestResult.POSITIVE: "dương tính", TestResult.NEGATIVE: "âm tính", TestResult.INVALID: "không hợp lệ",
    TestResult.PENDING: "",
}  # fmt: skip
OCCASIONS = {
    TestContext.REVIEW: "rà soát người có dấu hiệu sử dụng trái phép chất ma túy",
    TestContext.INCIDENT: "vụ việc được phát hiện", TestContext.FOLLOW_UP: "quản lý theo quyết định đang có hiệu lực",
}  # fmt: skip
TITLES = {Sex.MALE: "ông", Sex.FEMALE: "bà", None: "ông (bà)"}
TEXTS = Texts(
    "drug_test",
    _l("Minutes of a drug test"),
    {
        "tested": Block(_l("Who is tested"), "Người được xét nghiệm: {person}."),
        "reason": Block(_l("Why"), "Lý do xét nghiệm: {occasion}."),
        "closing": Block(
            _l("How it closes"),
            "Biên bản lập xong đã đọc lại cho những người có tên cùng nghe, công nhận đúng và ký tên. Biên bản được "
            "lập thành 02 bản, 01 bản giao cho người được xét nghiệm, 01 bản lưu tại {issuer}.",
        ),
    },
    {str(one): told for one, told in CONTEXT_NAMES.items()},
    lambda test: str(test.context),
)


def written(test: DrugTest, unit: Unit, entry: OfficialDocument | None = None, tried: Said | None = None) -> Paper:
    """Drawn by the police of the commune: whom, when, where, by which device, and the result. Number and day are those
    of its *entry* in the register."""
    day = (entry.dated_on if entry else None) or test.taken_on
    commune = issuers.commune_on(unit.commune or unit, day)
    say = words(TEXTS, test, test.created_at, tried)
    return Paper(
        issuer=issuers.police(commune, day), symbol=symbol_of(unit, CODE), number=entry.number if entry else "",
        day=day, name="BIÊN BẢN", abstract=ABSTRACT, bases=(), text=[*_text(test, unit, say)],
        recipients=("Người được xét nghiệm", "Lưu: HS"),
        signature=Signature(("NGƯỜI LẬP BIÊN BẢN",)),
        beside=(Signature(("NGƯỜI ĐƯỢC XÉT NGHIỆM",)), Signature(("NGƯỜI CHỨNG KIẾN",))),
    )  # fmt: skip


def _text(test: DrugTest, unit: Unit, say: Said) -> Iterator[Clause]:
    person = test.person
    born = f", sinh năm {person.born}" if person.born else ""
    told = (
        f"Thời gian: {DOTS} giờ {DOTS} phút, {written_day(test.taken_on)}",
        f"Địa điểm: {test.location or DOTS * 4}",
        f"Người tiến hành: {DOTS * 4}, {unit.title}; người chứng kiến: {DOTS * 4}",
        say("tested", person=f"{TITLES[person.sex]} {person.full_name}{born}"),
        say("reason", occasion=OCCASIONS[test.context]),
        f"Phương tiện xét nghiệm: {test.device or DOTS * 4}",
        f"Kết quả: {RESULTS[test.result] or DOTS * 4}",
        _received(test),
        f"Ý kiến của người được xét nghiệm: {DOTS * 4}",
    )
    yield from (Clause(f"{one.rstrip(' .')}.", str(number)) for number, one in enumerate(filter(None, told), start=1))
    yield Clause(say("closing", issuer=unit.title))


def _received(test: DrugTest) -> str:
    if test.result_at is None:
        return ""
    return f"Thời điểm nhận kết quả: {test.result_at:%H giờ %M phút}, {written_day(test.result_at.date())}"


def unit_of(test: DrugTest) -> Unit:
    """The police of the commune on the day of the test. Raises Refused while it has none."""
    unit = police_on(test.commune_id, test.taken_on)
    if unit is None:
        raise Refused(Plain(mark("The commune had no police on that day.")))
    return unit


def enter(test: DrugTest) -> OfficialDocument:
    """Enter the minutes in the register, where they wait to be signed; twice is as good as once."""
    unit = unit_of(test)
    paper = written(test, unit)
    facts = actions.Facts(
        unit, CODE, f"{ABSTRACT} ({test.number})", symbol=paper.symbol,
        signers=in_lines(paper.signature, *paper.beside), recipients="; ".join(paper.recipients),
        drafted_on=test.taken_on,
    )  # fmt: skip
    return actions.register(facts, subject=test)


def entry_of(test: DrugTest) -> OfficialDocument | None:
    return document_of(test, CODE)


def _sample(commune: Unit, sub_kind: str, tried: Said) -> Paper:
    """The minutes of an invented test of nobody."""
    today = clock.today()
    person = Person(full_name="Nguyễn Văn Mẫu", birth_year=1990, sex=Sex.MALE)
    test = DrugTest(
        person=person, commune_id=commune.id, number="0000", taken_on=today, context=TestContext(sub_kind),
        result=TestResult.PENDING, location="", device="",
    )  # fmt: skip
    return written(test, police_on(commune.id, today) or commune, tried=tried)


WORDINGS = (Wording(TEXTS, _sample),)
