// Agents.
export default function AgentsPage() {
  return (
    <header>
      <h1>Agents</h1>
    </header>
  );
}
