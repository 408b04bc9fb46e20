// What seals a store. Its key is random and lies here wrapped twice: by the lock of six digits together with a key that this
// browser never gives out, and by a secret of the portal, so that a forgotten lock loses nothing. The lock is a delay and no safe:
// ten wrong tries, and only a sign-in opens the store again.
import { all, get, putting, write } from "./store.js";

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
  async trust(secret, tag) {
    const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", this.key));
    const bySecret = await wrap(await fromSecret(secret, tag), bytes);
    await write(putting("owners", { ...await get("owners", this.tag), bySecret }));
  }
}

export const newTag = () => btoa(String.fromCharCode(...random(18))).replace(/\+/g, "-").replace(/\//g, "_");

// Begin a store, or open an old one with the secret that its owner gets at sign-in, under a new lock.
export async function begin(tag, secret, digits) {
  const owner = await get("owners", tag);
  const portal = await fromSecret(secret, tag);
  const bytes = owner ? await unwrap(portal, owner.bySecret) : random(32);
  const salt = random(16);
  const device = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const inner = await wrap(await fromLock(digits, salt), bytes);
  const byLock = { salt, iv: inner.iv, outer: await wrap(device, inner.box) };
  const bySecret = owner?.bySecret ?? await wrap(portal, bytes);
  await write(putting("owners", { tag, device, byLock, bySecret, tries: 0, seen: Date.now() }));
  return new Vault(tag, await aes(bytes));
}

// Whose stores are on this phone. Nothing here says who they are.
export const owners = () => all("owners");

// Open the store that these six digits open. A try counts before it is made, so that switching the phone off wins none; it
// counts for every store that has a lock, since none says whose it is. Gives back the vault, or how many tries are left.
export async function unlock(digits) {
  const locked = (await owners()).filter((owner) => owner.byLock);
  const keep = (change) => write(...locked.map((owner) => putting("owners", change(owner))));
  await keep((owner) => ({ ...owner, tries: owner.tries + 1 }));
  for (const owner of locked) {
    const key = await opened(owner, digits);
    if (key) {
      await keep((one) => ({ ...one, tries: 0 }));
      return { vault: new Vault(owner.tag, key) };
    }
  }
  const left = (owner) => TRIES - owner.tries - 1;
  await keep((owner) => (left(owner) > 0 ? { ...owner, tries: owner.tries + 1 } : { ...owner, byLock: null, device: null }));
  return { left: Math.max(0, ...locked.map(left)) };
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
