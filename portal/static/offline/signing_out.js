// Signing out on a page of the portal: what the app took along for whoever leaves is wiped, what is not sent stays sealed.
import { forgetPhone } from "./lock.js";
import { ask } from "./sync.js";
import { owners } from "./vault.js";

// The stores of whoever is signed in, among those on this phone.
async function mine() {
  const { phones } = await ask("/offline/mine");
  return (await owners()).filter((owner) => phones.includes(owner.tag));
}

// Wipe before the form goes out; where something waits, its owner is told first and presses once more.
export function guard(form, box) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.left) return;
    event.preventDefault();
    const stores = await mine().catch(() => []);
    if (stores.some((owner) => owner.waiting) && box.hidden) {
      box.hidden = false;
      box.scrollIntoView({ block: "nearest" });
      return;
    }
    for (const owner of stores) await forgetPhone(owner.tag);
    form.dataset.left = "1";
    form.requestSubmit();
  });
}

// Say on each page that something waits on this phone, whosever it is.
export async function remind(box) {
  box.hidden = !(await owners()).some((owner) => owner.waiting);
}
