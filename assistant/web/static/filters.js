// Where to look: the bar above the question box says it, the drawer sets it, and a hidden box takes it along with each question.

import { closeDialog, openDialog } from "./dialog.js";
import { type } from "./gradio.js";
import { inLanguage } from "./source.js";

const FIELDS = ["issuer", "place", "since", "until", "as_of"];
let where = {};
let titles = {};

// ---------------------------------------------------------------- the bar

export function showScope() {
  const composer = document.querySelector("#composer");
  if (!composer) return;
  let bar = document.getElementById("scope");
  if (!bar) {
    bar = document.createElement("div");
    bar.id = "scope";
    composer.before(bar);
  }
  const state = JSON.stringify([where, document.documentElement.lang]);
  if (bar.dataset.state === state) return;
  bar.dataset.state = state;
  bar.replaceChildren(button("open-filters", inLanguage("限定范围", "Limit the search")), summary());
  if (Object.keys(where).length) {
    bar.append(button("clear-scope", inLanguage("清除", "Clear"), inLanguage("清除范围", "Clear the limits")));
  }
}

function button(name, text, label) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: name, textContent: text });
  if (label) made.setAttribute("aria-label", label);
  return made;
}

function summary() {
  const made = Object.assign(document.createElement("span"), { className: "scope-summary" });
  made.setAttribute("role", "status");
  const parts = [
    ...(where.documents ?? []).map((id) => titles[id] ?? id),
    where.issuer,
    where.place,
    where.since || where.until ? `${where.since ?? ""}–${where.until ?? ""}` : "",
    where.as_of ? inLanguage(`${where.as_of} 有效的文件`, `in force on ${where.as_of}`) : "",
  ].filter(Boolean);
  made.textContent = parts.length ? inLanguage("正在以下范围内查找:", "Asking within: ") + parts.join(" · ") : inLanguage("全部文件", "All documents");
  made.classList.toggle("limited", parts.length > 0);
  return made;
}

function set(next) {
  where = next;
  type("#where", Object.keys(where).length ? JSON.stringify(where) : "");
  showScope();
}

export const clearScope = () => set({});

// ---------------------------------------------------------------- the drawer

export async function openFilters() {
  const drawer = await openDialog("/chat/filters", "drawer");
  const form = drawer?.querySelector("form.filters");
  if (!form) return;
  for (const name of FIELDS) form.elements[name].value = where[name] ?? "";
  for (const box of boxes(form)) box.checked = (where.documents ?? []).includes(box.value);
}

const boxes = (form) => [...form.querySelectorAll("input[name=documents]")];

function apply(form) {
  const next = {};
  const chosen = boxes(form).filter((box) => box.checked);
  if (chosen.length) next.documents = chosen.map((box) => box.value);
  titles = Object.fromEntries(chosen.map((box) => [box.value, box.closest("label").textContent.trim()]));
  for (const name of FIELDS) {
    const value = form.elements[name].value.trim();
    if (value) next[name] = value;
  }
  set(next);
  closeDialog();
  document.querySelector("#question textarea")?.focus({ preventScroll: true });
}

function narrow(input) {
  const words = input.value.trim().toLowerCase();
  for (const row of input.closest("fieldset").querySelectorAll("li")) {
    row.hidden = words !== "" && !row.textContent.toLowerCase().includes(words);
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.filters")) return;
  event.preventDefault();
  apply(event.target);
});

document.addEventListener("input", (event) => {
  if (event.target.matches(".filters .filter")) narrow(event.target);
});

document.addEventListener("click", (event) => {
  const pressed = event.target instanceof Element ? event.target.closest("button") : null;
  if (pressed?.matches(".open-filters")) openFilters();
  else if (pressed?.matches(".clear-scope")) {
    clearScope();
    document.querySelector(".open-filters")?.focus();
  } else if (pressed?.matches(".clear-filters")) {
    clearScope();
    closeDialog();
  }
});
