// The browser's own database: whose stores lie on this phone, their items, what they took along. All but a random
// name, an order and what unlocks them is sealed.
const NAME = "portal";
const VERSION = 1;

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("owners", { keyPath: "tag" });
      asked.result.createObjectStore("items", { keyPath: "key" }).createIndex("tag", "tag");
      asked.result.createObjectStore("days", { keyPath: "tag" });
    };
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
    const transaction = base.transaction(["owners", "items", "days"], "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    for (const deed of deeds) deed(transaction);
  });
}

export const putting = (store, record) => (transaction) => transaction.objectStore(store).put(record);
export const removing = (store, key) => (transaction) => transaction.objectStore(store).delete(key);

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
