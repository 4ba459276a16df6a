//! A pen that writes SVG by hand: ordered attributes, fixed decimals, no styles and no scripts, so that the same
//! chart is the same bytes everywhere and a strict content security policy lets it pass.

use std::fmt::Write as _;

use crate::caption::Caption;
use crate::text::escape;

/// The type of every chart.
pub const FONT: &str = "Source Sans 3";

/// A picture being drawn.
#[derive(Debug, Clone)]
pub struct Svg {
    width: f64,
    height: f64,
    body: String,
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// At its middle.
    Middle,
    /// At its end.
    End,
}

impl Svg {
    /// An empty picture of a size in its own units.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// A straight line; `look` holds presentation attributes.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), look: &str) {
        let (x1, y1, x2, y2) = (fixed(from.0), fixed(from.1), fixed(to.0), fixed(to.1));
        let _ = write!(self.body, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {look}/>"#);
    }

    /// A rectangle by its top left corner, width and height.
    pub fn rect(&mut self, corner: (f64, f64), size: (f64, f64), look: &str) {
        let (x, y) = (fixed(corner.0), fixed(corner.1));
        let (width, height) = (fixed(size.0.max(0.0)), fixed(size.1.max(0.0)));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {look}/>"#
        );
    }

    /// A circle.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, look: &str) {
        let (x, y, r) = (fixed(centre.0), fixed(centre.1), fixed(radius));
        let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{r}" {look}/>"#);
    }

    /// A path whose data is already written.
    pub fn path(&mut self, data: &str, look: &str) {
        if !data.is_empty() {
            let _ = write!(self.body, r#"<path d="{data}" {look}/>"#);
        }
    }

    /// A text, escaped.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, look: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (x, y) = (fixed(at.0), fixed(at.1));
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" text-anchor="{anchor}" {look}>{}</text>"#,
            escape(text)
        );
    }

    /// Markup of another pen, or an element opened and closed by hand.
    pub fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// Draws something as a link with a hover text; without an address only the hover text is given.
    pub fn linked(&mut self, href: Option<&str>, hover: &str, draw: impl FnOnce(&mut Self)) {
        match href {
            Some(href) => {
                let _ = write!(self.body, r#"<a href="{}" tabindex="-1">"#, escape(href));
            }
            None => self.body.push_str("<g>"),
        }
        let _ = write!(self.body, "<title>{}</title>", escape(hover));
        draw(self);
        self.body.push_str(if href.is_some() { "</a>" } else { "</g>" });
    }

    /// The finished picture with its title and description.
    ///
    /// A picture with links is a group whose marks are hidden from assistive technology: the table beside it is the
    /// equal route, and links inside an image would be unreachable.
    #[must_use]
    pub fn finish(self, caption: &Caption) -> String {
        let (width, height) = (fixed(self.width), fixed(self.height));
        let id = escape(&caption.id);
        let (title, description) = (escape(&caption.title), escape(&caption.description));
        let role = if self.body.contains("<a ") { "group" } else { "img" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"{role}\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\" \
             font-family=\"{FONT}, Arial, sans-serif\" font-size=\"14\" fill=\"#212b32\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>\
             <rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\
             <g aria-hidden=\"true\">{}</g></svg>\n",
            self.body
        )
    }
}

/// A coordinate with at most two decimals; no exponent, no `-0`, and nought for what is not finite.
#[must_use]
pub fn fixed(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The path data of a line through points, lifted wherever there is none.
#[must_use]
pub fn polyline(points: impl IntoIterator<Item = Option<(f64, f64)>>) -> String {
    let mut data = String::new();
    let mut drawing = false;
    for point in points {
        let Some((x, y)) = point else {
            drawing = false;
            continue;
        };
        let _ = write!(data, "{}{} {}", if drawing { 'L' } else { 'M' }, fixed(x), fixed(y));
        drawing = true;
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_at_most_two_decimals_and_are_always_numbers() {
        assert_eq!(fixed(1.0), "1");
        assert_eq!(fixed(-0.001), "0");
        assert_eq!(fixed(12.345_6), "12.35");
        assert_eq!(fixed(f64::NAN), "0");
    }

    #[test]
    fn a_line_is_lifted_where_a_point_is_missing() {
        let points = [Some((0.0, 1.0)), Some((2.0, 3.0)), None, Some((4.0, 5.0))];
        assert_eq!(polyline(points), "M0 1L2 3M4 5");
    }

    #[test]
    fn a_picture_with_links_is_a_group_and_one_without_is_an_image() {
        let mut linked = Svg::new(10.0, 10.0);
        linked.linked(Some("/practice/A81001"), "A <practice>", |svg| {
            svg.circle((1.0, 1.0), 1.0, "");
        });
        let linked = linked.finish(&Caption::default());
        assert!(linked.contains("role=\"group\"") && linked.contains("A &lt;practice&gt;"));
        assert!(Svg::new(1.0, 1.0).finish(&Caption::default()).contains("role=\"img\""));
    }
}
