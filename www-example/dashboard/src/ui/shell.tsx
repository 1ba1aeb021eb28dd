// The frame around every page: where one can go, what one is connected to, and what is wrong with that.
import {
  Bot,
  CircleAlert,
  FlaskConical,
  LayoutDashboard,
  LogOut,
  Moon,
  ScrollText,
  Share2,
  Sun,
  SunMoon,
  Terminal,
  Users,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Link, useLocation } from "wouter-preact";
import { ActingAs } from "../connection/acting-as";
import { disconnect, session, trouble } from "../connection/session";
import { SignInAgain } from "../connection/sign-in-again";
import { Inspector, inspectorOpen } from "../inspector/inspector";
import { calls } from "../inspector/recorder";
import { nextTheme, theme } from "./theme";
import { Toasts } from "./toasts";
import { usePageChange } from "./use-page-change";

const PAGES = [
  { href: "/", title: "Overview", icon: LayoutDashboard },
  { href: "/agents", title: "Agents", icon: Bot },
  { href: "/playground", title: "Playground", icon: FlaskConical },
  { href: "/delegations", title: "Delegations", icon: Share2 },
  { href: "/audit", title: "Audit", icon: ScrollText },
  { href: "/people", title: "People", icon: Users },
] as const;

const THEMES = { system: SunMoon, light: Sun, dark: Moon } as const;

export function Shell({ children }: { children: ComponentChildren }) {
  const [path] = useLocation();
  const here = PAGES.find(({ href }) => (href === "/" ? path === "/" : path.startsWith(href)));
  usePageChange(path);
  return (
    <div class="shell">
      <a class="skip button" href="#content">
        Skip to the content
      </a>
      <aside class="side">
        <div class="brand">
          <img src="/icon.svg" alt="" /> KavachOS
        </div>
        <nav aria-label="Pages">
          {PAGES.map(({ href, title, icon: Icon }) => (
            <Link key={href} href={href} aria-current={here?.href === href ? "page" : undefined}>
              <Icon size={18} aria-hidden /> {title}
            </Link>
          ))}
        </nav>
      </aside>
      <div class="main">
        <Top />
        <Banner />
        <ActingAs />
        <main id="content" class="page" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Inspector />
      <Toasts />
    </div>
  );
}

function Top() {
  const Icon = THEMES[theme.value];
  const { settings, email, person } = session.value ?? {};
  const leave = person ? "Sign out" : "Disconnect";
  const pending = calls.value.filter(({ outcome }) => outcome === "pending").length;
  return (
    <div class="top">
      <div class="server truncate">
        <span class={trouble.value ? "dot bad" : "dot"} />
        <span class="mono">{settings?.baseUrl}</span>
        <span class="word muted"> · {email === undefined ? "not signed in" : <bdi>{email}</bdi>}</span>
      </div>
      <button
        type="button"
        class="button quiet small"
        aria-expanded={inspectorOpen.value}
        onClick={() => {
          inspectorOpen.value = !inspectorOpen.value;
        }}
      >
        <Terminal size={16} aria-hidden /> Calls <span class="muted">{calls.value.length}</span>
        {pending > 0 && <span class="visually-hidden">, {pending} under way</span>}
      </button>
      <button type="button" class="button quiet small" onClick={nextTheme} title={`Theme: ${theme.value}`}>
        <Icon size={16} aria-hidden />
        <span class="visually-hidden">Theme: {theme.value}</span>
      </button>
      <button type="button" class="button quiet small" aria-label={leave} onClick={disconnect}>
        <LogOut size={16} aria-hidden /> <span class="word">{leave}</span>
      </button>
    </div>
  );
}

function Banner() {
  if (trouble.value === null) return <div role="status" />;
  const { kind, error } = trouble.value;
  return (
    <div role="status">
      <div class="banner notice danger">
        <CircleAlert size={18} aria-hidden />
        <div class="stack tight">
          {kind === "expired" ? (
            <SignInAgain error={error} />
          ) : (
            <p>
              <strong>The server does not answer.</strong> What you see may be out of date; it is asked again every few
              seconds. <span class="muted">{error.message}</span>
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
