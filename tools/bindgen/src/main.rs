//! Writes the JavaScript glue of a WebAssembly module, as `wasm-pack build --target web --release` has it written by wasm-bindgen-cli.
//!
//! `./dev` uses it where wasm-pack is not installed and cannot be downloaded. A test compares the output of both.

use std::env::args;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    let [module, directory, name] = arguments.as_slice() else {
        eprintln!("usage: kavachos-bindgen <module.wasm> <output directory> <name of the output>");
        return ExitCode::from(2);
    };
    match write_glue(module, directory, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{module}: {message}");
            ExitCode::FAILURE
        }
    }
}

// What wasm-pack passes for the profile `release`, with what Cargo.toml says of it in `package.metadata.wasm-pack`.
fn write_glue(module: &str, directory: &str, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(|error| format!("{error:#}"))?;
    bindgen
        .input_path(module)
        .out_name(name)
        .typescript(true)
        .demangle(true)
        .debug(false)
        .omit_default_module_path(true)
        .generate(directory)
        .map_err(|error| format!("{error:#}"))
}
