//! Goes over a list on several threads and answers in the list's order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

/// Deep narrative and Typst's layout both recurse; a thread's usual 2 MB is a main thread's quarter.
const STACK: usize = 16 << 20;

/// The answer of `work` for each of `items`, on up to `threads` threads.
///
/// An item whose work panics has no answer: a fault in one document must not take
/// the others with it.
pub fn each<T: Sync, A: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> A + Sync,
) -> Vec<Option<A>> {
    heaviest_first(items, threads, |_| 0, work)
}

/// Like [`each`], and begins with those of most `weight`, so that no thread is left with a long
/// one when the others have nothing more to do.
pub fn heaviest_first<T: Sync, A: Send>(
    items: &[T],
    threads: usize,
    weight: impl Fn(&T) -> usize,
    work: impl Fn(&T) -> A + Sync,
) -> Vec<Option<A>> {
    let answers: Vec<Mutex<Option<A>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|&index| items.get(index).map(|item| std::cmp::Reverse(weight(item))));
    let next = AtomicUsize::new(0);
    let run = || {
        loop {
            let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            let (Some(item), Some(slot)) = (items.get(index), answers.get(index)) else { return };
            let answer = catch_unwind(AssertUnwindSafe(|| work(item))).ok();
            if let Ok(mut slot) = slot.lock() {
                *slot = answer;
            }
        }
    };
    scope(|scope| {
        let started = (0..threads.clamp(1, items.len().max(1)))
            .filter(|_| Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_ok())
            .count();
        if started == 0 {
            run();
        }
    });
    answers.into_iter().map(|slot| slot.into_inner().ok().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..50).collect();
        let slow_at_first = |n: &u64| {
            std::thread::sleep(std::time::Duration::from_micros(50 - n));
            n * 2
        };
        let answers = each(&items, 4, slow_at_first);
        assert_eq!(answers, items.iter().map(|n| Some(n * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn the_heaviest_come_first_and_equals_in_their_order() {
        let begun = Mutex::new(Vec::new());
        let items = [(1, 'a'), (3, 'b'), (2, 'c'), (3, 'd')];
        let answers = heaviest_first(
            &items,
            1,
            |item| item.0,
            |item| {
                begun.lock().unwrap().push(item.1);
                item.1
            },
        );
        assert_eq!(begun.into_inner().unwrap(), ['b', 'd', 'c', 'a']);
        assert_eq!(answers, ['a', 'b', 'c', 'd'].map(Some));
    }

    #[test]
    fn an_item_that_panics_leaves_the_others_whole() {
        let answers = each(&[1, 0, 2], 2, |n| 10 / n);
        assert_eq!(answers, [Some(10), None, Some(5)]);
    }
}
