//! Minutes of a contact by role and mode, with the work that follows it.

use crate::parameters::{NoParameter, Values};
use crate::place::{Activity, MODES, ROLES};

/// Words of roles and modes in the names of parameters, in the order of [`Activity`].
const ROLE_WORDS: [&str; ROLES] = ["gp", "nurse", "direct"];
const MODE_WORDS: [&str; MODES] = ["face_to_face", "telephone", "online", "home_visit"];

/// Minutes of a contact by role and mode, indirect work included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minutes(pub [[f64; MODES]; ROLES]);

impl Minutes {
    /// The minutes of a draw.
    ///
    /// # Errors
    /// A parameter that no file knows.
    pub fn of(values: &Values) -> Result<Self, NoParameter> {
        let mut minutes = [[0.0; MODES]; ROLES];
        for (role, minutes) in ROLE_WORDS.into_iter().zip(&mut minutes) {
            let indirect = 1.0 + values.get(&format!("indirect_{role}"))?;
            for (mode, minutes) in MODE_WORDS.into_iter().zip(minutes) {
                *minutes = values.get(&format!("minutes_{role}_{mode}"))? * indirect;
            }
        }
        Ok(Self(minutes))
    }

    /// Minutes of appointments by role.
    #[must_use]
    pub fn by_role(&self, activity: &Activity) -> [f64; ROLES] {
        let mut sums = [0.0; ROLES];
        for ((sum, counts), minutes) in sums.iter_mut().zip(&activity.0).zip(&self.0) {
            *sum = counts.iter().zip(minutes).map(|(count, minutes)| count * minutes).sum();
        }
        sums
    }

    /// Minutes of all appointments.
    #[must_use]
    pub fn of_activity(&self, activity: &Activity) -> f64 {
        self.by_role(activity).iter().sum()
    }
}
