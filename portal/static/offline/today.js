// What lies before the owner today: what needs them, what can be written, what is kept.
import { advance, draw, find, list, show, time, word } from "./page.js";
import { drawGroups } from "./kept.js";
import { toMend, unsent } from "./queue.js";

export async function showToday(app) {
  const { day, outbox } = app.state;
  const items = await outbox.items();
  const mend = toMend(items);
  const rest = unsent(items).filter((one) => !mend.includes(one)).concat(items.filter((one) => one.state === "draft" || one.state === "held"));
  const sheets = day?.sheets ?? [];
  const drawn = draw("today", { name: day?.name, when: day && word("as-of", { time: time(day.at) }) }, {
    mend: mend.length, kept: items.length, empty: !sheets.length,
  });
  list(drawn, "mend", drawGroups(app, mend));
  list(drawn, "kept", drawGroups(app, rest, items));
  list(drawn, "sheets", sheets.map((sheet, index) => (sheet.many ? manyOf(sheet, index, items) : sheetOf(sheet, index, items))));
  show(drawn);
}

// What a row is about, where several are about one record.
export const keyOf = (row) => Object.values(row.values ?? {}).join("/");

// What was written since the list was made is done as far as its owner is concerned.
const isDone = (items, form, row) => items.some((one) => one.form === form && one.about === row.about && (one.key ?? "") === keyOf(row) && ["waiting", "received", "held"].includes(one.state));

export const left = (sheet, items) => sheet.rows.filter((row) => row.about === null || !isDone(items, sheet.form, row));

function sheetOf(sheet, index, items) {
  const drawn = draw("sheet", { title: sheet.title });
  const rows = left(sheet, items).map((row) => {
    const line = draw("sheet-row", { title: row.title, line: row.line });
    find("[data-link]", line).href = `#form/${index}/${sheet.rows.indexOf(row)}`;
    return line;
  });
  if (!rows.length) return document.createDocumentFragment();
  list(drawn, "rows", rows);
  return drawn;
}

function manyOf(sheet, index, items) {
  const open = left(sheet, items).length;
  const done = sheet.whole - open;
  const drawn = draw("many", { title: sheet.title, done: String(done), of: word("of", { num: sheet.whole }) });
  measure(drawn, done, sheet.whole);
  const link = find("[data-link]", drawn);
  link.href = `#ticks/${index}`;
  link.textContent = word("go-on", { num: open });
  return drawn;
}

export function measure(drawn, done, whole) {
  advance(find("[data-progress]", drawn), done, whole, `${done} ${word("of", { num: whole })}`);
}
