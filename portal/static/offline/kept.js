// What is kept on the phone, and what can be done with it.
import { button, draw, find, list, pairs, time, word } from "./page.js";
import { again, isTaken, over, photosToSend, toMend, unsent } from "./queue.js";
import { itemAddress, rowOf } from "./rows.js";

const SHAPES = { draft: "todo", waiting: "kept", received: "done", held: "active", refused: "returned", conflict: "returned" };
const ALONE = ["refused", "conflict", "draft", "held"]; // what is looked at one by one

export const waitingWords = (count) => word(count === 1 ? "waiting-one" : "waiting-many", { num: count });

export async function showKept(app) {
  const items = await app.state.outbox.items();
  const waiting = unsent(items).length;
  const summary = waiting ? waitingWords(waiting) : word("all-sent");
  const drawn = draw("kept-screen", { summary }, { none: !items.length });
  find("[data-again]", drawn).addEventListener("click", () => app.reach());
  list(drawn, "items", drawGroups(app, items));
  app.show(drawn, { up: ["#today", word("today")] });
}

// Items of the same form that stand alike are one line: "Thao Yên, Y Mai, Thao Bảy". What needs somebody stands alone.
export function drawGroups(app, items) {
  const mend = toMend(items);
  const groups = new Map();
  for (const one of items) {
    const alone = ALONE.includes(one.state) || mend.includes(one) || one.edit;
    const key = alone ? one.id : `${one.state}/${one.form}/${(one.settled ? new Date(one.settled).toISOString() : one.written).slice(0, 16)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = ["conflict", "refused", "draft", "waiting", "held", "received"];
  return [...groups.values()].sort((one, other) => order.indexOf(one[0].state) - order.indexOf(other[0].state)).map((group) => drawGroup(app, group));
}

function drawGroup(app, group) {
  const [first] = group;
  const many = group.length > 1;
  const conflict = first.state === "conflict";
  const said = first.edit?.said ?? first.said ?? [];
  const drawn = draw("item", { title: titleOf(group), told: toldOf(group) }, {
    versions: conflict && (first.stands?.length || first.mine?.length), said: !many && said.length, members: many,
  });
  find("[data-shape]", drawn).append(draw(`shape-${toMend([first]).length ? "returned" : SHAPES[first.state]}`));
  drawn.querySelectorAll("details").forEach((one) => { one.dataset.of = `${first.id} ${many}`; });
  list(drawn, "stands", pairs(first.stands ?? []));
  list(drawn, "mine", pairs(first.mine ?? []));
  list(drawn, "said", pairs(said));
  list(drawn, "buttons", buttons(app, group));
  if (many) list(drawn, "members", group.map((one) => drawGroup(app, [one])));
  return drawn;
}

const MOST_NAMES = 3;

function titleOf(group) {
  if (group.length > MOST_NAMES && group[0].state === "received") return word("sent-many", { num: group.length });
  const names = group.slice(0, MOST_NAMES).map((one) => one.title).join(", ");
  const rest = group.length > MOST_NAMES ? ` +${group.length - MOST_NAMES}` : "";
  return `${names}${rest}: ${group[0].label}`;
}

function toldOf(group) {
  const [first] = group;
  if (first.edit) return sentences([word("mending"), first.told]);
  if (first.state === "draft") return word("draft");
  if (first.state === "waiting") return sentences([word("waiting", { time: time(first.written) }), first.told]);
  const told = group.length > 1 ? word("sent-told", { time: time(first.settled) }) : first.told;
  return sentences([told, ...photosTold(group)]);
}

const sentences = (said) => said.filter(Boolean).map((one, at, { length }) => (at < length - 1 && !/[.!?]$/.test(one) ? `${one}.` : one)).join(" ");

function photosTold(group) {
  const waiting = group.flatMap(photosToSend);
  const refused = group.flatMap((one) => (isTaken(one) ? one.photos ?? [] : [])).filter((one) => ["refused", "missing"].includes(one.state));
  return [
    waiting.length && word(waiting.length === 1 ? "photo-waits" : "photos-wait", { num: waiting.length }), ...waiting.map((one) => one.told),
    ...refused.map((one) => (one.state === "missing" ? word("photo-missing") : word("photo-refused", { told: one.told ?? "" }))),
  ];
}

function buttons(app, group) {
  const [item] = group;
  const { outbox, day } = app.state;
  // only as it is drawn here: another window may have sent it, or put it away
  const keep = async (how) => {
    await outbox.update(item.id, (now) => (now.state === item.state ? how(now) : null));
    await app.route();
    app.reach();
  };
  const editable = group.length === 1 && rowOf(day, item)?.html;
  const edit = editable ? [button(word(item.state === "draft" ? "open" : "edit"), () => { location.hash = itemAddress(item); }, "btn")] : [];
  const sendAgain = (label) => button(word(label), () => keep((now) => again(now, crypto.randomUUID())));
  const forgetAll = () => outbox.forget(group);
  if (item.state === "conflict") {
    return [away(app, "theirs", forgetAll), button(word("mine"), () => keep((now) => over(now, crypto.randomUUID())))];
  }
  if (item.state === "refused") return [...edit, sendAgain(item.edit ? "as-it-was" : "again"), away(app, "delete", forgetAll)];
  if (item.state === "waiting") return [...edit, ...(item.edit ? [sendAgain("as-it-was")] : []), away(app, "delete", forgetAll)];
  if (item.state === "draft") return [...edit, away(app, "delete", forgetAll)];
  if (toMend(group).length) return [away(app, "photo-away", () => outbox.dropPhotos(item.id, (one) => ["refused", "missing"].includes(one.state)))];
  return [];
}

// Put something away only after a yes.
function away(app, label, deed) {
  const first = button(word(label), () => {
    const yes = button(word("really"), async () => {
      await deed();
      await app.route();
    }, "btn btn-danger");
    yes.dataset.asking = "";
    const no = button(word("keep"), () => app.route());
    first.replaceWith(yes, no);
    yes.focus();
  });
  return first;
}
