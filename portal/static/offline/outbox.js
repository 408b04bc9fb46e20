// The outbox of the person whose store is open: items, photos and what was taken along, all of it sealed on the disk.
import { begun, finished } from "./queue.js";
import { get, itemsOf, putting, removing, write } from "./store.js";

const keyOf = (tag, id) => `${tag}:${id}`;

export class Outbox {
  constructor(vault) {
    this.vault = vault;
    this.tag = vault.tag;
    this.kept = null;
  }

  // All items, in the order in which they were begun.
  async items() {
    if (!this.kept) {
      const records = (await itemsOf(this.tag)).filter((one) => !one.photo);
      const items = await Promise.all(records.map((one) => this.vault.open(one.sealed)));
      this.kept = new Map(items.map((one) => [one.id, one]));
    }
    return [...this.kept.values()].sort((one, other) => one.seq - other.seq);
  }

  // Keep items as they are now, all of them or none.
  async keep(items) {
    const sealed = await Promise.all(items.map(async (one) => putting("items", await this.record(one))));
    await write(...sealed);
    const kept = await this.map();
    items.forEach((one) => kept.set(one.id, one));
  }

  async record(item) {
    return { key: keyOf(this.tag, item.id), tag: this.tag, sealed: await this.vault.seal(item) };
  }

  // Put items away for good, with their photos.
  async forget(items) {
    const keys = items.flatMap((one) => [one.id, ...(one.photos ?? []).map((photo) => photo.id)]);
    await write(...keys.map((id) => removing("items", keyOf(this.tag, id))));
    const kept = await this.map();
    items.forEach((one) => kept.delete(one.id));
  }

  // An item that takes the place of another, as when it needs a new id.
  async replace(old, item) {
    await write(removing("items", keyOf(this.tag, old.id)), putting("items", await this.record(item)));
    const kept = await this.map();
    kept.delete(old.id);
    kept.set(item.id, item);
  }

  async map() {
    await this.items();
    return this.kept;
  }

  async begin(about) {
    const seq = Math.max(0, ...(await this.items()).map((one) => one.seq)) + 1;
    return begun(crypto.randomUUID(), seq, about);
  }

  // Several of the same form at once, each an item of its own.
  async add(filled, now) {
    const first = await this.begin({});
    const items = filled.map(({ typed, ...about }, index) => finished(begun(crypto.randomUUID(), first.seq + index, about), typed, now));
    await this.keep(items);
    return items;
  }

  async keepPhoto(id, bytes) {
    await write(putting("items", { key: keyOf(this.tag, id), tag: this.tag, photo: true, sealed: await this.vault.seal(bytes) }));
  }

  async photo(id) {
    return this.vault.bytes((await get("items", keyOf(this.tag, id))).sealed);
  }

  async dropPhoto(id) {
    await write(removing("items", keyOf(this.tag, id)));
  }

  // Photos go after their text, one by one; each is forgotten here once the portal has it.
  async sendPhotos(token, send, carried) {
    for (const item of (await this.items()).filter((one) => one.state === "received" && one.photos?.length)) {
      for (const photo of item.photos) {
        const answer = await send(token, this.tag, item, photo, await this.photo(photo.id));
        const now = (await this.map()).get(item.id);
        const rest = now.photos.filter((one) => one.id !== photo.id);
        // a photo that is refused stays to be looked at, with the reason beside its text
        if (answer.state === "refused") await this.keep([{ ...now, photos: rest, kept: [...(now.kept ?? []), photo], photoTold: answer.told }]);
        else {
          await this.keep([{ ...now, photos: rest }]);
          await this.dropPhoto(photo.id);
        }
        carried(1);
      }
    }
  }

  // What was taken along of today, and when the portal was last there.
  async takeAlong(day) {
    const owner = await get("owners", this.tag);
    await write(
      putting("days", { tag: this.tag, sealed: await this.vault.seal(day) }),
      putting("owners", { ...owner, seen: Date.now(), expired: false }),
    );
  }

  async day() {
    const kept = await get("days", this.tag);
    return kept ? this.vault.open(kept.sealed) : null;
  }
}
