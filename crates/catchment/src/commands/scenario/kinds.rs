//! `catchment scenario kinds`: what can be written, for people and for forms.

use options::interventions::KINDS;
use options::{Field, Kind, Label, Start};

pub(super) fn show(json: bool) {
    if json {
        let kinds: Vec<_> = KINDS.iter().map(|kind| kind_json(kind)).collect();
        say!("{:#}", serde_json::json!(kinds));
        return;
    }
    for kind in KINDS {
        say!("{} ({})", kind.id, kind.title);
        say!("    {}", kind.about);
        for field in kind.fields {
            say!(
                "    {} = {}  [{}; {}] {}",
                field.name,
                start(field),
                field.unit,
                allowed(field),
                field.about
            );
        }
    }
}

fn allowed(field: &Field) -> String {
    field.range_in_words().unwrap_or_else(|| field.form.in_words().to_owned())
}

fn start(field: &Field) -> String {
    match field.start {
        Start::Needed => "…".to_owned(),
        Start::Optional => "none".to_owned(),
        Start::Is(text, Label::Assumption) => format!("{text} (assumption)"),
        Start::Is(text, Label::Published) => format!("{text} (published)"),
    }
}

fn kind_json(kind: &Kind) -> serde_json::Value {
    let fields: Vec<_> = kind.fields.iter().map(field_json).collect();
    serde_json::json!({"kind": kind.id, "title": kind.title, "about": kind.about, "fields": fields})
}

fn field_json(field: &Field) -> serde_json::Value {
    let (needed, default, label) = match field.start {
        Start::Needed => (true, None, None),
        Start::Optional => (false, None, None),
        Start::Is(text, Label::Assumption) => (false, Some(text), Some("assumption")),
        Start::Is(text, Label::Published) => (false, Some(text), Some("published")),
    };
    let range = field.range_in_words().map(|_| [*field.range.start(), *field.range.end()]);
    serde_json::json!({
        "name": field.name, "about": field.about, "unit": field.unit,
        "expected": field.form.in_words(), "range": range, "needed": needed,
        "default": default, "label": label,
    })
}
