//! The allocator of the shipped module: blocks whose sizes are powers of two, and for each size a list of those that are free.
//!
//! The standard one is 7 KB larger. It merges free neighbours, which matters where sizes vary without end; a client holds
//! the same few short texts over and over. What a block gives away by being rounded up is at most its own size.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::ptr::null_mut;

const PAGE: usize = 65536;
/// Blocks of 2⁴ bytes are the smallest; none can have 2³² or more.
const SMALLEST: u32 = 4;
const SIZES: usize = 28;

/// Where fresh memory comes from.
pub trait Source {
    /// Where memory begins that is there already, and where it ends.
    fn initial(&self) -> (usize, usize);
    /// Adds so many pages at the end, and returns where they begin.
    fn grow(&self, pages: usize) -> Option<usize>;
}

/// The allocator. It serves one thread, as a WebAssembly module has.
pub struct Blocks<S> {
    source: S,
    /// The first free block of each size. Each holds the address of the next.
    free: [Cell<*mut usize>; SIZES],
    /// The memory that has never been in use: all of it lies between two addresses.
    fresh: Cell<(usize, usize)>,
}

impl<S: Source> Blocks<S> {
    /// An allocator that has given nothing away yet.
    pub const fn new(source: S) -> Self {
        Self { source, free: [const { Cell::new(null_mut()) }; SIZES], fresh: Cell::new((0, 0)) }
    }

    /// Which size serves `layout`: how many times the smallest has to be doubled.
    fn size(layout: Layout) -> usize {
        let least = layout.size().max(layout.align()).max(1 << SMALLEST);
        (usize::BITS - (least - 1).leading_zeros() - SMALLEST) as usize
    }

    fn pop(&self, size: usize) -> Option<*mut u8> {
        let list = self.free.get(size)?;
        let block = list.get();
        if block.is_null() {
            return None;
        }
        // SAFETY: free blocks hold the address of the next one.
        list.set(unsafe { block.read() } as *mut usize);
        Some(block.cast())
    }

    fn push(&self, size: usize, block: *mut u8) {
        if let Some(list) = self.free.get(size) {
            let block = block.cast::<usize>();
            // SAFETY: the block is free, at least 16 bytes long and as well aligned.
            unsafe { block.write(list.get() as usize) };
            list.set(block);
        }
    }

    /// Cuts a block off the fresh memory, at an address that is a multiple of its size, or of a page.
    fn cut(&self, size: usize) -> Option<*mut u8> {
        let bytes = 1_usize.checked_shl(size as u32 + SMALLEST)?;
        let (mut start, mut end) = self.fresh.get();
        if end == 0 {
            (start, end) = self.source.initial();
            start = start.next_multiple_of(1 << SMALLEST);
        }
        if bytes >= PAGE {
            self.fresh.set((start, end));
            return Some(self.source.grow(bytes / PAGE)? as *mut u8);
        }
        // What is skipped to get there is of smaller sizes, and is free from now on.
        while !start.is_multiple_of(bytes) || start + bytes > end {
            if start == end {
                start = self.source.grow(1)?;
                end = start + PAGE;
                continue;
            }
            let step = start.trailing_zeros().min((end - start).ilog2());
            self.push((step - SMALLEST) as usize, start as *mut u8);
            start += 1 << step;
        }
        self.fresh.set((start + bytes, end));
        Some(start as *mut u8)
    }
}

// SAFETY: a module has one thread.
unsafe impl<S> Sync for Blocks<S> {}

