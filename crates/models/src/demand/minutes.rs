//! Minutes of a contact by role and mode, with the work that follows it.

use crate::parameters::{Key, Values};
use crate::place::{Activity, MODES, ROLES};

/// What indirect work adds to the contacts of a role, and the minutes of a contact by mode, in the order of [`Activity`].
const OF_ROLES: [(Key, [Key; MODES]); ROLES] = [
    (
        Key::IndirectGp,
        [
            Key::MinutesGpFaceToFace,
            Key::MinutesGpTelephone,
            Key::MinutesGpOnline,
            Key::MinutesGpHomeVisit,
        ],
    ),
    (
        Key::IndirectNurse,
        [
            Key::MinutesNurseFaceToFace,
            Key::MinutesNurseTelephone,
            Key::MinutesNurseOnline,
            Key::MinutesNurseHomeVisit,
        ],
    ),
    (
        Key::IndirectDirect,
        [
            Key::MinutesDirectFaceToFace,
            Key::MinutesDirectTelephone,
            Key::MinutesDirectOnline,
            Key::MinutesDirectHomeVisit,
        ],
    ),
];

/// Minutes of a contact by role and mode, indirect work included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minutes(pub [[f64; MODES]; ROLES]);

impl Minutes {
    /// The minutes of a draw.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        let of_role = |(indirect, minutes): (Key, [Key; MODES])| {
            let more = 1.0 + values.get(indirect);
            minutes.map(|key| values.get(key) * more)
        };
        Self(OF_ROLES.map(of_role))
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
