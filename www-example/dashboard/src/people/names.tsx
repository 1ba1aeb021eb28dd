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

export function PersonName(person: Props) {
  return <bdi>{nameOf(person)}</bdi>;
}
