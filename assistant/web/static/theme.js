// Light and dark: what the visitor chose, else what the system prefers.

export function applyTheme() {
  const chosen = localStorage.getItem("theme");
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
  document.body.classList.toggle("dark", dark);
}

export function toggleTheme() {
  localStorage.setItem("theme", document.body.classList.contains("dark") ? "light" : "dark");
  applyTheme();
}
