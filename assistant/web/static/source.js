// The source panel: a link of class "cite" opens its clause beside the page instead of a page of its own. Every page with such links loads this.

let opener = null;
let current = "";

export const inLanguage = (zh, en) => (document.documentElement.lang.startsWith("en") ? en : zh);

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
  aside.setAttribute("aria-label", inLanguage("原文与说明", "Source and explanation"));
  aside.querySelector(".panel-close").setAttribute("aria-label", inLanguage("关闭面板", "Close the panel"));
}

export function openSource(link, { focus }) {
  const address = new URL(link.href);
  return openPanel(link, `${address.pathname}/panel${address.search}`, { focus });
}

// Fills the panel with what an address of ours gives; the link that leads there is marked as long as it is shown.
export async function openPanel(link, fetched, { focus }) {
  const address = new URL(link.href);
  const wanted = address.pathname + address.search;
  const aside = panel();
  const inside = aside.contains(link);
  nameParts(aside);
  current = wanted;
  let reply;
  try {
    reply = await fetch(fetched);
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
    // A link inside the panel is gone with what it stood in: where the panel was opened from stays the way back.
    if (!inside) opener = asPlace(link);
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

export function markCurrent() {
  for (const link of document.querySelectorAll("a.cite, a.why")) {
    const here = new URL(link.href);
    const chosen = !document.getElementById("source")?.hidden && here.pathname + here.search === current;
    link.classList.toggle("current", chosen);
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export const asPlace = (link) => ({ link, href: link.href, kind: link.classList[1] });

// The page may have been drawn anew since: then the same link stands where the old one stood.
export function linkAt(place) {
  if (!place || place.link.isConnected) return place?.link;
  return [...document.querySelectorAll("a.cite, a.why")].find((link) => link.href === place.href && link.classList[1] === place.kind);
}

export function closePanel() {
  const aside = document.getElementById("source");
  if (!aside || aside.hidden) return;
  aside.hidden = true;
  current = "";
  document.body.classList.remove("with-source");
  markCurrent();
  linkAt(opener)?.focus();
  opener = null;
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("a.cite");
  if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    openSource(link, { focus: true });
    return;
  }
  const why = target?.closest("a.why");
  if (why && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    openPanel(why, why.href, { focus: true });
    return;
  }
  const within = target?.closest("#source .panel-outline a");
  if (!within) return;
  event.preventDefault();
  document.getElementById(within.hash.slice(1))?.scrollIntoView({ block: "start" });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) closePanel();
});
