// Audit.
export default function AuditPage() {
  return (
    <header>
      <h1>Audit</h1>
    </header>
  );
}
