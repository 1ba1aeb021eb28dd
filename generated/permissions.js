// Written by tests/generated_permissions.rs out of src/permissions and src/schema.

// The members of permissions, in the order in which they are packed.
// biome-ignore format: generated
export const PERMISSION = ["resource", "actions", "constraints"];

// Those of their constraints.
// biome-ignore format: generated
export const CONSTRAINTS = ["maxCallsPerHour", "allowedArgPatterns", "requireApproval", "timeWindow", "ipAllowlist"];

// Those of a time window.
// biome-ignore format: generated
export const TIME_WINDOW = ["start", "end"];

// Those of a request.
// biome-ignore format: generated
export const REQUEST = ["action", "resource", "arguments"];

// The steps that a decision may take.
// biome-ignore format: generated
export const STEPS = 2000000;

// The parts of the reason where no permission matches.
// biome-ignore format: generated
export const NO_GRANT = ["No permission grants ", "agent \"", "\" ", "access to \"", "\" on \"", "\""];

// What a constraint comes to, by its number.
// biome-ignore format: generated
export const VERDICTS = ["met", "failed", "unknown"];

// The rules of lint, by their numbers: code, severity, path, message, advice. Values stand in for each `{}`.
// biome-ignore format: generated
export const LINT_RULES = [
  ["no-actions", "error", ".actions", "It grants nothing: it has no actions", "Name actions, or remove the permission."],
  ["ignored-segments", "warning", ".resource", "What follows the first \"*\" in \"{}\" is ignored: \"*\" takes the whole rest", "End the resource with the first \"*\", or name the segments before it."],
  ["literal-star", "warning", ".resource", "The \"*\" in \"{}\" stands for itself: only a whole segment \"*\" is a wildcard", "Make the segment \"*\", or name it in full."],
  ["prefix-escalation", "info", ".resource", "Its holder may lend all that lies below \"{}\", which it may not use itself", "Keep delegation from agents that hold it, or name the resource down to its last segment."],
  ["prefix-escalation", "warning", ".resource", "Its holder may lend all that lies below \"{}\", which it may not use itself", "Keep delegation from agents that hold it, or name the resource down to its last segment."],
  ["grants-everything", "warning", "", "It allows every action on every resource", "Name the resources and actions that are needed."],
  ["constraints-lost", "info", ".constraints", "Lent to another agent, it is without its constraints: the server drops them", "Lend what the borrower may do without them."],
  ["conflicting-constraints", "warning", ".constraints.requireApproval", "The server denies every call that needs approval: the other constraints only change the reason", "Give the approval and the other constraints to permissions of their own."],
  ["ignored-constraint", "warning", ".constraints.maxCallsPerHour", "A limit of 0 is ignored: calls are not limited", "Remove the constraint if that is meant; to deny, remove the permission."],
  ["ignored-constraint", "warning", ".constraints.allowedArgPatterns", "An empty list is ignored: all arguments pass", "Remove the constraint if that is meant; to deny, remove the permission."],
  ["ignored-constraint", "warning", ".constraints.ipAllowlist", "An empty list is ignored: calls may come from anywhere", "Remove the constraint if that is meant; to deny, remove the permission."],
  ["invalid-pattern", "error", ".constraints.allowedArgPatterns[{}]", "{}", "Correct it: the server answers 500 to calls with arguments."],
  ["slow-pattern", "warning", ".constraints.allowedArgPatterns[{}]", "\"{}\" may take exponential time: it repeats what repeats, or offers the same twice", "Put a character between repetitions that they do not match, as in (/[a-z]+)+."],
  ["unanchored-pattern", "warning", ".constraints.allowedArgPatterns[{}]", "\"{}\" may be found anywhere in an argument", "Begin it with ^ and end it with $."],
  ["window-never-open", "error", ".constraints.timeWindow", "It never matches: the window from \"{}\" to \"{}\" spans midnight, and the server compares the times as text", "Use HH:MM with two digits; split a window over midnight into two permissions for different resources or actions, or check the time yourself."],
  ["window-never-open", "error", ".constraints.timeWindow", "It never matches: the window from \"{}\" to \"{}\" holds no time of day", "Use HH:MM with two digits; split a window over midnight into two permissions for different resources or actions, or check the time yourself."],
  ["window-malformed", "warning", ".constraints.timeWindow", "\"{}\" to \"{}\" is compared as text, since it is no HH:MM", "Use HH:MM with two digits."],
  ["address-never-matches", "error", ".constraints.ipAllowlist[{}]", "No address is on \"{}\": entries are exact addresses or IPv4 ranges", "Write an address in full, or an IPv4 range such as 10.0.0.0/8."],
  ["shadowed-actions", "warning", ".actions", "It never decides about {}: [{}] matches first", "Put it before the wider permission, or remove those actions."],
  ["conflicting-constraints", "error", ".constraints", "Its constraints are never looked at: [{}] matches first, and has others", "Put the narrower permission first, or make one of the two."],
  ["unreachable", "warning", "", "It never decides: [{}] matches first", "Remove it, or put it before the wider permission."],
];
