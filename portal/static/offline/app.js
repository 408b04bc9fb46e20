// The app: whose store is open, which screen is shown, and when the portal is asked.
import { find, sending, setBar, show, strip, tellFault, word, draw } from "./page.js";
import { again, openStore, prove } from "./lock.js";
import { forgetPhone, noteWaiting, wipeExpired } from "./owners.js";
import { leaveLater } from "./leaving.js";
import { showForm, showItem } from "./form.js";
import { showKept, waitingWords } from "./kept.js";
import { showPhone } from "./phone.js";
import { showTicks } from "./ticks.js";
import { showToday } from "./today.js";
import { unsent } from "./queue.js";
import { contact, Forgotten, helloOf, letIn, NoSignal, Prove, SignedOut, Stranger, Unknown } from "./sync.js";

const IDLE = 10 * 60 * 1000; // after which the store locks itself
const EVERY = 2 * 60 * 1000, RARELY = 32 * 60 * 1000; // between two tries while something waits; it grows while the portal has a fault
const signIn = [`/login?next=/offline/${document.body.dataset.language}`, word("to-portal")];
const signOnceMore = [`${signIn[0]}%23choose`, word("to-portal")];

const state = { outbox: null, day: null, told: "" };
const screens = { today: showToday, kept: showKept, phone: showPhone, form: showForm, item: showItem, ticks: showTicks };
let last; // whose store was open before: a screen of theirs is not opened for another

// Draw the screen that the address names, anew. One after the other, so that none that took longer lies over a later one, and none over the lock.
let drawing = Promise.resolve();
function route(showing = show) {
  drawing = drawing.catch(() => {}).then(() => drawScreen(showing)); // what went wrong was told to whoever asked for that
  return drawing;
}

async function drawScreen(showing) {
  const { outbox } = state;
  if (!outbox) return;
  const [name, ...rest] = location.hash.slice(1).split("/").map(decoded);
  const onto = (drawn, how) => { if (state.outbox === outbox) showing(drawn, how); };
  await (screens[name] ?? showToday)({ ...app, show: onto }, ...rest);
  await tellStrip();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // an address that somebody typed
  }
}

async function tellStrip() {
  const { outbox, told } = state;
  if (!outbox) return;
  const waiting = unsent(await outbox.items()).length;
  const kept = waiting ? waitingWords(waiting) : "";
  const link = { "signed-out": signIn, prove: signOnceMore }[told] ?? (waiting ? ["#kept", word("see")] : null);
  if (state.outbox === outbox) strip(told && word(told), kept, link);
  await noteWaiting(outbox.tag, waiting);
  if (navigator.setAppBadge) await (waiting ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => {});
}

// One contact with the portal; whatever comes of it is told in the strip, and nothing of it stops the writing. By the time it is over
// another's store may be open, to which nothing of it is told.
async function reach({ redraw = true } = {}) {
  const { outbox } = state;
  if (!outbox) return;
  const isOpen = () => state.outbox === outbox;
  let told = "";
  try {
    await leaveLater();
    const said = await contactAtLast(outbox, (...far) => { if (isOpen()) sending(...far); });
    if (!said.whole) told = "failed";
    if (said.release !== document.body.dataset.release) renew();
  } catch (fault) {
    if (fault instanceof Forgotten) return shutOut(outbox);
    told = wordOf(fault);
    if (told === "failed") console.error(fault);
  }
  const day = await outbox.day();
  if (!isOpen()) return;
  sending(0, 0);
  if (told === "no-signal" && state.told === "expired") told = "expired"; // it says more
  Object.assign(state, { told, day });
  plan(told === "failed");
  if (redraw) await refresh();
}

const KINDS = [[NoSignal, "no-signal"], [SignedOut, "signed-out"], [Stranger, "stranger"], [Prove, "prove"]];

function wordOf(fault) {
  if (fault.name === "QuotaExceededError") return "no-room";
  return KINDS.find(([kind]) => fault instanceof kind)?.[1] ?? "failed";
}

