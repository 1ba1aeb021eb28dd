// Light, dark, or as the system has it.
import { effect, signal } from "@preact/signals";

const STORED = "kavachos-theme";
const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

export const theme = signal<Theme>(THEMES.find((name) => name === localStorage.getItem(STORED)) ?? "system");

/** Changes whenever colours do, also with the system's: charts are drawn again. */
export const colours = signal(0);

export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? "system";
}

effect(() => {
  if (theme.value === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(STORED);
  } else {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(STORED, theme.value);
  }
  colours.value = colours.peek() + 1;
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  colours.value += 1;
});

/** A custom property's colour, as canvases want it. */
export function colour(name: string): string {
  // Custom properties keep `light-dark()` as it is written; a used property resolves it.
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  probe.hidden = true;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
