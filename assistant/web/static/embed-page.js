// The embedded chat page: asks with fetch, shows the reply as it is streamed, opens a clause in a small panel. The text on its way is set as text;
// finished HTML comes from the server's one renderer; nothing here turns text into HTML.

const body = document.body;
const log = document.getElementById("log");
const form = document.getElementById("composer");
const box = document.getElementById("question");
const panel = document.getElementById("clause");
const clear = document.getElementById("clear");
const MOST_TURNS = 6;
const turns = [];
let opener = null;
let asking = null;

function add(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  log.append(element);
  return element;
}

function showLatest(element) {
  log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
}

// One event of the stream: its name and its data.
function read(block) {
  const lines = block.split("\n");
  const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
  const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
  return name && data ? [name, JSON.parse(data)] : null;
}

async function* events(reply) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (held + value).split("\n\n");
    held = blocks.pop();
    for (const block of blocks) {
      const event = read(block);
      if (event) yield event;
    }
  }
}

async function faultOf(reply) {
  try {
    const { error } = await reply.json();
    return body.dataset.language === "zh" && error.message ? [error.message, error.remedy].filter(Boolean).join(",") : body.dataset.network;
  } catch {
    return body.dataset.network;
  }
}

async function ask(question) {
  if (asking || !question.trim()) return;
  const controller = new AbortController();
  asking = controller;
  log.querySelector(".welcome")?.setAttribute("hidden", "");
  clear.hidden = false;
  const asked = add("p", "question", question.trim());
  const place = add("div", "reply pending", body.dataset.looking);
  showLatest(asked);
  try {
    const reply = await fetch("/embed/ask", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question, language: body.dataset.language, history: turns.slice(-MOST_TURNS) }),
      signal: controller.signal,
    });
    if (!reply.ok) fail(place, await faultOf(reply));
    else await follow(reply, place, question);
  } catch {
    if (!controller.signal.aborted) fail(place, body.dataset.network);
  } finally {
    if (asking === controller) asking = null;
  }
}

async function follow(reply, place, question) {
  for await (const [name, data] of events(reply)) {
    if (name === "piece") {
      place.className = "reply streaming";
      place.textContent = data.text;
    } else if (name === "done") {
      const finished = document.createRange().createContextualFragment(data.html).firstElementChild;
      place.replaceWith(finished);
      turns.push({ question, answer: data.answer.slice(0, 8000) });
      return;
    } else {
      fail(place, data.message);
      return;
    }
  }
  fail(place, body.dataset.network);
}

function fail(place, message) {
  place.className = "reply fault";
  place.textContent = message;
}

// ---------------------------------------------------------------- the clause

function openClause(button) {
  const source = button.closest(".reply").querySelector(`.source[data-n="${button.dataset.n}"]`);
  if (!source) return;
  opener = button;
  panel.querySelector("#clause-title").textContent = source.querySelector(".name").textContent;
  panel.querySelector("#clause-words").replaceChildren(source.querySelector(".clause").cloneNode(true));
  panel.hidden = false;
  panel.querySelector("mark")?.scrollIntoView({ block: "center" });
  panel.querySelector("#clause-title").focus({ preventScroll: true });
}

function closeClause() {
  if (panel.hidden) return false;
  panel.hidden = true;
  if (opener?.isConnected) opener.focus();
  opener = null;
  return true;
}

// ---------------------------------------------------------------- events

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value;
    box.value = "";
    size();
    ask(question);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener("input", size);
  clear.addEventListener("click", () => {
    asking?.abort();
    asking = null;
    turns.length = 0;
    closeClause();
    for (const element of log.querySelectorAll(".question, .reply")) element.remove();
    log.querySelector(".welcome")?.removeAttribute("hidden");
    clear.hidden = true;
    box.focus();
  });
  clear.hidden = !log.querySelector(".question");
}

function size() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const suggestion = target?.closest(".suggestion");
  if (suggestion) ask(suggestion.textContent);
  const marker = target?.closest(".marker");
  if (marker) openClause(marker);
  const summary = target?.closest(".source > summary");
  if (summary) {
    event.preventDefault();
    summary.dataset.n = summary.parentElement.dataset.n;
    openClause(summary);
  }
  if (target?.closest("#clause-close")) closeClause();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || closeClause()) return;
  // In a frame that our button opened: let the site fold it away. There is nothing in the message.
  if (parent !== window) parent.postMessage("policy-assistant:close", "*");
});
