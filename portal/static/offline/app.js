// The app: whose store is open, which screen is shown, and when the portal is asked.
import { find, sending, show, strip, word, draw } from "./page.js";
import { openStore, wipeExpired } from "./lock.js";
import { leaveLater } from "./leaving.js";
import { showForm } from "./form.js";
import { showKept } from "./kept.js";
import { showPhone } from "./phone.js";
import { showTicks } from "./ticks.js";
import { showToday } from "./today.js";
import { unsent } from "./queue.js";
import { contact, Forgotten, hello, letIn, NoSignal, SignedOut, Stranger, Unknown } from "./sync.js";
import { forgetPhone, noteWaiting } from "./lock.js";

const IDLE = 10 * 60 * 1000; // after which the store locks itself
const EVERY = 2 * 60 * 1000; // between two tries while something waits
const signIn = [`/login?next=/offline/${document.body.dataset.language}`, word("to-portal")];

const state = { outbox: null, day: null, told: "" };
const screens = { today: showToday, kept: showKept, phone: showPhone, form: showForm, ticks: showTicks };

// Draw the screen that the address names, anew.
async function route() {
  if (!state.outbox) return;
  const [name, ...rest] = location.hash.slice(1).split("/");
  await (screens[name] ?? showToday)(app, ...rest);
  await tellStrip();
}

async function tellStrip() {
  const waiting = unsent(await state.outbox.items()).length;
  const kept = waiting === 1 ? word("waiting-one") : waiting ? word("waiting-many", { num: waiting }) : "";
  const said = [state.told && word(state.told), kept].filter(Boolean).join(" ");
  const signed = state.told === "signed-out";
  strip(said, signed ? signIn : waiting ? ["#kept", word("see")] : null);
  await noteWaiting(state.outbox.tag, waiting);
  if (navigator.setAppBadge) await (waiting ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => {});
}

// One contact with the portal; whatever comes of it is told in the strip, and nothing of it stops the writing.
async function reach({ redraw = true } = {}) {
  const { outbox } = state;
  if (!outbox) return;
  try {
    const said = await contact(outbox, sending);
    state.told = "";
    state.day = await outbox.day();
    if (said.release !== document.body.dataset.release) (await navigator.serviceWorker.getRegistration())?.update();
  } catch (fault) {
    if (fault instanceof Unknown) return knownAgain();
    if (fault instanceof Forgotten) return shutOut("forgotten");
    state.told = [[NoSignal, "no-signal"], [SignedOut, "signed-out"], [Stranger, "stranger"]].find(([kind]) => fault instanceof kind)?.[1] ?? "failed";
    if (state.told === "failed") console.error(fault);
  } finally {
    sending(0, 0);
  }
  if (redraw && state.outbox === outbox) await refresh();
}

// A screen on which somebody writes is left as it is.
async function refresh() {
  if (/^#(form|ticks)/.test(location.hash)) await tellStrip();
  else await route();
}

// The portal was put back to a time before it knew this phone: it gets a new secret, and is reached again.
async function knownAgain() {
  const { token } = await hello();
  const { phone, secret } = await letIn(token, [state.outbox.tag], state.outbox.tag);
  await state.outbox.vault.trust(secret, phone);
  return reach();
}

async function shutOut(why) {
  await forgetPhone(state.outbox.tag);
  lock();
  strip(word(why));
}

function lock() {
  state.outbox = state.day = null;
  ["[data-lock]", "[data-phone]"].forEach((one) => { find(one).hidden = true; });
  strip("");
  start();
}

async function opened(outbox, told = "") {
  Object.assign(state, { outbox, told, day: await outbox.day() });
  ["[data-lock]", "[data-phone]"].forEach((one) => { find(one).hidden = false; });
  await navigator.storage?.persist?.();
  if (!screens[location.hash.slice(1).split("/")[0]]) location.hash = "#today";
  await route();
  await reach();
}

const app = { state, reach, route, tellStrip, lock, opened };

function unavailable() {
  if (!isSecureContext) return "insecure";
  return "serviceWorker" in navigator && "locks" in navigator && crypto.subtle && window.indexedDB ? "" : "old";
}

async function start() {
  try {
    await wipeExpired();
    await leaveLater();
    await openStore(app);
  } catch (fault) {
    console.error(fault);
    show(draw("unavailable", {}, { old: true }));
  }
}

// A new copy of the app waits until its owner lets it in; nothing that is being written is lost by it.
async function watchForNewer() {
  const kept = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  const offer = () => {
    const box = find("[data-renew]");
    box.hidden = false;
    find("button", box).onclick = () => kept.waiting?.postMessage("renew");
  };
  if (kept.waiting && navigator.serviceWorker.controller) offer();
  kept.addEventListener("updatefound", () => {
    kept.installing?.addEventListener("statechange", () => { if (kept.waiting && navigator.serviceWorker.controller) offer(); });
  });
  let first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!first) location.reload();
    first = false;
  });
}

async function rememberLanguage() {
  if (document.body.dataset.language === "en") await caches.open("language-en");
  else await caches.delete("language-en");
}

let idle;
function stayOpen() {
  clearTimeout(idle);
  idle = setTimeout(() => { if (state.outbox) lock(); }, IDLE);
}

const missing = unavailable();
if (missing) show(draw("unavailable", {}, { [missing]: true }));
else {
  watchForNewer().catch((fault) => console.error(fault));
  rememberLanguage();
  ["pointerdown", "keydown"].forEach((one) => addEventListener(one, stayOpen));
  stayOpen();
  find("[data-lock]").addEventListener("click", lock);
  addEventListener("hashchange", () => { route(); });
  ["online", "offline"].forEach((one) => addEventListener(one, () => reach()));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) reach(); });
  setInterval(async () => { if (state.outbox && unsent(await state.outbox.items()).length) reach(); }, EVERY);
  await start();
}
