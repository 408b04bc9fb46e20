// The fields of a form as the portal drew them: what is typed into them, and what is wrong with them.
import { find, word } from "./page.js";

// The portal's own markup, which came over its own line and was sealed since.
export function put(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

export const typed = (form) => [...new FormData(form)].filter(([name, value]) => name && typeof value === "string").map(([name, value]) => [name, value]);

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

// How many of the fields that are counted say nothing else than what is taken for granted.
export const asExpected = (form) => [...form.querySelectorAll("[data-counted]")].filter((one) => !one.value).length;

export function mark(form, name, said) {
  const field = [...form.elements].find((one) => one.name === name);
  const box = field?.closest(".field");
  if (!box || find(".error", box)) return;
  const error = document.createElement("span");
  error.className = "error";
  error.id = `${field.id || name}-error`;
  error.textContent = said;
  box.classList.add("bad");
  const label = box.querySelector("label, legend");
  label.after(error);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), error.id].filter(Boolean).join(" "));
}

export function unmark(form) {
  form.querySelectorAll(".bad > .error").forEach((one) => one.remove());
  form.querySelectorAll(".bad").forEach((one) => one.classList.remove("bad"));
  form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
}

// What must be there and is not; the first of it gets the focus. Everything else the portal judges.
export function complete(form) {
  const missing = [...form.elements].filter((one) => one.name && one.required && !one.checkValidity());
  missing.forEach((one) => mark(form, one.name, word("required")));
  missing[0]?.focus();
  return !missing.length;
}
