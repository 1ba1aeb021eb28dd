// Why something was refused, without who and what: servers word reasons for one decision each, and there are thousands.

const KINDS: readonly [pattern: RegExp, words: string][] = [
  [/^No permission grants agent /, "No permission grants it"],
  [/^Rate limit exceeded: /, "Over the limit of calls per hour"],
  [/^Argument ".*" value /s, "An argument does not match its pattern"],
  [/^This action requires human approval/, "A human has to approve it"],
  [/^Action is only allowed between /, "Outside its hours"],
  [/^IP_NOT_ALLOWED: No IP address/, "Address not known, but only some are allowed"],
  [/^IP_NOT_ALLOWED: /, "Address not allowed"],
  [/^Agent ".*" not found$/s, "There is no such agent"],
  [/^Agent ".*" is revoked$/s, "The agent is revoked"],
  [/^Agent ".*" is expired$/s, "The agent has expired"],
  [/^Invalid or expired agent token$/, "Invalid or expired agent token"],
];

/** The kind of a reason, in words; the reason itself if it is of no kind that is known. */
export function kindOf(reason: string | null | undefined): string {
  if (!reason) return "No reason given";
  return KINDS.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}
