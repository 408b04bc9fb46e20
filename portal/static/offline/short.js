// Items that lie side by side and are alike are sent short: each says only in which answers it is other than the one before it.
const MOST = 600; // characters of what is not said again: the portal spells out no more (portal/offline/short.py)

const alike = (one, before) =>
  one.form === before.form && one.about === before.about && one.acting === before.acting && one.written === before.written &&
  one.typed.length === before.typed.length && one.typed.every(([name], index) => name === before.typed[index][0]) &&
  new Set(one.typed.map(([name]) => name)).size === one.typed.length;

const follows = (one, before) => before && JSON.stringify(before.typed).length <= MOST && alike(one, before);

export const short = (items) => items.map((one, index) => (follows(one, items[index - 1])
  ? { id: one.id, but: one.typed.filter(([, value], place) => value !== items[index - 1].typed[place][1]) }
  : one));
