export default function Home() {
  return <p>Ask for /notes with the token of an agent.</p>;
}
