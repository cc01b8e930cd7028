// Uploading: files that are dropped or chosen go up one after another, each with its progress and, when it is refused, the reason.

const drop = document.getElementById("drop");
const list = document.getElementById("uploads");
const queue = [];
let busy = false;

function line(name) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  label.className = "upload-name";
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${list.dataset.uploading} ${name}`);
  const said = document.createElement("span");
  said.className = "upload-said";
  row.append(label, bar, said);
  list.append(row);
  return { row, bar, said };
}

function finish({ row, bar, said }, look, text, document_id) {
  bar.remove();
  row.classList.add(look);
  said.textContent = text;
  if (!document_id) return;
  const link = document.createElement("a");
  link.href = `/documents/${encodeURIComponent(document_id)}`;
  link.textContent = list.dataset.see;
  row.append(link);
}

function send(file, shown) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, collection: document.getElementById("into")?.value ?? "" });
    request.open("POST", `/api/v1/documents?${query}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      shown.bar.removeAttribute("value");
      shown.said.textContent = list.dataset.reading;
    });
    request.addEventListener("error", () => resolve(finish(shown, "bad", list.dataset.lost)));
    request.addEventListener("load", () => {
      let reply = {};
      try {
        reply = JSON.parse(request.responseText);
      } catch {
        reply = { error: { message: list.dataset.lost } };
      }
      if (reply.error) finish(shown, "bad", `${list.dataset.rejected}: ${[reply.error.message, reply.error.remedy].filter(Boolean).join(";")}`);
      else finish(shown, reply.status === "added" || reply.status === "new_version" ? "good" : "calm", list.dataset[camel(reply.status)] ?? reply.status, reply.document_id);
      resolve();
    });
    request.send(file);
  });
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

async function work() {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const [file, shown] = queue.shift();
    await send(file, shown);
  }
  busy = false;
  if (list.querySelector(".good") && !list.querySelector(".again")) {
    const again = document.createElement("li");
    again.className = "again";
    const link = document.createElement("a");
    link.href = "/documents";
    link.className = "button";
    link.textContent = list.dataset.uploadDone;
    again.append(link);
    list.append(again);
  }
}

function take(files) {
  list.querySelector(".again")?.remove();
  for (const file of files) queue.push([file, line(file.name)]);
  work();
}

if (drop) {
  const input = document.getElementById("files");
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files);
  });
}

// Two at most can be compared.
const chosen = document.getElementById("chosen");
chosen?.addEventListener("change", () => {
  const boxes = [...chosen.querySelectorAll("input[name=with]")];
  const full = boxes.filter((box) => box.checked).length >= 2;
  for (const box of boxes) box.disabled = full && !box.checked;
});
