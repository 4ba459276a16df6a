//! NHS payments to general practice, in the layout of 2022-23.

use std::io::{self, Write};

use vocab::Month;

use super::super::csv::{row, table, with_carriage_returns};
use super::super::draw::{Decision, draw};
use super::super::parameters::parameters;
use super::super::providers::{Provider, providers};
use super::super::world::World;
use super::File;

const FIRST: [&str; 21] = [
    "NHS England (Region) code",
    "NHS England (Region) Name",
    "Sub ICB Code",
    "Sub ICB NAME",
    "PCN Code",
    "PCN Name",
    "Practice Code",
    "Practice Name",
    "Practice Address",
    "Practice Postcode",
    "Practice Open Date",
    "Practice Close Date",
    "Contract Type",
    "Dispensing Practice",
    "Practice type",
    "Practice Rurality",
    "Atypical characteristics",
    "Average Number of Registered Patients",
    "Average Number of Weighted Patients",
    "Average payments per registered patient",
    "Average payments per weighted patient",
];
/// Lines of income before the first total, in the publication's order.
const LINES: [&str; 33] = [
    "Global Sum",
    "MPIG Correction factor",
    "Balance of PMS Expenditure",
    "Total QOF Payments",
    "Childhood Vaccination and Immunisation Scheme",
    "GP Extended Hours Access",
    "Influenza and Pneumococcal Immunisations",
    "Learning Disabilities",
    "Meningitis",
    "Minor Surgery",
    "Out Of Area in Hours Urgent Care",
    "Pertussis",
    "Rotavirus and Shingles Immunisation",
    "Services for Violent Patients",
    "Medical Assessment Reviews",
    "Weight Management Service",
    "Local Incentive Schemes",
    "Premises Payments",
    "Seniority",
    "Doctors Retainer Scheme Payments",
    "Total Locum Allowances",
    "Appraisal - Appraiser Costs in Respect of Locums",
    "Prolonged Study Leave",
    "PCO Admin Other",
    "Information Management and Technology",
    "Non DES Item Pneumococcal Vaccine, Childhood Immunisation Main Programme",
    "General Practice Transformation",
    "PCN Participation",
    "Prescribing Fee Payments",
    "Dispensing Fee Payments",
    "Reimbursement of Drugs",
    "winter Access Fund",
    "Other Payments",
];
const TOTALS: [&str; 7] = [
    "Total NHS Payments to General Practice",
    "Deductions for Pensions, Levies and Prescription Charge Income",
    "Total NHS Payments to General Practice Minus Deductions",
    "Total NHS Payments to General Practice including covid vaccination, covid support and long covid payments",
    "Total NHS Payments including PCN Workforce, Leadership and Support",
    "Total NHS Payments to General Practice including Covid and PCN payments",
    "Total NHS Payments to General Practice including Covid and PCN payments minus deductions",
];
/// Lines paid through networks, then those of the pandemic.
const NETWORK_LINES: [&str; 10] = [
    "PCN Leadership",
    "PCN Support",
    "PCN Extended Hours Access",
    "PCN Workforce",
    "PCN Investment and impact Fund",
    "PCN Care Home Premium",
    "PCN Enhanced Access",
    "Covid Immunisation",
    "Covid Support and Expansion",
    "Long Covid",
];
const AVERAGES: [&str; 4] = [
    "Average payments per registered patient including PCN Workforce, Leadership and Support",
    "Average payments per weighted patient including PCN Workforce, Leadership and Support",
    "Average payments per registered patient including covid vaccination, covid support and long covid payments",
    "Average payments per weighted patient including covid vaccination, covid support and long covid payments",
];

/// The year 2024-25.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![File::new("payments/nhspaymentsgp-24-25-prac-csv.csv", |out| payments(world, out))]
}

fn payments(world: &World, out: &mut dyn Write) -> io::Result<()> {
    // The list of the middle of the year; those that closed in it were paid too.
    let providers = providers(world, Month { year: 2024, month: 6 });
    let titles = FIRST.iter().chain(&LINES).chain(&TOTALS).chain(&NETWORK_LINES).chain(&AVERAGES);
    let mut header = Vec::new();
    for (index, title) in titles.enumerate() {
        if index > 0 {
            header.push(b',');
        }
        super::super::csv::field(&mut header, title);
    }
    let mut bytes = Vec::new();
    table(&mut bytes, &String::from_utf8_lossy(&header), providers.len(), &|index, bytes| {
        practice(&providers[index], bytes);
    })?;
    out.write_all("\u{feff}".as_bytes())?;
    out.write_all(&with_carriage_returns(&bytes))
}

