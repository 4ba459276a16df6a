//! The ways of reading a claim.

use serde::Deserialize;

/// How a claim is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A figure against England, a parent or another organisation.
    Compare,
    /// The value of an indicator.
    Value,
    /// The highest or lowest of a group.
    Extreme,
    /// The share of practices on a side of England.
    Practices,
    /// The share of patients of some ages.
    Ages,
    /// The share of patients who live in the most deprived areas.
    DeprivedAreas,
    /// Differences between practices against chance.
    Variation,
    /// Differences between practices against the case mix.
    Explained,
    /// Whether care homes or students make a practice's figure.
    MadeBy,
    /// The slope over deprivation.
    Gap,
    /// Capacity beside experience.
    Felt,
    /// Change over time.
    Trend,
    /// Growth of lists.
    Growth,
    /// Practices, networks and patients counted.
    Counted,
    /// Sizes of networks.
    NetworkSizes,
    /// The largest or smallest practice or network.
    Largest,
    /// Small areas among the most or least deprived.
    Neighbourhoods,
    /// Contracts of practices, and who dispenses.
    Contracts,
    /// Residents of a place, all or of some ages.
    Residents,
    /// Residents of an ethnic group.
    Ethnicity,
    /// Staff of networks by role.
    NetworkRoles,
    /// Closures.
    Closures,
    /// Staff.
    Staff,
    /// Staff of networks.
    NetworkPosts,
    /// Warning signs.
    Signs,
    /// Registered and resident.
    Registered,
    /// Days of the week.
    Week,
    /// People within minutes of a practice.
    Within,
    /// How far people likely to be frail travel.
    Traverse,
    /// Services over deprivation.
    Offers,
    /// Leavers and trainees.
    Leavers,
    /// Answers that a survey needs.
    Power,
    /// The smallest change that a survey can show.
    SmallestChange,
    /// Recruits beside a gap.
    Recruits,
    /// A rise in money against prices.
    Uplift,
    /// Money not drawn.
    NotDrawn,
    /// The gap between need and capacity to come.
    GapToCome,
    /// What triage by telephone does to the work of GPs.
    Triage,
    /// How much newly qualified GPs work.
    NewGps,
    /// Contacts that waiting for hospital causes.
    Waits,
    /// The smallest cluster for a rota of seven days.
    Rota,
    /// Where patients would go.
    Closing,
    /// What no imported release holds.
    Pending,
}

impl Method {
    /// Whether it reads one time, and not a change or what is to come.
    pub(super) const fn is_of_one_time(self) -> bool {
        matches!(
            self,
            Self::Compare
                | Self::Value
                | Self::Extreme
                | Self::Practices
                | Self::Ages
                | Self::DeprivedAreas
                | Self::Variation
                | Self::Explained
                | Self::MadeBy
                | Self::Gap
                | Self::Felt
                | Self::Counted
                | Self::NetworkSizes
                | Self::Largest
                | Self::Neighbourhoods
                | Self::NetworkRoles
                | Self::Contracts
                | Self::Residents
                | Self::Ethnicity
                | Self::Staff
                | Self::NetworkPosts
                | Self::Signs
                | Self::Registered
                | Self::Week
                | Self::Within
                | Self::Traverse
                | Self::Offers
        )
    }
}
