// Drawing screens from the templates of the page: text goes in as text, never as markup.

export const find = (selector, within = document) => within.querySelector(selector);

const words = new Map(
  [...find("#words").content.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]),
);

// A sentence with its %(values)s.
export const fill = (said, values) => said.replace(/%\((\w+)\)s/g, (_whole, key) => String(values[key]));

// A sentence in the language of this copy.
export const word = (name, values = {}) => fill(words.get(name), values);

// Clone a template. *slots*: text by name. *shown*: which parts that depend on something are there.
export function draw(id, slots = {}, shown = {}) {
  const drawn = find(`#${id}`).content.cloneNode(true);
  drawn.querySelectorAll("[data-slot]").forEach((one) => {
    const said = slots[one.dataset.slot];
    one.textContent = said ?? "";
    one.hidden = said === undefined || said === "";
  });
  drawn.querySelectorAll("[data-if]").forEach((one) => { if (!shown[one.dataset.if]) one.remove(); });
  return drawn;
}

export const list = (drawn, name, parts) => find(`[data-list="${name}"]`, drawn)?.append(...parts);

export function button(label, onClick, kind = "btn") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}

export function pairs(told) {
  return told.map(([label, said]) => {
    const made = document.createElement("div");
    const head = document.createElement("dt");
    const text = document.createElement("dd");
    head.textContent = label;
    text.textContent = said;
    made.append(head, text);
    return made;
  });
}

// Show a screen: its head takes the focus, so that a screen reader begins there. *up*: where it leads back to. *bar*: its main deed.
export function show(drawn, { up, bar } = {}) {
  find("[data-screen]").replaceChildren(drawn);
  find("[data-fault]").hidden = true;
  find("[data-up]").hidden = !up;
  find("[data-brand]").hidden = Boolean(up);
  if (up) [find("[data-up]").href, find("[data-up-label]").textContent] = up;
  setBar(bar);
  const head = find("[data-screen] h1");
  document.title = `${head?.textContent || word("app")} – ${word("app")}`;
  if (head) {
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
}

// What went wrong with what was asked for, over the screen on which it was: what is written there stays.
export function tellFault(fault) {
  console.error(fault);
  const box = find("[data-fault]");
  box.hidden = false;
  find("p", box).textContent = fault?.name === "QuotaExceededError" ? word("full") : `${word("fault")} ${fault?.message ?? ""}`;
  box.focus();
}

// The main deed of a screen, at the thumb: [label, what it does, whether it can be done].
export function setBar(bar) {
  const place = find("[data-bar]");
  place.hidden = !bar;
  if (!bar) return;
  const made = button(bar[0], bar[1], "btn btn-main");
  made.disabled = bar[2] === false;
  find("button", place).replaceWith(made);
}

// The strip over every screen: what is the matter with the signal, and how much is kept. Nothing when all is well.
export function strip(told, kept = "", link = null) {
  const first = told.indexOf(". ") + 1 || told.length;
  find("[data-strip]").hidden = !(told || kept);
  find("[data-strip-told]").textContent = told.slice(0, first);
  find("[data-strip-text]").textContent = [told.slice(first).trim(), kept].filter(Boolean).join(" ");
  const to = find("[data-strip-link]");
  to.hidden = !link;
  if (link) [to.href, to.textContent] = link;
}

// How far the sending has come, as a bar and in figures; of one thing, or of nothing, it is not worth a word.
export function sending(done, whole) {
  const box = find("[data-sending]");
  box.hidden = whole < 2;
  advance(find("progress", box), done, whole, `${done}/${whole}`);
  find("[data-sent]", box).textContent = `${done}/${whole}`;
}

// A bar tells by ear what stands beside it.
export function advance(bar, done, whole, said) {
  [bar.max, bar.value] = [whole || 1, done];
  bar.setAttribute("aria-valuetext", said);
}

// Hours are those of Viet Nam, whatever the phone is set to, as on every page of the portal.
const within = (parts) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", ...parts });
const hour = within({ hour: "2-digit", minute: "2-digit" });
const day = within({ day: "2-digit", month: "2-digit", year: "numeric" });

// An hour of today, or with its day.
export function time(moment) {
  const at = new Date(moment);
  const on = day.format(at);
  return on === day.format(new Date()) ? hour.format(at) : `${hour.format(at)}, ${on}`;
}
