// Starts the dashboard in the page.
import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/shell.css";
import { App } from "./app";

const root = document.getElementById("app");
if (root) render(<App />, root);
