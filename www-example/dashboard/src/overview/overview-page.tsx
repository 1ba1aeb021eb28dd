// Overview.
export default function OverviewPage() {
  return (
    <header>
      <h1>Overview</h1>
    </header>
  );
}
