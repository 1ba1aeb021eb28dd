// RESULTS.md: a preface, and one section for each suite. A section is replaced without touching the others.

const PREFACE = `# Results

Written by \`./dev bench\`; \`./dev bench SUITE…\` prints single suites, and with \`--save\` replaces their sections.

Variants take turns within each round, in an order that changes from round to round; what counts is the median of the
ratios within a round, with the quartiles beside it. *Bare fetch again* is the same program a second time: what it
differs from 1 is noise, and so is as much of any other row.
`;

/** The section of a suite. */
export function section({ title, about }, paragraphs, machine) {
  return [`## ${title}`, about, ...paragraphs, machine].join("\n\n");
}

/** The file with new sections, `{ title: text }`, in place of the old ones, in the order of `titles`. */
export function withSections(file, titles, sections) {
  const old = Object.fromEntries(
    file
      .split(/^(?=## )/m)
      .filter((text) => text.startsWith("## "))
      .map((text) => [/^## (.*)$/m.exec(text)[1], text.trimEnd()]),
  );
  const found = titles.map((title) => sections[title] ?? old[title]).filter(Boolean);
  return `${[PREFACE.trimEnd(), ...found].join("\n\n")}\n`;
}
