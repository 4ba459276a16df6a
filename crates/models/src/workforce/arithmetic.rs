//! The arithmetic of a sentence heard in boards: so many leave, so many train, a share of them wants to work full time.

/// What is said of leavers and trainees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// GPs who leave.
    pub leavers: f64,
    /// Full-time equivalents of each leaver.
    pub leaver_fte: f64,
    /// Doctors in training, all of whom are taken to stay and to finish in time.
    pub trainees: f64,
    /// Share of them who want to work full time.
    pub full_time: f64,
    /// Full-time equivalents of each of the others.
    pub part: f64,
}

/// Full-time equivalents that join, and the net change.
///
/// Method: [leavers](../../../../docs/book/methods.md#leavers).
#[must_use]
pub const fn net_of(promise: Promise) -> (f64, f64) {
    let each = promise.full_time + (1.0 - promise.full_time) * promise.part;
    let joined = promise.trainees * each;
    (joined, joined - promise.leavers * promise.leaver_fte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hundred_trainees_at_two_in_five_full_time_are_fewer_than_five_hundred_leavers() {
        let nets = [0.5, 0.6, 0.7].map(|part| {
            let promise =
                Promise { leavers: 500.0, leaver_fte: 0.75, trainees: 300.0, full_time: 0.4, part };
            let (joined, net) = net_of(promise);
            [libm::round(joined), libm::round(net)]
        });
        assert_eq!(nets, [[210.0, -165.0], [228.0, -147.0], [246.0, -129.0]]);
    }
}
