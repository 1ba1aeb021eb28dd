// A client component: rendered on the server first, then at work in the browser.
"use client";

import * as sdk from "kavachos-wasm";
import { useEffect, useState } from "react";
import { runSuite } from "../../suite/run.mjs";

const permission = sdk.read("rendered on the server");

export default function Page() {
  const [cases, setCases] = useState(0);
  useEffect(() => {
    globalThis.report ??= runSuite(sdk, JSON.parse(new URLSearchParams(location.search).get("servers")));
    globalThis.report.then((results) => setCases(results.length));
  }, []);
  return (
    <p>
      {permission.resource}, {cases}
    </p>
  );
}
