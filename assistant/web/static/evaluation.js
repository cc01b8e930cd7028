// The Evaluation pages: charts, the progress of a run without loading the page anew, a file of questions taken in.

import { draw } from "./charts.js";
import { inLanguage } from "./source.js";

const WAIT = 900; // milliseconds between two looks at the progress

async function follow(card) {
  const bar = card.querySelector("progress");
  const count = card.querySelector(".count");
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, WAIT));
    let now;
    try {
      now = await (await fetch("/evaluation/progress")).json();
    } catch {
      continue; // the server is busy or gone; the next look tells
    }
    if (now.state !== "running") {
      location.assign("/evaluation");
      return;
    }
    bar.value = now.done;
    bar.max = Math.max(1, now.total);
    count.textContent = now.text;
  }
}

async function takeIn(input) {
  const fault = document.getElementById("import-fault");
  fault.hidden = true;
  const file = input.files[0];
  if (!file) return;
  let reply;
  try {
    reply = await fetch("/evaluation/questions/import", { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });
    const said = await reply.json();
    if (reply.ok) {
      location.assign(`/evaluation/questions?new=${said.new}&changed=${said.changed}`);
      return;
    }
    fault.textContent = inLanguage(`${said.error.message}。${said.error.remedy}`, `That is no file of questions. ${said.error.message}`);
  } catch {
    fault.textContent = inLanguage("没有成功,请检查网络", "That did not work; check the network.");
  }
  fault.hidden = false;
  input.value = "";
}

const card = document.getElementById("progress");
if (card) follow(card);
document.getElementById("import")?.addEventListener("change", (event) => takeIn(event.target));
for (const link of document.querySelectorAll(".without-script")) link.hidden = true;
draw();
