// This phone: when the portal was last there, how much room is left, the outbox as a file, and signing out.
import { draw, find, show, time, word } from "./page.js";
import { leave } from "./leaving.js";
import { itemsOf, get } from "./store.js";
import { unsent } from "./queue.js";

const MB = 1_000_000;

export async function showPhone(app) {
  const { outbox } = app.state;
  const waiting = unsent(await outbox.items()).length;
  const owner = await get("owners", outbox.tag);
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  const drawn = draw("phone", {
    contact: owner.seen ? time(owner.seen) : word("never"),
    unsent: String(waiting),
    room: word("room", { free: Math.floor((quota - usage) / MB) }),
    persisted: word((await navigator.storage.persisted()) ? "yes" : "no"),
    leaving: waiting ? word("leaving-some", { num: waiting }) : word("leaving-none"),
  }, { in_tab: !matchMedia("(display-mode: standalone)").matches });
  find("[data-export]", drawn).addEventListener("click", () => saveFile(outbox));
  find("[data-leave]", drawn).addEventListener("click", async (event) => {
    const pressed = event.currentTarget;
    await app.reach({ redraw: false });
    const left = unsent(await outbox.items()).length;
    if (left && !pressed.dataset.asked) {
      pressed.dataset.asked = "1";
      pressed.textContent = word("leave-anyway");
      return;
    }
    await leave(outbox);
    app.lock();
  });
  show(drawn, { up: ["#today", word("today")] });
}

const base64 = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
const packed = ({ iv, box }) => ({ iv: base64(iv), box: base64(box) });

// The outbox as a file: sealed as it lies here, with the key as only the portal can open it.
async function saveFile(outbox) {
  const owner = await get("owners", outbox.tag);
  const items = (await itemsOf(outbox.tag)).filter((one) => !one.photo).map((one) => packed(one.sealed));
  const file = new Blob([JSON.stringify({ kind: "portal-outbox", phone: outbox.tag, key: packed(owner.bySecret), items })], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `outbox-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
