//! Markdown of our own documents as HTML, with an address for each heading.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A document as HTML without its first heading, and its second-level headings with their anchors.
pub(crate) fn rendered(text: &str) -> (String, Vec<(String, String)>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut headings = Vec::new();
    let mut open: Option<(HeadingLevel, usize, String)> = None;
    for event in Parser::new_ext(text, options) {
        match &event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.as_ref().map(ToString::to_string).unwrap_or_default();
                open = Some((*level, events.len(), id));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, start, id)) = open.take() {
                    close_heading(&mut events, &mut headings, level, (start, id));
                    if level == HeadingLevel::H1 {
                        continue;
                    }
                }
            }
            // Raw HTML of a document stays text.
            Event::Html(raw) | Event::InlineHtml(raw) => {
                events.push(Event::Text(raw.clone()));
                continue;
            }
            _ => {}
        }
        events.push(event);
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    let out = with_tables_named(&out).replace("</table>", "</table></div>");
    (out.replace("<pre>", "<pre tabindex=\"0\">"), headings)
}

/// Puts each table into a region of its own number, so that a screen reader can tell them apart.
fn with_tables_named(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for (number, piece) in page.split("<table>").enumerate() {
        if number > 0 {
            out += "<div class=\"app-table\" role=\"region\" tabindex=\"0\" aria-label=\"Table ";
            out += &number.to_string();
            out += "\"><table class=\"nhsuk-table\">";
        }
        out += piece;
    }
    out
}

/// Gives the heading its anchor; a first-level heading is taken out.
fn close_heading(
    events: &mut Vec<Event<'_>>,
    headings: &mut Vec<(String, String)>,
    level: HeadingLevel,
    (start, id): (usize, String),
) {
    if level == HeadingLevel::H1 {
        events.truncate(start);
        return;
    }
    let words: String = events
        .iter()
        .skip(start)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let anchor = if id.is_empty() { slug(&words) } else { id };
    if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(start) {
        *id = Some(CowStr::from(anchor.clone()));
    }
    if level == HeadingLevel::H2 {
        headings.push((anchor, words));
    }
}

/// The anchor of a heading.
fn slug(words: &str) -> String {
    let kept = words.chars().map(|character| {
        if character.is_alphanumeric() { character.to_ascii_lowercase() } else { '-' }
    });
    let slug: String = kept.collect();
    slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_anchors_and_the_title_is_left_to_the_page() {
        let (html, headings) = rendered(
            "# Methods\n\n## XmR charts {#xmr}\n\ntext <b>raw</b>\n\n## Wilson's interval\n",
        );
        assert!(!html.contains("<h1"), "{html}");
        assert!(html.contains("<h2 id=\"xmr\">XmR charts</h2>"), "{html}");
        assert!(html.contains("&lt;b&gt;"), "{html}");
        let anchors: Vec<&str> = headings.iter().map(|(anchor, _)| anchor.as_str()).collect();
        assert_eq!(anchors, ["xmr", "wilson-s-interval"]);
    }
}
