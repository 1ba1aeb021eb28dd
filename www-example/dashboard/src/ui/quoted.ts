// Text within code to copy: quoted so that it stays text, whatever is in it.

// Control and invisible characters: terminals act on some when one pastes them, and others make code look like other code.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A JavaScript or JSON string literal, in which every character can be seen. */
export function stringLiteral(text: string): string {
  return visible(JSON.stringify(text));
}

/** A value as JSON, in which every character can be seen. */
export function jsonText(value: unknown): string {
  return visible(JSON.stringify(value));
}

/**
 * One word of a POSIX shell. Within single quotes nothing but the quote itself means anything, so line breaks, `$`, `!`
 * and backslashes need no care.
 */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// Only within strings: JSON on one line has no such characters elsewhere.
function visible(json: string): string {
  return json.replace(UNSEEN, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
