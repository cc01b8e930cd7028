// One modal dialog, filled with a piece that the server wrote. The browser keeps the focus inside and gives it back; Esc closes it.

import { inLanguage } from "./source.js";

function dialog() {
  const existing = document.getElementById("dialog");
  if (existing) return existing;
  const made = document.createElement("dialog");
  made.id = "dialog";
  made.setAttribute("aria-labelledby", "dialog-title");
  made.addEventListener("click", (event) => {
    if (event.target === made || event.target.closest(".cancel")) made.close();
  });
  document.body.append(made);
  return made;
}

export const closeDialog = () => document.getElementById("dialog")?.close();

// Opens what an address of ours gives; gives the dialog, null when it could not be fetched.
export async function openDialog(address, look = "") {
  const html = await fetched(address);
  if (html === null) return null;
  const made = dialog();
  made.className = look;
  made.innerHTML = html;
  if (!made.open) made.showModal();
  made.querySelector("#dialog-title")?.focus();
  return made;
}

export async function fetched(address) {
  try {
    const reply = await fetch(address);
    return reply.ok ? await reply.text() : null;
  } catch {
    return null;
  }
}

// Sends a form of ours; tells whether it was taken, and says why where it was not.
export async function sent(address, fields) {
  try {
    const reply = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
    if (reply.ok) return true;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    say(page.querySelector(".fault p")?.textContent ?? inLanguage("没有成功", "That did not work"));
  } catch {
    say(inLanguage("连接不到服务器", "The server cannot be reached"));
  }
  return false;
}

// Tells something in passing, also to a screen reader.
export function say(text) {
  let place = document.getElementById("said");
  if (!place) {
    place = document.createElement("div");
    place.id = "said";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => place.classList.remove("shown"), 3500);
}

// Asks before something is deleted; the answer is given back.
export function sure(question) {
  return new Promise((resolve) => {
    const made = dialog();
    made.className = "";
    const title = Object.assign(document.createElement("h2"), { id: "dialog-title", textContent: question });
    const buttons = Object.assign(document.createElement("p"), { className: "dialog-buttons" });
    const no = Object.assign(document.createElement("button"), { type: "button", className: "button cancel", textContent: inLanguage("取消", "Cancel") });
    const yes = Object.assign(document.createElement("button"), { type: "button", className: "button danger", textContent: inLanguage("确定删除", "Delete") });
    buttons.append(no, yes);
    made.replaceChildren(title, buttons);
    let answer = false;
    yes.addEventListener("click", () => {
      answer = true;
      made.close();
    });
    made.addEventListener("close", () => resolve(answer), { once: true });
    made.showModal();
    no.focus();
  });
}
