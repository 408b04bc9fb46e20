"""What the pages of the floor ask for and how they are written: plain statements, plain strings."""

import gzip
import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Any

from bench.floor_frame import calendar_drawing, framed, li, marks_table, option, row_of_list, sign_in_form
from portal.law import REGIMES
from portal.law.days import DayOutsideTableError, add_months
from portal.law.rule import Cut, Due, NotInForceError, Term

if TYPE_CHECKING:
    from bench.floor import Page, Visit

PAGE_SIZE, WEEK, AHEAD, MOST = 25, timedelta(days=7), timedelta(days=31), 5
LINE = "(SELECT id FROM unit WHERE heir_id = :heir)"
RUNS = "c.state IN ('open', 'suspended', 'closing') AND c.voided_at IS NULL"
OPEN = "d.done_on IS NULL AND d.dropped_on IS NULL AND d.voided_at IS NULL"
CLIMBED = "EXISTS (SELECT 1 FROM escalation e WHERE e.duty_id = d.id AND e.role = :role AND e.from_on <= :today)"
OWED = f"""(d.commune_id IN {LINE} AND (d.owner_id = :user OR d.owner_id IS NULL AND d.owner_role = :role
    OR {CLIMBED}))"""
ASKED = """EXISTS (SELECT 1 FROM assignment a WHERE a.case_id = c.id AND a.kind = 'officer' AND a.assignee_id = :user
    AND a.state = 'proposed' AND a.voided_at IS NULL)"""
SCOPES = {
    "police_chief": f"c.commune_id IN {LINE}",
    "police_officer": f"(c.commune_id IN {LINE} AND (c.owner_id = :user OR {ASKED}))",
}
TYPES = (
    "suspended_sentence", "conditional_release", "non_custodial_reform", "residence_supervision", "residence_ban",
    "reintegration", "drug_user_management", "prison_deferral",
)  # fmt: skip
CASE_COLUMNS = """c.id, c.number, c.type, c.state, c.received_on, c.reception_on, c.starts_on, c.term_months, c.detained_days,
    c.printed_ends_on, c.closed_on, c.owner_id, c.person_id, c.judgment_number, c.judgment_on, c.court, c.offence,
    c.version, c.commune_id, p.full_name, p.birth_date, p.national_id, p.phone, p.address, p.village_id"""


def zipped(body: bytes) -> bytes:
    return gzip.compress(body, 6)


def known(scope: str) -> str:
    """Duties of cases whose dates the reader may know, and whatever is the reader's own."""
    return f'(d.case_id IN (SELECT c.id FROM "case" c WHERE {scope}) OR {OWED})'


def known_here(scope: str) -> str:
    """The same where the query is over cases already."""
    return f"({scope} OR {OWED})"


