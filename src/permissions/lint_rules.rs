//! The rules of `lint`, as data: what a finding says. The module exports their numbers; the words are JavaScript's, generated
//! from here.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It cannot be meant: what is written there never has its effect.
    Error,
    /// It may do something else than it seems to.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The words of a rule. Each `{}` of the path, and then of the message, stands for one of a finding's values.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What was found, for programs.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where in the permission.
    pub path: &'static str,
    /// What is wrong, in a sentence.
    pub message: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $severity:ident $code:literal, $path:literal, $message:literal, $advice:literal;)*) => {
        /// What `lint` looks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule {
            $($(#[$doc])* #[doc = $message] $name,)*
        }

        impl Rule {
            /// All of them, by their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its words.
            pub const fn words(self) -> Words {
                let (code, severity, path, message, advice) = match self {
                    $(Self::$name => ($code, Severity::$severity, $path, $message, $advice),)*
                };
                Words { code, severity, path, message, advice }
            }
        }
    };
}

rules! {
    NoActions: Error "no-actions", ".actions",
        "It grants nothing: it has no actions",
        "Name actions, or remove the permission.";
    IgnoredSegments: Warning "ignored-segments", ".resource",
        "What follows the first \"*\" in \"{}\" is ignored: \"*\" takes the whole rest",
        "End the resource with the first \"*\", or name the segments before it.";
    LiteralStar: Warning "literal-star", ".resource",
        "The \"*\" in \"{}\" stands for itself: only a whole segment \"*\" is a wildcard",
        "Make the segment \"*\", or name it in full.";
    PrefixEscalation: Info "prefix-escalation", ".resource",
        "Its holder may delegate all that lies below \"{}\", which it may not use itself",
        "Keep delegation from agents that hold it, or name the resource down to its last segment.";
    ShortPrefixEscalation: Warning "prefix-escalation", ".resource",
        "Its holder may delegate all that lies below \"{}\", which it may not use itself",
        "Keep delegation from agents that hold it, or name the resource down to its last segment.";
    GrantsEverything: Warning "grants-everything", "",
        "It allows every action on every resource",
        "Name the resources and actions that are needed.";
    ConstraintsLost: Info "constraints-lost", ".constraints",
        "Delegated to another agent, it is without its constraints: the server drops them",
        "Delegate what the receiving agent may do without them.";
    ApprovalWithOthers: Warning "conflicting-constraints", ".constraints.requireApproval",
        "The server denies every call that needs approval: the other constraints only change the reason",
        "Put the approval and the other constraints into separate permissions.";
    IgnoredLimit: Warning "ignored-constraint", ".constraints.maxCallsPerHour",
        "A limit of 0 is ignored: calls are not limited",
        "Remove the constraint if that is meant; to deny, remove the permission.";
    IgnoredPatterns: Warning "ignored-constraint", ".constraints.allowedArgPatterns",
        "An empty list is ignored: all arguments pass",
        "Remove the constraint if that is meant; to deny, remove the permission.";
    IgnoredAddresses: Warning "ignored-constraint", ".constraints.ipAllowlist",
        "An empty list is ignored: calls may come from anywhere",
        "Remove the constraint if that is meant; to deny, remove the permission.";
    InvalidPattern: Error "invalid-pattern", ".constraints.allowedArgPatterns[{}]",
        "{}",
        "Correct it: the server answers 500 to calls with arguments.";
    SlowPattern: Warning "slow-pattern", ".constraints.allowedArgPatterns[{}]",
        "\"{}\" may take exponential time: it repeats what repeats, or offers the same twice",
        "Put a character between repetitions that they do not match, as in (/[a-z]+)+.";
    UnanchoredPattern: Warning "unanchored-pattern", ".constraints.allowedArgPatterns[{}]",
        "\"{}\" may be found anywhere in an argument",
        "Begin it with ^ and end it with $.";
    WindowOverMidnight: Error "window-never-open", ".constraints.timeWindow",
        "It never matches: the window from \"{}\" to \"{}\" spans midnight, and the server compares the times as text",
        "Use HH:MM with two digits; split a window over midnight into two permissions for different resources or actions, or check the time yourself.";
    WindowNeverOpen: Error "window-never-open", ".constraints.timeWindow",
        "It never matches: the window from \"{}\" to \"{}\" holds no time of day",
        "Use HH:MM with two digits; split a window over midnight into two permissions for different resources or actions, or check the time yourself.";
    WindowMalformed: Warning "window-malformed", ".constraints.timeWindow",
        "\"{}\" to \"{}\" is compared as text, since it is no HH:MM",
        "Use HH:MM with two digits.";
    AddressNeverMatches: Error "address-never-matches", ".constraints.ipAllowlist[{}]",
        "No address is on \"{}\": entries are exact addresses or IPv4 ranges",
        "Write an address in full, or an IPv4 range such as 10.0.0.0/8.";
    ShadowedActions: Warning "shadowed-actions", ".actions",
        "It never decides about {}: [{}] matches first",
        "Put it before the wider permission, or remove those actions.";
    ShadowedConstraints: Error "conflicting-constraints", ".constraints",
        "Its constraints are never looked at: [{}] matches first, and has others",
        "Put the narrower permission first, or make one of the two.";
    Unreachable: Warning "unreachable", "",
        "It never decides: [{}] matches first",
        "Remove it, or put it before the wider permission.";
}

/// What a rule has found in a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The permission.
    pub index: usize,
    /// What its words are filled with.
    pub values: Vec<String>,
}

impl Finding {
    /// What was found, for programs.
    pub const fn code(&self) -> &'static str {
        self.rule.words().code
    }

    /// Where in the permission: `.constraints.timeWindow`.
    pub fn path(&self) -> String {
        fill(self.rule.words().path, &mut self.values.iter())
    }

    /// What is wrong, in a sentence.
    pub fn message(&self) -> String {
        let mut values = self.values.iter();
        fill(self.rule.words().path, &mut values);
        fill(self.rule.words().message, &mut values)
    }
}

fn fill<'v>(template: &str, values: &mut impl Iterator<Item = &'v String>) -> String {
    let mut filled = String::new();
    for (index, part) in template.split("{}").enumerate() {
        if index > 0 {
            filled.push_str(values.next().map(String::as_str).unwrap_or_default());
        }
        filled.push_str(part);
    }
    filled
}
