// What the quiz pages do by themselves. Everything works without this file but saving while an exam goes on, the clock and the lists of
// sections. All HTML comes from the server's one renderer; nothing here turns text into HTML.

// ---------------------------------------------------------------- a new paper

function countChosen() {
  for (const group of document.querySelectorAll(".group-choice")) {
    const count = group.querySelectorAll("input:checked").length;
    const said = group.querySelector(".count");
    said.textContent = count ? String(count) : said.dataset.any;
  }
}

let asked = 0;

async function loadChoices(place, first) {
  const query = new URLSearchParams();
  for (const box of document.querySelectorAll("input[name=document]:checked")) query.append("document", box.value);
  const kept = (name) =>
    first
      ? (place.dataset[`${name}s`] ?? "").split("\n").filter(Boolean)
      : [...place.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value);
  for (const name of ["section", "unit"]) for (const value of kept(name)) query.append(name, value);
  const mine = ++asked;
  // What is ticked in a list that is about to be replaced would be lost.
  place.inert = true;
  place.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(`/quiz/choices?${query}`);
    const written = reply.ok ? await reply.text() : null;
    if (mine !== asked) return;
    if (written !== null) place.innerHTML = written;
    countChosen();
  } finally {
    if (mine === asked) {
      place.inert = false;
      place.removeAttribute("aria-busy");
    }
  }
}

function newPaper(form) {
  const place = document.getElementById("choices");
  loadChoices(place, true);
  form.addEventListener("change", (event) => {
    if (event.target.name === "document") loadChoices(place, false);
    else countChosen();
    if (event.target.name?.startsWith("n_") && event.target.value) {
      const box = event.target.parentElement.querySelector("input[type=checkbox]");
      if (box) box.checked = true;
    }
  });
}

// ---------------------------------------------------------------- an exam

function answered(card) {
  if (card.querySelector("input:checked")) return true;
  return [...card.querySelectorAll("input[type=text], textarea, select")].some((control) => control.value.trim());
}

function exam(form) {
  const cards = [...form.querySelectorAll("fieldset[data-number]")];
  const progress = document.getElementById("progress");
  const open = document.getElementById("open-questions");
  const saved = document.getElementById("saved");
  const waiting = new Map();
  let last = Promise.resolve();
  let sending = 0;
  let left = false;

  function count() {
    const done = cards.filter(answered).length;
    progress.textContent = progress.dataset.text.replace("#", done).replace("@", cards.length);
    open.textContent = done < cards.length ? open.dataset.text.replace("#", cards.length - done) : "";
  }

  // One after another: of two at once the older could arrive last and undo the newer.
  function save(card) {
    waiting.delete(card);
    sending += 1;
    last = last.then(() => send(card));
  }

  async function send(card) {
    const number = card.dataset.number;
    const fields = new URLSearchParams({ number });
    for (const [name, value] of new FormData(form)) if (name === `r${number}`) fields.append(name, value);
    try {
      const reply = await fetch(form.dataset.save, { method: "POST", body: fields, keepalive: true });
      told(reply.ok);
      if (reply.status === 409 && !left) location.reload();
    } catch {
      told(false);
    }
  }

  // "Saved" is said when nothing is left to save.
  function told(good) {
    sending -= 1;
    saved.textContent = !good ? saved.dataset.failed : sending || waiting.size ? "" : saved.dataset.saved;
    saved.classList.toggle("bad", !good);
  }

  form.addEventListener("input", (event) => {
    const card = event.target.closest("fieldset[data-number]");
    if (!card) return;
    count();
    saved.textContent = "";
    clearTimeout(waiting.get(card));
    waiting.set(card, setTimeout(save, event.target.matches("textarea, input[type=text]") ? 700 : 0, card));
  });
  // What was typed last goes along when the page is left; handing in sends everything anyway.
  addEventListener("pagehide", () => [...waiting.keys()].forEach(send));
  form.addEventListener("submit", () => {
    left = true;
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
  });
  count();
  const clock = document.getElementById("clock");
  if (clock) runClock(clock, form);
}

function runClock(clock, form) {
  const end = performance.now() + Number(clock.dataset.left) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.classList.toggle("short", left <= 60);
    if (left > 0) return;
    clearInterval(timer);
    form.noValidate = true;
    form.submit();
  };
  const timer = setInterval(tick, 500);
  tick();
}

// ---------------------------------------------------------------- begin

const making = document.getElementById("new-paper");
if (making) newPaper(making);
const sitting = document.getElementById("exam");
if (sitting) exam(sitting);
if (location.hash === "#feedback") document.getElementById("feedback")?.focus({ preventScroll: true });
const format = document.getElementById("format");
if (format) {
  const follow = () => (document.querySelector(".for-xlsx").hidden = format.value !== "xlsx");
  format.addEventListener("change", follow);
  follow();
}
