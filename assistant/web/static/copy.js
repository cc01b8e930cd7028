// Copying what a button says it copies.

export async function copy(button) {
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
