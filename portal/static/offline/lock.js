// The door of the app: choosing six digits after a sign-in, typing them later, and what closes it.
import { mark, unmark } from "./fields.js";
import { draw, find, show, word } from "./page.js";
import { Outbox } from "./outbox.js";
import { get, putting, removing, write } from "./store.js";
import { hello, letIn, NoSignal, SignedOut } from "./sync.js";
import { begin, newTag, owners, unlock } from "./vault.js";

const WEEK = 7 * 24 * 60 * 60 * 1000;
const EASY = /^(\d)\1{5}$|^(\d\d)\2\2$|^(\d{3})\3$/;
const RUNS = ["0123456789", "9876543210"];

// Ask for the digits where a store has a lock; else let whoever is signed in choose some.
export async function openStore(app) {
  const there = await owners();
  if (location.hash === "#choose" || !there.some((owner) => owner.byLock)) await askPortal(app, there);
  else askDigits(app);
}

async function askPortal(app, there) {
  try {
    const { token } = await hello();
    const { phone, secret } = await letIn(token, there.map((owner) => owner.tag), newTag());
    choose(app, phone, secret);
  } catch (fault) {
    if (!(fault instanceof NoSignal || fault instanceof SignedOut)) throw fault;
    if (there.some((owner) => owner.byLock)) askDigits(app);
    else show(draw("nothing"));
  }
}

function tell(form, said) {
  unmark(form);
  mark(form, "digits", said);
  form.reset();
  form.elements.digits.focus();
}

function wrong(digits, again) {
  if (!/^\d{6}$/.test(digits)) return "six-digits";
  if (EASY.test(digits) || RUNS.some((run) => run.includes(digits))) return "too-easy";
  return digits === again ? "" : "not-the-same";
}

function choose(app, tag, secret) {
  const drawn = draw("choose");
  const form = find("form", drawn);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const digits = form.elements.digits.value;
    const why = wrong(digits, form.elements.again.value);
    if (why) return tell(form, word(why));
    const vault = await begin(tag, secret, digits);
    history.replaceState(null, "", location.pathname);
    await app.opened(new Outbox(vault));
  });
  show(drawn);
}

function askDigits(app) {
  const drawn = draw("locked");
  const form = find("form", drawn);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const digits = form.elements.digits.value;
    if (!/^\d{6}$/.test(digits)) return tell(form, word("six-digits"));
    const { vault, left } = await unlock(digits);
    if (!vault) return tell(form, left ? word("wrong", { num: left }) : word("no-tries"));
    const expired = (await get("owners", vault.tag)).expired;
    await app.opened(new Outbox(vault), expired ? "expired" : "");
  });
  show(drawn);
}

// What was taken along goes after a week without contact, whoever's it is and without anybody's digits. What was written stays.
export async function wipeExpired() {
  const now = Date.now();
  const late = (await owners()).filter((owner) => Math.abs(now - owner.seen) > WEEK && !owner.expired);
  await write(...late.flatMap((owner) => [removing("days", owner.tag), putting("owners", { ...owner, expired: true })]));
}

// Close a store until its owner signs in again: nothing on the phone opens it any more. What is unsent stays, sealed.
export async function forgetPhone(tag) {
  const owner = await get("owners", tag);
  await write(removing("days", tag), putting("owners", { ...owner, byLock: null, device: null, tries: 0 }));
}

// How much waits stands beside the store in the clear, so that other pages of the portal can remind of it.
export async function noteWaiting(tag, waiting) {
  const owner = await get("owners", tag);
  if (owner && owner.waiting !== waiting) await write(putting("owners", { ...owner, waiting }));
}
