// What is kept on the phone, and what can be done with it.
import { rowOf } from "./form.js";
import { button, draw, find, list, pairs, show, time, word } from "./page.js";
import { again, over, unsent } from "./queue.js";

const SHAPES = { draft: "todo", waiting: "waiting", received: "done", held: "active", refused: "returned", conflict: "returned" };
const ALONE = ["refused", "conflict", "draft", "held"]; // what is looked at one by one

export async function showKept(app) {
  const items = await app.state.outbox.items();
  const waiting = unsent(items).length;
  const summary = waiting ? word(waiting === 1 ? "waiting-one" : "waiting-many", { num: waiting }) : word("all-sent");
  const drawn = draw("kept-screen", { summary }, { none: !items.length });
  find("[data-again]", drawn).addEventListener("click", () => app.reach());
  list(drawn, "items", drawGroups(app, items));
  show(drawn, { up: ["#today", word("today")] });
}

// Items of the same form that stand alike are one line: "Thao Yên, Y Mai, Thao Bảy". What needs somebody stands alone.
export function drawGroups(app, items) {
  const groups = new Map();
  for (const one of items) {
    const key = ALONE.includes(one.state) ? one.id : `${one.state}/${one.form}/${(one.settled ? new Date(one.settled).toISOString() : one.written).slice(0, 16)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = ["conflict", "refused", "draft", "waiting", "held", "received"];
  return [...groups.values()].sort((one, other) => order.indexOf(one[0].state) - order.indexOf(other[0].state)).map((group) => drawGroup(app, group));
}

function drawGroup(app, group) {
  const [first] = group;
  const conflict = first.state === "conflict";
  const drawn = draw("item", { title: titleOf(group), told: toldOf(group) }, { versions: conflict && (first.stands?.length || first.mine?.length) });
  find("[data-shape]", drawn).append(draw(`shape-${SHAPES[first.state]}`));
  list(drawn, "stands", pairs(first.stands ?? []));
  list(drawn, "mine", pairs(first.mine ?? []));
  list(drawn, "buttons", buttons(app, group));
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
  if (first.state === "draft") return word("draft");
  if (first.state === "waiting") return [word("waiting", { time: time(first.written) }), first.told].filter(Boolean).join(" ");
  const photos = group.flatMap((one) => one.photos ?? []).length;
  const told = group.length > 1 ? word("sent-told", { time: time(first.settled) }) : first.told;
  return [told, first.photoTold, photos && first.state === "received" ? word("photos-wait", { num: photos }) : ""].filter(Boolean).join(" ");
}

function buttons(app, group) {
  const [item] = group;
  const { outbox, day } = app.state;
  const keep = async (changed) => {
    await (changed.id === item.id ? outbox.keep([changed]) : outbox.replace(item, changed));
    await app.route();
    app.reach();
  };
  const edit = () => button(item.state === "draft" ? word("open") : word("edit"), () => { location.hash = `#form/${item.id}`; }, "btn");
  const editable = group.length === 1 && rowOf(day, item)?.html && !rowOf(day, item).sheet.many;
  if (item.state === "conflict") {
    return [button(word("theirs"), () => putAway(app, group)), button(word("mine"), () => keep(over(item, crypto.randomUUID())))];
  }
  if (item.state === "refused") {
    return [...(editable ? [edit()] : []), button(word("again"), () => keep(again(item, item.typed, crypto.randomUUID()))), away(app, group)];
  }
  if (item.state === "draft" || item.state === "waiting") return [...(editable ? [edit()] : []), away(app, group)];
  return [];
}

// Put something away only after a yes.
function away(app, group) {
  const first = button(word("delete"), () => {
    const yes = button(word("really"), () => putAway(app, group), "btn btn-danger");
    const no = button(word("keep"), () => app.route());
    first.replaceWith(yes, no);
    yes.focus();
  });
  return first;
}

async function putAway(app, group) {
  await app.state.outbox.forget(group);
  await app.route();
}
