//! GP Patient Survey by practice: the share of respondents who gave an answer, weighted.
//!
//! The questionnaire was redesigned in 2024, so nothing may be compared across 2023 and 2024: questions to 2023 are kept
//! under names of their own, which say so. Before 2024 the number of a question moved from year to year as well. A
//! negative value is the publisher's sign for a figure withheld or absent, `/` for none. Practices have few
//! respondents: use the number of responses for an interval. Since 2024 two bases are printed: of a share of those who
//! judged (`.pcteval`) the base is that of the same answers (`.baseevalw`), not of the question (`.basew`), which counts
//! those too who said that they did not know or had not tried. No real file could be had; the layout is that which public
//! readers of the survey name.

use evidence::tables;
use vocab::codes::PracticeCode;
use vocab::{Observed, Period};

use crate::edition;
use crate::header::Header;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// The GP Patient Survey.
pub static SOURCE: Source = Source {
    id: "patient_survey",
    title: "GP Patient Survey: practice level, weighted",
    publisher: "NHS England and Ipsos",
    landing_page: "https://gp-patient.co.uk/SurveysAndReports",
    cadence: "yearly",
    about: "Shares of respondents by question. Redesigned in 2024: no comparison with 2023 and before. Few respondents a practice: look at the interval.",
    writes: &[&tables::EXPERIENCE, &tables::EXPERIENCE_RESPONSE],
    recognise,
    read,
};

/// Columns since 2024: the share, the number of respondents behind it, and the question's name in the table.
const QUESTIONS: [(&str, &str, &str); 13] = [
    ("overallexp.pcteval", "overallexp.baseevalw", "overall"),
    ("gpcontactoverall.pcteval", "gpcontactoverall.baseevalw", "contact"),
    ("localgpservicesphone.pcteval", "localgpservicesphone.baseevalw", "phone"),
    ("localgpserviceswebsite.pcteval", "localgpserviceswebsite.baseevalw", "website"),
    ("localgpservicesapp.pcteval", "localgpservicesapp.baseevalw", "app"),
    ("localgpservicesreception.pcteval", "localgpservicesreception.baseevalw", "reception"),
    ("localgpservicesprefhpsee.pcteval", "localgpservicesprefhpsee.baseevalw", "continuity"),
    ("gpcontactnextstep.pcteval", "gpcontactnextstep.baseevalw", "next_step"),
    ("lastgpapptchoice.pcteval", "lastgpapptchoice.baseevalw", "choice"),
    ("lastgpapptwait.pcteval", "lastgpapptwait.baseevalw", "wait"),
    ("lastgpapptneeds.pcteval", "lastgpapptneeds.baseevalw", "needs"),
    ("lastgpapptconf.pcteval", "lastgpapptconf.baseevalw", "confidence"),
    ("lastgpapptdecision.pcteval", "lastgpapptdecision.baseevalw", "involvement"),
];

const SINCE_2024: &str = "since 2024";

fn recognise(sample: &Sample) -> Option<Match> {
    if let Some(found) = sample.matches(&["ad_practicecode", "overallexp.pcteval"], SINCE_2024) {
        return Some(found);
    }
    let row = sample.header_with(&["Practice_Code"])?;
    let header = Header::new(sample.rows.get(row)?.iter().map(String::as_str));
    let asks = header.names().iter().any(|name| question_to_2023(name).is_some());
    asks.then_some(Match { header_row: Some(row), era: "to 2023" })
}

/// The name of a question to 2023: `q28_12pct`, the share of the two best answers to question 28.
fn question_to_2023(name: &str) -> Option<String> {
    let lower = name.trim().to_ascii_lowercase();
    let number = lower.strip_prefix('q')?.strip_suffix("_12pct")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("q{number}_to_2023"))
}

/// A column of shares.
struct Question {
    share: usize,
    responses: Option<usize>,
    name: String,
}

fn questions(input: &Input<'_>) -> Vec<Question> {
    if input.era == SINCE_2024 {
        let known = QUESTIONS.iter().filter_map(|(share, base, name)| {
            let share = input.optional(&[share])?;
            Some(Question { share, responses: input.optional(&[base]), name: (*name).to_owned() })
        });
        return known.collect();
    }
    let names = input.header().names().iter().enumerate();
    names
        .filter_map(|(share, written)| {
            let name = question_to_2023(written)?;
            let base = |ending| written.to_ascii_lowercase().replace("_12pct", ending);
            // The base of the two answers, where it is printed, leaves out those who said that it did not apply to them.
            let responses = input.optional(&[&base("_12base"), &base("base")]);
            Some(Question { share, responses, name })
        })
        .collect()
}

/// A figure of which a negative one is the publisher's sign that there is none.
fn signed(figure: Observed<f64>) -> Observed<f64> {
    match figure {
        Observed::Value(value) if (-97.5..-96.5).contains(&value) => Observed::Suppressed,
        Observed::Value(value) if value < 0.0 => Observed::Missing,
        other => other,
    }
}

