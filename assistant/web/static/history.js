// The person's own conversations in the side column: found, opened again, renamed, deleted.

import { fetched, say, sent, sure } from "./dialog.js";
import { type } from "./gradio.js";
import { closePanel, inLanguage } from "./source.js";

let words = "";
let calls = 0;
let shown = "";
let composing = false;

// A menu that is open stays as it is; the list is renewed once it is closed.
export async function showHistory() {
  const before = document.querySelector("#library");
  if (!before || !document.querySelector(".log.has-history")) return;
  let section = document.getElementById("history");
  if (!section) {
    section = document.createElement("section");
    section.id = "history";
    before.before(section);
  }
  calls += 1;
  const call = calls;
  const html = await fetched(`/chat/history?words=${encodeURIComponent(words)}`);
  if (html === null || call !== calls || composing || (html === shown && section.innerHTML)) return;
  const menu = section.querySelector("details[open]");
  if (menu) {
    menu.addEventListener("toggle", showHistory, { once: true });
    return;
  }
  const typing = section.contains(document.activeElement) && document.activeElement.matches(".history-words");
  section.setAttribute("aria-label", inLanguage("历史对话", "Your conversations"));
  section.hidden = html === "";
  section.innerHTML = html;
  shown = html;
  const input = section.querySelector(".history-words");
  if (typing && input) {
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }
}

function closeMenus() {
  document.querySelectorAll("#history details[open]").forEach((menu) => menu.removeAttribute("open"));
}

export function openConversation(token) {
  closePanel();
  document.body.classList.remove("side-open");
  type("#wanted", token);
  setTimeout(() => document.querySelector("#reopen")?.click(), 30);
}

let pause = 0;
function search(input) {
  words = input.value;
  calls += 1; // a list on its way would take back what was typed since it was asked for
  closeMenus();
  clearTimeout(pause);
  pause = setTimeout(showHistory, 250);
}

// While Chinese is composed the box must not be replaced, and its letters are no words yet.
document.addEventListener("compositionstart", (event) => {
  composing = event.target.matches(".history-words");
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  if (event.target.matches(".history-words")) search(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target.matches(".history-words") && !event.isComposing) search(event.target);
});

document.addEventListener("change", async (event) => {
  if (!event.target.matches(".keep-history")) return;
  await sent("/chat/history/keep", { keep: event.target.checked ? "yes" : "" });
  showHistory();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest("#history")) return;
  event.preventDefault();
  if (form.method === "get") {
    showHistory();
    return;
  }
  if (form.dataset.sure && !(await sure(form.dataset.sure))) return;
  if (!(await sent(form.action, new FormData(form)))) return;
  say(form.dataset.sure ? inLanguage("已删除", "Deleted") : inLanguage("已保存", "Saved"));
  closeMenus();
  await showHistory();
  document.querySelector(".history-words")?.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.open-conversation") : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  openConversation(new URL(link.href).searchParams.get("c"));
});
