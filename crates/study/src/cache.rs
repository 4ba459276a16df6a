//! What was worked out, by type and key, in memory with a bound: what was not asked for lately makes room.

use std::any::{Any, TypeId};
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache as Kept;

/// Memory for everything that is kept, in bytes (an assumption: an eighth of a machine of four gigabytes).
const MOST_BYTES: u64 = 512 << 20;
/// Values expected at once; more may be kept.
const EXPECTED: usize = 2_000;

/// What can say how much memory it takes.
pub trait Weighs {
    /// Bytes, near enough.
    fn bytes(&self) -> usize;
}

type Key = (TypeId, String);

/// A value of any type and its weight.
#[derive(Debug, Clone)]
struct Value {
    bytes: usize,
    held: Arc<dyn Any + Send + Sync>,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Key, Value> for Weight {
    fn weight(&self, key: &Key, value: &Value) -> u64 {
        (value.bytes + key.1.len() + size_of::<Value>()) as u64
    }
}

/// The memory.
#[derive(Debug)]
pub(crate) struct Cache(Kept<Key, Value, Weight>);

impl Default for Cache {
    fn default() -> Self {
        Self::of(MOST_BYTES)
    }
}

impl Cache {
    fn of(bytes: u64) -> Self {
        Self(Kept::with_weighter(EXPECTED, bytes, Weight))
    }

    /// The value of a key, if it is kept.
    pub(crate) fn get<T: Send + Sync + 'static>(&self, key: &str) -> Option<Arc<T>> {
        let value = self.0.get(&(TypeId::of::<T>(), key.to_owned()))?;
        value.held.downcast().ok()
    }

    /// Keeps a value, unless it alone is more than there is room for.
    pub(crate) fn put<T: Weighs + Send + Sync + 'static>(&self, key: &str, value: T) -> Arc<T> {
        let (bytes, value) = (value.bytes(), Arc::new(value));
        let held: Arc<dyn Any + Send + Sync> = value.clone();
        self.0.insert((TypeId::of::<T>(), key.to_owned()), Value { bytes, held });
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weighs for Vec<u8> {
        fn bytes(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn the_same_key_of_two_types_is_two_values() {
        #[derive(Debug)]
        struct Other;
        impl Weighs for Other {
            fn bytes(&self) -> usize {
                0
            }
        }
        let cache = Cache::default();
        cache.put("a", vec![1_u8]);
        cache.put("a", Other);
        assert_eq!(cache.get::<Vec<u8>>("a").as_deref(), Some(&vec![1_u8]));
        assert!(cache.get::<Other>("a").is_some() && cache.get::<Other>("b").is_none());
    }

    #[test]
    fn memory_never_passes_its_bound() {
        let cache = Cache::of(100_000);
        for number in 0..1_000 {
            cache.put(&number.to_string(), vec![0_u8; 1_000]);
            assert!(cache.0.weight() <= 100_000, "{} bytes", cache.0.weight());
        }
        assert!(cache.0.weight() > 50_000, "{} bytes", cache.0.weight());
        cache.put("too large", vec![0_u8; 200_000]);
        assert!(cache.get::<Vec<u8>>("too large").is_none());
    }
}
