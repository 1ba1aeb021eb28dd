// The words that this project does not use in prose, each with what to write instead.
//
// `find` is searched for in sentences, without regard to case unless it has `exact`. Code, paths and addresses are not prose.
// A rule holds for documents, comments, error messages and the texts of pages.

/** @type {readonly { find: RegExp, write: string }[]} */
export const words = [
  // Terms of this field that have a standard name.
  { find: /(?<![-\w])(?:lend(?:s|er|ers|ing)?|lent|loans?)\b/, write: "delegate, delegation, delegating agent" },
  { find: /\bend of (?:its |their )?life\b/, write: "expiry" },
  { find: /\b(?:failures?|errors?|faults?|outages?) that pass(?:es)?\b/, write: "transient failure" },
  { find: /\b(?:server|service|network|api) (?:is|was|were|being|that is) (?:away|gone)\b/, write: "unreachable" },
  { find: /\bis away\b/, write: "is unreachable" },
  { find: /\bsetbacks?\b/, write: "retry cause" },
  { find: /\bfor ever\b/, write: "forever, indefinitely, without end" },
  { find: /\bin the long run\b/, write: "eventually" },
  { find: /\bmend(?:s|ed|ing)?\b/, write: "fix" },
  { find: /(?<!")\bevil\b/, write: "hostile" },
  { find: /\bonly once\b(?= (?:ever|in all))/, write: "exactly once" },

  // Subjects that a reader has to guess.
  { find: /\bwhoever\b/, write: "the name of the subject: the caller, the server, the user" },
  {
    find: /\b(?:one|what|that|which) (?:that )?(?:is|are) none\b/,
    write: "the name of the thing, with 'invalid' or 'not a …'",
  },
  { find: /\bnobody has to\b|\bno one has to\b/, write: "optional, not required" },
  { find: /\bsuch as (?:it is|they are)\b/, write: "as it is, unchanged" },

  // Private turns of phrase.
  { find: /\b(?:is|are|was|were|be|been) told\b/, write: "receives, is given, is passed" },
  { find: /\bcan be told\b/, write: "accepts (options)" },
  { find: /\bcom(?:es|e|ing) to (?:the same|naught|nothing)\b/, write: "is equivalent, fails" },
  { find: /\bca?ome?s? of (?:it|that|what|them|this|the|a|each)\b/, write: "result of, outcome of" },
  { find: /\bof (?:its|their|his|her) own\b/, write: "its own …, separate" },
  { find: /\b(?:has|have|had) (?:a|no) say\b/, write: "applies, is taken into account" },
  { find: /\b(?:is|are|be|being) let go\b/, write: "is released, is garbage-collected" },
  { find: /\bpays? nothing for\b/, write: "is loaded only if" },
  { find: /\b(?:its|their|his|her|own|host's|caller's) affair\b/, write: "the responsibility of …" },
  { find: /\bfor want of\b/, write: "without, because … is missing" },
  { find: /\bsave for\b/, write: "except for" },
  { find: /\bin vain\b/, write: "without result" },
  { find: /\bat the latest\b/, write: "no later than" },
  { find: /\bhanded? out\b|\bhands? out\b/, write: "returns" },
  { find: /\bthereof\b|\btherein\b|\bthereby\b|\bwherein\b/, write: "of it, in it, by this" },
  { find: /\bfor it (?:has|is|may|would) /, write: "because it …" },
  { find: /\bas it were\b/, write: "nothing" },
  { find: /\bgo(?:es)? by itself\b/, write: "is automatic" },
  { find: /\bputs? an end to\b/, write: "ends" },

  // Words that only fill or that judge the reader.
  { find: /\b(?:simply|obviously|of course|needless to say|basically)\b/, write: "nothing" },
  { find: /\b(?:blazing(?:ly)?|lightning)[- ]fast\b/, write: "a measured number" },
  { find: /\b(?:utili[sz]e[sd]?|leverage[sd]?)\b/, write: "use" },
  { find: /\bin order to\b/, write: "to" },
  { find: /\b(?:teh|recieve|seperate|occured|wich)\b/, write: "the word spelt right" },
];
