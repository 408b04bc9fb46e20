// Signing out on a page of the portal: what the app took along for whoever leaves is wiped, what is not sent stays sealed.
import { forgetPhone, owners } from "./owners.js";
import { ask } from "./sync.js";

// The stores of whoever is signed in, among those on this phone.
async function mine() {
  const { phones } = await ask("/offline/mine");
  return (await owners()).filter((owner) => phones.includes(owner.tag));
}

// Where something waits, its owner is told first and presses once more. It is wiped once the portal has signed them out: it may ask whether they are sure.
export function guard(form, box) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const stores = await mine().catch(() => []);
    if (stores.some((owner) => owner.waiting) && !form.dataset.told) {
      form.dataset.told = "1";
      box.hidden = false;
      box.scrollIntoView({ block: "nearest" });
      return;
    }
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (answer?.type !== "opaqueredirect") return void form.submit(); // the question, or that there is no signal
    for (const owner of stores) await forgetPhone(owner.tag);
    location.assign("/login");
  });
}

// Say on each page that something waits on this phone, whosever it is.
export async function remind(box) {
  box.hidden = !(await owners()).some((owner) => owner.waiting);
}
