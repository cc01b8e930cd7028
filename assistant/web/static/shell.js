// What every server-written page does by itself: light and dark, the language, copying, filtering a list, staying in place after a change.
// Pages work without it. All HTML comes from the server's one renderer; nothing here turns text into HTML.

import { copy } from "./copy.js";
import { applyTheme, toggleTheme } from "./theme.js";

const REMEMBER = 365 * 24 * 3600;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.matches(".toggle-theme")) toggleTheme();
  else if (button.matches("button.copy")) copy(button);
  else if (button.matches(".switch-language")) {
    document.cookie = `language=${button.dataset.to}; path=/; max-age=${REMEMBER}; samesite=lax`;
    location.reload();
  }
});

// A page that comes back after a change stays where it was.
const PLACE = "place";
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.dataset.working) {
    button.textContent = button.dataset.working;
    button.classList.add("working");
  }
  if (event.target.closest(".item, aside")) {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollY, event.target.closest("[id]")?.id ?? ""]));
  }
});

function stayInPlace() {
  const [path, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (path === location.pathname) scrollTo({ top, behavior: "instant" });
}

function filterList(input) {
  const words = input.value.trim().toLowerCase();
  const list = input.parentElement.querySelector(".pick");
  for (const row of list.querySelectorAll("li")) {
    row.hidden = words !== "" && !row.textContent.toLowerCase().includes(words);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches(".filter")) filterList(event.target);
});

applyTheme();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
stayInPlace();

// A strip of ways that is wider than a phone shows where one is, and fades where it goes on.
for (const strip of document.querySelectorAll(".bar nav, .tabs")) {
  const here = strip.querySelector("[aria-current]");
  if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  const hint = () => strip.classList.toggle("more", strip.scrollLeft + strip.clientWidth < strip.scrollWidth - 1);
  strip.addEventListener("scroll", hint, { passive: true });
  new ResizeObserver(hint).observe(strip);
}
