//! The marks of a comparison: triangle up, triangle down, circle; filled or hollow.

use crate::svg::{Svg, fixed};
use crate::words::{Side, Verdict};

/// Draws the mark of a verdict centred on a point.
pub(crate) fn mark(svg: &mut Svg, (x, y): (f64, f64), verdict: Verdict, size: f64) {
    let colour = verdict.colour();
    let fill = if verdict.is_filled() { colour } else { "#ffffff" };
    let look = format!(r#"fill="{fill}" stroke="{colour}" stroke-width="1.5""#);
    match verdict {
        Verdict::Different(Side::Above, ..) => svg.path(&triangle((x, y), size, -1.0), &look),
        Verdict::Different(Side::Below, ..) => svg.path(&triangle((x, y), size, 1.0), &look),
        _ => svg.circle((x, y), size * 0.75, &look),
    }
}

/// A triangle around a point; `way` is −1 for one that points up.
fn triangle((x, y): (f64, f64), size: f64, way: f64) -> String {
    let (left, right) = (fixed(x - size), fixed(x + size));
    let (base, tip) = (fixed(y - way * size * 0.75), fixed(y + way * size));
    format!("M{left} {base}L{right} {base}L{} {tip}Z", fixed(x))
}

/// The verdicts that stand among the points, each once, most striking first, for the legend.
pub(crate) fn present(verdicts: impl IntoIterator<Item = Verdict>) -> Vec<Verdict> {
    let mut seen: Vec<Verdict> = verdicts.into_iter().collect();
    seen.sort_unstable();
    seen.dedup();
    seen
}

/// The legend text of a verdict: what it says and on which side.
pub(crate) fn legend_text(verdict: Verdict) -> String {
    match verdict {
        Verdict::Different(side, _, crate::words::Value::Good | crate::words::Value::Bad) => {
            let side = if side == Side::Above { "above" } else { "below" };
            format!("{}, {side}", verdict.label())
        }
        _ => verdict.label(),
    }
}
