//! Every chart, drawn from ordinary and from awkward figures.

use kit::chart::{Chart, bars, compare, funnel, pyramid, shares, strip, trend};
use kit::map::{Area, Coordinates, Map, Spot};
use kit::{Caption, Side, Strength, Style, Value, Verdict};
use proptest::prelude::*;

/// Words around a test chart.
fn caption(id: &str) -> Caption {
    Caption {
        id: id.to_owned(),
        title: "Four of five practices miss fewer than one appointment in twenty".to_owned(),
        description: "A chart of invented figures.".to_owned(),
        source: "Invented figures".to_owned(),
        run: "0123abcd".to_owned(),
    }
}

/// A verdict by number, so that all kinds occur.
fn verdict(index: usize) -> Verdict {
    let kinds = [
        Verdict::Similar,
        Verdict::Different(Side::Above, Strength::P95, Value::Bad),
        Verdict::Different(Side::Below, Strength::P998, Value::Good),
        Verdict::Different(Side::Above, Strength::P998, Value::Neutral),
        Verdict::NotCompared,
    ];
    kinds[index % kinds.len()]
}

/// A funnel over sizes and values.
fn a_funnel(points: &[(f64, f64)]) -> funnel::Funnel {
    let points = points.iter().enumerate().map(|(index, &(size, value))| funnel::Point {
        code: format!("A{index:05}"),
        name: format!("Practice <{index}>"),
        href: Some(format!("/practice/A{index:05}")),
        size,
        value,
        verdict: verdict(index),
        named: index == 1,
    });
    let limits = |width: f64| {
        (1..=20).map(move |step| {
            let size = f64::from(step) * 1_000.0;
            let half = width / size.sqrt();
            funnel::Limits {
                size,
                p95: (width < 0.5).then_some((0.05 - half, 0.05 + half)),
                p998: (0.05 - 1.6 * half, 0.05 + 1.6 * half),
            }
        })
    };
    funnel::Funnel {
        caption: caption("funnel"),
        size_label: "Registered patients".to_owned(),
        size_style: Style::count("registered patients"),
        style: Style::percentage(1, "of appointments"),
        reference: ("England".to_owned(), 0.05),
        raw: limits(0.4).collect(),
        adjusted: limits(0.9).collect(),
        points: points.collect(),
    }
}

/// Bars over values.
fn a_comparison(values: &[f64]) -> compare::Compare {
    let bars = values.iter().enumerate().map(|(index, &value)| compare::Bar {
        code: format!("U{index:05}"),
        name: format!("Network {index}"),
        href: None,
        value: value.is_finite().then_some(value),
        interval: (index % 2 == 0).then_some((value * 0.9, value * 1.1)),
        verdict: verdict(index),
        reference: index == 0,
        highlighted: index == 1,
        unranked: false,
    });
    compare::Compare {
        caption: caption("compare"),
        style: Style::number(1, "per 1,000 patients"),
        bars: bars.collect(),
    }
}

/// A series over values.
fn a_trend(values: &[f64]) -> trend::Trend {
    let points = values.iter().enumerate().map(|(index, &value)| trend::Point {
        period: format!("Month {index}"),
        value: Some(value),
        interval: (index % 3 == 0).then_some((value - 1.0, value + 1.0)),
        reference: Some(value * 1.02),
        signal: if index == 2 { trend::Signal::Special(Value::Bad) } else { trend::Signal::Common },
        rule: (index == 2).then(|| "outside the limits".to_owned()),
    });
    trend::Trend {
        caption: caption("trend"),
        style: Style::number(1, "per 1,000 patients"),
        name: "Harbourton".to_owned(),
        reference: Some("England".to_owned()),
        points: points.collect(),
        cuts: Vec::new(),
        limits: vec![trend::Limits {
            points: 0..=values.len().saturating_sub(1),
            mean: 52.0,
            lower: 42.8,
            upper: 61.5,
        }],
        icon: Some(trend::Icon {
            letter: "H".to_owned(),
            value: Some(Value::Bad),
            words: "Special cause of concern, high".to_owned(),
        }),
    }
}

/// A strip over values.
fn a_strip(values: &[f64]) -> strip::Strip {
    strip::Strip {
        caption: caption("strip"),
        style: Style::percentage(1, ""),
        marked: values.first().map(|&value| ("Willow Surgery".to_owned(), value)),
        reference: Some(("England".to_owned(), 0.5)),
        values: values.to_vec(),
    }
}

