// Names of people. They come from anybody: their direction must not reach what is beside them.

interface Props {
  name?: string | null;
  email?: string | null;
  id?: string;
}

/** The name, or else the address, or else the id. */
export function nameOf({ name, email, id }: Props): string {
  return name || email || id || "";
}

/** A name within a sentence that is plain text: isolated, as `<bdi>` does. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

export function PersonName(person: Props) {
  return <bdi>{nameOf(person)}</bdi>;
}
