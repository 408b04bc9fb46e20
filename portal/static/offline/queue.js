// The outbox: what becomes of an item, and what is sent next. Nothing here knows a phone, a page or a network.
//
// An item is a draft, waiting, received, held (the chief decides), refused or in conflict. There is no state "being sent": whatever was on its way
// when the phone went off is waiting still, and the portal takes it once, by its id. What its owner has begun to mend lies beside it as *edit*.

const ANSWERS = ["received", "held", "refused", "conflict"];
const TAKEN = ["received", "held"]; // the portal has the text
const KEPT_AFTER = 30 * 24 * 60 * 60 * 1000; // what was received stays this long, in case the portal has to be restored from a backup
const MOST_ASKED = 500; // ids of which the portal tells what became of them
export const MOST = 50; // items of one send

export const finished = (item, typed, now) => ({ ...fresh(item), typed, written: now, state: "waiting" });
export const isTaken = (item) => TAKEN.includes(item.state);

const inOrder = (items) => [...items].sort((one, other) => one.seq - other.seq);

// The record that an item writes on; what begins one stands in no order.
const recordOf = (item) => (item.about === null || item.about === undefined ? null : [item.form, item.about, item.key ?? ""].join("/"));

// Until it is settled, what was written later on the same record stays behind it.
const holdsBack = (item) => ["draft", "waiting", "conflict"].includes(item.state) || Boolean(item.edit);

// What is sent next, oldest first. *tried* were sent in this contact, and failed.
export function toSend(items, tried = new Set()) {
  const stopped = new Set();
  const going = inOrder(items).filter((one) => {
    const record = recordOf(one);
    const goes = one.state === "waiting" && !one.edit && !tried.has(one.id) && !stopped.has(record);
    if (!goes && record && holdsBack(one)) stopped.add(record);
    return goes;
  });
  return going.slice(0, MOST);
}

// Photos go after their text, and stay as long as it does: a portal that was restored is given them anew.
export const photosToSend = (item) => (isTaken(item) ? (item.photos ?? []).filter((one) => !one.state) : []);
const photosLost = (item) => (isTaken(item) ? (item.photos ?? []).filter((one) => one.state && one.state !== "received") : []);

// How much there is to carry: what waits, and the photos that go after it or are still to follow what was taken.
export function toCarry(items) {
  const going = items.filter((one) => one.state === "waiting");
  return going.length + going.flatMap((one) => one.photos ?? []).length + items.flatMap(photosToSend).length;
}

export const unsent = (items) => items.filter((one) => ["waiting", "refused", "conflict"].includes(one.state) || photosToSend(one).length);

// What needs its owner: it was refused, or stands against something else, or a photo of it did not arrive.
export const toMend = (items) => items.filter((one) => one.state === "refused" || one.state === "conflict" || photosLost(one).length);

// What nobody misses at sign-out: the portal has all of it, and has nothing more to say of it.
export const isOver = (item) => item.state === "received" && (item.photos ?? []).every((one) => one.state === "received");

export const heldIds = (items) => items.filter((one) => one.state === "held").slice(-MOST_ASKED).map((one) => one.id);

// Which receipts the phone knows of, so that the portal can say which of them a restore has lost.
export function receipts(items) {
  const ids = inOrder(items.filter(isTaken)).flatMap((one) => [one.id, ...(one.photos ?? []).filter((photo) => photo.state === "received").map((photo) => photo.id)]);
  return ids.slice(-MOST_ASKED);
}

// What an item is after its answer. What failed on the portal's side is waiting still; an answer that nobody knows, too.
export function answered(item, answer, now) {
  if (!ANSWERS.includes(answer.state)) return { ...item, told: answer.told };
  const { told, number, errors, stands, mine, versions, anew } = answer;
  const settled = answer.state === "received" ? { settled: now } : {};
  return { ...item, state: answer.state, told, number, errors, stands, mine, versions, anew, ...settled };
}

export function photoAnswered(item, id, answer) {
  const state = ["received", "refused", "missing"].includes(answer.state) ? answer.state : undefined;
  return { ...item, photos: item.photos.map((one) => (one.id === id ? { ...one, state, told: answer.told } : one)) };
}

const fresh = ({ told, number, errors, stands, mine, versions, anew, edit, settled, ...item }) => item;
// The same form about the same, for another entry.
export const anew = ({ form, label, about, key, acting, title, group }) => ({ form, label, about, key, acting, title, group });
const unsentPhotos = (photos) => photos?.map(({ id, size }) => ({ id, size }));

// The same once more, as it was or with other words. What had been received under this id stays; so the new one gets another.
export function again(item, newId, typed = item.typed, said = item.said) {
  return { ...fresh(item), id: item.anew ? newId : item.id, typed, said, state: "waiting" };
}

// Send it over what stands: with the versions that stand now.
export function over(item, newId) {
  const carried = new Set(item.typed.map(([name]) => name)), stand = Object.entries(item.versions ?? {});
  const known = item.typed.map(([name, value]) => [name, item.versions?.[name] ?? value]);
  return again(item, newId, [...known, ...stand.filter(([name]) => !carried.has(name))]); // an older form did not carry all of them
}

// A restore has lost the receipt: it is sent again under its old id, and its photos after it.
export const lost = (item) => ({ ...fresh(item), photos: unsentPhotos(item.photos), state: "waiting" });

const isAsSent = (item, sent) => item.state === "waiting" && !item.edit && JSON.stringify(asSent(item)) === JSON.stringify(asSent(sent));

// What is kept after an answer of the portal. *items* stand as they do now: what was mended or put away while it was on its way stays so.
export function settled(items, sent, { answers, lost: gone = [] }, now) {
  const was = new Map(sent.map((one) => [one.id, one]));
  const known = new Map(items.map((one) => [one.id, one]));
  for (const answer of answers) {
    const item = known.get(answer.id);
    if (item && (was.has(item.id) ? isAsSent(item, was.get(item.id)) : item.state === "held")) known.set(item.id, answered(item, answer, now));
  }
  for (const id of gone) {
    const item = known.get(id) ?? [...known.values()].find((one) => one.photos?.some((photo) => photo.id === id));
    if (!item || !isTaken(item)) continue;
    known.set(item.id, item.id === id ? lost(item) : { ...item, photos: item.photos.map((one) => (one.id === id ? unsentPhotos([one])[0] : one)) });
  }
  const changed = items.map((one) => known.get(one.id)).filter((one, index) => one !== items[index]);
  return { keep: changed, drop: items.filter((one) => known.get(one.id) === one && outlived(one, now)) };
}

export const outlived = (item, now) => item.state === "received" && !photosToSend(item).length && now - item.settled > KEPT_AFTER;

// What is sent of an item.
export const asSent = ({ id, form, about, acting, typed, written }) => ({ id, form, about, acting, typed, written });
