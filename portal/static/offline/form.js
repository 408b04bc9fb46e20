// A form about one thing, written without signal. From the first key on it is kept, so that a phone that goes off loses nothing.
import { asExpected, complete, fill, filterRows, mark, put, typed, unmark } from "./fields.js";
import { draw, fill as sayWith, find, show, word } from "./page.js";
import { shrunk } from "./photos.js";
import { again, finished } from "./queue.js";
import { moment } from "./sync.js";

const PAUSE = 400; // ms after the last key, then it is kept

// The row of an item in what was taken along, if it is still there.
export function rowOf(day, item) {
  const sheet = day?.sheets.find((one) => one.form === item.form && one.rows.some((row) => row.about === item.about));
  const row = sheet?.rows.find((one) => one.about === item.about);
  return row && { sheet, row, html: row.html ?? sheet.html };
}

// By the place in today's list, or by the id of an item that is written on.
export async function showForm(app, first, second) {
  const { day, outbox } = app.state;
  const items = await outbox.items();
  if (second === undefined) {
    const item = items.find((one) => one.id === first);
    const found = item && rowOf(day, item);
    return found ? write(app, found, item) : app.route((location.hash = "#kept"));
  }
  const sheet = day?.sheets[Number(first)];
  const row = sheet?.rows[Number(second)];
  if (!row) return void (location.hash = "#today");
  const draft = items.find((one) => one.state === "draft" && one.form === sheet.form && one.about === row.about);
  const about = { form: sheet.form, label: sheet.label, about: row.about, acting: day.acting, title: row.title, group: sheet.title };
  return write(app, { sheet, row, html: row.html }, draft ?? await outbox.begin(about));
}

function write(app, { sheet, row, html }, begun) {
  const { outbox } = app.state;
  let item = begun;
  const drawn = draw("form", { title: sheet.label, line: [row.title, row.line].filter(Boolean).join(" · "), told: item.told }, { photos: sheet.photos });
  const form = find("form", drawn);
  put(find("[data-fields]", form), html);
  if (item.typed) fill(form, item.typed);
  filterRows(form);
  const tellCount = () => { find("[data-verb]", form).textContent = sheet.words ? sayWith(sheet.words, { num: asExpected(form) }) : sheet.verb; };
  form.addEventListener("change", tellCount);
  tellCount();
  find("[data-summary]", drawn).hidden = item.state !== "refused";
  Object.entries(item.errors ?? {}).forEach(([name, said]) => mark(form, name, said.join(" ")));
  if (sheet.photos) takePhotos(form, outbox, () => item, (changed) => { item = changed; });

  let timer;
  const keep = async () => {
    clearTimeout(timer);
    item = { ...item, typed: typed(form) };
    await outbox.keep([item]);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || item.state !== "draft") return;
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch((fault) => tellFull(form, fault)), PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    unmark(form);
    if (!complete(form)) return;
    try {
      await finish(outbox, item, typed(form));
    } catch (fault) {
      return tellFull(form, fault);
    }
    location.hash = "#today";
    app.reach();
  });
  show(drawn, { up: ["#today", word("today")] });
  if (item.state === "refused") find("[data-summary]").focus();
}

// A new item is written now; one that came back is sent again, with the hour at which it was first written.
async function finish(outbox, item, pairs) {
  if (item.state === "draft") return outbox.keep([finished(item, pairs, moment())]);
  const sent = again(item, pairs, crypto.randomUUID());
  return sent.id === item.id ? outbox.keep([sent]) : outbox.replace(item, sent);
}

export function tellFull(form, fault) {
  const box = find("[data-summary]");
  box.hidden = false;
  find("p", box).hidden = false;
  find("p", box).textContent = fault.name === "QuotaExceededError" ? word("full") : `${word("failed")} ${fault.message}`;
  box.focus();
}

function takePhotos(form, outbox, current, changed) {
  const place = find('[data-list="photos"]', form);
  const input = find("#photos", form);
  const redraw = () => {
    place.replaceChildren(...(current().photos ?? []).map((photo, index) => {
      const row = draw("photo-row", { title: word("photo", { num: index + 1, size: Math.round(photo.size / 1000) }) });
      find("button", row).addEventListener("click", async () => {
        const rest = current().photos.filter((one) => one !== photo);
        changed({ ...current(), photos: rest });
        await outbox.keep([current()]);
        await outbox.dropPhoto(photo.id);
        redraw();
      });
      return row;
    }));
  };
  input.addEventListener("change", async () => {
    for (const file of input.files) {
      try {
        const bytes = await shrunk(file);
        const photo = { id: crypto.randomUUID(), size: bytes.length };
        await outbox.keepPhoto(photo.id, bytes);
        changed({ ...current(), typed: typed(form), photos: [...(current().photos ?? []), photo] });
        await outbox.keep([current()]);
      } catch (fault) {
        if (fault.name === "QuotaExceededError") tellFull(form, fault);
        else mark(form, input.name || "photos", word("no-picture"));
      }
    }
    input.value = "";
    redraw();
  });
  redraw();
}
