// The outbox: what becomes of an item, and what is sent next. Nothing here knows a phone, a page or a network.
//
// An item is a draft, waiting, received, held (the chief decides), refused or in conflict. There is no state "being sent": whatever was on its way
// when the phone went off is waiting still, and the portal takes it once, by its id.

const ANSWERS = ["received", "held", "refused", "conflict"];
const KEPT_AFTER = 30 * 24 * 60 * 60 * 1000; // what was received stays this long, in case the portal has to be restored from a backup
export const MOST = 50; // items of one send

// An item begins with the first key that is pressed, and has its id from then on.
export const begun = (id, seq, about) => ({ ...about, id, seq, state: "draft" });
export const finished = (item, typed, now) => ({ ...item, typed, written: now, state: "waiting" });

const inOrder = (items) => [...items].sort((one, other) => one.seq - other.seq);

// What is sent next, oldest first.
export const toSend = (items) => inOrder(items.filter((one) => one.state === "waiting")).slice(0, MOST);

// How much there is to carry: what waits, and the photos that go after it or are still to follow what was received.
export function toCarry(items) {
  const going = items.filter((one) => one.state === "waiting");
  const photos = [...going, ...items.filter((one) => one.state === "received")].flatMap((one) => one.photos ?? []);
  return going.length + photos.length;
}

export const unsent = (items) => items.filter((one) => !["draft", "received", "held"].includes(one.state));

// What needs its owner: it was refused, or stands against something else.
export const toMend = (items) => items.filter((one) => one.state === "refused" || one.state === "conflict");

export const heldIds = (items) => items.filter((one) => one.state === "held").map((one) => one.id);

// Which receipts the phone knows of, so that the portal can say which of them a restore has lost.
export const receipts = (items) => inOrder(items.filter((one) => ["received", "held"].includes(one.state))).slice(-500).map((one) => one.id);

// What an item is after its answer. What failed on the portal's side is waiting still; an answer that nobody knows, too.
export function answered(item, answer, now) {
  if (!ANSWERS.includes(answer.state)) return { ...item, told: answer.told };
  const { told, number, errors, stands, mine, versions, anew } = answer;
  const settled = answer.state === "received" ? { settled: now } : {};
  return { ...item, state: answer.state, told, number, errors, stands, mine, versions, anew, ...settled };
}

const fresh = ({ told, number, errors, stands, mine, versions, anew, ...item }) => item;

// The same once more, as it was or with other words. What had been received under this id stays; so the new one gets another.
export function again(item, typed = item.typed, newId = item.id) {
  return { ...fresh(item), id: item.anew ? newId : item.id, typed, state: "waiting" };
}

// Send it over what stands: with the versions that stand now.
export function over(item, newId) {
  const typed = item.typed.map(([name, value]) => [name, item.versions?.[name] ?? value]);
  return again(item, typed, newId);
}

// A restore has lost the receipt: it is sent again under its old id.
export const lost = (item) => ({ ...fresh(item), state: "waiting" });

export const outlived = (item, now) => item.state === "received" && now - item.settled > KEPT_AFTER;

// What is sent of an item.
export const asSent = ({ id, form, about, acting, typed, written }) => ({ id, form, about, acting, typed, written });
