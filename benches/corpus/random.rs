//! `SplitMix64`: small, fast, and the same on every machine.

/// A stream of numbers that its seed decides.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to `end`, without it.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("less than a `usize`")
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// `count` of them, each once, in the order drawn.
    pub(super) fn draw<T: Copy + PartialEq>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut drawn = Vec::with_capacity(count);
        while drawn.len() < count {
            let one = self.pick(from);
            if !drawn.contains(&one) {
                drawn.push(one);
            }
        }
        drawn
    }
}