def dicts(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def some(rows: Sequence[Any]) -> str:
    return ", ".join(str(int(one)) for one in rows) or "NULL"


def term_of(case: dict[str, Any], cuts: Sequence[dict[str, Any]]) -> Term:
    starts, received = date.fromisoformat(case["starts_on"]), date.fromisoformat(case["received_on"])
    decided = tuple(Cut(date.fromisoformat(one["decided_on"]), one["months"]) for one in cuts if not one["voided_at"])
    return Term(starts, case["term_months"], received, day(case["printed_ends_on"]), decided, case["detained_days"] or 0,
                day(case["birth_date"]), day(case["closed_on"]))  # fmt: skip


def asked(question: Any, *facts: Any) -> list[Due]:
    try:
        found = question(*facts)
    except (NotInForceError, DayOutsideTableError):
        return []
    return list(found) if isinstance(found, list) else [found]


def sign_in(commune: tuple[str, str], demo: int) -> str:
    return sign_in_form(commune, demo)


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────
def listed(visit: "Visit") -> str:
    rows, scope, values = visit.rows, SCOPES[visit.role], dict(visit.scope)
    found = f'"case" c JOIN person p ON p.id = c.person_id WHERE {scope}'
    villages = rows.execute(f"""SELECT id, name FROM unit n WHERE EXISTS (SELECT 1 FROM person p JOIN "case" c
        ON c.person_id = p.id WHERE p.village_id = n.id AND {scope}) ORDER BY name""", values).fetchall()  # fmt: skip
    officers = rows.execute(f"""SELECT id, full_name FROM user o WHERE EXISTS (SELECT 1 FROM "case" c WHERE c.owner_id = o.id
        AND {scope}) ORDER BY full_name""", values).fetchall()  # fmt: skip
    words, village, shown = visit.arg("q").strip().lower(), visit.arg("village"), visit.arg("show") or "running"
    if words:
        values["like"] = f"%{words.translate(str.maketrans({'%': '/%', '_': '/_', '/': '//'}))}%"
        found += f""" AND (c.number LIKE :like ESCAPE '/' OR c.person_id IN (SELECT id FROM person WHERE
            folded LIKE :like ESCAPE '/' AND commune_id IN {LINE}))"""
    if village:
        values["village"] = int(village)
        found += f" AND p.village_id = :village AND p.commune_id IN {LINE}"
    late = f"""EXISTS (SELECT 1 FROM duty d WHERE d.case_id = c.id AND {OPEN} AND d.is_right = 0
        AND d.due_on < :today AND {known_here(scope)})"""
    chips = {"running": RUNS, "mine": f"{RUNS} AND c.owner_id = :user", "overdue": f"{RUNS} AND {late}",
             **{kind: f"{RUNS} AND c.type = '{kind}'" for kind in TYPES},
             "waiting": "c.state IN ('draft', 'submitted') AND c.voided_at IS NULL",
             "closed": "c.state IN ('closed', 'rejected') AND c.voided_at IS NULL",
             "voided": "c.voided_at IS NOT NULL"}  # fmt: skip
    counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in chips.values())
    counts = dict(zip(chips, rows.execute(f"SELECT {counted} FROM {found}", values).fetchone(), strict=True))
    total, page = counts[shown], int(visit.arg("page") or 1)
    changes = {"type": "case", "rows": total, **({"words": "#" + visit_digest(words)} if words else {})}
    visit.tell("search" if words else "list", changes)
    order = (
        "p.sort_key"
        if visit.arg("sort") == "name"
        else f"""(SELECT min(d.due_on) FROM duty d WHERE d.case_id = c.id
        AND {OPEN} AND {known_here(scope)}) NULLS LAST, p.sort_key"""
    )
    cases = dicts(rows.execute(f"""SELECT {CASE_COLUMNS} FROM {found} AND {chips[shown]} ORDER BY {order}, c.number, c.id
        LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}""", values))  # fmt: skip
    body = "".join(_rows(visit, cases, scope))
    filters = ("".join(option(*one) for one in villages), "".join(option(*one) for one in officers))
    return framed(visit.frame(), "Hồ sơ", list_page(total, page, words, counts, filters, body))


def visit_digest(words: str) -> str:
    from bench.floor import TRAIL

    return TRAIL.digest(words)


def _rows(visit: "Visit", cases: list[dict[str, Any]], scope: str) -> list[str]:
    """What the rows show besides: villages, owners, changes of the term, who may be named, the next duty of each."""
    rows, ids = visit.rows, some([one["id"] for one in cases])
    people = some([one["person_id"] for one in cases])
    villages = dict(
        rows.execute(f"SELECT id, name FROM unit WHERE id IN ({some({one['village_id'] for one in cases})})")
    )
    owners = dict(
        rows.execute(f"SELECT id, full_name FROM user WHERE id IN ({some({one['owner_id'] for one in cases})})")
    )
    cuts = dicts(
        rows.execute(
            f"SELECT case_id, decided_on, months, voided_at FROM term_change WHERE state = 'confirmed' AND case_id IN ({ids})"
        )
    )
    named = {
        one[0]
        for one in rows.execute(f"SELECT id FROM person WHERE id IN ({people}) AND commune_id IN {LINE}", visit.scope)
    }
    dated = {
        one[0] for one in rows.execute(f'SELECT c.id FROM "case" c WHERE c.id IN ({ids}) AND {scope}', visit.scope)
    }
    duties = dicts(rows.execute(f"""SELECT d.case_id, d.rule, d.key, d.due_on, d.is_right FROM duty d WHERE d.case_id IN ({ids})
        AND {OPEN} AND {known(scope)} ORDER BY d.due_on DESC, d.id DESC""", visit.scope))  # fmt: skip
    next_of = {one["case_id"]: one for one in duties}
    return [
        _row(visit, one, named, dated, villages, owners, [cut for cut in cuts if cut["case_id"] == one["id"]], next_of)
        for one in cases
    ]


