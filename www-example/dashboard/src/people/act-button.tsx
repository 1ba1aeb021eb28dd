// A button in a row. To those who do not see the row, it says what it is about.

interface Props {
  label: string;
  /** What it is about. */
  name: string;
  isDanger?: boolean;
  onClick: () => void;
}

export function ActButton({ label, name, isDanger, onClick }: Props) {
  return (
    <button type="button" class={isDanger ? "button small danger" : "button small"} onClick={onClick}>
      {label}{" "}
      <span class="visually-hidden">
        <bdi>{name}</bdi>
      </span>
    </button>
  );
}
