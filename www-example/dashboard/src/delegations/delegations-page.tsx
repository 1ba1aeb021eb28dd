// Delegations.
export default function DelegationsPage() {
  return (
    <header>
      <h1>Delegations</h1>
    </header>
  );
}
