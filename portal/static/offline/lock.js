// The door of the app: choosing six digits after a sign-in, typing them later, and what closes it.
import { mark, unmark } from "./fields.js";
import { leaveLater } from "./leaving.js";
import { draw, find, show, strip, word } from "./page.js";
import { Outbox } from "./outbox.js";
import { owners } from "./owners.js";
import { get, howMany } from "./store.js";
import { Forgotten, hello, letIn, NoSignal, Prove, SignedOut } from "./sync.js";
import { begin, newTag, openAnother, unlock } from "./vault.js";

const EASY = /^(\d)\1{5}$|^(\d\d)\2\2$|^(\d{3})\3$/;
const RUNS = ["0123456789", "9876543210"];
export const CHOOSE = "#choose"; // where a sign-in leads to that is to open a store without its digits

// Ask for the digits where a store has a lock, which needs no portal; else let whoever is signed in choose some.
export async function openStore(app) {
  const locks = (await owners()).some((owner) => owner.byLock);
  if (locks && location.hash !== CHOOSE) return askDigits(app);
  if (location.hash === CHOOSE) history.replaceState(null, "", location.pathname);
  return askPortal(app);
}

// The portal gives the secret of a new store to whoever is signed in, and that of one that is there only to whoever has just proved who they are.
async function askPortal(app) {
  try {
    if (!(await leaveLater())) return await signInFirst(app, word("leaving"));
    const { token, owner } = await hello();
    const { phone, secret } = await letIn(token, (await owners()).map((one) => one.tag), newTag());
    choose(app, phone, secret, owner);
  } catch (fault) {
    if (fault instanceof Prove) return prove(fault.message);
    if (fault instanceof Forgotten) return prove(word("forgotten"));
    if (fault instanceof NoSignal) return signInFirst(app, word("no-signal-here"));
    if (fault instanceof SignedOut) return signInFirst(app);
    console.error(fault);
    again(() => openStore(app));
  }
}

async function signInFirst(app, why = "") {
  if ((await owners()).some((owner) => owner.byLock)) askDigits(app);
  else show(draw((await howMany("items")) ? "sealed" : "nothing"));
  strip(why);
}

export const prove = (told = "") => show(draw("prove", { told }));

// Something did not go as it should before a store was open: say so, and let its owner try once more.
export function again(deed) {
  const drawn = draw("fault");
  find("button", drawn).addEventListener("click", deed);
  show(drawn);
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

// Stretching digits to a key takes a slow phone seconds; what is pressed meanwhile counts once.
function whenSent(form, deed) {
  const pressed = find("button", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pressed.disabled) return;
    pressed.disabled = true;
    try {
      await deed(form.elements.digits.value);
    } finally {
      pressed.disabled = false;
    }
  });
}

function choose(app, tag, secret, owner) {
  const drawn = draw("choose");
  const form = find("form", drawn);
  whenSent(form, async (digits) => {
    const why = wrong(digits, form.elements.again.value) || (await openAnother(digits, tag) ? "other-digits" : "");
    if (why) return tell(form, word(why));
    app.opened(new Outbox(await begin(tag, secret, digits, owner)));
  });
  show(drawn);
}

function askDigits(app) {
  const drawn = draw("locked");
  const form = find("form", drawn);
  whenSent(form, async (digits) => {
    if (!/^\d{6}$/.test(digits)) return tell(form, word("six-digits"));
    const { vault, left } = await unlock(digits);
    if (!vault) return tell(form, left ? word("wrong", { num: left }) : word("no-tries"));
    const expired = (await get("owners", vault.tag)).expired;
    app.opened(new Outbox(vault), expired ? "expired" : "");
  });
  find("[data-forgotten]", drawn).addEventListener("click", () => askPortal(app));
  show(drawn);
}