def _row(visit: "Visit", case: dict[str, Any], named: set[int], dated: set[int], villages: dict[int, str],
         owners: dict[int, str], cuts: list[dict[str, Any]], next_of: dict[int, dict[str, Any]]) -> str:  # fmt: skip
    regime, term, duty = REGIMES[case["type"]], term_of(case, cuts), next_of.get(case["id"])
    ends = asked(regime.last_day, term)
    percent, ticks = 0, []
    if ends and case["id"] in dated:
        whole = (ends[0].due_on - term.starts_on).days or 1
        percent = max(0, min(100, int(100 * (visit.today - term.starts_on).days / whole)))
        ticks = [round(100 * (due.due_on - term.starts_on).days / whole, 1) for due in asked(regime.calendar, term) if due.kind == "right"]  # fmt: skip
    mark = _mark(duty, visit.today)
    name = escape(case["full_name"]) if case["person_id"] in named else "Không nêu tên"
    about = f"{case['birth_date'][:4]}, {escape(villages.get(case['village_id'], ''))}"
    return row_of_list(case["id"], name, about, case["type"], mark, percent, ends[0].due_on if ends else visit.today, ticks, escape(owners[case["owner_id"]]))  # fmt: skip


def _mark(duty: dict[str, Any] | None, today: date) -> tuple[str, str, str]:
    if duty is None:
        return "active", "", "Đang mở"
    due_on = date.fromisoformat(duty["due_on"])
    left = (due_on - today).days
    shape = "right" if duty["is_right"] else "overdue" if left < 0 else "soon" if left <= 7 else "todo"
    return shape, f"{due_on:%d/%m/%Y}", f"{duty['rule']} {duty['key']}"


def list_page(total: int, page: int, words: str, counts: dict[str, int], filters: tuple[str, str], body: str) -> str:
    chips = "".join(f'<li><a class="chip" href="/cases/?show={name}">{name} {count}</a></li>' for name, count in counts.items() if count)  # fmt: skip
    last = min(total, page * PAGE_SIZE)
    return f"""<header class="head"><div class="head-row"><h1>Hồ sơ</h1></div><div class="head-facts"><span>{total} hồ sơ</span></div></header>
<div class="filters"><form class="find" role="search" action="/cases/"><label class="vh" for="q">Tìm hồ sơ</label><input id="q" name="q" value="{escape(words)}"></form>
<ul class="chips slides">{chips}</ul><form action="/cases/"><select name="village">{filters[0]}</select><select name="officer">{filters[1]}</select></form></div>
<table class="table cards"><thead><tr><th>Họ tên</th><th>Loại</th><th>Mốc</th><th>Đã chấp hành</th><th>Cán bộ</th></tr></thead><tbody>{body}</tbody></table>
<nav class="pager"><span>{(page - 1) * PAGE_SIZE + 1}–{last} / {total}</span><a class="btn" href="/cases/?page={page + 1}">Trang sau</a></nav>"""  # fmt: skip


# ── Home ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def home(visit: "Visit") -> str:
    rows, values = visit.rows, {**visit.scope, "until": (visit.today + WEEK).isoformat()}
    duties = dicts(rows.execute(f"""SELECT d.id, d.rule, d.key, d.due_on, d.is_right, d.source, d.confirmed, d.case_id,
        d.owner_id, c.type, c.person_id, p.full_name, n.name AS village FROM duty d LEFT JOIN "case" c ON c.id = d.case_id
        LEFT JOIN person p ON p.id = c.person_id LEFT JOIN unit n ON n.id = p.village_id
        WHERE {OWED} AND {OPEN} AND d.due_on <= :until ORDER BY d.due_on, d.id""", values))  # fmt: skip
    people = some({one["person_id"] for one in duties if one["person_id"]})
    scope = SCOPES[visit.role]
    named = {one[0] for one in rows.execute(f"""SELECT id FROM person WHERE id IN ({people}) AND (id IN
        (SELECT c.person_id FROM "case" c WHERE {scope}) OR commune_id IN {LINE} AND birth_date <= :today)""", values)}  # fmt: skip
    waiting = rows.execute(f"""SELECT id, kind, state FROM proposal WHERE commune_id IN {LINE} AND created_by_id = :user
        AND state IN ('submitted', 'endorsed') ORDER BY id LIMIT 6""", values).fetchall()  # fmt: skip
    items = "".join(_duty(one, named, visit.today) for one in duties)
    return framed(visit.frame(), "Việc hôm nay", f"<h1>Việc hôm nay</h1><ol>{items}</ol>{_grid(visit)}<ul>{waiting or ''}</ul>")  # fmt: skip


