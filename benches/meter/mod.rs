//! Wall clock, processor time and memory of this process, from `/proc`; elsewhere than on Linux only the clock.
use serde::{Deserialize, Serialize};
use std::{fs, time::Instant};

/// What a part of a run took.
#[derive(Serialize, Deserialize)]
pub(crate) struct Stage {
    pub(crate) name: String,
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of all processors, of the user and of the system.
    pub(crate) cpu: f64,
    /// The most memory so far, in MB.
    pub(crate) peak: f64,
}

pub(crate) struct Meter {
    clock: Instant,
    cpu: f64,
    stages: Vec<Stage>,
}

impl Meter {
    pub(crate) fn start() -> Self {
        // What the process took to start is part of the first stage.
        Self { clock: Instant::now(), cpu: 0.0, stages: Vec::new() }
    }

    /// Ends a part of the run that began where the one before it ended.
    pub(crate) fn stage(&mut self, name: &str) {
        let cpu = cpu_seconds();
        self.stages.push(Stage {
            name: name.to_owned(),
            wall: self.clock.elapsed().as_secs_f64(),
            cpu: cpu - self.cpu,
            peak: peak_megabytes(),
        });
        self.cpu = cpu;
        self.clock = Instant::now();
    }

    pub(crate) fn finish(self) -> Vec<Stage> {
        self.stages
    }
}

/// Of all threads that are alive, which are all there were: the pool's threads stay.
///
/// `/proc/self/stat` counts in hundredths of a second, too coarse for a small guide.
fn cpu_seconds() -> f64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0.0 };
    let nanoseconds = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e9
}

fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.map_or(0.0, |kilobytes| kilobytes * 1024.0 / 1e6)
}
