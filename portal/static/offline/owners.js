// Whose stores lie on this phone, and what stands beside each in the clear. Pages of the portal ask here too, which know no screen of the app.
import { all, changing, changingAll, removing, write } from "./store.js";

const WEEK = 7 * 24 * 60 * 60 * 1000;

// Nothing here says who they are.
export const owners = () => all("owners");

export const closed = (owner) => ({ ...owner, byLock: null, device: null });

// Close a store until its owner signs in again: nothing on the phone opens it any more. What is unsent stays, sealed.
export async function forgetPhone(tag) {
  await write(removing("days", tag), changing("owners", tag, closed));
}

// What was taken along goes after a week without contact, whoever's it is and without anybody's digits. What was written stays.
export async function wipeExpired() {
  const now = Date.now();
  const isLate = (owner) => Math.abs(now - owner.seen) > WEEK && !owner.expired;
  const late = (await owners()).filter(isLate);
  if (late.length) await write(...late.map((owner) => removing("days", owner.tag)), changingAll("owners", (owner) => (isLate(owner) ? { ...owner, expired: true } : owner)));
}

// How much waits, so that other pages of the portal can remind of it.
export async function noteWaiting(tag, waiting) {
  await write(changing("owners", tag, (owner) => (owner.waiting === waiting ? owner : { ...owner, waiting })));
}
