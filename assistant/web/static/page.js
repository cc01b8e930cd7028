// What the page does by itself: open clauses in the source panel, ask suggested questions, copy, switch light and dark.
// All HTML comes from the server's one renderer; nothing here turns text into HTML.

import { applyTheme, toggleTheme } from "./theme.js";

const WIDE = matchMedia("(min-width: 1100px)");
const REMEMBER = 365 * 24 * 3600;
let opener = null;
let current = "";

const log = () => document.querySelector("#conversation .log");
const inLanguage = (zh, en) => (document.documentElement.lang.startsWith("en") ? en : zh);

// ---------------------------------------------------------------- source panel

function panel() {
  const existing = document.getElementById("source");
  if (existing) return existing;
  const aside = document.createElement("aside");
  aside.id = "source";
  aside.hidden = true;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "panel-close";
  close.textContent = "×";
  close.addEventListener("click", closePanel);
  const content = document.createElement("div");
  content.className = "source-content";
  aside.append(close, content);
  document.body.append(aside);
  return aside;
}

function nameParts(aside) {
  aside.setAttribute("aria-label", inLanguage("原文", "Source"));
  aside.querySelector(".panel-close").setAttribute("aria-label", inLanguage("关闭原文", "Close the source"));
}

async function openSource(link, { focus }) {
  const address = new URL(link.href);
  const wanted = address.pathname + address.search;
  const aside = panel();
  nameParts(aside);
  current = wanted;
  let reply;
  try {
    reply = await fetch(`${address.pathname}/panel${address.search}`);
  } catch {
    return; // the server is gone; Gradio says so on the page
  }
  const html = await reply.text();
  if (current !== wanted) return; // another citation was chosen meanwhile
  aside.querySelector(".source-content").innerHTML = html;
  aside.hidden = false;
  document.body.classList.add("with-source");
  markCurrent();
  showCited(aside);
  if (focus) {
    opener = link;
    aside.querySelector("#panel-title")?.focus({ preventScroll: true });
  }
}

function showCited(aside) {
  const scroller = aside.querySelector(".document");
  const cited = aside.querySelector("#cited");
  if (!scroller) return;
  scroller.scrollTop = 0;
  if (!cited) return;
  const words = aside.querySelector("mark .words");
  const clause = cited.getBoundingClientRect();
  const top = scroller.getBoundingClientRect().top;
  const space = scroller.clientHeight;
  // The clause's beginning near the top; but where the answer stands far below it, the answer.
  const farAway = words && words.getBoundingClientRect().bottom - clause.top > space * 0.7;
  const target = farAway ? words.getBoundingClientRect() : clause;
  scroller.scrollTop = target.top - top - Math.min(110, space * 0.18);
}

function markCurrent() {
  for (const link of document.querySelectorAll("a.cite")) {
    const here = new URL(link.href);
    const chosen = !document.getElementById("source")?.hidden && here.pathname + here.search === current;
    link.classList.toggle("current", chosen);
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function closePanel() {
  const aside = document.getElementById("source");
  if (!aside || aside.hidden) return;
  aside.hidden = true;
  current = "";
  document.body.classList.remove("with-source");
  markCurrent();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

// ---------------------------------------------------------------- conversation

function askSuggested(text) {
  const box = document.querySelector("#question textarea, #question input");
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#send")?.click(), 30);
}

async function copy(button) {
  const text = button.dataset.text ?? button.querySelector(".copied-text").textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context (plain http from another machine) there is only the old way.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const words = button.textContent;
  button.classList.add("done");
  if (button.dataset.done) button.textContent = button.dataset.done;
  setTimeout(() => {
    button.classList.remove("done");
    if (button.dataset.done) button.textContent = words;
  }, 1600);
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
  const link = target?.closest("a.cite");
  if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    openSource(link, { focus: true });
    return;
  }
  const way = target?.closest("a.way");
  if (way && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    // Gradio lets its links open another window.
    event.preventDefault();
    location.assign(way.href);
    return;
  }
  const within = target?.closest("#source .panel-outline a");
  if (within) {
    event.preventDefault();
    document.getElementById(within.hash.slice(1))?.scrollIntoView({ block: "start" });
    return;
  }
  const button = target?.closest("button");
  if (button?.matches(".suggestion")) askSuggested(button.textContent);
  else if (button?.matches("button.copy")) copy(button);
  else if (button?.matches(".toggle-theme")) toggleTheme();
  else if (button?.id === "new-conversation") closePanel();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
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
