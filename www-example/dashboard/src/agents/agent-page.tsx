// One agent.
export default function AgentPage({ id }: { id: string }) {
  return (
    <header>
      <h1>{id}</h1>
    </header>
  );
}
