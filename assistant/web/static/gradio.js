// How our script speaks with the parts of the page that are Gradio's: it types into their boxes, as a person would.

export function type(selector, text) {
  const box = document.querySelector(`${selector} textarea, ${selector} input`);
  if (!box) return false;
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
