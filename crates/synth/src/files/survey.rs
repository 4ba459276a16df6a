//! The GP Patient Survey by practice: the wide layout from 2024 and the older one of 2023.

use std::fmt::Display;
use std::io::{self, Write};

use super::super::csv::{row, table};
use super::super::parameters::parameters;
use super::super::providers::{Provider, providers};
use super::super::survey::{Answers, answers};
use super::super::world::World;
use super::File;

/// Two years of the new layout and one of the old; they are not to be compared.
pub fn files(world: &World) -> Vec<File<'_>> {
    let path = |year: i16| format!("gpps/GPPS_{year}_Practice_data_(weighted)_(csv)_PUBLIC.csv");
    vec![
        File::new(path(2023), |out| old(world, out)),
        File::new(path(2024), |out| new(world, 2024, out)),
        File::new(path(2025), |out| new(world, 2025, out)),
    ]
}

fn month_of(year: i16) -> vocab::Month {
    vocab::Month { year, month: 1 }
}

fn write(bytes: &mut Vec<u8>, fields: &[String]) {
    let fields: Vec<&dyn Display> = fields.iter().map(|field| field as &dyn Display).collect();
    row(bytes, &fields);
}

fn new(world: &World, year: i16, out: &mut dyn Write) -> io::Result<()> {
    let mut header: Vec<String> = [
        "ad_practicecode",
        "ad_practicename",
        "ad_icscode",
        "ad_icsname",
        "ad_pcncode",
        "ad_pcnname",
        "distributed",
        "received",
        "resprate",
    ]
    .map(str::to_owned)
    .into();
    let questions = parameters().survey.question.iter().map(|question| question.stem.as_str());
    for stem in ["overallexp", "localgpservicesphone"].into_iter().chain(questions) {
        header.extend((1..=4).map(|option| format!("{stem}_{option}.pct")));
        header.extend([
            format!("{stem}.pcteval"),
            format!("{stem}.basew"),
            format!("{stem}.baseevalw"),
        ]);
    }
    let providers = providers(world, month_of(year));
    table(out, &header.join(","), providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let answers = answers(world, provider.practice, year);
        let mut fields = first_fields(provider, &answers);
        question(&mut fields, answers.overall, answers.received);
        question(&mut fields, answers.phone, answers.received * 9 / 10);
        for (share, asked) in &answers.questions {
            question(&mut fields, *share, *asked);
        }
        write(bytes, &fields);
    })
}

fn first_fields(provider: &Provider, answers: &Answers) -> Vec<String> {
    let (network, icb) = (provider.network(), provider.icb());
    vec![
        provider.code.to_owned(),
        provider.name.to_owned(),
        icb.code.clone(),
        icb.long_name.clone(),
        network.code.clone(),
        network.name.clone(),
        answers.sent.to_string(),
        answers.received.to_string(),
        format!("{:.6}", answers.received as f64 / answers.sent.max(1) as f64),
    ]
}

/// Four options, the share of the better two, and who was asked; fewer than ten answers are suppressed.
fn question(fields: &mut Vec<String>, share: f64, asked: u64) {
    if asked < 10 {
        fields.extend(std::iter::repeat_n("-97".to_owned(), 5));
        fields.extend([asked.to_string(), asked.to_string()]);
        return;
    }
    let parts = [share * 0.45, share * 0.55, (1.0 - share) * 0.6, (1.0 - share) * 0.4];
    fields.extend(parts.map(|part| format!("{part:.9}")));
    fields.extend([format!("{share:.9}"), asked.to_string(), asked.to_string()]);
}

fn old(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let mut header: Vec<String> = [
        "Practice_Code",
        "Practice_Name",
        "PCN_Code",
        "PCN_Name",
        "distributed",
        "received",
        "resprate",
        "q28_12pct",
        "q1_12pct",
    ]
    .map(str::to_owned)
    .into();
    let old_questions =
        || parameters().survey.question.iter().filter(|question| !question.old.is_empty());
    header.extend(old_questions().map(|question| question.old.clone()));
    let providers = providers(world, month_of(2024));
    table(out, &header.join(","), providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let answers = answers(world, provider.practice, 2023);
        let network = provider.network();
        let mut fields = vec![
            provider.code.to_owned(),
            provider.name.to_owned(),
            network.code.clone(),
            network.name.clone(),
            answers.sent.to_string(),
            answers.received.to_string(),
            format!("{:.6}", answers.received as f64 / answers.sent.max(1) as f64),
            format!("{:.9}", answers.overall),
            format!("{:.9}", answers.phone),
        ];
        let asked = parameters().survey.question.iter().zip(&answers.questions);
        fields.extend(
            asked
                .filter(|(question, _)| !question.old.is_empty())
                .map(|(_, (share, _))| format!("{share:.9}")),
        );
        write(bytes, &fields);
    })
}
