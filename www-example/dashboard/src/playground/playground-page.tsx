// Playground.
export default function PlaygroundPage() {
  return (
    <header>
      <h1>Playground</h1>
    </header>
  );
}
