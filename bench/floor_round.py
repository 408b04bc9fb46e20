"""The monthly round on the floor: everybody of the commune with what the month asks for, fifty of them shown."""

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from bench.floor_frame import framed, li
from bench.floor_pages import CASE_COLUMNS, RUNS, SCOPES, asked, dicts, some, term_of
from portal.law import REGIMES
from portal.law.days import add_months

if TYPE_CHECKING:
    from bench.floor import Visit

SHOWN = 50
RECORDED_IN = "SELECT case_id FROM {table} WHERE month = ? AND voided_at IS NULL AND case_id IN ({ids})"


def page(visit: "Visit") -> str:
    rows, month = visit.rows, visit.today.replace(day=1)
    before = add_months(month, -1)
    cases = dicts(rows.execute(f"""SELECT {CASE_COLUMNS} FROM "case" c JOIN person p ON p.id = c.person_id
        WHERE {SCOPES[visit.role]} AND {RUNS} ORDER BY p.village_id, p.sort_key""", visit.scope))  # fmt: skip
    ids = some([one["id"] for one in cases])
    cuts = dicts(rows.execute(f"SELECT case_id, decided_on, months, voided_at FROM term_change WHERE state = 'confirmed' AND case_id IN ({ids})"))  # fmt: skip
    done = {
        table: {one[0] for one in rows.execute(RECORDED_IN.format(table=table, ids=ids), (of.isoformat(),))}
        for table, of in (("roll_call", month), ("check_in", month), ("assessment", before))
    }
    told = dicts(rows.execute(f"SELECT case_id, only_reminded FROM violation WHERE case_id IN ({ids}) AND occurred_on >= ?", (before.isoformat(),)))  # fmt: skip
    villages = dict(rows.execute("SELECT id, name FROM unit WHERE kind = 'village'"))
    visit.tell("list", {"type": "case", "rows": len(cases)})
    standing = [_standing(one, [cut for cut in cuts if cut["case_id"] == one["id"]], month, done) for one in cases]
    graded = {one["case_id"] for one in told}
    body = "".join(
        _person(case, owed, villages, case["id"] in graded)
        for case, owed in zip(cases[:SHOWN], standing[:SHOWN], strict=True)
    )
    finished = sum(not owed for owed in standing)
    return framed(visit.frame(), "Đợt tháng", f"<h1>{month:%m/%Y}</h1><p>{finished}/{len(cases)}</p><form method=post><ul>{body}</ul></form>")  # fmt: skip


RECORDED = {
    "COM-ROLLCALL": "roll_call", "COM-SELF-REPORT": "check_in", "RS-PRESENT-MONTHLY": "check_in",
    "COM-ASSESS-MONTHLY": "assessment",
}  # fmt: skip


def _standing(case: dict[str, Any], cuts: list[dict[str, Any]], month: date, done: dict[str, set[int]]) -> list[str]:
    """What is still to be recorded of somebody, by the rules of the law."""
    regime, term = REGIMES[case["type"]], term_of(case, cuts)
    dues = [due for of in (month, add_months(month, -1)) for due in asked(regime.monthly, term, of)]
    asks = {RECORDED[due.rule] for due in dues if due.rule in RECORDED}
    return sorted(table for table in asks if case["id"] not in done[table])


def _person(case: dict[str, Any], owed: list[str], villages: dict[int, str], told: bool) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{one}_{case["id"]}" value="yes">{one}</label>'
        f'<label>Lý do <input name="why_{one}_{case["id"]}" maxlength="500"></label>'
        for one in owed
    )
    return li("", "todo", escape(case["full_name"]), f"{villages.get(case['village_id'], '')} {told}") + boxes
