// Draws what a page holds as data in an attribute, when it comes into view: bars of shares by name and lines of shares over time, in
// percent; stacked bars of counts by name (lying, with short labels) or over time (upright).
// The same figures stand beside it as a table, which is folded away once the chart is there.

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
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), fixedrange: true, automargin: true };
  return {
    margin: { l: 8, r: 16, t: 8, b: 8 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink"), size: 12 },
    showlegend: data.series.length > 1,
    legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, traceorder: "normal" },
    hoverlabel: { bgcolor: colour("--surface"), bordercolor: colour("--line"), font: { color: colour("--ink") } },
    ...(data.kind === "counts" ? countsFor(data, axis) : sharesFor(data, axis)),
  };
}

function sharesFor(data, axis) {
  const bars = data.kind === "bars";
  const shares = { ...axis, range: [0, 103], tickvals: [0, 25, 50, 75, 100], ticktext: ["0%", "25%", "50%", "75%", "100%"] };
  const names = { ...axis, type: "category", gridcolor: "transparent" };
  return {
    barmode: "group",
    bargap: 0.3,
    height: bars ? 90 + (14 + 14 * data.series.length) * data.names.length : 340,
    xaxis: bars ? shares : { ...names, nticks: 8 },
    yaxis: bars ? { ...names, autorange: "reversed" } : shares,
  };
}

function countsFor(data, axis) {
  const most = Math.max(...data.names.map((_, at) => data.series.reduce((sum, one) => sum + one.values[at], 0)));
  const counts = { ...axis, tickformat: "d", rangemode: "tozero", ...(most <= 6 ? { dtick: 1 } : { nticks: 6 }) };
  const names = { ...axis, type: "category", gridcolor: "transparent" };
  return {
    barmode: "stack",
    bargap: 0.35,
    height: data.upright ? 300 : 76 + 26 * data.names.length,
    xaxis: data.upright ? { ...names, nticks: 12 } : counts,
    yaxis: data.upright ? counts : { ...names, tickvals: data.names, ticktext: data.labels, autorange: "reversed" },
  };
}

function traceOf(series, at, data) {
  const strong = [colour("--accent"), colour("--mark-edge"), "#7a6ff0", "#d64b40"][at % 4];
  if (data.kind === "lines") {
    return {
      type: "scatter", mode: "lines+markers", name: series.name, x: data.names, y: series.values,
      line: { color: strong, width: 2 }, marker: { color: strong, size: 7 }, hovertemplate: "%{x}: %{y}%<extra></extra>",
    };
  }
  const lying = !data.upright;
  const said = data.kind === "counts" ? "<extra></extra>" : `%<extra>${series.name}</extra>`;
  return {
    type: "bar", orientation: lying ? "h" : "v", name: series.name,
    x: lying ? series.values : data.names, y: lying ? data.names : series.values,
    marker: { color: data.kind === "bars" && at ? colour("--line") : strong },
    hovertemplate: (lying ? "%{y}: %{x}" : "%{x}: %{y}") + said,
  };
}

async function drawOne(place) {
  const Plotly = await plotly();
  const data = plainly(JSON.parse(place.dataset.chart));
  const traces = data.series.map((series, at) => traceOf(series, at, data));
  await Plotly.react(place, traces, layoutFor(data), { displayModeBar: false, responsive: true });
  place.classList.add("drawn");
}

// Plotly reads a few tags in labels, links among them; a name is a name.
function plainly(data) {
  const plain = (name) => name.replaceAll("<", "‹").replaceAll(">", "›");
  const series = data.series.map((one) => ({ ...one, name: plain(one.name) }));
  return { ...data, series, names: data.names.map(plain), labels: data.labels?.map(plain) };
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    drawOne(entry.target).then(() => entry.target.parentElement.querySelector("details")?.removeAttribute("open"));
  }
});

export function draw() {
  for (const place of document.querySelectorAll(".plot[data-chart]")) seen.observe(place);
}

// Colours are the page's own: another theme is drawn anew.
new MutationObserver(() => {
  for (const place of document.querySelectorAll(".plot.drawn")) drawOne(place);
}).observe(document.documentElement, { attributeFilter: ["class"] });
