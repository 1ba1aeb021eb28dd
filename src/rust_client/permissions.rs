//! Functions that make permissions.

use super::{Permission, PermissionConstraints};
use crate::schema::GRANTS;

/// Declares the functions that make permissions of one kind.
macro_rules! grants {
    ($($name:ident $index:literal: $about:literal;)+) => {$(
        #[doc = $about]
        ///
        /// ```
        #[doc = concat!("let permission = kavachos_wasm::rust_client::Permission::", stringify!($name), "(\"files:*\");")]
        /// assert_eq!(permission.resource, "files:*");
        /// ```
        pub fn $name(resource: impl Into<String>) -> Self {
            Self::grant(resource, GRANTS.get($index).map(|(_, actions)| *actions).unwrap_or_default())
        }
    )+};
}

impl Permission {
    /// A permission for those actions.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Permission;
    /// assert_eq!(Permission::grant("files:*", ["read"]), Permission::read("files:*"));
    /// ```
    pub fn grant<A: AsRef<str>>(resource: impl Into<String>, actions: impl IntoIterator<Item = A>) -> Self {
        let actions = actions.into_iter().map(|action| action.as_ref().to_owned()).collect::<Vec<_>>();
        Self::new(resource, actions)
    }

    grants! {
        read 0: "Grants `read`.";
        write 1: "Grants `write`.";
        execute 2: "Grants `execute`.";
        read_write 3: "Grants `read` and `write`.";
        full_access 4: "Grants `read`, `write`, `execute` and `delete`.";
    }

    /// The same, if a human approves each call.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Permission;
    /// let permission = Permission::execute("tool:deploy").with_approval();
    /// assert_eq!(permission.constraints.unwrap().require_approval, Some(true));
    /// ```
    pub fn with_approval(self) -> Self {
        self.constrained(|constraints| constraints.require_approval(true))
    }

    /// The same, so many times an hour.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Permission;
    /// let permission = Permission::read("files:*").rate_limited(100);
    /// assert_eq!(permission.constraints.unwrap().max_calls_per_hour, Some(100));
    /// ```
    pub fn rate_limited(self, max_calls_per_hour: u32) -> Self {
        self.constrained(|constraints| constraints.max_calls_per_hour(max_calls_per_hour))
    }

    fn constrained(mut self, change: impl FnOnce(PermissionConstraints) -> PermissionConstraints) -> Self {
        self.constraints = Some(change(self.constraints.take().unwrap_or_default()));
        self
    }
}
