// Between outbox and portal: send what waits, keep each answer, take today along. One run at a time, whatever is open.
import { asSent, heldIds, photosToSend, receipts, settled, toCarry, toSend, unsent } from "./queue.js";
import { short } from "./short.js";

export class SignedOut extends Error {}
export class Forgotten extends Error {}
export class NoSignal extends Error {}
export class Stranger extends Error {} // somebody else is signed in than the one whose store is open
export class Unknown extends Error {} // the portal was restored from a backup of before it knew this phone
export class Prove extends Error {} // what is asked for wants a sign-in of just now
export class Fault extends Error {} // anything else: it is tried again later

const PATIENCE = 30_000, FOR_A_PHOTO = 120_000; // ms, on a line of a few kilobytes a second

// Ask the portal. Without signal a NoSignal, without a session a SignedOut.
export async function ask(path, { patience = PATIENCE, ...options } = {}) {
  const answer = await within(() => fetch(path, {
    credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(patience), ...options,
  }));
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  const said = read(await within(() => answer.text()));
  if (answer.ok && said) return said;
  if (answer.status === 403 && said?.prove) throw new Prove(said.told ?? "");
  if (answer.status === 404 && said?.unknown) throw new Unknown();
  if (answer.status === 409) throw new Stranger();
  if (answer.status === 410 && said?.forgotten) throw new Forgotten();
  throw new Fault(String(answer.status));
}

async function within(asking) {
  try {
    return await asking();
  } catch {
    throw new NoSignal();
  }
}

// What a network in between answers in the place of the portal is no answer.
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const posting = (token, body) => ({
  method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body),
});

export const hello = () => ask("/offline/hello");
// *fresh* is the name of a new store, or of the one that is meant; *owner*, whose the phone knows that to be.
export const letIn = (token, phones, fresh, owner) => ask("/offline/phone", posting(token, { phones, fresh, owner }));

// The same for whoever's store is open; nothing is asked in its name while somebody else is signed in.
export async function helloOf(outbox) {
  const said = await hello();
  const owner = await outbox.owner();
  if (owner && said.owner !== owner) throw new Stranger();
  return said;
}

// A moment with its distance from UTC, to the second.
export function moment(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const two = (number) => String(Math.abs(number)).padStart(2, "0");
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

// Send all that waits, piece by piece; each answer is kept before the next piece goes out. What failed once waits for the next contact.
// Gives back whether all was judged.
async function sendAll(outbox, token, carried) {
  const tried = new Set();
  let whole = true;
  for (let first = true; ; first = false) {
    const items = await outbox.items();
    const sending = toSend(items, tried);
    if (!first && !sending.length) return whole;
    const said = await ask("/offline/send", posting(token, {
      phone: outbox.tag, clock: moment(), waiting: unsent(items).length - sending.length, items: short(sending.map(asSent)),
      held: first ? heldIds(items) : [], receipts: first ? receipts(items) : [],
    }));
    await outbox.change((now) => {
      const { keep, drop } = settled(now, sending, said, Date.now());
      return { keep, drop, photosGone: drop.flatMap((one) => (one.photos ?? []).map((photo) => photo.id)) };
    });
    whole &&= !said.answers.some((one) => one.state === "failed");
    sending.forEach((one) => tried.add(one.id));
    carried(sending.length);
  }
}

// Photos go after their text, one by one; one that the portal cannot take now keeps no other back.
async function sendPhotos(outbox, token, carried) {
  let whole = true;
  for (const item of await outbox.items()) {
    for (const photo of photosToSend(item)) {
      const answer = await sendPhoto(outbox, token, item, photo);
      await outbox.photoAnswered(item, photo, answer);
      whole &&= answer.state !== "failed";
      carried(1);
    }
  }
  return whole;
}

async function sendPhoto(outbox, token, item, photo) {
  const bytes = await outbox.photo(photo.id);
  if (!bytes) return { state: "missing" };
  const body = new FormData();
  body.set("phone", outbox.tag);
  body.set("of", item.id);
  body.set("photo", photo.id);
  body.set("file", new Blob([bytes], { type: "image/jpeg" }), "photo.jpg");
  return failing(() => ask("/offline/photos", { method: "POST", headers: { "X-CSRFToken": token }, body, patience: FOR_A_PHOTO }), { state: "failed" });
}

// Where the portal has a fault, say so in *failed* and go on.
async function failing(asking, failed) {
  try {
    return await asking();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return failed;
  }
}

// How much of what there was to carry has arrived, told at each step; what is written meanwhile is carried as well.
async function counter(outbox, tell) {
  const whole = toCarry(await outbox.items());
  let done = 0;
  tell(done, whole);
  return (more) => {
    done += more;
    tell(done, Math.max(done, whole));
  };
}

async function takeAlong(outbox) {
  const day = await ask("/offline/day");
  await helloOf(outbox); // it says not whose it is, and another may have signed in since
  await outbox.takeAlong(day);
  return true;
}

// One whole contact. Gives back what the portal is called now, and whether it had a fault. *tell* hears how far it has come.
export function contact(outbox, tell) {
  return navigator.locks.request("portal-contact", async () => {
    const { token, release } = await helloOf(outbox);
    const carried = await counter(outbox, tell);
    const sent = await failing(() => sendAll(outbox, token, carried), false);
    const photos = await sendPhotos(outbox, token, carried);
    const taken = await failing(() => takeAlong(outbox), false);
    return { release, whole: sent && photos && taken };
  });
}