/// Pounds and pence without needless noughts, as the publication prints them.
fn pounds(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn practice(provider: &Provider, bytes: &mut Vec<u8>) {
    let practice = provider.record();
    let world = provider.world;
    let list = &world.lists[provider.practice];
    let registered = f64::from(provider.list);
    let weighted = rounded(list.weighted / f64::from(list.total) * registered);
    let income: Vec<f64> = LINES
        .iter()
        .enumerate()
        .map(|(n, line)| rounded(line_of(provider, weighted, n, line)))
        .collect();
    let network: Vec<f64> = NETWORK_LINES
        .iter()
        .enumerate()
        .map(|(n, line)| rounded(other_line(provider, 50 + n, line)))
        .collect();
    let total = rounded(income.iter().sum());
    let deductions = -rounded(total * 0.117);
    let with_networks = rounded(total + network[..7].iter().sum::<f64>());
    let with_covid = rounded(total + network[7..].iter().sum::<f64>());
    let whole = rounded(with_networks + with_covid - total);
    let totals = [
        total,
        deductions,
        total + deductions,
        with_covid,
        with_networks,
        whole,
        whole + deductions,
    ];
    let averages = [
        with_networks / registered,
        with_networks / weighted,
        with_covid / registered,
        with_covid / weighted,
    ];
    let (sub_icb, region, primary) = (provider.sub_icb(), provider.region(), provider.network());
    let closed = if provider.unit == provider.practice { "" } else { "30/06/2024" };
    let mut fields: Vec<String> = vec![
        region.code.clone(),
        format!("{} COMM REGION", region.name.to_uppercase()),
        sub_icb.code.clone(),
        sub_icb.name.to_uppercase(),
        primary.code.clone(),
        primary.name.clone(),
        provider.code.to_owned(),
        provider.name.to_owned(),
        practice.address.join(" "),
        provider.postcode.to_owned(),
        "01/04/1974".into(),
        closed.into(),
        practice.contract.into(),
        if practice.dispensing { "Yes" } else { "No" }.into(),
        "GP practice".into(),
        if practice.rural { "Rural" } else { "Urban" }.into(),
        String::new(),
        pounds(registered),
        pounds(weighted),
        pounds(total / registered),
        pounds(total / weighted),
    ];
    fields.extend(
        income.iter().chain(&totals).chain(&network).chain(&averages).map(|value| pounds(*value)),
    );
    let fields: Vec<&dyn std::fmt::Display> =
        fields.iter().map(|f| f as &dyn std::fmt::Display).collect();
    row(bytes, &fields);
}

fn line_of(provider: &Provider, weighted: f64, number: usize, line: &str) -> f64 {
    let figures = &parameters().payments;
    let contract = provider.record().contract;
    let sum = weighted
        * figures.price_per_weighted_patient.value
        * (1.0 - figures.out_of_hours_deduction.value);
    match line {
        "Global Sum" if contract == "GMS" => sum,
        "Balance of PMS Expenditure" if contract == "PMS" => sum * 1.06,
        "Global Sum" | "Balance of PMS Expenditure" => 0.0,
        "Total QOF Payments" => {
            let mut stream = draw(provider.world.seed, Decision::Payment, provider.unit, 1);
            let share = stream
                .beta(figures.quality_points_first.value, figures.quality_points_second.value);
            f64::from(provider.list) * figures.quality_points.value * share / 0.95
        }
        "Other Payments" if contract == "APMS" => sum * 1.25,
        line => other_line(provider, number, line),
    }
}

fn other_line(provider: &Provider, number: usize, line: &str) -> f64 {
    let figures = &parameters().payments;
    let Some(found) = figures.line.iter().find(|candidate| candidate.column == line) else {
        return 0.0;
    };
    if found.paid_to == "dispensing" && !provider.record().dispensing {
        return 0.0;
    }
    let mut stream = draw(provider.world.seed, Decision::Payment, provider.unit, 10 + number);
    let spread = found.log_spread;
    f64::from(provider.list) * found.pounds * stream.lognormal(1.0, spread)
        / libm::exp(spread * spread / 2.0)
}
