// Signing out of a phone: what waits is sent first or locked for its owner, and all else is wiped.
import { forgetPhone } from "./lock.js";
import { hello, NoSignal, SignedOut } from "./sync.js";

const LATER = "leave"; // that the portal is still to be told, once there is signal

// Wipe what was taken along and what was received; what is not sent stays sealed for its owner.
export async function leave(outbox) {
  const items = await outbox.items();
  await outbox.forget(items.filter((one) => one.state === "received" || one.state === "held"));
  await forgetPhone(outbox.tag);
  sessionStorage.clear(); // drafts of the portal's own pages in this tab
  localStorage.setItem(LATER, "1");
  await leaveLater();
}

// End the session at the portal, now or as soon as it can be reached.
export async function leaveLater() {
  if (!localStorage.getItem(LATER)) return;
  try {
    const { token } = await hello();
    const body = new URLSearchParams({ csrf_token: token });
    await fetch("/logout", { method: "POST", body, credentials: "same-origin", redirect: "manual" });
    localStorage.removeItem(LATER);
  } catch (fault) {
    if (fault instanceof SignedOut) localStorage.removeItem(LATER);
    else if (!(fault instanceof NoSignal)) throw fault;
  }
}
