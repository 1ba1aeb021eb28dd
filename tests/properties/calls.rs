//! The methods of the client as functions, each with its arguments.
#![allow(dead_code)]

macro_rules! calls {
    ($($area:ident { $($name:ident($($argument:ident),*) => $endpoint:ident;)+ })+) => {$(
        pub mod $area {
            use kavachos_wasm::client::{InvalidArgument, Operation};
            use kavachos_wasm::endpoints::$area as endpoints;
            use serde_json::Value;

            $(pub fn $name($($argument: &Value),*) -> Result<Operation<Value>, InvalidArgument> {
                Operation::new(&endpoints::$endpoint, &[$(Value::clone($argument)),*])
            })+
        }
    )+};
}

calls! {
    agents {
        create(input) => CREATE;
        list(filters) => LIST;
        get(id) => GET;
        update(id, input) => UPDATE;
        revoke(id) => REVOKE;
        rotate(id) => ROTATE;
        authorize(id, request) => AUTHORIZE;
        effective_permissions(id) => EFFECTIVE_PERMISSIONS;
    }
    auth {
        sign_up(input) => SIGN_UP;
        sign_in(input) => SIGN_IN;
        sign_out(token) => SIGN_OUT;
        get_session(token) => GET_SESSION;
        authorize_by_token(token, request) => AUTHORIZE_BY_TOKEN;
    }
    audit {
        query(filters) => QUERY;
        query_paginated(filters) => QUERY_PAGINATED;
        query_bytes(filters) => QUERY_BYTES;
        export(options) => EXPORT;
        export_stream(options) => EXPORT_STREAM;
    }
    delegation {
        create(input) => CREATE;
        list_chains(id) => LIST_CHAINS;
        effective_permissions(id) => EFFECTIVE_PERMISSIONS;
        revoke(id) => REVOKE;
    }
    mcp {
        register(input) => REGISTER;
        list() => LIST;
        get(id) => GET;
    }
    dashboard {
        stats() => STATS;
    }
}
