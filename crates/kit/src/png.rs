//! PNG copies of our SVG pictures, drawn with the fonts that are handed in and no others, so that every machine
//! draws the same pixels.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};
use thiserror::Error;

use crate::svg::FONT;

/// Why a picture could not be drawn.
#[derive(Debug, Error)]
pub enum PngError {
    /// The SVG was refused.
    #[error("the picture is not readable SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// A picture of no size or beyond memory.
    #[error("a picture of {0} by {1} pixels cannot be drawn: expected 1 to 10,000 each way")]
    Size(u32, u32),
    /// The pixels could not be packed.
    #[error("the picture could not be packed as PNG")]
    Packing,
}

/// Draws SVG as PNG at `scale` pixels to a unit, with the given TrueType fonts.
///
/// # Errors
/// SVG that cannot be read, or a size beyond 10,000 pixels.
pub fn render(svg: &str, fonts: &[&[u8]], scale: f32) -> Result<Vec<u8>, PngError> {
    let mut database = usvg::fontdb::Database::new();
    for font in fonts {
        database.load_font_data(font.to_vec());
    }
    database.set_sans_serif_family(FONT);
    let options = usvg::Options {
        font_family: FONT.to_owned(),
        fontdb: Arc::new(database),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options)?;
    let size = tree.size();
    let width = libm::ceilf(size.width() * scale) as u32;
    let height = libm::ceilf(size.height() * scale) as u32;
    if width.max(height) > 10_000 {
        return Err(PngError::Size(width, height));
    }
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| PngError::Packing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_becomes_png_of_its_size() {
        let svg = crate::svg::Svg::new(40.0, 20.0).finish(&crate::Caption::default());
        let png = render(&svg, &[], 2.0).unwrap();
        assert_eq!(&png[1..4], b"PNG");
        assert_eq!((png[19], png[23]), (80, 40));
    }

    #[test]
    fn a_text_that_is_no_picture_is_refused() {
        assert!(matches!(render("not svg", &[], 1.0), Err(PngError::Svg(_))));
    }
}
