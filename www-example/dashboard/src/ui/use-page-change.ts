// What browsers do by themselves when a page is loaded: its title is announced, and reading starts at its beginning.
import { useEffect, useRef } from "preact/hooks";

/**
 * Names the document after the heading of the page, and moves the focus there after each change of `path`. Pages are
 * loaded when they are first opened, and some headings are known later still.
 */
export function usePageChange(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    const content = document.getElementById("content");
    if (content === null) return;
    let isMoved = before.current === path;
    let focused: HTMLElement | undefined;
    before.current = path;
    const look = () => {
      const heading = content.querySelector("h1");
      // Invisible characters in a name could turn the rest of the title around.
      const name = heading?.textContent?.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
      document.title = name ? `${name} · KavachOS` : "KavachOS";
      // A page that has loaded its data may come with its own heading.
      const isLost = focused?.isConnected === false && document.activeElement === document.body;
      if (heading === null || (isMoved && !isLost)) return;
      isMoved = true;
      // Pages may have taken the focus to where one goes on.
      if (content.contains(document.activeElement) && document.activeElement !== content) return;
      focused = heading;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(content, { childList: true, characterData: true, subtree: true });
    look();
    return () => {
      observer.disconnect();
      document.title = "KavachOS";
    };
  }, [path]);
}
