//! The threads that lay one document out and export it.
//!
//! Typst shares its work among the threads of the pool that it runs in. Each document has a pool to
//! itself while it is drawn: in one pool for all, a thread that waits for a piece of its document takes up a
//! piece of another, and the first document then waits for that. Pools that are free are used again,
//! since new threads cost memory that is never given back.

use std::num::NonZero;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Stack of each thread: Typst recurses with the nesting of the document.
const STACK: usize = 64 << 20;

/// Pools that nobody uses.
static FREE: Mutex<Vec<Arc<ThreadPool>>> = Mutex::new(Vec::new());

/// A pool that one document has to itself. Free for others once dropped.
pub struct Crew {
    pool: Arc<ThreadPool>,
    returns: bool,
}

impl Crew {
    /// A pool of as many threads as there are cores.
    pub fn hire() -> Result<Crew, ThreadPoolBuildError> {
        let free = FREE.lock().ok().and_then(|mut free| free.pop());
        let pool = match free {
            Some(pool) => pool,
            None => Arc::new(
                ThreadPoolBuilder::new()
                    .num_threads(thread::available_parallelism().map_or(1, NonZero::get))
                    .stack_size(STACK)
                    .thread_name(|_| "layout".to_owned())
                    .build()?,
            ),
        };
        Ok(Crew { pool, returns: true })
    }

    /// Leaves the pool to what it cannot be stopped from doing; nobody gets it again.
    pub fn abandon(mut self) {
        self.returns = false;
    }
}

impl Deref for Crew {
    type Target = ThreadPool;

    fn deref(&self) -> &ThreadPool {
        &self.pool
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        if self.returns
            && let Ok(mut free) = FREE.lock()
        {
            free.push(Arc::clone(&self.pool));
        }
    }
}
