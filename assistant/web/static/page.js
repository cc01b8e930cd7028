// What the chat page does by itself: follow the conversation, ask suggested questions, shortcuts, the menu of a phone.
// All HTML comes from the server's one renderer; nothing here turns text into HTML.

import { copy } from "./copy.js";
import { openDialog } from "./dialog.js";
import { clearScope, openFilters, showScope } from "./filters.js";
import { type } from "./gradio.js";
import { openConversation, showHistory } from "./history.js";
import { nameThumbs } from "./judge.js";
import { asPlace, closePanel, inLanguage, linkAt, markCurrent, openSource } from "./source.js";
import { applyTheme, toggleTheme } from "./theme.js";

const WIDE = matchMedia("(min-width: 1100px)");
const REMEMBER = 365 * 24 * 3600;

const log = () => document.querySelector("#conversation .log");

// ---------------------------------------------------------------- conversation

function askSuggested(text) {
  type("#question", text);
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

// What the page needs besides Gradio's parts: made once, named anew when the language changes.
let furnished = "";

function furnish() {
  const language = document.documentElement.lang;
  if (furnished === language) return;
  const first = furnished === "";
  furnished = language;
  part("a", "skip-to-question", (skip) => {
    skip.className = "skip";
    skip.href = "#question";
    document.body.prepend(skip);
  }).textContent = inLanguage("跳到提问框", "To the question box");
  part("div", "announced", (place) => {
    place.className = "unseen";
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    document.body.append(place);
  });
  const menu = part("button", "menu", (button) => {
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "side");
    document.querySelector("#brand").before(button);
  });
  menu.setAttribute("aria-label", inLanguage("菜单:历史对话、文件、设置", "Menu: conversations, documents, settings"));
  const keys = part("button", "show-keys", (button) => {
    button.type = "button";
    button.textContent = "⌨";
    document.querySelector("#preferences").append(button);
  });
  keys.title = inLanguage("键盘快捷键", "Keyboard shortcuts");
  keys.setAttribute("aria-label", keys.title);
  document.querySelector("#side")?.setAttribute("aria-label", inLanguage("历史与设置", "Conversations and settings"));
  document.querySelector("#side")?.setAttribute("role", "complementary");
  showHistory();
  const wanted = new URLSearchParams(location.search).get("c");
  if (first && wanted) {
    history.replaceState(null, "", "/");
    openConversation(wanted);
  }
}

function part(tag, id, place) {
  let made = document.getElementById(id);
  if (!made) {
    made = Object.assign(document.createElement(tag), { id });
    place(made);
  }
  return made;
}

function openMenu(open) {
  document.body.classList.toggle("side-open", open);
  document.getElementById("menu")?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#side a, #side input")?.focus({ preventScroll: true });
  else document.getElementById("menu")?.focus({ preventScroll: true });
}

// A screen reader hears that an answer is looked up, and then the answer, once and whole.
function announce(reply, done) {
  const said = reply?.querySelector(".answer, .reply-title, .waiting, .reply-reason");
  const place = document.getElementById("announced");
  if (!place || !said) return;
  const more = done ? [...reply.querySelectorAll(".reply-reason, .confidence")].map((e) => e.textContent) : [];
  place.textContent = done || reply.matches(".pending") ? [said.textContent, ...more].join("。") : place.textContent;
}

// The questions offered next come a moment after the answer and draw it anew: whoever has gone to a link by then stays there.
let focused = null;
document.addEventListener("focusin", (event) => {
  focused = event.target.matches("a.cite, a.why") && log()?.contains(event.target) ? asPlace(event.target) : null;
});

function keepFocus() {
  if (focused && !focused.link.isConnected && document.activeElement === document.body) linkAt(focused)?.focus({ preventScroll: true });
}

let followed = "";

function followConversation() {
  const latest = log()?.querySelector(".exchange.latest");
  if (!log()) return;
  keepFocus();
  followLanguage();
  furnish();
  showScope();
  nameThumbs();
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
  announce(reply, done);
  // The catalog is written after the words are shown, so the list is asked for again a little later.
  if (done) for (const pause of [0, 800, 3000]) setTimeout(showHistory, pause);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (asked || done) latest.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  const first = reply?.querySelector("a.chip");
  if (done && WIDE.matches && first && reply.classList.contains("answered")) openSource(first, { focus: false });
}

function save(address) {
  // Not by going there: Gradio takes that for leaving the page and ends what is still on its way.
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

// ---------------------------------------------------------------- events

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const way = target?.closest("a.way, a.save");
  if (way && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    // Gradio lets its links open another window.
    event.preventDefault();
    if (way.matches(".save")) save(way.href);
    else location.assign(way.href);
    return;
  }
  const button = target?.closest("button");
  if (button?.matches(".suggestion")) askSuggested(button.textContent);
  else if (button?.matches("button.copy")) copy(button);
  else if (button?.matches(".toggle-theme")) toggleTheme();
  else if (button?.matches(".print")) print();
  else if (button?.id === "menu") openMenu(!document.body.classList.contains("side-open"));
  else if (button?.id === "show-keys") openDialog("/chat/keys");
  else if (button?.id === "new-conversation") {
    closePanel();
    clearScope();
    document.body.classList.remove("side-open");
  } else if (target?.closest("#library a.cite")) document.body.classList.remove("side-open");
});

const SHORTCUTS = {
  Slash: () => document.querySelector("#question textarea")?.focus(),
  KeyN: () => document.querySelector("#new-conversation")?.click(),
  KeyL: openFilters,
  KeyK: () => {
    const section = document.querySelector("#history");
    if (!section) return;
    if (getComputedStyle(section).display === "none") openMenu(true);
    document.querySelector(".history-words")?.focus();
  },
  KeyJ: () => openDialog("/chat/keys"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("side-open")) openMenu(false);
  const shortcut = event.altKey && !event.ctrlKey && !event.metaKey && !document.querySelector("dialog[open]") && SHORTCUTS[event.code];
  if (!shortcut || !conversationPage) return;
  event.preventDefault();
  shortcut();
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("#skip-to-question")) return;
  event.preventDefault();
  document.querySelector("#question textarea")?.focus();
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