/// A pyramid over counts.
fn a_pyramid(counts: &[f64]) -> pyramid::Pyramid {
    let bands = counts.iter().enumerate().map(|(index, &count)| pyramid::Band {
        name: format!("{} to {}", index * 5, index * 5 + 4),
        females: count,
        males: count * 0.9,
        reference: Some((0.03, 0.03)),
    });
    pyramid::Pyramid {
        caption: caption("pyramid"),
        reference: Some("England".to_owned()),
        bands: bands.collect(),
    }
}

/// A week over values.
fn a_week(values: &[f64]) -> bars::Bars {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    let days = names.iter().zip(values).map(|(name, &value)| bars::Bar {
        name: (*name).to_owned(),
        value: Some(value),
        reference: Some(0.2),
    });
    bars::Bars {
        caption: caption("week"),
        style: Style::percentage(1, "of appointments"),
        name: "Harbourton".to_owned(),
        reference: Some("England".to_owned()),
        heading: "Day".to_owned(),
        bars: days.collect(),
    }
}

/// A map of squares and points at places given in grid metres.
fn a_map(places: &[(f64, f64)]) -> Map {
    let areas = places.iter().enumerate().map(|(index, &(x, y))| Area {
        code: format!("E{index:08}"),
        name: format!("Area {index}"),
        href: None,
        value: (index % 4 != 3).then_some(index as f64),
        rings: vec![vec![(x, y), (x + 900.0, y), (x + 900.0, y + 900.0), (x, y + 900.0), (x, y)]],
    });
    let spots = places.iter().enumerate().map(|(index, &at)| Spot {
        code: format!("A{index:05}"),
        name: format!("Practice {index}"),
        href: Some(format!("/practice/A{index:05}")),
        at,
        value: Some(index as f64),
        verdict: verdict(index),
        named: index < 2,
    });
    Map {
        caption: caption("map"),
        coordinates: Coordinates::NationalGrid,
        area_style: Style::count("residents"),
        spot_style: Style::count("patients"),
        areas: areas.collect(),
        spots: spots.collect(),
    }
}

/// All charts over one list of values.
fn all_charts(values: &[f64]) -> Vec<String> {
    let pairs: Vec<(f64, f64)> = values.iter().map(|&value| (value * 200_000.0, value)).collect();
    let places: Vec<(f64, f64)> = values
        .iter()
        .map(|&value| (400_000.0 + value * 50_000.0, 300_000.0 - value * 70_000.0))
        .collect();
    vec![
        a_funnel(&pairs).to_svg(),
        a_comparison(values).to_svg(),
        a_trend(values).to_svg(),
        a_strip(values).to_svg(),
        a_pyramid(values).to_svg(),
        a_week(values).to_svg(),
        a_map(&places).to_svg(),
    ]
}

/// Every number after `attribute="`.
fn numbers_of<'a>(svg: &'a str, attribute: &str) -> impl Iterator<Item = f64> + use<'a> {
    let opening = format!(" {attribute}=\"");
    svg.split(&opening)
        .skip(1)
        .collect::<Vec<_>>()
        .into_iter()
        .map(|rest| {
            let text = rest.split('"').next().unwrap_or_default();
            text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
        })
        .collect::<Vec<f64>>()
        .into_iter()
}

/// Fails where a coordinate is no number or lies outside the view box.
fn assert_within_view_box(svg: &str) {
    for word in ["NaN", "inf", "Infinity"] {
        assert!(
            !svg.contains(&format!("\"{word}")) && !svg.contains(&format!(" {word}")),
            "{word}"
        );
    }
    let view_box = svg
        .split("viewBox=\"")
        .nth(1)
        .expect("well-formed picture")
        .split('"')
        .next()
        .expect("well-formed picture");
    let size: Vec<f64> =
        view_box.split(' ').map(|part| part.parse().expect("well-formed picture")).collect();
    for (attributes, limit) in
        [(["x", "x1", "x2", "cx"], size[2]), (["y", "y1", "y2", "cy"], size[3])]
    {
        for attribute in attributes {
            for value in numbers_of(svg, attribute) {
                assert!((-0.01..=limit + 0.01).contains(&value), "{attribute}={value} of {limit}");
            }
        }
    }
    for data in
        svg.split(" d=\"").skip(1).map(|rest| rest.split('"').next().expect("well-formed picture"))
    {
        for pair in data.split(['M', 'L']).filter(|part| !part.is_empty() && !part.contains('V')) {
            let pair: Vec<f64> = pair
                .trim_end_matches('Z')
                .split(' ')
                .map(|n| n.parse().expect("well-formed picture"))
                .collect();
            assert!((-8.0..=size[2] + 8.0).contains(&pair[0]), "{pair:?} of {size:?}");
            assert!((-8.0..=size[3] + 8.0).contains(&pair[1]), "{pair:?} of {size:?}");
        }
    }
}

