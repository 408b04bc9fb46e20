// What lies before the owner today: what needs them, what can be written, what is kept.
import { advance, draw, find, list, time, word } from "./page.js";
import { drawGroups } from "./kept.js";
import { toMend, unsent } from "./queue.js";
import { formAddress, left, ticksAddress } from "./rows.js";

export async function showToday(app) {
  const { day, outbox } = app.state;
  const items = await outbox.items();
  const mend = toMend(items);
  const open = new Set([...unsent(items), ...items.filter((one) => one.state === "draft" || one.state === "held")]);
  const rest = [...open].filter((one) => !mend.includes(one));
  const sheets = day?.sheets ?? [];
  const drawn = draw("today", { name: day?.name ?? word("today"), when: day && word("as-of", { time: time(day.at) }) }, {
    mend: mend.length, kept: items.length, empty: !sheets.length,
  });
  list(drawn, "mend", drawGroups(app, mend));
  list(drawn, "kept", drawGroups(app, rest));
  list(drawn, "sheets", sheets.map((sheet) => (sheet.many ? manyOf : sheetOf)(day, sheet, items)));
  app.show(drawn);
}

function sheetOf(day, sheet, items) {
  const drawn = draw("sheet", { title: sheet.title });
  const rows = left(day, sheet, items).map((row) => {
    const line = draw("sheet-row", { title: row.title, line: row.line });
    find("[data-link]", line).href = formAddress(sheet, row);
    return line;
  });
  if (!rows.length) return document.createDocumentFragment();
  list(drawn, "rows", rows);
  return drawn;
}

function manyOf(day, sheet, items) {
  const open = left(day, sheet, items).length;
  const done = sheet.whole - open;
  const drawn = draw("many", { title: sheet.title, done: String(done), of: word("of", { num: sheet.whole }) });
  measure(drawn, done, sheet.whole);
  const link = find("[data-link]", drawn);
  link.href = ticksAddress(sheet);
  link.textContent = word("go-on", { num: open });
  return drawn;
}

export function measure(drawn, done, whole) {
  advance(find("[data-progress]", drawn), done, whole, `${done} ${word("of", { num: whole })}`);
}
