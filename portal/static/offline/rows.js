// The rows of what was taken along: which of them an item is about, and which are still to be written.

// What a row is about, where several are about one record.
export const keyOf = (row) => Object.values(row.values ?? {}).join("/");

const isAbout = (item, form, row) => item.form === form && (item.about ?? null) === (row.about ?? null) && (item.key ?? "") === keyOf(row);

// The row of an item, if it is still there.
export function rowOf(day, item) {
  for (const sheet of day?.sheets ?? []) {
    const row = sheet.rows.find((one) => isAbout(item, sheet.form, one));
    if (row) return { sheet, row, html: row.html ?? sheet.html };
  }
  return null;
}

// Addresses name what they are of: after a new list, or for the next owner, the same place holds another thing.
const address = (screen, ...parts) => `#${[screen, ...parts.map((one) => encodeURIComponent(one ?? ""))].join("/")}`;
export const formAddress = (sheet, row) => address("form", sheet.form, row.about, keyOf(row));
export const itemAddress = (item) => address("item", item.id);
export const ticksAddress = (sheet) => address("ticks", sheet.form, sheet.title);

export const draftOf = (items, sheet, row) => items.find((one) => one.state === "draft" && isAbout(one, sheet.form, row));

// What was written since the list was made is done as far as its owner is concerned; what was received before, the list knows of.
const isDone = (items, day, sheet, row) => items.some((one) => isAbout(one, sheet.form, row)
  && (["waiting", "held"].includes(one.state) || (one.state === "received" && one.settled > day.taken)));

export const left = (day, sheet, items) => sheet.rows.filter((row) => row.about === null || !isDone(items, day, sheet, row));
