//! Values that JavaScript knows by a number.

/// Values, each at a number of its own. A number is used again once its value has been taken for good.
pub struct Slots<T> {
    places: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Slots<T> {
    /// None yet.
    pub const fn new() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }

    /// Reserves a number.
    pub fn reserve(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            (self.places.len() - 1) as u32
        })
    }

    /// Puts a value at a number that has been reserved.
    pub fn put(&mut self, id: u32, value: T) {
        if let Some(place) = self.places.get_mut(id as usize) {
            *place = Some(value);
        }
    }

    /// The value at a number.
    pub fn get(&self, id: u32) -> Option<&T> {
        self.places.get(id as usize).and_then(Option::as_ref)
    }

    /// Takes a value out of its place. The number stays reserved.
    pub fn take(&mut self, id: u32) -> Option<T> {
        self.places.get_mut(id as usize).and_then(Option::take)
    }

    /// Gives a number back.
    pub fn release(&mut self, id: u32) {
        self.free.push(id);
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self::new()
    }
}
