//! Classes of a map: five groups of equal number, by quantile, with the words of the legend.

use crate::number::Style;

/// Breaks between the classes of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classes {
    /// The highest value of each class but the last, rising, without repetition.
    breaks: Vec<f64>,
    low: f64,
    high: f64,
}

impl Classes {
    /// Up to `count` classes of about equal number; equal values are never parted.
    pub(crate) fn quantiles(values: impl IntoIterator<Item = f64>, count: usize) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (*sorted.first()?, *sorted.last()?);
        let mut breaks: Vec<f64> = (1..count)
            .filter_map(|class| sorted.get((sorted.len() * class / count).max(1) - 1).copied())
            .filter(|&value| value < high)
            .collect();
        breaks.dedup_by(|a, b| a.total_cmp(b).is_eq());
        Some(Self { breaks, low, high })
    }

    /// The number of classes.
    pub(crate) fn len(&self) -> usize {
        self.breaks.len() + 1
    }

    /// The class of a value, from nought.
    pub(crate) fn of(&self, value: f64) -> usize {
        self.breaks.partition_point(|&limit| limit < value)
    }

    /// The words of a class: `2.1% to 3.4%`; each class after the first begins above the one before.
    pub(crate) fn words(&self, class: usize, style: &Style) -> String {
        let from = class.checked_sub(1).and_then(|below| self.breaks.get(below)).copied();
        let to = self.breaks.get(class).copied().unwrap_or(self.high);
        match from {
            None => style.interval(self.low, to),
            Some(from) => format!("over {} to {}", style.figure(from), style.figure(to)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_about_equal_numbers() {
        let classes = Classes::quantiles((1..=10).map(f64::from), 5).unwrap();
        let counts = (1..=10).map(f64::from).fold([0; 5], |mut counts, value| {
            counts[classes.of(value)] += 1;
            counts
        });
        assert_eq!(counts, [2; 5]);
    }

    #[test]
    fn equal_values_make_one_class_and_none_make_no_map() {
        assert_eq!(Classes::quantiles([3.0; 7], 5).unwrap().len(), 1);
        assert!(Classes::quantiles([f64::NAN], 5).is_none());
    }
}
