// What the chat page does by itself: open the clause of an answer, ask suggested questions, copy, switch light and dark.
// All HTML comes from the server's one renderer; nothing here turns text into HTML.

import { copy } from "./copy.js";
import { closePanel, inLanguage, markCurrent, openSource } from "./source.js";
import { applyTheme, toggleTheme } from "./theme.js";

const WIDE = matchMedia("(min-width: 1100px)");
const REMEMBER = 365 * 24 * 3600;

const log = () => document.querySelector("#conversation .log");

// ---------------------------------------------------------------- conversation

function askSuggested(text) {
  const box = document.querySelector("#question textarea, #question input");
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#send")?.click(), 30);
}

let worded = "";

function followLanguage() {
  const language = log().classList.contains("lang-en") ? "en" : "zh";
  if (worded === language) return;
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.title = inLanguage("政策问答助手", "Policy Assistant");
  if (worded) {
    document.cookie = `language=${language}; path=/; max-age=${REMEMBER}; samesite=lax`;
    const link = document.querySelector("a.cite.current");
    if (link) openSource(link, { focus: false });
  } else if (WIDE.matches) {
    // Ready to type at a desk; on a phone this would bring up the keyboard.
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  }
  worded = language;
}

function nameScope() {
  const scope = document.querySelector("#scope input");
  const words = inLanguage("全部文件", "All documents");
  if (scope && scope.placeholder !== words) scope.placeholder = words;
}

let followed = "";

function followConversation() {
  const latest = log()?.querySelector(".exchange.latest");
  if (!log()) return;
  followLanguage();
  nameScope();
  markCurrent();
  document.body.classList.toggle("empty", !latest);
  if (!latest) {
    followed = "";
    return;
  }
  const count = log().querySelectorAll(".exchange").length;
  const reply = latest.querySelector(".reply");
  const done = reply && !reply.matches(".pending, .streaming");
  const state = `${count} ${latest.querySelector(".question").textContent} ${done}`;
  if (state === followed) return;
  const asked = !followed || followed.split(" ")[0] !== String(count) || !done;
  followed = state;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (asked || done) latest.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  const first = reply?.querySelector("a.chip");
  if (done && WIDE.matches && first && reply.classList.contains("answered")) openSource(first, { focus: false });
}

// ---------------------------------------------------------------- events

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const way = target?.closest("a.way");
  if (way && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    // Gradio lets its links open another window.
    event.preventDefault();
    location.assign(way.href);
    return;
  }
  const button = target?.closest("button");
  if (button?.matches(".suggestion")) askSuggested(button.textContent);
  else if (button?.matches("button.copy")) copy(button);
  else if (button?.matches(".toggle-theme")) toggleTheme();
  else if (button?.id === "new-conversation") closePanel();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
applyTheme();

const conversationPage = document.querySelector("gradio-app");
if (conversationPage) {
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      followConversation();
    });
  }).observe(conversationPage, { childList: true, subtree: true, characterData: true });
}
