// The plot of the simulation: how many requests of revoked agents are allowed, by the seconds since the revocation.

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 300, 60, 46, 16];
const SECONDS = 6;
const BINS = 24;
const STYLES = ["#64748b", "#d97706", "#dc2626", "#15803d"];
const DASHES = ["", "6 4", "", "2 3"];

/**
 * @param {{ name: string, ages: number[] }[]} rows each with the ages of what it allowed, in milliseconds since the revocation
 * @returns {string} an SVG
 */
export function plot(rows) {
  const counts = rows.map(({ ages }) => {
    const bins = Array(BINS).fill(0);
    for (const age of ages) bins[Math.min(BINS - 1, Math.floor((age / 1000 / SECONDS) * BINS))]++;
    return bins;
  });
  const most = Math.max(1, ...counts.flat());
  const x = (bin) => LEFT + ((WIDTH - LEFT - 16) * bin) / BINS;
  const y = (count) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / most);
  const text = (at, up, what, more = "") =>
    `<text x="${at.toFixed(1)}" y="${up.toFixed(1)}" font-size="12" fill="#475569" ${more}>${what}</text>`;
  const lines = counts.map((bins, row) => {
    const points = bins.map((count, bin) => `${x(bin + 0.5).toFixed(1)},${y(count).toFixed(1)}`).join(" ");
    const dash = DASHES[row] && ` stroke-dasharray="${DASHES[row]}"`;
    return `<polyline points="${points}" fill="none" stroke="${STYLES[row]}" stroke-width="2.5"${dash}/>`;
  });
  const legend = rows.map(({ name }, row) => {
    const up = TOP + 8 + row * 20;
    const dash = DASHES[row] && ` stroke-dasharray="${DASHES[row]}"`;
    return `<line x1="400" x2="430" y1="${up}" y2="${up}" stroke="${STYLES[row]}" stroke-width="2.5"${dash}/>${text(438, up + 4, name.replaceAll("`", ""))}`;
  });
  const axis = Array.from({ length: SECONDS + 1 }, (_, second) =>
    text(x((second * BINS) / SECONDS), HEIGHT - BOTTOM + 18, `${second} s`, 'text-anchor="middle"'),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" role="img">
<title>Requests of revoked agents that are allowed, by the time since the revocation</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - 16}" fill="none" stroke="#94a3b8"/>
${text(LEFT - 8, y(most) + 10, `${most}`, 'text-anchor="end"')}
${text(LEFT - 8, y(0) + 4, "0", 'text-anchor="end"')}
${text(WIDTH / 2, HEIGHT - 8, "time since the revocation; allowed requests per quarter of a second", 'text-anchor="middle"')}
${axis.join("\n")}
${lines.join("\n")}
${legend.join("\n")}
</svg>
`;
}