def _duty(one: dict[str, Any], named: set[int], today: date) -> str:
    shape, on, text = _mark(one, today)
    name = escape(one["full_name"]) if one["person_id"] in named else "Không nêu tên"
    return li(
        on, shape, f"{name}: {text}", f"{one['type']}, {one['village']}", one["source"], f"/cases/{one['case_id']}"
    )


def _grid(visit: "Visit") -> str:
    """The self-reports of six months of the officer's own cases."""
    if visit.role not in ("police_officer", "police_chief"):
        return ""
    cases = visit.rows.execute(f"""SELECT c.id, p.full_name, c.received_on FROM "case" c JOIN person p ON p.id = c.person_id
        WHERE {SCOPES[visit.role]} AND c.owner_id = :user AND {RUNS} AND c.type IN ('suspended_sentence',
        'conditional_release', 'non_custodial_reform', 'residence_supervision') ORDER BY p.sort_key LIMIT 15""", visit.scope).fetchall()  # fmt: skip
    reports = visit.rows.execute(f"SELECT case_id, month, received_on FROM check_in WHERE case_id IN ({some([one[0] for one in cases])}) AND state = 'received' AND voided_at IS NULL").fetchall()  # fmt: skip
    handed = {(case_id, month): on for case_id, month, on in reports}
    months = [add_months(visit.today.replace(day=1), back).isoformat() for back in range(-5, 1)]
    lines = (f'<tr><th><a href="/cases/{case_id}">{escape(name)}</a></th>' + "".join(f"<td>{_cell(handed.get((case_id, month)), month)}</td>" for month in months) + "</tr>" for case_id, name, _on in cases)  # fmt: skip
    return f'<table class="grid">{"".join(lines)}</table>'


def _cell(on: str | None, month: str) -> str:
    shape = "overdue" if on is None else "soon" if on[8:] > "05" or on[:7] != month[:7] else "dot"
    return f'<svg class="shape shape-{shape}"><use href="/static/icons.be1fe0091bea.svg#shape-{shape}"/></svg><span class="vh">{shape}</span>'


# ── a case ──────────────────────────────────────────────────────────────────────────────────────────────────────────
TABLES = ("roll_call", "contact", "assessment", "violation", "measure")


def opened(visit: "Visit", number: int, runs: bool = False) -> dict[str, Any]:
    """The case, if it is within reach, and the event that it was looked at."""
    scope = f"c.commune_id IN {LINE} AND {RUNS}" if runs else SCOPES[visit.role]
    found = dicts(visit.rows.execute(f'SELECT {CASE_COLUMNS} FROM "case" c JOIN person p ON p.id = c.person_id WHERE {scope} AND c.id = :id', {**visit.scope, "id": number}))[0]  # fmt: skip
    visit.tell("look", {}, about("case", found["id"], found["version"], found))
    return found


def about(kind: str, id: int, version: int, case: dict[str, Any]) -> dict[str, Any]:
    return {"record_type": kind, "record_id": id, "record_version": version, "root_type": "case", "root_id": case["id"], "commune_id": case["commune_id"]}  # fmt: skip