/// A share that was read: practice, question, share and responses.
type Answer = (String, usize, Observed<f64>, Option<f64>);

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let year = edition::calendar_year(input, intake)?;
    let fits = (year >= 2024) == (input.era == SINCE_2024);
    intake.check(
        "the layout is that of the year",
        fits,
        format!("named {year}, laid out as {}", input.era),
    );
    let period = Period::Year(year);
    intake.edition(period);
    let practice = input.column(&["ad_practicecode", "Practice_Code"], intake)?;
    let sent = input.optional(&["distributed"]);
    let returned = input.optional(&["received"]);
    let questions = questions(input);
    let (mut answers, mut once): (Vec<Answer>, _) = (Vec::new(), Once::default());
    input.each(intake, |row, intake| {
        let Some(code) = intake.code::<PracticeCode>(row, practice) else { return Ok(()) };
        if !once.first(row, &[practice], intake) {
            return Ok(());
        }
        for (number, question) in questions.iter().enumerate() {
            let Some(share) = intake.figure(row, question.share).map(signed) else { continue };
            let base = question.responses.and_then(|column| intake.figure(row, column));
            let base = base.map(signed).and_then(Observed::value);
            answers.push((code.to_owned(), number, share, base));
        }
        let forms = [sent, returned].map(|column| intake.figure(row, column?)?.value());
        if forms.iter().all(Option::is_none) {
            return Ok(());
        }
        let [sent, returned] = forms;
        let row = tables::experience_response::Row {
            practice: code.into(),
            sent: sent.into(),
            returned: returned.into(),
        };
        intake.add(period, row)
    })?;
    keep(&answers, &questions, period, intake)
}

fn keep(
    answers: &[Answer],
    questions: &[Question],
    period: Period,
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let largest = answers.iter().filter_map(|(.., share, _)| share.value()).fold(0.0, f64::max);
    let hundred = if largest > 1.0 { 100.0 } else { 1.0 };
    if hundred > 1.0 {
        intake.remark("the shares are percentages and were divided by 100");
    }
    intake.check(
        "shares are between 0 and 1",
        largest > 0.0 && largest <= hundred,
        format!("the largest is {largest}"),
    );
    for (practice, number, share, responses) in answers {
        let row = tables::experience::Row {
            practice: practice.into(),
            question: questions.get(*number).map_or("", |question| question.name.as_str()).into(),
            share: share.value().map(|share| share / hundred).into(),
            responses: (*responses).into(),
            mark: share.mark().into(),
        };
        intake.add(period, row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const NOW: &str = "ad_practicecode,ad_practicename,distributed,received,resprate,overallexp.pcteval,overallexp.baseevalw,lastgpapptwait.pcteval\nA81001,A,300,100,0.33,0.75,98.5,-97\nA81002,B,300,90,0.3,/,0,0.5\n";
    const BEFORE: &str = "Practice_Code,Practice_Name,distributed,received,q28_12pct,q28base\nA81001,A,300,100,0.83,97\n";

    #[test]
    fn the_design_since_2024_is_read_and_signs_are_kept() {
        let trial = Trial::of("GPPS_2025_Practice.csv", NOW);
        let expected = [
            "A81001|overall|0.75|98.5|value",
            "A81001|wait|||suppressed",
            "A81002|overall||0|missing",
            "A81002|wait|0.5||value",
        ];
        assert_eq!(trial.rows("experience", "2025"), expected);
        assert_eq!(trial.rows("experience_response", "2025"), ["A81001|300|100", "A81002|300|90"]);
    }

    #[test]
    fn the_base_of_a_share_is_that_of_its_own_answers() {
        let now = "ad_practicecode,overallexp.pcteval,localgpservicesphone.basew,localgpservicesphone.pcteval,localgpservicesphone.baseevalw\nA81001,0.7,120,0.5,80\n";
        let trial = Trial::of("GPPS_2025_Practice.csv", now);
        assert_eq!(
            trial.rows("experience", "2025"),
            ["A81001|overall|0.7||value", "A81001|phone|0.5|80|value"]
        );
        let before = "Practice_Code,q3base,q3_12pct,q3_12base\nA81001,120,0.5,80\n";
        assert_eq!(
            Trial::of("GPPS_2022.csv", before).rows("experience", "2022"),
            ["A81001|q3_to_2023|0.5|80|value"]
        );
    }

    #[test]
    fn the_design_to_2023_gets_names_of_its_own() {
        let trial = Trial::of("GPPS_2022_Practice.csv", BEFORE);
        assert_eq!(trial.rows("experience", "2022"), ["A81001|q28_to_2023|0.83|97|value"]);
    }

    #[test]
    fn a_layout_of_another_year_than_the_name_is_refused() {
        assert_eq!(Trial::of("GPPS_2023_Practice.csv", NOW).verdict(), Verdict::Refused);
    }

    #[test]
    fn a_file_that_nothing_dates_is_refused() {
        assert_eq!(Trial::of("survey.csv", BEFORE).verdict(), Verdict::Refused);
    }
}
