// Between outbox and portal: send what waits, keep each answer, take today along. One run at a time, whatever is open.
import { answered, asSent, heldIds, lost, outlived, receipts, toCarry, toSend, unsent } from "./queue.js";
import { short } from "./short.js";

export class SignedOut extends Error {}
export class Forgotten extends Error {}
export class NoSignal extends Error {}
export class Stranger extends Error {} // somebody else is signed in than the one whose store is open
export class Unknown extends Error {} // the portal was restored from a backup of before it knew this phone

// Ask the portal. Without signal a NoSignal, without a session a SignedOut.
export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
  } catch {
    throw new NoSignal();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  if (answer.status === 404) throw new Unknown();
  if (answer.status === 409) throw new Stranger();
  if (answer.status === 410) throw new Forgotten();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const posting = (token, body) => ({
  method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body),
});

export const hello = () => ask("/offline/hello");
export const letIn = (token, phones, fresh) => ask("/offline/phone", posting(token, { phones, fresh }));

// A moment with its distance from UTC, to the second.
export function moment(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const two = (number) => String(Math.abs(number)).padStart(2, "0");
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

// Send all that waits, piece by piece; each answer is kept before the next piece goes out. What failed once waits for the next contact.
async function sendAll(outbox, token, carried) {
  const tried = new Set();
  let said;
  for (let first = true; ; first = false) {
    const items = await outbox.items();
    const sending = toSend(items.filter((one) => !tried.has(one.id)));
    if (!first && !sending.length) return said;
    said = await ask("/offline/send", posting(token, {
      phone: outbox.tag, clock: moment(), waiting: unsent(items).length - sending.length, items: short(sending.map(asSent)),
      held: first ? heldIds(items) : [], receipts: first ? receipts(items) : [],
    }));
    await keep(outbox, items, said);
    sending.forEach((one) => tried.add(one.id));
    carried(sending.length);
  }
}

async function keep(outbox, items, said) {
  const now = Date.now();
  const known = new Map(items.map((one) => [one.id, one]));
  const changed = said.answers.filter((one) => known.has(one.id)).map((one) => answered(known.get(one.id), one, now));
  const gone = said.lost.filter((id) => known.has(id)).map((id) => lost(known.get(id)));
  await outbox.keep([...changed, ...gone]);
  await outbox.forget(items.filter((one) => outlived(one, now)));
}

function sendPhoto(token, phone, item, photo, bytes) {
  const body = new FormData();
  body.set("phone", phone);
  body.set("of", item.id);
  body.set("photo", photo.id);
  body.set("file", new Blob([bytes], { type: "image/jpeg" }), "photo.jpg");
  return ask("/offline/photos", { method: "POST", headers: { "X-CSRFToken": token }, body });
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

// One whole contact. Gives back what the portal said last. *tell* hears how far it has come.
export function contact(outbox, tell) {
  return navigator.locks.request("portal-contact", async () => {
    const { token, release, name } = await hello();
    const carried = await counter(outbox, tell);
    const said = await sendAll(outbox, token, carried);
    await outbox.sendPhotos(token, sendPhoto, carried);
    await outbox.takeAlong(await ask("/offline/day"));
    return { ...said, release, name, token };
  });
}