def case(visit: "Visit", number: int) -> str:
    found = opened(visit, number)
    rows, scope, values = visit.rows, SCOPES[visit.role], {**visit.scope, "id": number}
    rights = rows.execute(f"""SELECT {', '.join(f'EXISTS (SELECT 1 FROM "case" c WHERE {scope} AND c.id = :id)' for _ in range(9))}""", values).fetchone()  # fmt: skip
    kept = dicts(rows.execute(f"SELECT d.* FROM duty d WHERE d.case_id = :id AND {known(scope)}", values))
    cuts = dicts(
        rows.execute(
            "SELECT decided_on, months, voided_at FROM term_change WHERE state = 'confirmed' AND case_id = :id", values
        )
    )
    reports = dicts(rows.execute("SELECT * FROM check_in WHERE case_id = :id ORDER BY month, id", values))
    told = [(one["received_on"], "Bản tự nhận xét tháng " + one["month"][:7]) for one in reports]
    for table in TABLES:
        told += [(str(one["created_at"])[:10], table) for one in dicts(rows.execute(f"SELECT * FROM {table} WHERE case_id = :id", values))]  # fmt: skip
    rows.execute(f"SELECT * FROM proposal WHERE case_id = :id AND commune_id IN {LINE} AND voided_at IS NULL", values).fetchall()  # fmt: skip
    rows.execute(f"SELECT * FROM attachment WHERE case_id = :id AND commune_id IN {LINE} AND voided_at IS NULL", values).fetchall()  # fmt: skip
    given = dicts(rows.execute(f"SELECT a.*, u.full_name FROM assignment a JOIN user u ON u.id = a.assignee_id WHERE a.case_id = :id AND a.commune_id IN {LINE}", values))  # fmt: skip
    steps = dicts(rows.execute("SELECT s.*, u.full_name FROM step s LEFT JOIN user u ON u.id = s.by_id WHERE record_type = 'case' AND record_id = :id ORDER BY at", values))  # fmt: skip
    owner = rows.execute("SELECT full_name, title FROM user WHERE id = ?", (found["owner_id"],)).fetchone()
    village = rows.execute("SELECT name FROM unit WHERE id = ?", (found["village_id"],)).fetchone()
    told += [(one["since"] or one["proposed_on"], f"{one['kind']}: {one['full_name']}") for one in given]
    told += [(one["at"][:10], f"{one['full_name']} {one['name']}") for one in steps]
    numbers = [unsealed(found[name], f"person.{name}") for name in ("national_id", "phone")]
    law = Law(visit, found, cuts, reports)
    story = "".join(li(on, "done", escape(text)) for on, text in sorted(told, reverse=True)[:8])
    todo = "".join(li(one["due_on"], "todo", f"{one['rule']} {one['key']}", one["source"]) for one in kept if not one["done_on"])  # fmt: skip
    facts = "".join(f"<dt>{name}</dt><dd>{escape(str(value))}</dd>" for name, value in (("Cán bộ", owner), ("Thôn", village), ("Bản án", found["judgment_number"]), ("Tội danh", found["offence"]), ("Số định danh", numbers[0]), ("Điện thoại", numbers[1]), ("Địa chỉ", found["address"]), ("Quyền", rights)))  # fmt: skip
    body = f"<h1>{escape(found['full_name'])}</h1><ul>{todo}</ul>{law.drawing}{law.table(kept)}<ol>{story}</ol><dl>{facts}</dl>"
    return framed(visit.frame(), escape(found["full_name"]), body)


def unsealed(box: str | None, place: str) -> str:
    """Numbers lie encrypted: to show them is to decrypt them."""
    from bench.floor import SEAL

    raw = bytes.fromhex(box) if box else b""
    return SEAL.decrypt(raw[1:13], raw[13:], place.encode()).decode() if raw else ""


class Law:
    """What the rules say of a case: each is asked once."""

    def __init__(self, visit: "Visit", case: dict[str, Any], cuts: list[dict[str, Any]], reports: list[dict[str, Any]]) -> None:  # fmt: skip
        regime, term, today = REGIMES[case["type"]], term_of(case, cuts), visit.today
        self.today, ends = today, asked(regime.last_day, term)
        self.dues, self.drawing = asked(regime.calendar, term), ""
        self.dues += asked(regime.reception, date.fromisoformat(case["received_on"]), day(case["reception_on"]))
        if not ends:
            return
        last = ends[0].due_on
        by_month = {}
        month = date.fromisoformat(case["received_on"]).replace(day=1)
        while month <= max(last, today):
            by_month[month] = asked(regime.monthly, term, month)
            month = add_months(month, 1)
        if case["closed_on"] is None:
            self.dues += [
                due for month in (-1, 0, 1) for due in by_month.get(add_months(today.replace(day=1), month), ())
            ]
            self.dues += asked(regime.quarterly, term, today)
        handed = {one["month"]: one["received_on"] for one in reports}
        owed = [
            due for dues in by_month.values() for due in dues if due.rule in ("COM-SELF-REPORT", "RS-PRESENT-MONTHLY")
        ]
        self.drawing = calendar_drawing(term.starts_on, last, today, owed, handed)

    def table(self, kept: list[dict[str, Any]]) -> str:
        state = {(one["rule"], one["key"]): one for one in kept}
        return marks_table(sorted(self.dues, key=lambda due: due.due_on), state, self.today)


