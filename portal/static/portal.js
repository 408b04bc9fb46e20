// What a page does better with script. Every page works without it: each part looks for its data- attributes and leaves if there are none.

// Drafts: what is typed into a form stays in this tab until the portal has said that it was done. Never passwords, files or tokens.
const DRAFT = "draft:";
const keptOf = (form) => [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type));

function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(DRAFT)) sessionStorage.removeItem(key);
}

function values(form) {
  return keptOf(form).map((one) => [one.name, ["checkbox", "radio"].includes(one.type) ? [one.value, one.checked] : one.value]);
}

function restore(form, kept) {
  const fields = keptOf(form);
  kept.forEach(([name, value], index) => {
    const one = fields[index];
    if (!one || one.name !== name) return;
    if (Array.isArray(value)) one.checked = one.value === value[0] ? value[1] : one.checked;
    else one.value = value;
  });
  const told = document.createElement("p");
  told.className = "restored";
  told.setAttribute("role", "status");
  told.textContent = form.dataset.draft;
  if (form.dataset.draft) form.prepend(told);
}

// What was sent is done once another page answers without a complaint. Where the answer is the sign-in page or a fault, it was not taken.
function settleSent(signedIn) {
  const refused = document.querySelector(".summary, .message-refused, [data-failed]");
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(DRAFT)) continue;
    const draft = JSON.parse(sessionStorage[key]);
    if (!draft.sent) continue;
    if (!signedIn || refused) sessionStorage[key] = JSON.stringify({ ...draft, sent: false });
    else sessionStorage.removeItem(key);
  }
}

// Rows that were added to a page come back with what was typed into them.
function askForRows(form, kept) {
  const there = form.querySelector("[data-rows]")?.tBodies.length;
  const rows = Math.max(...kept.map(([name]) => Number(/^row([0-9]+)-/.exec(name)?.[1] ?? 0)), 0);
  if (!there || rows <= there || location.search.includes("rows=")) return false;
  location.replace(`?rows=${rows}`);
  return true;
}

function keepDrafts() {
  const owner = document.body.dataset.owner;
  if (owner && sessionStorage.owner !== owner) {
    forgetDrafts();
    sessionStorage.owner = owner;
  }
  settleSent(Boolean(owner));
  document.querySelectorAll("form[data-draft]").forEach((form, index) => {
    const key = `${DRAFT}${location.pathname}#${form.getAttribute("action") || index}`;
    const shown = JSON.stringify(values(form));
    const draft = sessionStorage[key] && JSON.parse(sessionStorage[key]);
    if (draft && askForRows(form, draft.values)) return;
    // a page that tells of errors has brought back itself what was typed
    if (draft && !document.querySelector(".summary, .message-refused") && JSON.stringify(draft.values) !== shown) restore(form, draft.values);
    const keep = (sent) => {
      sessionStorage[key] = JSON.stringify({ values: values(form), sent });
    };
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
  });
  document.querySelectorAll("[data-signs-out]").forEach((form) => form.addEventListener("submit", () => sessionStorage.clear()));
}

// A password can be looked at before it is sent.
function showPasswords() {
  document.querySelectorAll("[data-password]").forEach((box) => {
    const input = box.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = box.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.textContent = shown ? box.dataset.hide : box.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    });
    input.form.addEventListener("submit", () => { input.type = "password"; });
    box.append(button);
  });
}

// A printed card's code leads here with its digits behind the #, which is not sent to the server: they are filled in, and leave the address.
function readCard() {
  const field = document.querySelector("[data-from-address]");
  const digits = location.hash.slice(1);
  if (!field || !/^[0-9]{12}$/.test(digits)) return;
  field.value = digits.replace(/(....)(?=.)/g, "$1 ");
  history.replaceState(null, "", location.pathname);
}

