//! Starts the local KavachOS server, and says in one line where it listens.

use kavachos_local_server::{App, Options, fill, stop_clock_at};
use std::io::Write;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::from_arguments(lexopt::Parser::from_env()) {
        Ok(Some(options)) => options,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kavachos-server: {error}. Try --help.");
            return ExitCode::from(2);
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("kavachos-server: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    if let Some(moment) = options.clock {
        stop_clock_at(moment);
    }
    let address = ("127.0.0.1", options.port);
    let app = App::open(options.clone()).map_err(|error| match &options.database {
        Some(path) => format!("the database {} cannot be used: {error}", path.display()),
        None => format!("the database cannot be made: {error}"),
    })?;
    fill(&app)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("port {} cannot be listened on ({error}); try --port 0", options.port))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    println!("listening on http://{bound}{}", app.base_path());
    // The program that started this server waits for that line, through a pipe.
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    kavachos_local_server::serve(listener, app, stopped()).await;
    Ok(())
}

async fn stopped() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
