// Thumbs under an answer. The server keeps what was pressed; here it only shows at once.

import { closeDialog, openDialog, say, sent } from "./dialog.js";
import { inLanguage } from "./source.js";

const thanks = () => say(inLanguage("谢谢,已记下。", "Thank you, noted."));

// The conversation may have been drawn anew since the thumb was pressed: it is found again by where it leads.
function press(thumb, on) {
  const up = thumb.classList.contains("up");
  for (const one of document.querySelectorAll("a.thumb")) {
    if (one.href !== thumb.href) continue;
    const pressed = on && one.classList.contains("up") === up;
    one.classList.toggle("pressed", pressed);
    one.setAttribute("aria-pressed", String(pressed));
  }
}

// The sanitiser of the conversation drops what says that these are switches.
export function nameThumbs() {
  for (const thumb of document.querySelectorAll("a.thumb:not([role])")) {
    thumb.setAttribute("role", "button");
    thumb.setAttribute("aria-pressed", String(thumb.classList.contains("pressed")));
  }
}

async function judge(thumb) {
  const address = new URL(thumb.href).pathname;
  if (thumb.classList.contains("pressed")) {
    if (await sent(address, { helpful: "" })) press(thumb, false);
  } else if (thumb.classList.contains("up")) {
    if (await sent(address, { helpful: "yes" })) {
      press(thumb, true);
      thanks();
    }
  } else {
    const opened = await openDialog(address);
    opened?.querySelector("form.judge")?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fields = new FormData(event.target);
      fields.set("helpful", "no");
      if (!(await sent(address, fields))) return;
      closeDialog();
      press(thumb, true);
      thanks();
    });
  }
}

document.addEventListener("click", (event) => {
  const thumb = event.target instanceof Element ? event.target.closest("a.thumb") : null;
  if (!thumb) return;
  event.preventDefault();
  judge(thumb);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("a.thumb")) return;
  event.preventDefault();
  judge(event.target);
});
