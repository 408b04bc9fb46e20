// The fields of a form as the portal drew them: what is typed into them, and what is wrong with them.
import { find, word } from "./page.js";

// The portal's own markup, which came over its own line and was sealed since.
export function put(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

export const typed = (form) => [...new FormData(form)].filter(([name, value]) => name && typeof value === "string").map(([name, value]) => [name, value]);

const UNSEEN = ["hidden", "file", "submit", "button"];
const textOf = (node) => {
  const copy = node.cloneNode(true);
  copy.querySelectorAll(".error, .help, input, select, textarea").forEach((one) => one.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
};

// The same in words, with the labels that its writer saw, so that it can be read when the form is gone.
export function inWords(form) {
  const told = new Map();
  for (const one of form.elements) {
    if (!one.name || UNSEEN.includes(one.type)) continue;
    const label = one.labels?.[0] ? textOf(one.labels[0]) : "";
    const legend = one.closest("fieldset")?.querySelector("legend");
    const ticked = ["checkbox", "radio"].includes(one.type);
    const said = ticked ? one.checked && (legend ? label : "✓") : one.selectedOptions ? one.value && [...one.selectedOptions].map(textOf).join(", ") : one.value;
    if (!said) continue;
    const head = [legend && textOf(legend), ticked && legend ? "" : label].filter(Boolean).join(": ") || one.name;
    told.set(head, [...(told.get(head) ?? []), said]);
  }
  return [...told].map(([head, said]) => [head, said.join(", ")]);
}

// Write kept values back. What is not among them was empty or not chosen.
export function fill(form, pairs) {
  const kept = new Map(pairs);
  for (const one of form.elements) {
    if (!one.name || one.type === "file") continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = kept.get(one.name) === one.value;
    else if (kept.has(one.name)) one.value = kept.get(one.name);
  }
}

// Words without their marks, as one types them in a hurry.
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

// A box that leaves only the rows with what is typed into it.
export function filterRows(form) {
  find("[data-filter]", form)?.addEventListener("input", (event) => {
    const sought = fold(event.target.value);
    for (const row of form.querySelectorAll("[data-row]")) row.hidden = !fold(row.querySelector("label").textContent).includes(sought);
  });
}

// How many of the fields that are counted say what is counted of them, or nothing where that is taken for granted.
export const asExpected = (form) => [...form.querySelectorAll("[data-counted]")].filter((one) => one.value === one.dataset.counted || (!one.value && !one.required)).length;

// Gives back whether there is such a field to stand at.
export function mark(form, name, said) {
  const field = [...form.elements].find((one) => one.name === name);
  const box = field?.closest(".field");
  if (!box) return false;
  if (find(".error", box)) return true;
  const error = document.createElement("span");
  error.className = "error";
  error.id = `${field.id || name}-error`;
  error.textContent = said;
  box.classList.add("bad");
  const label = box.querySelector("label, legend");
  label.after(error);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), error.id].filter(Boolean).join(" "));
  return true;
}

// Take marks away again, of a whole form or of one field.
export function unmark(part) {
  for (const box of [part, ...part.querySelectorAll(".field")]) box.classList.remove("bad");
  part.querySelectorAll(".error").forEach((one) => one.remove());
  part.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
}

// What must be there and is not; the first of it gets the focus. Everything else the portal judges.
export function complete(form) {
  const missing = [...form.elements].filter((one) => one.name && one.required && !one.checkValidity());
  missing.forEach((one) => mark(form, one.name, word("required")));
  missing[0]?.focus();
  return !missing.length;
}