// A warning before the session ends for want of use. The server counts from the last request, and so does this.
function warnWhenIdle() {
  const minutes = Number(document.body.dataset.idle);
  const warning = document.querySelector("[data-idle-warning]");
  if (!minutes || !warning) return;
  let timer;
  const count = () => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => { warning.hidden = false; }, minutes * 60_000);
  };
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin", redirect: "manual" });
    if (answer.ok) count();
    else location.reload();
  });
  count();
}

// What the law says of what is typed, asked for while one types: the same form with only=check, answered with that part of the page.
// Without script, or without signal, the button of the form does it.
function checkWhileTyping() {
  document.querySelectorAll("form[data-check]").forEach((form) => {
    const part = form.querySelector("[data-checked]");
    const names = form.dataset.check.split(" ");
    let timer;
    let asking;
    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      const body = new FormData(form);
      body.set("only", "check");
      try {
        const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Part": "checked" }, credentials: "same-origin", redirect: "error", signal: asking.signal });
        if (!answer.ok) return;
        const told = await answer.text();
        if (part.innerHTML.trim() === told.trim()) return;
        part.replaceChildren(...new DOMParser().parseFromString(told, "text/html").body.childNodes);
      } catch { /* the button stays */ }
    };
    form.addEventListener("input", (event) => {
      if (!names.includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 400);
    });
  });
}

// What is written at a meeting, kept while one types: those fields, and the version that stands then. Without script the button saves it.
function saveWhileTyping() {
  document.querySelectorAll("form[data-save]").forEach((form) => {
    const told = form.querySelector("[data-saved]");
    const names = form.dataset.save.split(" ");
    let timer;
    const save = async () => {
      const body = new FormData(form);
      body.delete("send_id");
      try {
        const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Part": "saved" }, credentials: "same-origin", redirect: "error" });
        const said = await answer.json();
        told.textContent = said.told;
        if (said.version) form.elements.version.value = said.version;
      } catch { /* the draft stays in the tab, and the button saves it */ }
    };
    form.addEventListener("input", (event) => {
      if (!names.includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  });
}

// Whoever signed out of the app without signal is signed out of the portal as soon as it is there, also where no worker stands in the way.
async function leaveAtLast() {
  if (!document.body.dataset.owner || !(await window.caches?.has("leaving"))) return;
  const { leaveLater } = await import("/static/offline/leaving.js");
  if (await leaveLater()) location.reload();
}

// Where this phone has worked without signal: a reminder of what waits, and a sign-out that leaves nothing readable behind.
async function knowStores() {
  const box = document.querySelector("[data-unsent]");
  const there = await indexedDB.databases?.() ?? [];
  if (!box || !there.some((one) => one.name === "portal")) return;
  const { guard, remind } = await import("/static/offline/signing_out.js");
  await remind(box);
  document.querySelectorAll("form[action$='/logout']").forEach((form) => guard(form, box));
}

// A menu closes when one turns to something else.
function closeMenus() {
  const close = (inside) => document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(inside)) menu.open = false; });
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    close(null);
    open?.querySelector("summary").focus();
  });
}

// What a phone folds stands open on a desk; style sheets do it where they can.
function openFolds() {
  if (CSS.supports("selector(::details-content)") || !matchMedia("(min-width: 64em)").matches) return;
  document.querySelectorAll(".fold.on-desk").forEach((fold) => { fold.open = true; });
}

// A browser prints without it; the button saves the menu.
function offerPrint() {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
}

// A figure of the list is written into the text where the writer was; the list is searched as it is typed.
function insertFigures() {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  document.querySelectorAll("[data-codes]").forEach((list) => {
    const text = document.getElementById(list.dataset.codes);
    const find = list.querySelector("input[type=search]");
    if (!text) return;
    find.parentElement.hidden = false;
    list.querySelectorAll("[data-insert]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
        text.dispatchEvent(new Event("input", { bubbles: true }));
        text.focus();
      });
    });
    find.addEventListener("input", () => {
      const words = plain(find.value).split(/\s+/).filter(Boolean);
      list.querySelectorAll("details").forEach((fold) => {
        const rows = [...fold.querySelectorAll("li")];
        const subject = plain(fold.querySelector("summary").textContent);
        rows.forEach((row) => { row.hidden = !words.every((word) => `${subject} ${plain(row.textContent)}`.includes(word)); });
        fold.hidden = rows.every((row) => row.hidden);
        fold.open = words.length > 0 && !fold.hidden;
      });
    });
  });
}

