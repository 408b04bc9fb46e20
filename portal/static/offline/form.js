// A form about one thing, written without signal. From the first key on it is kept, so that a phone that goes off loses nothing.
import { asExpected, complete, fill, filterRows, inWords, mark, put, typed, unmark } from "./fields.js";
import { begun } from "./outbox.js";
import { draw, fill as sayWith, find, tellFault, word } from "./page.js";
import { shrunk } from "./photos.js";
import { again, finished } from "./queue.js";
import { draftOf, keyOf, rowOf } from "./rows.js";
import { moment } from "./sync.js";

const PAUSE = 400; // ms after the last key, then it is kept

// A row of today, and what was begun of it.
export async function showForm(app, form, about, key = "") {
  const { day, outbox } = app.state;
  const found = rowOf(day, { form, about: about ? Number(about) : null, key });
  if (!found) return void (location.hash = "#today");
  const { sheet, row } = found;
  const draft = draftOf(await outbox.items(), sheet, row);
  const first = { form: sheet.form, label: sheet.label, about: row.about, key: keyOf(row), acting: day.acting, title: row.title, group: sheet.title };
  write(app, found, draft ?? begun(first));
}

// An item that was written already, while its row is there.
export async function showItem(app, id) {
  const { day, outbox } = app.state;
  const item = (await outbox.items()).find((one) => one.id === id);
  const found = item && rowOf(day, item);
  if (found) write(app, found, item);
  else location.hash = "#kept";
}

function write(app, { sheet, row, html }, begunItem) {
  const { outbox } = app.state;
  let item = begunItem;
  const drawn = draw("form", { title: sheet.label, line: [row.title, row.line].filter(Boolean).join(", "), told: item.told }, { photos: sheet.photos });
  const form = find("form", drawn);
  const summary = find("[data-summary]", drawn);
  const verb = find("[data-verb]", form);
  put(find("[data-fields]", form), html);
  const kept = item.edit?.typed ?? item.typed;
  if (kept) fill(form, kept);
  filterRows(form);
  const tellVerb = () => {
    if (verb.disabled) verb.textContent = word("shrinking");
    else verb.textContent = sheet.words && !sheet.many ? sayWith(sheet.words, { num: asExpected(form) }) : sheet.verb;
  };
  const busy = (is) => { verb.disabled = is; tellVerb(); };
  form.addEventListener("change", tellVerb);
  tellVerb();
  summary.hidden = item.state !== "refused";
  const elsewhere = Object.entries(item.errors ?? {}).filter(([name, said]) => !mark(form, name, said.join(" ")));
  if (elsewhere.length) find("p", summary).textContent = [item.told, ...elsewhere.flatMap(([, said]) => said)].join(" ");

  // What was taken while this stood open is another item from now on, and its writer is told.
  const became = (changed) => {
    if (changed.id !== item.id && changed.state === "draft") {
      summary.hidden = false;
      find("p", summary).hidden = false;
      find("p", summary).textContent = word("taken-meanwhile");
    }
    item = changed;
  };
  const asTyped = (now) => (now.state === "draft" ? { ...now, typed: typed(form), said: inWords(form) } : { ...now, edit: { typed: typed(form), said: inWords(form) } });
  let timer;
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(async () => became(await outbox.write(item, asTyped)), PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    unmark(form);
    if (verb.disabled || !complete(form)) return;
    const here = location.hash;
    // a new item is written now; one that came back is sent again, with the hour at which it was first written
    const values = typed(form), said = inWords(form);
    await outbox.write(item, (now, taken) => {
      if (taken && JSON.stringify(taken.typed) === JSON.stringify(values)) return null;
      return now.state === "draft" ? finished({ ...now, said }, values, moment()) : again(now, crypto.randomUUID(), values, said);
    });
    if (location.hash === here) location.hash = "#today";
    else await app.refresh(); // while it was put on the disk its writer went on to another screen, and stays there
    app.reach();
  });
  if (sheet.photos) takePhotos({ form, outbox, busy, became, asTyped, current: () => item });
  app.show(drawn, { up: ["#today", word("today")] });
  if (item.state === "refused") summary.focus();
}

function takePhotos({ form, outbox, busy, became, asTyped, current }) {
  const place = find('[data-list="photos"]', form);
  const input = find("#photos", form);
  const redraw = () => {
    const photos = (current().photos ?? []).filter((one) => !one.state);
    place.replaceChildren(...photos.map((photo, index) => {
      const row = draw("photo-row", { title: word("photo", { num: index + 1, size: Math.round(photo.size / 1000) }) });
      find("button", row).addEventListener("click", async () => {
        const rest = await outbox.dropPhotos(current().id, (one) => one.id === photo.id);
        if (rest) became(rest);
        redraw();
      });
      return row;
    }));
  };
  input.addEventListener("change", async () => {
    const files = [...input.files];
    unmark(input.closest(".field"));
    busy(true);
    try {
      for (const file of files) {
        const bytes = await shrunk(file);
        if (bytes) became(await outbox.addPhoto(current(), { id: crypto.randomUUID(), size: bytes.length }, bytes, asTyped));
        else mark(form, input.name, word("no-picture", { name: file.name }));
      }
    } catch (fault) {
      tellFault(fault);
    } finally {
      input.value = "";
      busy(false);
      redraw();
    }
  });
  redraw();
}
