// Draws what preview.py put into DRAWN: [id, unit, data, names] of each panel of lines.
const colors = ["#3b78c3","#e0752d","#37872d","#b83a7c","#8f6bd6","#b8860b","#008b8b","#c4162a","#607d8b","#795548"];
const ink = getComputedStyle(document.body).getPropertyValue("--soft"), line = getComputedStyle(document.body).getPropertyValue("--line");
for (const [id, unit, data, names] of DRAWN) {
  const place = document.getElementById(id);
  const short = v => v == null ? "" : unit === "percentunit" ? (100 * v).toFixed(v < .1 ? 1 : 0) + "%" : unit === "bytes" ? (v / 1e6).toFixed(0) + " MB"
    : unit === "s" ? (v < 1 ? (1000 * v).toFixed(0) + " ms" : v.toFixed(1) + " s") : v >= 100 ? v.toFixed(0) : +v.toFixed(2);
  new uPlot({width: place.clientWidth, height: 190, cursor: {show: false}, legend: {live: false},
    scales: {y: {range: (u, low, high) => [0, high > 0 ? 1.1 * high : 1]}},
    axes: [{stroke: ink, grid: {stroke: line, width: 1}}, {stroke: ink, size: 60, grid: {stroke: line, width: 1}, values: (u, all) => all.map(short)}],
    series: [{}, ...names.map((label, n) => ({label, stroke: colors[n % colors.length], width: 1.5, spanGaps: false}))]}, data, place);
}