# ── the self-report ─────────────────────────────────────────────────────────────────────────────────────────────────
def check_in(visit: "Visit", number: int) -> "Page":
    from bench.floor import TRAIL

    form = visit.form()
    if form["csrf_token"] != visit.csrf():
        return "400 Bad Request", "", []
    found = opened(visit, number, runs=True)
    rows, month = visit.rows, date.fromisoformat(form["month"])
    on = date(*map(int, reversed(form["received_on"].split("/"))))
    rows.execute("SELECT month FROM check_in WHERE case_id = ? AND state = 'received'", (number,)).fetchall()
    rows.execute("COMMIT")
    rows.execute("BEGIN IMMEDIATE")
    again = {**visit.scope, "id": number}
    rows.execute(f'SELECT c.id FROM "case" c WHERE c.commune_id IN {LINE} AND {RUNS} AND c.id = :id', again).fetchone()
    taken = {one[0] for one in rows.execute("SELECT month FROM check_in WHERE case_id = :id AND state = 'received' AND voided_at IS NULL", again)}  # fmt: skip
    if month.isoformat() in taken or on > visit.today:
        return "422 Unprocessable Content", "", []
    now = f"{visit.today} 00:00:00.000000"
    kept = rows.execute("""INSERT INTO check_in (commune_id, case_id, month, received_on, channel, state, note, created_at,
        created_by_id, changed_at, changed_by_id, void_reason, version) VALUES (?, ?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, '', 1)""",
        (found["commune_id"], number, month.isoformat(), on.isoformat(), form["channel"], form["note"], now, visit.user_id, now, visit.user_id))  # fmt: skip
    fields = {"case_id": [None, number], "month": [None, month.isoformat()], "received_on": [None, on.isoformat()]}
    events = [visit.event("create", fields, about("check_in", kept.lastrowid or 0, 1, found))]
    events += _renew(visit, found, month, on)
    head = TRAIL.append(rows, events)
    rows.execute("COMMIT")
    TRAIL.keep(head)
    return "302 Found", "", [("Location", f"/cases/{number}")]


def _renew(visit: "Visit", case: dict[str, Any], month: date, on: date) -> list[dict[str, Any]]:
    """Ask the law and the facts what is owed in these weeks, and bring the one duty in line that this report answers."""
    rows, at = visit.rows, {"id": case["id"]}
    cuts = dicts(
        rows.execute(
            "SELECT decided_on, months, voided_at FROM term_change WHERE state = 'confirmed' AND case_id = :id", at
        )
    )
    for table in ("check_in", "roll_call", "assessment", "assignment", "proposal"):
        dicts(rows.execute(f"SELECT * FROM {table} WHERE case_id = :id", at))
    kept = {(one["rule"], one["key"]): one for one in dicts(rows.execute("SELECT * FROM duty WHERE subject_type = 'case' AND subject_id = :id", at))}  # fmt: skip
    regime, term, this = REGIMES[case["type"]], term_of(case, cuts), visit.today.replace(day=1)
    wanted = [due for shift in (-1, 0, 1) for due in asked(regime.monthly, term, add_months(this, shift))]
    wanted += [*asked(regime.quarterly, term, add_months(this, -3)), *asked(regime.calendar, term)]
    asked(regime.reception, term.received_on, day(case["reception_on"]))
    done = []
    for due in wanted:
        duty = kept.get((due.rule, due.period))
        if duty and due.rule in ("COM-SELF-REPORT", "RS-PRESENT-MONTHLY") and due.period == f"{month:%Y-%m}":
            rows.execute("UPDATE duty SET done_on = ?, done_by_id = ?, version = version + 1 WHERE id = ?", (on.isoformat(), visit.user_id, duty["id"]))  # fmt: skip
            done.append(visit.event("change", {"done_on": [None, on.isoformat()]}, about("duty", duty["id"], duty["version"] + 1, case)))  # fmt: skip
    return done