// SAFETY: a block is in one place at a time: in use, in the list of its size, or not yet cut. Its address is a multiple of
// its size or of a page, and so of any alignment up to those.
unsafe impl<S: Source> GlobalAlloc for Blocks<S> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = Self::size(layout);
        if layout.align() > PAGE {
            return null_mut();
        }
        self.pop(size).or_else(|| self.cut(size)).unwrap_or(null_mut())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.push(Self::size(layout), block);
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, wanted: usize) -> *mut u8 {
        // SAFETY: the caller vouches for both layouts.
        unsafe {
            let grown = Layout::from_size_align_unchecked(wanted, layout.align());
            if Self::size(grown) == Self::size(layout) {
                return block;
            }
            let moved = self.alloc(grown);
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(wanted));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

/// The memory of the module.
#[cfg(target_arch = "wasm32")]
pub struct Module;

#[cfg(target_arch = "wasm32")]
impl Source for Module {
    fn initial(&self) -> (usize, usize) {
        unsafe extern "C" {
            static __heap_base: u8;
        }
        (&raw const __heap_base as usize, core::arch::wasm32::memory_size::<0>() * PAGE)
    }

    fn grow(&self, pages: usize) -> Option<usize> {
        let before = core::arch::wasm32::memory_grow::<0>(pages);
        (before != usize::MAX).then_some(before * PAGE)
    }
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: Blocks<Module> = Blocks::new(Module);

#[cfg(test)]
mod tests {
    use super::*;
    use std::alloc::{alloc, dealloc};

    /// Pages that do not follow one another, as if someone else had grown the memory in between.
    #[derive(Default)]
    struct Pages(Cell<Vec<(*mut u8, Layout)>>);

    impl Pages {
        fn take(&self, bytes: usize) -> usize {
            let layout = Layout::from_size_align(bytes, PAGE).unwrap();
            let mut taken = self.0.take();
            let start = unsafe { alloc(layout) };
            taken.push((start, layout));
            self.0.set(taken);
            start as usize
        }

        fn bytes(&self) -> usize {
            let taken = self.0.take();
            let bytes = taken.iter().map(|(_, layout)| layout.size()).sum();
            self.0.set(taken);
            bytes
        }
    }

    impl Source for Pages {
        fn initial(&self) -> (usize, usize) {
            let start = self.take(PAGE);
            (start + 1000, start + PAGE)
        }
        fn grow(&self, pages: usize) -> Option<usize> {
            Some(self.take(pages * PAGE))
        }
    }

    impl Drop for Pages {
        fn drop(&mut self) {
            for (start, layout) in self.0.take() {
                unsafe { dealloc(start, layout) };
            }
        }
    }

    /// A block in use, filled with its own byte.
    struct Used {
        at: *mut u8,
        layout: Layout,
        byte: u8,
    }

    impl Used {
        fn fill(&self) {
            unsafe { self.at.write_bytes(self.byte, self.layout.size()) };
        }
        fn assert_intact(&self, bytes: usize) {
            let held = unsafe { std::slice::from_raw_parts(self.at, bytes) };
            assert!(held.iter().all(|byte| *byte == self.byte), "{:?}", self.layout);
        }
    }

    #[test]
    fn blocks_never_overlap_and_are_aligned() {
        let blocks = Blocks::new(Pages::default());
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as usize % below
        };
        let mut used: Vec<Used> = Vec::new();
        let (rounds, most_bits) = if cfg!(miri) { (500, 8) } else { (60_000, 18) };
        for round in 0..rounds {
            let bits = random(most_bits);
            let layout = Layout::from_size_align(1 + random(1 << bits), 1 << random(7)).unwrap();
            match random(if used.len() > 200 { 2 } else { 3 }) {
                0 if !used.is_empty() => {
                    let gone = used.swap_remove(random(used.len()));
                    gone.assert_intact(gone.layout.size());
                    unsafe { blocks.dealloc(gone.at, gone.layout) };
                }
                1 if !used.is_empty() => {
                    let index = random(used.len());
                    let block = &mut used[index];
                    let wanted = layout.size();
                    block.at = unsafe { blocks.realloc(block.at, block.layout, wanted) };
                    block.assert_intact(wanted.min(block.layout.size()));
                    block.layout = Layout::from_size_align(wanted, block.layout.align()).unwrap();
                    assert!((block.at as usize).is_multiple_of(block.layout.align()));
                    block.fill();
                }
                _ => {
                    let at = unsafe { blocks.alloc(layout) };
                    assert!(!at.is_null() && (at as usize).is_multiple_of(layout.align()));
                    let block = Used { at, layout, byte: round as u8 };
                    block.fill();
                    used.push(block);
                }
            }
        }
        used.iter().for_each(|block| block.assert_intact(block.layout.size()));
    }

    #[test]
    fn what_is_freed_serves_again() {
        let blocks = Blocks::new(Pages::default());
        let layouts = [1, 24, 100, 700, 5000, 70_000].map(|size| Layout::from_size_align(size, 8).unwrap());
        let turn = || {
            let taken = layouts.map(|layout| unsafe { blocks.alloc(layout) });
            for (block, layout) in taken.into_iter().zip(layouts) {
                unsafe { blocks.dealloc(block, layout) };
            }
            blocks.source.bytes()
        };
        let first = turn();
        assert!((0..if cfg!(miri) { 3 } else { 1000 }).all(|_| turn() == first));
    }

    #[test]
    fn memory_that_is_skipped_is_not_lost() {
        let blocks = Blocks::new(Pages::default());
        let (small, large) = (Layout::new::<[u8; 16]>(), Layout::new::<[u8; 32768]>());
        unsafe {
            blocks.alloc(small);
            blocks.alloc(large);
        }
        let before = blocks.source.bytes();
        // From 1024 to 32768, in five steps.
        for size in [1024, 2048, 4096, 8192, 16384] {
            let layout = Layout::from_size_align(size, size).unwrap();
            assert!((unsafe { blocks.alloc(layout) } as usize).is_multiple_of(size));
        }
        assert_eq!(blocks.source.bytes(), before);
    }

    #[test]
    fn there_is_an_end() {
        struct Nothing;
        impl Source for Nothing {
            fn initial(&self) -> (usize, usize) {
                (0x1000, 0x1000)
            }
            fn grow(&self, _: usize) -> Option<usize> {
                None
            }
        }
        let blocks = Blocks::new(Nothing);
        for size in [1, 100, PAGE, 1 << 30] {
            assert!(unsafe { blocks.alloc(Layout::from_size_align(size, 1).unwrap()) }.is_null());
        }
    }
}
