// What seals a store. Its key is random and lies here wrapped twice: by the lock of six digits together with a key that this
// browser never gives out, and by a secret of the portal, so that a forgotten lock loses nothing. The lock is a delay and no safe:
// ten wrong tries, and only a sign-in opens the store again.
import { closed } from "./owners.js";
import { changing, changingAll, get, putting, write } from "./store.js";

export const TRIES = 10;
const ROUNDS = 600_000;
const text = new TextEncoder();

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

async function wrap(key, bytes) {
  const iv = random(12);
  return { iv, box: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes)) };
}

async function unwrap(key, { iv, box }) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box));
}

const aes = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", true, ["encrypt", "decrypt"]);

async function fromLock(digits, salt) {
  const typed = await crypto.subtle.importKey("raw", text.encode(digits), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function fromSecret(secret, tag) {
  const given = await crypto.subtle.importKey("raw", text.encode(secret), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(tag) };
  return crypto.subtle.deriveKey(how, given, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// A store that is open: what seals and opens its records.
class Vault {
  constructor(tag, key) {
    this.tag = tag;
    this.key = key;
  }

  async seal(value) {
    return wrap(this.key, value instanceof Uint8Array ? value : text.encode(JSON.stringify(value)));
  }

  async open(sealed) {
    return JSON.parse(new TextDecoder().decode(await unwrap(this.key, sealed)));
  }

  async bytes(sealed) {
    return unwrap(this.key, sealed);
  }

  // Let another secret of the portal open this store: the one that it gave before is gone.
  async trust(secret) {
    const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", this.key));
    const bySecret = await wrap(await fromSecret(secret, this.tag), bytes);
    await write(changing("owners", this.tag, (owner) => ({ ...owner, bySecret })));
  }
}

export const newTag = () => btoa(String.fromCharCode(...random(18))).replace(/\+/g, "-").replace(/\//g, "_");

// Begin a store, or open an old one with the secret that its owner gets at sign-in, under a new lock. *owner*: whom the portal says it gave it to.
export async function begin(tag, secret, digits, owner) {
  const there = await get("owners", tag);
  const portal = await fromSecret(secret, tag);
  const bytes = there ? await unwrap(portal, there.bySecret) : random(32);
  const vault = new Vault(tag, await aes(bytes));
  const salt = random(16);
  const device = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const inner = await wrap(await fromLock(digits, salt), bytes);
  const byLock = { salt, iv: inner.iv, outer: await wrap(device, inner.box) };
  const bySecret = there?.bySecret ?? await wrap(portal, bytes);
  const now = Date.now();
  const sealedOwner = owner ? await vault.seal(owner) : there?.owner;
  await write(putting("owners", { ...there, tag, device, byLock, bySecret, owner: sealedOwner, tries: 0, seen: now, opened: now }));
  return vault;
}

// Count a try for each store that has a lock, before it is made, so that switching the phone off wins none. None says whose it is, so it
// counts for each. Gives back those that may be tried, the one that was opened last first.
async function counted(except) {
  const tried = [];
  await write(changingAll("owners", (owner) => {
    if (!owner.byLock || owner.tag === except) return owner;
    if (owner.tries >= TRIES) return closed(owner);
    const now = { ...owner, tries: owner.tries + 1 };
    tried.push(now);
    return now;
  }));
  return tried.sort((one, other) => (other.opened ?? 0) - (one.opened ?? 0));
}

async function opening(stores, digits) {
  for (const owner of stores) {
    const key = await opened(owner, digits);
    if (key) return { owner, key };
  }
  return null;
}

// Open the store that these six digits open. Gives back the vault, or how many tries are left. A right try takes back what it
// counted at the others, and forgives the wrong ones before it at its own store alone.
export async function unlock(digits) {
  const tried = await counted();
  const found = await opening(tried, digits);
  if (found) {
    const tags = tried.map((one) => one.tag);
    await write(changingAll("owners", (one) => {
      if (one.tag === found.owner.tag) return { ...one, tries: 0, opened: Date.now() };
      return tags.includes(one.tag) ? { ...one, tries: one.tries - 1 } : one;
    }));
    return { vault: new Vault(found.owner.tag, found.key) };
  }
  await write(changingAll("owners", (one) => (one.byLock && one.tries >= TRIES ? closed(one) : one)));
  return { left: Math.max(0, ...tried.map((one) => TRIES - one.tries)) };
}

// Whether these digits open somebody else's store, which they then may not open as well. To ask is a try like any other.
export async function openAnother(digits, tag) {
  return Boolean(await opening(await counted(tag), digits));
}

async function opened(owner, digits) {
  const { salt, iv, outer } = owner.byLock;
  try {
    return await aes(await unwrap(await fromLock(digits, salt), { iv, box: await unwrap(owner.device, outer) }));
  } catch (fault) {
    if (fault.name !== "OperationError") throw fault; // this is how a browser says that a key does not fit
    return null;
  }
}
