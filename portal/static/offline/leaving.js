// Signing out of a phone: what waits is sent first or locked for its owner, and all else is wiped.
import { forgetPhone } from "./owners.js";
import { isOver } from "./queue.js";
import { ask, hello, NoSignal, SignedOut } from "./sync.js";

// That the portal is still to be told, and whose session it was. The name of a cache tells it to the worker too, which lets nobody
// on to a page of the portal until then.
const LATER = "leaving";
const WHOSE = "/offline/hello";

// Wipe what was taken along and what is over; what is not sent or not settled stays sealed for its owner.
export async function leave(outbox) {
  const kept = await caches.open(LATER);
  await kept.put(WHOSE, new Response((await outbox.owner()) ?? ""));
  await outbox.forget((await outbox.items()).filter(isOver));
  await forgetPhone(outbox.tag);
  sessionStorage.clear(); // drafts of the portal's own pages in this tab
  await leaveLater();
}

// End the session at the portal, now or as soon as it can be reached. Gives back whether nothing is left to be told.
export async function leaveLater() {
  const whose = window.caches && (await caches.has(LATER)) ? await (await caches.open(LATER)).match(WHOSE) : null;
  if (!whose) return true;
  const owner = await whose.text();
  try {
    let said = await hello();
    if (isOf(said, owner)) {
      await signOut(said.token);
      said = await hello();
    }
    if (isOf(said, owner)) return false;
  } catch (fault) {
    if (!(fault instanceof SignedOut)) return false;
  }
  await caches.delete(LATER);
  return true;
}

const isOf = (said, owner) => !owner || !said.owner || said.owner === owner;

// Whoever came by a card is asked whether they are sure; here they said so.
async function signOut(token) {
  const body = new URLSearchParams({ csrf_token: token, sure: "yes" });
  try {
    await ask("/logout", { method: "POST", body });
  } catch (fault) {
    if (fault instanceof NoSignal) throw fault; // any other answer is no proof: what counts is whether it still knows us
  }
}
