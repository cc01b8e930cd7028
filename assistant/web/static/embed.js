// For other web sites: <script src="https://our.address/page/embed.js" data-lang="zh" defer></script> puts a button into the corner that opens the
// chat page in a frame. It touches nothing of the site but the two elements it adds, reads nothing of it, and stores nothing.
// data-lang: zh or en.  data-label: words of the button.  data-position: left or right.  data-colour: of the button.

(() => {
  const script = document.currentScript;
  if (!script || document.getElementById("policy-assistant-button")) return;
  const origin = new URL(script.src).origin;
  const english = script.dataset.lang === "en";
  const side = script.dataset.position === "left" ? "left" : "right";
  const label = script.dataset.label || (english ? "Ask about policies" : "政策问答");
  const colour = CSS.supports("color", script.dataset.colour ?? "") ? script.dataset.colour : "#0b6b66";

  const set = (element, styles) => Object.assign(element.style, styles);

  const button = document.createElement("button");
  button.id = "policy-assistant-button";
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "dialog");
  set(button, {
    position: "fixed", bottom: "20px", [side]: "20px", zIndex: "2147483000", padding: "0 20px", minHeight: "48px", border: "none", borderRadius: "24px",
    background: colour, color: "#fff", font: "600 16px/1.2 system-ui, sans-serif", boxShadow: "0 4px 18px rgb(0 0 0 / 28%)", cursor: "pointer",
  });

  const panel = document.createElement("div");
  panel.id = "policy-assistant-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", label);
  panel.hidden = true;

  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", english ? "Close" : "关闭");
  set(close, {
    position: "absolute", top: "-14px", right: "-6px", width: "40px", height: "40px", border: "none", borderRadius: "50%", background: "#1c2730", color: "#fff",
    font: "400 22px/1 system-ui, sans-serif", cursor: "pointer", boxShadow: "0 2px 8px rgb(0 0 0 / 30%)",
  });

  let frame = null;
  const small = matchMedia("(max-width: 480px)");

  function fit() {
    const whole = small.matches;
    set(panel, {
      position: "fixed", zIndex: "2147483001", display: panel.hidden ? "none" : "block", bottom: whole ? "0" : "84px", left: "auto", right: "auto",
      [side]: whole ? "0" : "20px", width: whole ? "100vw" : "380px", height: whole ? "92dvh" : "min(620px, calc(100vh - 120px))",
    });
    set(close, { top: whole ? "-44px" : "-14px", right: whole ? "8px" : "-6px" });
    if (frame) set(frame, { borderRadius: whole ? "16px 16px 0 0" : "16px" });
  }

  function open(shown) {
    if (shown && !frame) {
      frame = document.createElement("iframe");
      frame.src = `${origin}/embed?lang=${english ? "en" : "zh"}`;
      frame.title = label;
      frame.referrerPolicy = "no-referrer";
      set(frame, { width: "100%", height: "100%", border: "0", background: "#f6f7f8", boxShadow: "0 8px 40px rgb(0 0 0 / 30%)", colorScheme: "light dark" });
      panel.prepend(frame);
    }
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    fit();
    if (shown) close.focus();
    else button.focus();
  }

  button.addEventListener("click", () => open(panel.hidden));
  close.addEventListener("click", () => open(false));
  small.addEventListener("change", fit);
  addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && open(false));
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.origin === origin && event.data === "policy-assistant:close") open(false);
  });

  const start = () => {
    panel.append(close);
    document.body.append(button, panel);
    fit();
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
