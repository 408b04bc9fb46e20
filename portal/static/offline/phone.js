// This phone: when the portal was last there, how much room is left, the outbox as a file, and signing out.
import { draw, find, time, word } from "./page.js";
import { leave } from "./leaving.js";
import { get } from "./store.js";
import { waitingWords } from "./kept.js";
import { asSent, photosToSend, unsent } from "./queue.js";
import { moment } from "./sync.js";

const MB = 1_000_000;

export async function showPhone(app) {
  const { outbox } = app.state;
  const waiting = unsent(await outbox.items()).length;
  const owner = await get("owners", outbox.tag);
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const drawn = draw("phone", {
    contact: owner.seen ? time(owner.seen) : word("never"),
    unsent: String(waiting),
    room: word("room", { free: Math.floor((quota - usage) / MB).toLocaleString(document.documentElement.lang) }),
    persisted: word((await navigator.storage?.persisted?.()) ? "yes" : "no"),
    leaving: waiting ? `${waitingWords(waiting)} ${word("leaving-some")}` : word("leaving-none"),
  }, { in_tab: !matchMedia("(display-mode: standalone)").matches });
  find("[data-export]", drawn).addEventListener("click", () => saveFile(outbox));
  find("[data-leave]", drawn).addEventListener("click", async (event) => {
    const pressed = event.currentTarget;
    const isSure = "asking" in pressed.dataset;
    pressed.dataset.asking = ""; // from now on no contact that ends draws this screen anew: the question stands on this button
    pressed.disabled = true; // what is pressed meanwhile is no yes
    try {
      await app.reach({ redraw: false });
    } finally {
      pressed.disabled = false;
    }
    const left = unsent(await outbox.items()).length;
    if (left && !isSure) {
      pressed.textContent = word("leave-anyway");
      pressed.focus();
      return;
    }
    await leave(outbox);
    app.lock();
  });
  app.show(drawn, { up: ["#today", word("today")] });
}

// Piece by piece: a photo has more bytes than a call takes arguments.
const base64 = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
const packed = ({ iv, box }) => ({ iv: base64(iv), box: base64(box) });

// What is not sent yet, with its photos and the hour of this phone's clock.
async function outboxOf(outbox) {
  const items = unsent(await outbox.items());
  const photos = [];
  for (const item of items) {
    for (const photo of photosToSend({ ...item, state: "received" })) {
      const bytes = await outbox.photo(photo.id);
      if (bytes) photos.push({ id: photo.id, of: item.id, type: "image/jpeg", data: base64(bytes) });
    }
  }
  const texts = items.filter((one) => ["waiting", "refused", "conflict"].includes(one.state));
  return { phone: outbox.tag, clock: moment(), items: texts.map((one) => ({ ...asSent(one), title: one.title, label: one.label })), photos };
}

// The outbox as a file, sealed, with the key as only the portal can open it.
async function saveFile(outbox) {
  const owner = await get("owners", outbox.tag);
  const sealed = packed(await outbox.vault.seal(await outboxOf(outbox)));
  const file = new Blob([JSON.stringify({ kind: "portal-outbox", phone: outbox.tag, key: packed(owner.bySecret), sealed })], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `outbox-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
