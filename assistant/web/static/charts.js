// Draws what a page holds as data in an attribute, when it comes into view: bars of shares by name, lines of shares over time, in percent.
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
  const bars = data.kind === "bars";
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), fixedrange: true, automargin: true };
  const shares = { ...axis, range: [0, 103], tickvals: [0, 25, 50, 75, 100], ticktext: ["0%", "25%", "50%", "75%", "100%"] };
  const names = { ...axis, type: "category", gridcolor: "transparent" };
  return {
    barmode: "group",
    height: bars ? 90 + (14 + 14 * data.series.length) * data.names.length : 340,
    margin: { l: 8, r: 16, t: 8, b: 8 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink"), size: 12 },
    showlegend: data.series.length > 1,
    legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, traceorder: "normal" },
    bargap: 0.3,
    hoverlabel: { bgcolor: colour("--surface"), bordercolor: colour("--line"), font: { color: colour("--ink") } },
    xaxis: bars ? shares : { ...names, nticks: 8 },
    yaxis: bars ? { ...names, autorange: "reversed" } : shares,
  };
}

function traceOf(series, at, data) {
  const strong = [colour("--accent"), colour("--mark-edge"), "#7a6ff0", "#d64b40"][at % 4];
  if (data.kind === "bars") {
    return {
      type: "bar", orientation: "h", name: series.name, x: series.values, y: data.names,
      marker: { color: at ? colour("--line") : strong }, hovertemplate: "%{y}: %{x}%<extra>" + series.name + "</extra>",
    };
  }
  return {
    type: "scatter", mode: "lines+markers", name: series.name, x: data.names, y: series.values,
    line: { color: strong, width: 2 }, marker: { color: strong, size: 7 }, hovertemplate: "%{x}: %{y}%<extra></extra>",
  };
}

async function drawOne(place) {
  const Plotly = await plotly();
  const data = JSON.parse(place.dataset.chart);
  const traces = data.series.map((series, at) => traceOf({ ...series, name: plain(series.name) }, at, data));
  await Plotly.react(place, traces, layoutFor({ ...data, names: data.names.map(plain) }), { displayModeBar: false, responsive: true });
  place.classList.add("drawn");
}

// Plotly reads a few tags in labels; a name is a name.
function plain(name) {
  return name.replaceAll("<", "‹").replaceAll(">", "›");
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
