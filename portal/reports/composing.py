"""The text of a report, paragraph by paragraph: what its figures say, and what people wrote."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from flask_babel import force_locale

from portal.documents import issuers
from portal.engine.indicators import Period
from portal.incidents.models import OFFENCE_NAMES
from portal.profile.catalogue import Exact
from portal.reports import catalogue, facts, figures
from portal.reports.models import Body, Report
from portal.reports.sections import BY_ID, TASKS, Numbered, Section, numbered
from portal.reports.wording import periods
from portal.reports.wording.comparison import Before
from portal.reports.wording.runs import Paragraph, Run, Sentence, joined, of_data, words
from portal.reports.wording.telling import OfOffence, Telling
from portal.reports.wording.told import Figures, parsed, put_in

CRIME = "order.crime"
FORCES = ("incidents.security.commune_police", "incidents.security.other_forces")
LEADS = ("Ưu điểm", "Hạn chế", "Tồn tại, hạn chế", "Nguyên nhân", "Thuận lợi", "Khó khăn")
NAMES = {Body.STEERING_COMMITTEE: "Ban Chỉ đạo {place}", Body.COMMITTEE: "Ủy ban nhân dân {place}",
         Body.POLICE: "Công an {place}"}  # fmt: skip


def text_of(report: Report, told: Figures) -> list[Paragraph]:
    """As it was frozen; while it is written, as it would be now."""
    return of_data(report.text) if report.text is not None else list(composed(report, told))


def composed(report: Report, told: Figures) -> Iterator[Paragraph]:
    known = facts.of_report(report)
    telling = telling_of(report, told, {key: one.exact for key, one in known.items()})
    in_words = facts.on_paper(known)
    written = {section.key: section.lines for section in report.written}
    told_by_records = {key: list(_told(key, telling)) for key in report.kind.sections if key in BY_ID}
    present = [key for key, said in told_by_records.items() if said or written.get(key) or BY_ID[key].by_hand]
    yield Paragraph("", words(_opening(report)))
    for one in numbered(present):
        yield Paragraph(one.section.id, words(_heading(one, report), bold=True), one.level)
        for sentence in told_by_records.get(one.section.id, ()):
            yield Paragraph(one.section.id, sentence)
        yield from _by_hand(one.section, written.get(one.section.id, ()), told, in_words)


def telling_of(report: Report, told: Figures, known: Mapping[str, Exact]) -> Telling:
    before = Before(report.last.year - 1, whole=periods.is_year(report.first, report.last))
    return Telling(
        told, report.first, report.last, before, place_of(report), known, partial(place_on, report),
        offences_of(figures.period_of(report)) if CRIME in report.kind.sections else {},
    )  # fmt: skip


def place_of(report: Report) -> str:
    """The commune as it was called on the last day of the period."""
    return place_on(report, report.last)


def place_on(report: Report, day: date) -> str:
    return issuers.commune_on(report.commune, day).name


def offences_of(period: Period) -> dict[str, list[OfOffence]]:
    """What the incidents were that each force detected, in the words of papers, the most frequent first."""
    with force_locale("vi"):
        return {head: list(_offences(head, period)) for head in FORCES}


def _offences(head: str, period: Period) -> Iterator[OfOffence]:
    counted = {}
    for end in ("cases", "persons"):
        one = catalogue.indicator(f"{head}.{end}")
        by = next(each for each in one.breakdowns if each.name == "offence")
        counted[end] = one.parted(period, by).values
    for offence in sorted(filter(None, counted["cases"]), key=lambda one: (-counted["cases"][one], str(one))):
        name = str(OFFENCE_NAMES[offence])
        yield OfOffence(
            name[:1].lower() + name[1:], counted["cases"][offence], counted["persons"].get(offence, 0), str(offence)
        )


def _told(id: str, telling: Telling) -> Iterator[Sentence]:
    writes = BY_ID[id].writes
    return writes(telling) if writes else iter(())


def _opening(report: Report) -> str:
    """Who reports on what, over the whole."""
    who = NAMES[report.kind.body].format(place=place_of(report))
    about = report.kind.title[:1].lower() + report.kind.title[1:]
    return f"{who} báo cáo {about} {periods.with_days(report.first, report.last)} như sau:"


def _heading(one: Numbered, report: Report) -> str:
    title = one.section.title
    if one.section.id == TASKS:
        title = f"{title} {periods.what_follows(report.first, report.last)}"
    return f"{one.number} {title.upper() if one.level == 1 else title}"


def _by_hand(section: Section, lines: Sequence[str], told: Figures, known: Mapping[str, str]) -> Iterator[Paragraph]:
    for number, line in enumerate(lines, start=1):
        sentence = with_figures(line, told, known)
        if section.id == TASKS:
            sentence = joined([words(f"{number}."), sentence])
        yield Paragraph(section.id, sentence)


def with_figures(line: str, told: Figures, known: Mapping[str, str]) -> Sentence:
    """A line that somebody wrote, its figures and the *known* facts filled in. What has none stays in braces, to be
    seen."""
    lead, colon, rest = line.partition(":")
    if colon and lead.strip() in LEADS:
        return (Run(f"{lead.strip()}:", bold=True, italic=True), *with_figures(f" {rest.strip()}", told, known))
    runs: list[Run] = []
    for one in parsed(line):
        runs += words(one) if isinstance(one, str) else put_in(one, told, known) or words(one.text, bold=True)
    return tuple(runs)
