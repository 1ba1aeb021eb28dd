//! How a host mounts KavachOS in its framework, and what works there.

use crate::reply::Problem;
use http::Method;
use std::str::FromStr;

/// The ways to mount the adapter, each with its own habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mount {
    /// Hono's `mount()` under `/api/kavach`, which rewrites URLs: everything works.
    Rewritten,
    /// Hono at `/`: everything works.
    Root,
    /// Hono's `route()` under `/api/kavach`: plugin routes are not found, with an empty body.
    Route,
    /// Next.js, SolidStart, TanStack: ids are cut out of the wrong place of the path.
    Next,
    /// SvelteKit, Astro, Nuxt: there are no plugin routes.
    Sveltekit,
    /// Fastify under `/api/kavach`: plugin routes are not found, and MCP takes no forms.
    Fastify,
}

/// Which part of the server a route belongs to: that decides under which mounts it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The adapter's own routes.
    Adapter,
    /// Routes of plugins, and those of sessions.
    Plugin,
    /// Routes that only the Hono adapter has.
    HonoOnly,
}

impl FromStr for Mount {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "mount" => Self::Rewritten,
            "root" => Self::Root,
            "route" => Self::Route,
            "next" => Self::Next,
            "sveltekit" => Self::Sveltekit,
            "fastify" => Self::Fastify,
            _ => return Err("there are the mounts mount, root, route, next, sveltekit and fastify"),
        })
    }
}

impl Mount {
    /// The path that everything is under, without a slash at its end.
    pub const fn base_path(self) -> &'static str {
        match self {
            Self::Root => "",
            _ => "/api/kavach",
        }
    }

    /// How a route of that part fails under this mount, if it does.
    pub fn failure(self, part: Part, method: &Method, path: &str) -> Option<Problem> {
        match (self, part) {
            (Self::Rewritten | Self::Root, _) | (_, Part::Adapter) | (Self::Next, Part::Plugin) => None,
            (Self::Route, Part::Plugin) => Some(Problem::empty(404)),
            (Self::Route, Part::HonoOnly) => Some(Problem::new(404, "NOT_FOUND", "Not found")),
            (Self::Fastify, Part::Plugin) => Some(Problem::new(404, "NOT_FOUND", "Plugin endpoint not found")),
            (Self::Next | Self::Sveltekit | Self::Fastify, _) => Some(self.missing(method, path)),
        }
    }

    /// The answer to a route that does not exist.
    pub fn missing(self, method: &Method, path: &str) -> Problem {
        match self {
            Self::Next | Self::Sveltekit => Problem::new(404, "NOT_FOUND", "Route not found"),
            Self::Fastify => Problem::body(
                404,
                serde_json::json!({
                    "message": format!("Route {method}:{path} not found"),
                    "error": "Not Found",
                    "statusCode": 404,
                }),
            ),
            Self::Rewritten | Self::Root | Self::Route => Problem::plain(404, "404 Not Found"),
        }
    }

    /// Whether plugin routes read ids where they would be without a base path.
    pub fn cuts_ids_wrongly(self) -> bool {
        self == Self::Next
    }
}
