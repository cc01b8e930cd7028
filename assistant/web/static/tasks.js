// The tasks page without loading it anew: filters, states, order and pages change the list and the address; charts are drawn when they are
// seen. Everything but the drawing works without this file. All HTML comes from the server's one renderer.

const MOST_PATIENCE = 350; // milliseconds after the last key
const filters = document.querySelector(".filters");
let latest = 0;

async function show(address, { push = true } = {}) {
  const mine = ++latest;
  const place = document.getElementById("results");
  place.setAttribute("aria-busy", "true");
  let reply;
  try {
    reply = await fetch(address);
  } catch {
    location.assign(address);
    return;
  }
  const html = await reply.text();
  if (mine !== latest) return; // something else was chosen meanwhile
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const found = fresh.getElementById("results");
  if (!found) {
    location.assign(address);
    return;
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.replaceWith(found);
  if (push) history.pushState(null, "", address);
  if (focused) (found.querySelector("[aria-current=true]") ?? found.querySelector("a"))?.focus({ preventScroll: true });
  follow(fresh);
  draw();
}

// The form keeps what is chosen outside it: state, order, view.
function follow(fresh) {
  const form = fresh.querySelector(".filters");
  for (const input of filters.querySelectorAll("input[type=hidden]")) input.remove();
  for (const input of form.querySelectorAll("input[type=hidden]")) filters.append(input);
  const actions = filters.querySelector(".filter-actions");
  if (!actions.contains(document.activeElement)) actions.replaceWith(form.querySelector(".filter-actions"));
}

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(filters)) if (value && !(name === "order" && value === "document")) query.append(name, value);
  return query.size ? `/tasks?${query}` : "/tasks";
}

let waiting;
filters?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show(address());
});
filters?.addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(address()), event.target.matches("select, [type=date]") ? 0 : MOST_PATIENCE);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("#results a[href^='/tasks']:not([download])") : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.closest(".paging")) document.getElementById("results").scrollIntoView({ block: "start" });
  if (link.closest("td.document")) location.assign(link.href);
  else show(link.getAttribute("href"));
});

addEventListener("popstate", () => location.reload());

// ---------------------------------------------------------------- charts

let library;

function plotly() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/page/plotly.js";
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

function layoutFor(data) {
  const bars = data.labels.length;
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), fixedrange: true, automargin: true };
  const most = Math.max(...data.names.map((_, at) => data.series.reduce((sum, one) => sum + one.values[at], 0)));
  const counts = { ...axis, tickformat: "d", rangemode: "tozero", ...(most <= 6 ? { dtick: 1 } : { nticks: 6 }) };
  const names = { ...axis, type: "category", tickvals: data.names, ticktext: data.labels, gridcolor: "transparent" };
  return {
    barmode: "stack",
    height: data.upright ? 300 : 76 + 26 * bars,
    margin: { l: 8, r: 12, t: 8, b: 8 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink"), size: 12 },
    showlegend: data.series.length > 1,
    legend: { orientation: "h", traceorder: "normal", y: 1.02, yanchor: "bottom", x: 0 },
    bargap: 0.35,
    hoverlabel: { bgcolor: colour("--surface"), bordercolor: colour("--line"), font: { color: colour("--ink") } },
    xaxis: data.upright ? { ...names, ticktext: undefined, tickvals: undefined, nticks: 12 } : counts,
    yaxis: data.upright ? counts : { ...names, autorange: "reversed" },
  };
}

async function drawOne(place) {
  const Plotly = await plotly();
  const data = JSON.parse(place.dataset.chart);
  const colours = [colour("--accent"), colour("--mark-edge")];
  const traces = data.series.map((series, at) => ({
    type: "bar",
    name: series.name,
    orientation: data.upright ? "v" : "h",
    x: data.upright ? data.names : series.values,
    y: data.upright ? series.values : data.names,
    marker: { color: colours[at] },
    hovertemplate: data.upright ? "%{x}: %{y}<extra></extra>" : "%{y}: %{x}<extra></extra>",
  }));
  await Plotly.react(place, traces, layoutFor(data), { displayModeBar: false, responsive: true });
  place.classList.add("drawn");
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    drawOne(entry.target).then(() => entry.target.parentElement.querySelector("details")?.removeAttribute("open"));
  }
});

function draw() {
  for (const place of document.querySelectorAll(".plot[data-chart]")) seen.observe(place);
}

// Colours are the page's own: another theme is drawn anew.
new MutationObserver(() => {
  for (const place of document.querySelectorAll(".plot.drawn")) drawOne(place);
}).observe(document.documentElement, { attributeFilter: ["class"] });
draw();