// A portal that was put back to a time before it knew this phone gives it a secret anew, and is reached once more: once, and no more.
async function contactAtLast(outbox, tell) {
  try {
    return await contact(outbox, tell);
  } catch (fault) {
    if (!(fault instanceof Unknown)) throw fault;
  }
  const { token, owner } = await helloOf(outbox);
  const { phone, secret } = await letIn(token, [outbox.tag], outbox.tag, owner);
  if (phone === outbox.tag) await outbox.vault.trust(secret);
  return contact(outbox, tell);
}

async function renew() {
  const kept = await navigator.serviceWorker.getRegistration();
  await kept?.update().catch(() => {}); // the next contact tries it again
}

let next;
let pause = EVERY;

// When the portal is tried again by itself.
function plan(failed) {
  pause = failed ? Math.min(pause * 2, RARELY) : EVERY;
  clearTimeout(next);
  next = setTimeout(async () => {
    if (state.outbox && unsent(await state.outbox.items()).length) reach();
    else plan(false);
  }, pause);
}

// A screen on which somebody writes, or is asked for a yes, is left as it is; of any other the place and what is unfolded stay. What
// counts is how it stands when the new one is there: somebody may have touched it while that was drawn.
const isInUse = () => /^#(form|item|ticks)/.test(location.hash) || Boolean(find("[data-screen] [data-asking]"));

async function refresh() {
  if (isInUse()) await tellStrip();
  else await route((drawn, how) => { if (!isInUse()) showAgain(drawn, how); });
}

function showAgain(drawn, how) {
  const folds = () => [...document.querySelectorAll("[data-screen] details")];
  const unfolded = folds().filter((one) => one.open).map((one) => one.dataset.of);
  const place = scrollY;
  show(drawn, how);
  folds().filter((one) => unfolded.includes(one.dataset.of)).forEach((one) => { one.open = true; });
  scrollTo(0, place);
}

async function shutOut(outbox) {
  await forgetPhone(outbox.tag);
  if (state.outbox !== outbox) return;
  close();
  prove(word("forgotten"));
}

function close() {
  last = state.outbox?.tag ?? last;
  Object.assign(state, { outbox: null, day: null, told: "" });
  ["[data-lock]", "[data-phone]"].forEach((one) => { find(one).hidden = true; });
  find("[data-screen]").replaceChildren();
  setBar();
  strip("");
  sending(0, 0);
}

function lock() {
  close();
  start();
}

async function opened(outbox, told = "") {
  Object.assign(state, { outbox, told, day: await outbox.day() });
  ["[data-lock]", "[data-phone]"].forEach((one) => { find(one).hidden = false; });
  navigator.storage?.persist?.().catch(() => {});
  const isKnown = screens[location.hash.slice(1).split("/")[0]] && [undefined, outbox.tag].includes(last);
  if (!isKnown) history.replaceState(null, "", `${location.pathname}#today`);
  await route();
  await reach();
}

const app = { state, reach, route, refresh, lock, opened };

function unavailable() {
  if (!isSecureContext) return "insecure";
  const has = "serviceWorker" in navigator && "locks" in navigator && crypto.subtle && window.indexedDB && "timeout" in AbortSignal;
  return has ? "" : "old";
}

// The lock stands before any question to the portal.
async function start() {
  try {
    await wipeExpired();
    await openStore(app);
  } catch (fault) {
    console.error(fault);
    again(start);
  }
}

// Who was on the way to a page of the portal goes on to it, once the one before them is signed out.
async function goOn() {
  const to = new URLSearchParams(location.search).get("to") ?? "";
  if (!/^\/(?![/\\])/.test(to)) return;
  if (await leaveLater()) location.replace(to);
  else history.replaceState(null, "", location.pathname);
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
  addEventListener("unhandledrejection", (event) => tellFault(event.reason)); // whatever a screen does not expect
  watchForNewer().catch((fault) => console.error(fault));
  rememberLanguage().catch((fault) => console.error(fault));
  ["pointerdown", "keydown"].forEach((one) => addEventListener(one, stayOpen));
  stayOpen();
  find("[data-lock]").addEventListener("click", lock);
  addEventListener("hashchange", () => { route(); });
  ["online", "offline"].forEach((one) => addEventListener(one, () => reach()));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) reach(); });
  await goOn();
  await start();
}
