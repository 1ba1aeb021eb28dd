//! Every public function, type and trait of the client has an example that asserts something. (A lint asks for the words.)

use std::fs;
use std::path::{Path, PathBuf};

/// Items that need none: what they are is all there is to see.
const WITHOUT: [&str; 4] = ["pub trait MaybeSend", "pub trait MaybeSync", "pub type TokenResult", "pub struct Guide"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

/// The public items of a file, each with its comment.
fn items(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut comment = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push_str(words);
            comment.push('\n');
        } else if line.starts_with("#[") || line.starts_with("//") {
            // Attributes and notes stand between a comment and its item.
        } else {
            let is_item =
                ["pub fn ", "pub const fn ", "pub async fn ", "pub struct ", "pub enum ", "pub trait ", "pub type "]
                    .iter()
                    .any(|start| line.starts_with(start));
            // What is public only within the crate has no comment with an example.
            if is_item {
                found.push((line.to_owned(), comment.clone()));
            }
            comment.clear();
        }
    }
    found
}

#[test]
fn every_public_item_has_an_example_that_asserts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rust_client");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let reachable = exported(&fs::read_to_string(root.join("mod.rs")).unwrap());
    let (mut count, mut missing) = (0, Vec::new());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let mut is_public = true;
        let mut blocks = Vec::new();
        for line in code.lines() {
            // Methods of a type that no path leads to are not public.
            if let Some(rest) = line.strip_prefix("impl") {
                let subject = rest.rsplit(" for ").next().unwrap();
                let subject = subject.trim_start_matches(|c: char| c == '<' || c == '\'' || c == ',' || c == ' ');
                let subject: String =
                    subject.rsplit("> ").next().unwrap().chars().take_while(|c| c.is_alphanumeric()).collect();
                let is_foreign = ["Permission"].contains(&&*subject);
                is_public = is_foreign || mentions(&reachable, &subject);
            } else if let Some(item) = ["pub struct ", "pub enum ", "pub trait ", "pub type "]
                .iter()
                .find_map(|start| line.strip_prefix(start))
            {
                let item: String = item.chars().take_while(|c| c.is_alphanumeric()).collect();
                is_public = mentions(&reachable, &item);
            }
            if is_public {
                blocks.push(line);
            }
            if !line.is_empty()
                && !line.starts_with(' ')
                && !line.starts_with("impl")
                && !line.starts_with("pub struct")
                && line != "}"
            {
                is_public = true;
            }
        }
        for (item, comment) in items(&blocks.join("\n")) {
            if WITHOUT.iter().any(|start| item.starts_with(start)) {
                continue;
            }
            count += 1;
            let example = comment.split("```").nth(1).unwrap_or_default();
            if !(example.contains("assert") || example.contains("unwrap_err")) {
                missing.push(format!("{name}: {item}"));
            }
        }
    }
    assert!(count > 150, "{count} items were found");
    assert!(missing.is_empty(), "{} of {count} lack an example:\n{}", missing.len(), missing.join("\n"));
}

/// What `pub use` names, and the types that tests of other programs need.
fn exported(text: &str) -> String {
    let uses = text.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    uses.chain(["Script"]).collect::<Vec<_>>().join(" ")
}

/// Whether a `pub use` names it.
fn mentions(text: &str, name: &str) -> bool {
    !name.is_empty() && text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
}
