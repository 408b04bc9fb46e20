"""The text of a report, paragraph by paragraph: what its figures say, and what people wrote."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from portal.documents import issuers
from portal.profile.catalogue import Exact
from portal.reports import facts, figures, naming
from portal.reports.models import Body, Report
from portal.reports.sections import BY_ID, TASKS, Numbered, Section, numbered
from portal.reports.wording import periods
from portal.reports.wording.comparison import Before
from portal.reports.wording.runs import Paragraph, Run, Sentence, joined, of_data, words
from portal.reports.wording.telling import Telling
from portal.reports.wording.told import Figures, parsed, places, put_in, value_of

SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[^\W\d_a-z])")
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
    period, sections = figures.period_of(report), report.kind.sections
    return Telling(
        told, report.first, report.last, before, place_of(report), known, partial(place_on, report),
        naming.offences_of(period, sections), naming.names_of(period, sections),
    )  # fmt: skip


def place_of(report: Report) -> str:
    """The commune as it was called on the last day of the period."""
    return place_on(report, report.last)


def place_on(report: Report, day: date) -> str:
    return issuers.commune_on(report.commune, day).name


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
    for number, line in enumerate(telling_lines(section.id, lines, told), start=1):
        sentence = with_figures(line, told, known)
        if section.id == TASKS:
            sentence = joined([words(f"{number}."), sentence])
        yield Paragraph(section.id, sentence)


def telling_lines(key: str, lines: Sequence[str], told: Figures) -> Sequence[str]:
    """The lines of a section that the paper shows. Where none had anything to tell they stand as they were written; so
    do tasks, which tell what is to come."""
    if key == TASKS:
        return lines
    return [line for line in (_telling(one, told) for one in lines) if line] or lines


def _telling(line: str, told: Figures) -> str:
    """A line without the sentences whose figures are all nought: what did not happen is not told as "0"."""
    return " ".join(one for one in SENTENCE_END.split(line) if not _of_nought(one, told))


def _of_nought(sentence: str, told: Figures) -> bool:
    named = [place for place in places(sentence) if place.id in told]
    if sentence.partition(":")[0].strip() in LEADS:
        return False
    return bool(named) and len(named) == len(places(sentence)) and all(value_of(one, told) == 0 for one in named)


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
