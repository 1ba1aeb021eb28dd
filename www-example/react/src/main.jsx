// Signs a person in by a link in a mail, and shows the person's agents.
import { KavachContext, KavachProvider, useAgents, useSignOut, useUser } from "kavachos-wasm/react";
import { useContext, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

function Page() {
  const { user, isLoading } = useUser();
  const session = useContext(KavachContext)?.session;
  const [said, say] = useState("");
  useEffect(() => {
    const token = new URLSearchParams(location.search).get("token");
    if (!token) return;
    history.replaceState(null, "", "/");
    session.magicLink.verify(token).catch((error) => say(error.message));
  }, [session]);

  const send = async (form) => {
    await session.magicLink.send(form.get("email")).then(
      () => say("Look at your mails."),
      (error) => say(error.message),
    );
  };
  if (isLoading) return <p>Loading</p>;
  if (user) return <Agents email={user.email} />;
  return (
    <form action={send}>
      <input name="email" type="email" aria-label="E-mail" required />
      <button type="submit">Send a link</button>
      <output>{said}</output>
    </form>
  );
}

function Agents({ email }) {
  const { agents, error } = useAgents();
  const { signOut } = useSignOut();
  return (
    <main>
      <h1>Agents of {email}</h1>
      <ul>
        {agents.map(({ id, name, status }) => (
          <li key={id}>
            {name}: {status}
          </li>
        ))}
      </ul>
      <output>{error}</output>
      <button type="button" onClick={signOut}>
        Sign out
      </button>
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <KavachProvider basePath="/api/kavach">
    <Page />
  </KavachProvider>,
);
