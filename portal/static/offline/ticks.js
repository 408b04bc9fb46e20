// Many of the same: rows that are ticked and confirmed together, each an item of its own.
import { complete, fold, inWords, put, typed, unmark } from "./fields.js";
import { draw, fill, find, setBar, word } from "./page.js";
import { keyOf, left } from "./rows.js";
import { moment } from "./sync.js";
import { measure } from "./today.js";

const AT_ONCE = 40; // rows that are drawn at first

export async function showTicks(app, form, title) {
  const { day, outbox } = app.state;
  const sheet = day?.sheets.find((one) => one.many && one.form === form && one.title === title);
  if (!sheet) return void (location.hash = "#today");
  draws(app, outbox, day, sheet, left(day, sheet, await outbox.items()));
}

function draws(app, outbox, day, sheet, rows) {
  const chosen = new Set();
  let shown = AT_ONCE;
  let sought = "";

  const done = sheet.whole - rows.length;
  const drawn = draw("ticks", { title: sheet.title, done: String(done), of: word("of", { num: sheet.whole }) }, { more: true, none: !rows.length });
  measure(drawn, done, sheet.whole);
  const form = find("form", drawn);
  put(find("[data-fields]", form), sheet.html ?? "");
  const place = find('[data-list="rows"]', form);
  const more = find("[data-more]", form);

  const bar = () => setBar([chosen.size ? fill(sheet.words, { num: chosen.size }) : word("tick-none"), save, chosen.size > 0]);
  const redraw = () => {
    const found = rows.filter((row) => fold(`${row.title} ${row.line}`).includes(sought));
    place.replaceChildren(...found.slice(0, shown).map((row) => tick(row, chosen, bar)));
    more.parentElement.hidden = found.length <= shown;
    more.textContent = word("show-more", { num: found.length - shown });
  };
  more.addEventListener("click", () => { shown = Infinity; redraw(); });
  find("#find-row", form).addEventListener("input", (event) => { sought = fold(event.target.value); redraw(); });
  form.addEventListener("submit", (event) => event.preventDefault());

  async function save() {
    unmark(form);
    if (!complete(form)) return void (find("details", form).open = true);
    setBar([word("tick-none"), save, false]); // once
    const here = location.hash;
    const common = typed(form), said = inWords(form);
    const items = rows.filter((row) => chosen.has(row)).map((row) => ({
      form: sheet.form, label: sheet.label, about: row.about, key: keyOf(row), acting: day.acting, title: row.title, group: sheet.title, said,
      typed: [...common.filter(([name]) => !(name in row.values)), ...Object.entries(row.values)],
    }));
    try {
      await outbox.add(items, moment());
    } catch (fault) {
      if (location.hash === here) bar();
      throw fault;
    }
    await (location.hash === here ? app.route() : app.refresh()); // whoever went on meanwhile may be writing elsewhere by now
    app.reach();
  }

  app.show(drawn, { up: ["#today", word("today")], bar: [word("tick-none"), save, false] });
  redraw();
}

function tick(row, chosen, changed) {
  const drawn = draw("tick-row", { title: row.title, line: row.line });
  const box = find("input", drawn);
  box.checked = chosen.has(row);
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(row);
    else chosen.delete(row);
    changed();
  });
  return drawn;
}