// The present one of a row that slides on a phone is in sight.
function slideToPresent() {
  document.querySelectorAll(".family, .slides").forEach((row) => {
    const present = row.querySelector("[aria-current]");
    if (present) row.scrollLeft = present.offsetLeft + present.offsetWidth / 2 - row.clientWidth / 2;
  });
}

// The button over a list of ticks says how many there are.
function countTicks() {
  document.querySelectorAll("form[data-ticks]").forEach((form) => {
    const button = document.querySelector(`.action-bar [form="${form.id}"]`);
    const bare = button?.textContent;
    const tell = () => {
      const count = form.querySelectorAll(":checked").length;
      if (button) button.textContent = count ? form.dataset.ticks.replace("{count}", count) : bare;
    };
    form.addEventListener("change", tell);
    tell();
  });
}

// A register is typed as into a sheet: Enter goes on to the next cell, an arrow to the row above or below, and a day that is empty
// begins as the one above. A row in which nothing else was typed gives it back.
function typeInRows() {
  document.querySelectorAll("[data-rows]").forEach((table) => {
    const cells = () => [...table.querySelectorAll("tbody :is(input, select, textarea)")].filter((one) => one.checkVisibility());
    const inRow = (cell, way) => {
      const rows = [...table.tBodies];
      const name = cell.name.replace(/^row[0-9]+/, "");
      return [...(rows[rows.indexOf(cell.closest("tbody")) + way]?.querySelectorAll("[name]") ?? [])].find((one) => one.name.endsWith(name));
    };
    const go = (cell) => { cell.focus(); cell.select?.(); };
    const asAtFirst = (one) => one.type === "checkbox" || one.type === "radio" ? one.checked === one.defaultChecked
      : one.options ? [...one.options].every((option, place) => option.selected === (option.defaultSelected || (place === 0 && !one.querySelector("[selected]"))))
        : one.value === one.defaultValue;
    table.addEventListener("keydown", (event) => {
      const cell = event.target;
      if (!cell.name || event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        const all = cells();
        const next = all[all.indexOf(cell) + 1];
        if (next) go(next);
        else table.closest("form").querySelector("[data-after-last]")?.focus();
      } else if (["ArrowUp", "ArrowDown"].includes(event.key) && cell.tagName === "INPUT") {
        const other = inRow(cell, event.key === "ArrowUp" ? -1 : 1);
        if (!other?.checkVisibility()) return;
        event.preventDefault();
        go(other);
      }
    });
    table.addEventListener("focusin", ({ target }) => {
      const above = target.dataset.day && !target.value && inRow(target, -1)?.value;
      if (!above) return;
      target.value = target.dataset.offered = above;
      target.select();
    });
    table.addEventListener("focusout", ({ target, relatedTarget }) => {
      const row = target.closest("tbody");
      if (row.contains(relatedTarget)) return;
      const offered = [...row.querySelectorAll("[data-offered]")].filter((one) => one.value === one.dataset.offered);
      const others = [...row.querySelectorAll("[name]")].filter((one) => !offered.includes(one));
      if (others.every(asAtFirst)) offered.forEach((one) => { one.value = ""; });
    });
  });
}

keepDrafts();
typeInRows();
countTicks();
insertFigures();
slideToPresent();
offerPrint();
openFolds();
showPasswords();
warnWhenIdle();
readCard();
checkWhileTyping();
saveWhileTyping();
closeMenus();
leaveAtLast();
knowStores();
