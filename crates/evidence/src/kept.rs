//! What is worked out once from the whole evidence and kept for whoever asks next.
//!
//! The evidence does not know what that is: each thing stands in its own file, with the way to it. Who asks while another works
//! it out waits for the same.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A thing, once somebody has worked it out.
type Slot = Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>;

/// Things by what they are and a key.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<BTreeMap<(TypeId, String), Slot>>);

impl Kept {
    /// The thing of a key, worked out where nobody has before; what fails is not kept.
    ///
    /// # Errors
    /// As working it out.
    pub(crate) fn once<T: Send + Sync + 'static, E>(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let slot = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry((TypeId::of::<T>(), key.to_owned())).or_default())
        };
        let mut kept = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.clone().and_then(|known| known.downcast::<T>().ok());
        if let Some(known) = known {
            return Ok(known);
        }
        let fresh = Arc::new(make()?);
        *kept = Some(fresh.clone());
        Ok(fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_worked_out_once_for_a_key_and_a_type() {
        let kept = Kept::default();
        let made = |text: &str| kept.once(text, || Ok::<_, ()>(text.to_owned()));
        assert_eq!(made("a").unwrap().as_str(), "a");
        let again = kept.once("a", || Ok::<_, ()>("b".to_owned())).unwrap();
        assert_eq!(again.as_str(), "a");
        assert_eq!(*kept.once("a", || Ok::<_, ()>(7)).unwrap(), 7);
    }

    #[test]
    fn what_fails_is_worked_out_again() {
        let kept = Kept::default();
        assert_eq!(kept.once::<u8, _>("a", || Err("no")), Err("no"));
        assert_eq!(*kept.once::<u8, &str>("a", || Ok(1)).unwrap(), 1);
    }
}
