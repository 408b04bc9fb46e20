// The outbox of the person whose store is open: items, photos and what was taken along, all of it sealed on the disk.
import { anew, finished, isTaken, photoAnswered } from "./queue.js";
import { changing, get, itemsOf, putting, removing, write } from "./store.js";

const keyOf = (tag, id) => `${tag}:${id}`;
const idsOf = (photos = []) => photos.map((one) => one.id);

export class Outbox {
  constructor(vault) {
    this.vault = vault;
    this.tag = vault.tag;
    this.opened = new Map(); // by key, what was opened already, as long as its seal is the same
  }

  // All items as they lie on the disk, in the order in which they were begun: another window may have written meanwhile.
  async items() {
    const items = await Promise.all((await itemsOf(this.tag)).map((one) => this.open(one)));
    return items.sort((one, other) => one.seq - other.seq);
  }

  async open({ key, sealed }) {
    const seal = sealed.iv.join();
    if (this.opened.get(key)?.seal !== seal) this.opened.set(key, { seal, item: await this.vault.open(sealed) });
    return this.opened.get(key).item;
  }

  // Change what is kept as it stands in that moment, one change at a time whatever windows are open. *deed* gives back the items to keep,
  // those to put away, ids of photos to put away, and photos to keep; all of it is done, or nothing.
  change(deed) {
    return navigator.locks.request(`portal-items-${this.tag}`, async () => {
      const items = await this.items();
      const { keep = [], drop = [], photosGone = [], photos = [] } = deed(items);
      let last = Math.max(0, ...items.map((one) => one.seq));
      const numbered = keep.map((one) => (one.seq ? one : { ...one, seq: ++last }));
      const sealed = await Promise.all(numbered.map(async (one) => ({ key: keyOf(this.tag, one.id), tag: this.tag, sealed: await this.vault.seal(one) })));
      await write(
        ...drop.map((one) => removing("items", keyOf(this.tag, one.id))),
        ...photosGone.map((id) => removing("photos", keyOf(this.tag, id))),
        ...sealed.map((one) => putting("items", one)),
        ...photos.map((one) => putting("photos", one)),
      );
      return numbered;
    });
  }

  // Change one item that is there; nothing is done where *how* gives nothing back. An item under another id takes its place.
  async update(id, how) {
    const [kept] = await this.change((items) => {
      const now = items.find((one) => one.id === id);
      const changed = now && how(now);
      return changed ? { keep: [changed], drop: changed.id === id ? [] : [now] } : {};
    });
    return kept;
  }

  // Write on an item, which is there from then on. One that was taken meanwhile, from here or another window, stays as it is: *how* is given
  // a new draft in its place, and what was taken beside it. Nothing is done where *how* gives nothing back.
  async write(item, how, photos = []) {
    const [kept] = await this.change((items) => {
      const now = items.find((one) => one.id === item.id);
      const taken = now && isTaken(now) ? now : null;
      const changed = taken ? how(begun(anew(item)), taken) : how(now ?? item);
      if (!changed) return {};
      return { keep: [changed], drop: now && !taken && changed.id !== now.id ? [now] : [], photos };
    });
    return kept;
  }

  // Several of the same form at once, each an item of its own.
  add(filled, now) {
    return this.change(() => ({ keep: filled.map(({ typed, ...about }) => finished(begun(about), typed, now)) }));
  }

  // Put items away for good, with their photos; not one of which something else became since it was looked at.
  forget(items) {
    const states = new Map(items.map((one) => [one.id, one.state]));
    return this.change((kept) => {
      const drop = kept.filter((one) => states.get(one.id) === one.state);
      return { drop, photosGone: drop.flatMap((one) => idsOf(one.photos)) };
    });
  }

  // Keep a photo with the item that it belongs to, however that stands by now.
  async addPhoto(item, photo, bytes, how) {
    const sealed = { key: keyOf(this.tag, photo.id), sealed: await this.vault.seal(bytes) };
    return this.write(item, (now) => ({ ...how(now), photos: [...(now.photos ?? []), photo] }), [sealed]);
  }

  async photo(id) {
    const kept = await get("photos", keyOf(this.tag, id));
    return kept && this.vault.bytes(kept.sealed);
  }

  // Put photos of an item away.
  async dropPhotos(id, which) {
    const [kept] = await this.change((items) => {
      const now = items.find((one) => one.id === id);
      const gone = (now?.photos ?? []).filter(which);
      return gone.length ? { keep: [{ ...now, photos: now.photos.filter((one) => !gone.includes(one)) }], photosGone: idsOf(gone) } : {};
    });
    return kept;
  }

  photoAnswered(item, photo, answer) {
    return this.update(item.id, (now) => (idsOf(now.photos).includes(photo.id) ? photoAnswered(now, photo.id, answer) : null));
  }

  // What was taken along of today, and when the portal was last there. By the clock of this phone, as what is settled on it.
  async takeAlong(day) {
    const sealed = await this.vault.seal({ ...day, taken: Date.now() });
    await write(putting("days", { tag: this.tag, sealed }), changing("owners", this.tag, (owner) => ({ ...owner, seen: Date.now(), expired: false })));
  }

  async day() {
    const kept = await get("days", this.tag);
    return kept ? this.vault.open(kept.sealed) : null;
  }

  // Whose it is, as the portal names them without saying who they are.
  async owner() {
    const kept = await get("owners", this.tag);
    return kept?.owner && this.vault.open(kept.owner);
  }
}

// An item begins with the first key that is pressed, and has its id from then on.
export const begun = (about) => ({ ...about, id: crypto.randomUUID(), state: "draft" });
