//! Staff of practices, the care that they give, what patients say of it and what is paid.

tables! {
    STAFF = staff, "Staff of a practice, a network or the practices of a sub-ICB by group and role.",
        of several("organisation"), in [Month], absent Missing, key ["organisation"], columns [
        text(organisation, "practice, network or sub-ICB code"),
        words(level, "practice, network or sub_icb"),
        words(group, "gp, nurse, direct_patient_care, admin or director"),
        text(role, "role as published, or total (which repeats the roles of its group); of GPs also excluding_trainees, excluding_locums and excluding_trainees_and_locums"),
        words(sex, "female, male or other_or_unknown", empty "where not split"),
        text(age_band, "age band", empty "where not split"),
        words(measure, "fte or headcount"),
        amount(value, "full-time equivalents or people"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    WORKFORCE_LIST = workforce_list, "Registered patients as printed beside the workforce of a practice, and whether its return was complete.",
        of practice(), in [Month], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        count(patients, "people"),
        words(gp_source, "provided or estimated", empty "where the publication does not tell"),
        words(nurse_source, "provided or estimated", empty "where the publication does not tell"),
        words(direct_patient_care_source, "provided or estimated", empty "where the publication does not tell"),
        words(admin_source, "provided or estimated", empty "where the publication does not tell"),
    ];
    CONDITION = condition, "Patients of a practice on a disease register and the list it is drawn from.",
        of practice(), in [FinancialYear], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(register, "register, such as DM"),
        text(list_type, "ages that the list counts, such as 17OV"),
        count(patients, "people on the register"),
        count(list_size, "people on the list of those ages"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    ACHIEVEMENT = achievement, "What a practice achieved on an indicator of the Quality and Outcomes Framework.",
        of practice(), in [FinancialYear], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(indicator, "indicator, such as HYP008"),
        words(measure, "numerator, denominator, exceptions (personalised care adjustments), exclusions, points or register"),
        amount(value, "people or points"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    ACHIEVEMENT_TOTAL = achievement_total, "Points of the Quality and Outcomes Framework that a practice achieved.",
        of practice(), in [FinancialYear], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        amount(points, "points achieved"),
        amount(points_available, "points that could be achieved"),
        count(list_size, "people on the list"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    QOF_INDICATOR = qof_indicator, "An indicator of the Quality and Outcomes Framework in a year.",
        of other("indicators of the Quality and Outcomes Framework"), in [FinancialYear], absent Missing, key ["indicator"], columns [
        text(indicator, "indicator"),
        amount(points, "points it is worth"),
        text(group, "group"),
        text(group_name, "its name"),
        text(domain, "domain"),
        text(list_type, "ages of the list"),
    ];
    EXPERIENCE = experience, "Share of respondents of a practice who gave an answer in the GP Patient Survey.",
        of practice(), in [Year], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(question, "overall, contact, phone, website, continuity, wait, needs, ...; to 2023 such as q28_to_2023, which is another series"),
        amount(share, "share of respondents, 0 to 1, weighted"),
        amount(responses, "respondents to the question", empty "where not given"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    EXPERIENCE_RESPONSE = experience_response, "Questionnaires of the GP Patient Survey sent and returned at a practice.",
        of practice(), in [Year], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        count(sent, "questionnaires"),
        count(returned, "questionnaires"),
    ];
    PAYMENT = payment, "A line of NHS payments to a practice in a financial year, in pounds of that year.",
        of practice(), in [FinancialYear], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(line, "line"),
        amount(pounds, "pounds, nominal; negative for deductions"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    CONTRACT = contract, "The contract and the average lists of a practice in a financial year.",
        of practice(), in [FinancialYear], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        words(contract, "GMS, PMS, APMS or other"),
        text(dispensing, "yes or no", empty "where not given"),
        text(rurality, "rural or urban"),
        amount(registered_average, "patients"),
        amount(weighted_average, "weighted patients"),
        text(opened, "day of opening"),
        text(closed, "day of closing", empty "while it is open"),
    ];
    VACCINATION = vaccination, "Children of a practice who had a vaccine by an age, of those due.",
        of practice(), in [FinancialYear], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        words(age, "12 months, 24 months or 5 years"),
        text(vaccine, "vaccine as published, such as MMR1"),
        count(vaccinated, "children"),
        count(due, "children"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    NETWORK_INDICATOR = network_indicator, "A value of the Network Contract indicators for a practice.",
        of practice(), in [Day], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(indicator, "indicator"),
        text(field, "field"),
        count(value, "people"),
    ];
}
