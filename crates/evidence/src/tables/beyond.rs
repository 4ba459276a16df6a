//! Hospitals, NHS 111 and figures published ready made.

tables! {
    URGENT_CALL = urgent_call, "A figure of NHS 111 in a month by area of contract, which is no board.",
        of other("areas of contract of NHS 111"), in [Month], absent Missing, key ["contract"], columns [
        text(contract, "code of the contract"),
        text(name, "its area"),
        text(provider, "who answers"),
        text(item, "number of the item as published, such as A01 (calls received)"),
        amount(value, "calls, seconds or what the item counts"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    REFERRAL_WAIT = referral_wait, "Pathways between referral and treatment by consultants in a month, of a commissioner or of a provider; levels may not be added.",
        of several("organisation"), in [Month], absent Missing, key ["organisation"], columns [
        text(organisation, "sub-ICB code, code of another commissioner, or provider code"),
        words(level, "sub_icb, other_commissioner (hubs of NHS England and others without a board) or provider"),
        text(board, "its ICB as published, of the boards of that month", empty "of commissioners without a board"),
        words(part, "waiting, waiting_decided (of these, with a decision to admit), treated_admitted, treated_not_admitted or started"),
        text(treatment, "area of treatment, such as C_130"),
        text(treatment_name, "its name"),
        count(pathways, "pathways; a person may be on several"),
        count(timed, "of these, pathways whose wait is known", empty "where no weeks are counted"),
        count(within_18_weeks, "of these, waits of up to 18 weeks", empty "where no weeks are counted"),
        count(over_52_weeks, "of these, waits of more than 52 weeks", empty "where no weeks are counted"),
    ];
    PROVIDER_BOARD = provider_board, "The board to which the emergency care of a provider is counted.",
        of icb(), in [Day, Month], absent Missing, key ["provider"], columns [
        text(provider, "provider code"),
        text(name, "name"),
        text(icb, "ICB code", empty "where the board is not known"),
        text(icb_name, "its name"),
        text(region, "region as published"),
    ];
    URGENT = urgent, "Emergency attendances at an organisation in a month.",
        of several("organisation"), in [Month], absent Missing, key ["organisation"], columns [
        text(organisation, "ICB or provider code; some releases print the ONS code of a board and others that of the NHS, so that one board may stand under both: add up one kind"),
        words(level, "icb or provider"),
        text(measure, "attendances, attendances_over_4_hours, emergency_admissions, ..."),
        count(value, "people"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    PUBLISHED = published, "A figure that was published ready made.",
        of other("areas or organisations of the type that `area_type` names"), in [FinancialYear, Month, Year], absent Missing, key ["indicator_id", "area"], columns [
        text(indicator_id, "publisher's number"),
        text(indicator, "name"),
        text(area, "code"),
        text(area_type, "type as published"),
        text(sex, "sex"),
        text(age, "ages"),
        amount(value, "value"),
        amount(lower, "lower 95% limit", empty "where not published"),
        amount(upper, "upper 95% limit", empty "where not published"),
        amount(count, "count", empty "where not published"),
        amount(denominator, "denominator", empty "where not published"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
        text(time_period, "years or months that the figure covers, as published"),
    ];
}