#[test]
fn awkward_figures_stay_inside_the_picture() {
    let awkward: [&[f64]; 8] = [
        &[],
        &[0.0],
        &[7.5],
        &[3.0; 9],
        &[0.0; 4],
        &[f64::NAN, 1.0, f64::INFINITY],
        &[-5.0, -2.5, 4.0],
        &[1e-12, 1e9],
    ];
    for values in awkward {
        for svg in all_charts(values) {
            assert_within_view_box(&svg);
        }
    }
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let svg = a_funnel(&[]).to_svg();
    assert!(svg.contains("No figures to draw"));
}

#[test]
fn source_and_run_are_printed_inside_the_picture() {
    for svg in all_charts(&[0.1, 0.2, 0.3]) {
        assert!(svg.contains("Source: Invented figures. Run 0123abcd"));
    }
}

#[test]
fn a_strict_security_policy_lets_every_chart_pass() {
    for svg in all_charts(&[0.1, 0.2, 0.3]) {
        for refused in [" style=", "<style", "<script", "javascript:", "xlink", " onclick", "url("]
        {
            assert!(!svg.contains(refused), "{refused}");
        }
    }
}

#[test]
fn every_chart_is_named_and_described() {
    for svg in all_charts(&[0.1, 0.2, 0.3]) {
        assert!(svg.contains("<title id=\"") && svg.contains("<desc id=\""));
        assert!(svg.contains("role=\"img\"") || svg.contains("role=\"group\""));
    }
}

#[test]
fn the_table_twin_has_a_row_for_every_point() {
    let funnel = a_funnel(&[(100.0, 0.1), (200.0, 0.2)]);
    assert_eq!(funnel.to_table().rows.len(), 2);
    assert_eq!(a_trend(&[1.0, 2.0, 3.0]).to_table().rows.len(), 3);
    assert_eq!(a_map(&[(400_000.0, 300_000.0)]).to_table().rows.len(), 2);
}

#[test]
fn no_line_crosses_a_break() {
    let mut trend = a_trend(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    let begins = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    let lines = |trend: &trend::Trend| {
        trend.to_svg().split('M').skip(1).filter(|rest| begins(rest)).count()
    };
    let whole = lines(&trend);
    trend.cuts = vec![(3, "a redesigned survey".to_owned())];
    // The series and its reference each begin anew.
    assert_eq!(lines(&trend), whole + 2);
    assert!(trend.to_svg().contains("Break before Month 3: a redesigned survey"));
    assert!(trend.to_table().notes.iter().any(|note| note.contains("Month 3")));
}

#[test]
fn every_chart_is_drawn_as_before() {
    let values = [0.041, 0.052, 0.049, 0.085, 0.03];
    let names = ["funnel", "compare", "trend", "strip", "pyramid", "week", "map"];
    for (name, svg) in names.into_iter().zip(all_charts(&values)) {
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_figures_stay_inside_the_picture(values in prop::collection::vec(-1e6..1e6_f64, 0..40)) {
        for svg in all_charts(&values) {
            assert_within_view_box(&svg);
        }
    }
}

#[test]
fn a_bar_of_shares_shows_its_parts_and_their_intervals() {
    let part = |name: &str, value: f64| shares::Part {
        name: name.to_owned(),
        value,
        interval: Some((value - 0.05, value + 0.05)),
    };
    let chart = shares::Shares {
        caption: caption("bar"),
        parts: vec![part("Chance", 0.1), part("Patients", 0.4), part("Left over", 0.5)],
    };
    let svg = chart.to_svg();
    for words in ["Chance", "Patients", "Left over", "10%", "40%", "50%"] {
        assert!(svg.contains(words), "{words}");
    }
    assert_eq!(chart.to_table().rows.len(), 3);
}
