// The tasks page without loading it anew: filters, states, order and pages change the list and the address; charts are drawn when they are
// seen. Everything but the drawing works without this file. All HTML comes from the server's one renderer.

import { draw } from "./charts.js";

const MOST_PATIENCE = 350; // milliseconds after the last key
const filters = document.querySelector(".filters");
let latest = 0;
let shown = Promise.resolve();

function busy() {
  const place = document.getElementById("results");
  place.setAttribute("aria-busy", "true");
  // Its links say what was chosen before; one followed now would undo what is chosen meanwhile.
  place.inert = true;
  return place;
}

async function show(address) {
  const mine = ++latest;
  const before = document.activeElement;
  const place = busy();
  let reply;
  try {
    reply = await fetch(address);
  } catch {
    location.assign(address);
    return;
  }
  if (!reply.ok) {
    location.assign(address);
    return;
  }
  const html = await reply.text();
  if (mine !== latest) return; // something else was chosen meanwhile
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const found = fresh.getElementById("results");
  if (!found) {
    location.assign(address);
    return;
  }
  const focused = place.contains(before) && !filters?.contains(document.activeElement);
  place.replaceWith(found);
  history.pushState(null, "", address);
  if (focused) (found.querySelector("[aria-current=true]") ?? found.querySelector("a"))?.focus({ preventScroll: true });
  follow(fresh);
  draw();
}

// The form keeps what is chosen outside it: state, order, view.
function follow(fresh) {
  const form = fresh.querySelector(".filters");
  for (const input of filters.querySelectorAll("input[type=hidden]")) input.remove();
  for (const input of form.querySelectorAll("input[type=hidden]")) filters.append(input);
  const actions = filters.querySelector(".filter-actions");
  if (!actions.contains(document.activeElement)) actions.replaceWith(form.querySelector(".filter-actions"));
}

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(filters)) if (value && !(name === "order" && value === "document")) query.append(name, value);
  return query.size ? `/tasks?${query}` : "/tasks";
}

// After what is on its way: a state that was chosen last is in the form only then.
let waiting;
function narrow(patience) {
  busy();
  clearTimeout(waiting);
  waiting = setTimeout(() => (shown = shown.then(() => show(address()))), patience);
}

filters?.addEventListener("submit", (event) => {
  event.preventDefault();
  narrow(0);
});
// Letters that are being composed to Chinese are no words yet.
filters?.addEventListener("input", (event) => event.isComposing || narrow(event.target.matches("select, [type=date]") ? 0 : MOST_PATIENCE));
filters?.addEventListener("compositionend", () => narrow(MOST_PATIENCE));

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("#results a[href^='/tasks']:not([download])") : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.closest(".paging")) document.getElementById("results").scrollIntoView({ block: "start" });
  if (link.closest("td.document")) location.assign(link.href);
  else shown = show(link.getAttribute("href"));
});

addEventListener("popstate", () => location.reload());

draw();
