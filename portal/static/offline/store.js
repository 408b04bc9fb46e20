// The browser's own database: whose stores lie on this phone, their items and photos, what they took along. All but a
// random name, an order and what unlocks them is sealed.
const NAME = "portal";
const VERSION = 2;
const STORES = ["owners", "items", "photos", "days"];

let opened;

function build(base) {
  const made = (name, keyPath) => (base.objectStoreNames.contains(name) ? null : base.createObjectStore(name, { keyPath }));
  made("owners", "tag");
  made("items", "key")?.createIndex("tag", "tag");
  made("photos", "key");
  made("days", "tag");
}

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => build(asked.result);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      asked.result.onclose = () => { opened = undefined; };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
  opened.catch(() => { opened = undefined; });
  return opened;
}

// Do some writes together: all are on the disk, or none. Rejects with a QuotaExceededError when the phone is full.
export async function write(...deeds) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(STORES, "readwrite", { durability: "strict" });
    let fault;
    const doing = (deed) => {
      try {
        deed();
      } catch (error) {
        fault = error;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(fault ?? transaction.error ?? new Error("aborted"));
    doing(() => deeds.forEach((deed) => deed(transaction, doing)));
  });
}

export const putting = (store, record) => (transaction) => transaction.objectStore(store).put(record);
export const removing = (store, key) => (transaction) => transaction.objectStore(store).delete(key);

// Change records as they stand in that moment, so that no two windows count past each other. What is not changed is given back as it was.
export const changingAll = (store, change) => (transaction, doing) => {
  const kept = transaction.objectStore(store);
  kept.getAll().onsuccess = ({ target }) => doing(() => target.result.forEach((one) => {
    const changed = change(one);
    if (changed !== one) kept.put(changed);
  }));
};
export const changing = (store, key, change) => changingAll(store, (one) => (one.tag === key ? change(one) : one));

async function read(store, ask) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const asked = ask(base.transaction(store).objectStore(store));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

export const get = (store, key) => read(store, (found) => found.get(key));
export const all = (store) => read(store, (found) => found.getAll());
export const itemsOf = (tag) => read("items", (found) => found.index("tag").getAll(tag));
export const howMany = (store) => read(store, (found) => found.count());
