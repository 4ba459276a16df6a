//! Appointments, online requests and calls.

tables! {
    APPOINTMENT = appointment, "Appointments of a practice in a month.",
        of practice(), in [Month], absent Nought, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        words(staff, "gp, other_practice_staff or unknown"),
        words(mode, "face_to_face, telephone, video_or_online, home_visit or unknown"),
        words(status, "attended, did_not_attend or unknown"),
        words(wait, "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        text(category, "national category"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_SUB_ICB = appointment_sub_icb, "Appointments of a sub-ICB location in a month.",
        of sub_icb(), in [Month], absent Nought, key ["sub_icb"], columns [
        text(sub_icb, "sub-ICB code"),
        words(staff, "gp, other_practice_staff or unknown"),
        words(mode, "face_to_face, telephone, video_or_online, home_visit or unknown"),
        words(status, "attended, did_not_attend or unknown"),
        words(wait, "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_DAY = appointment_day, "Appointments of a sub-ICB location on a day; its period is the month.",
        of sub_icb(), in [Month], absent Nought, key ["sub_icb"], columns [
        text(sub_icb, "sub-ICB code"),
        text(day, "day"),
        words(staff, "gp, other_practice_staff or unknown", empty "where not split"),
        text(role, "staff role group", empty "where not split"),
        words(mode, "face_to_face, telephone, video_or_online, home_visit or unknown", empty "where not split"),
        words(status, "attended, did_not_attend or unknown", empty "where not split"),
        words(wait, "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown", empty "where not split"),
        text(duration, "duration band", empty "where not split"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_CATEGORY_DAY = appointment_category_day, "Appointments of a sub-ICB location on a day by national category; its period is the month.",
        of sub_icb(), in [Month], absent Nought, key ["sub_icb"], columns [
        text(sub_icb, "sub-ICB code"),
        text(day, "day"),
        text(setting, "service setting as published, such as General Practice"),
        text(context, "context as published, such as Care Related Encounter"),
        text(category, "national category"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_NETWORK_SUB_ICB = appointment_network_sub_icb, "Appointments that the primary care networks of a sub-ICB location held in a month; another publication than that of general practice, and never to be added to it.",
        of sub_icb(), in [Month], absent Nought, key ["sub_icb"], columns [
        text(sub_icb, "sub-ICB code"),
        words(staff, "gp, other_practice_staff or unknown"),
        words(mode, "face_to_face, telephone, video_or_online, home_visit or unknown"),
        words(status, "attended, did_not_attend, booked, arrived, cancelled or unknown"),
        words(wait, "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_TOTAL = appointment_total, "All appointments of a practice or sub-ICB in a month, as derived by a third party.",
        of several("organisation"), in [Month], absent Missing, key ["organisation"], columns [
        text(organisation, "code"),
        words(level, "practice or sub_icb"),
        count(appointments, "appointments"),
    ];
    APPOINTMENT_NATIONAL = appointment_national, "A figure of the national summary of appointments in a month, as derived by a third party.",
        of other("England as a whole"), in [Month], absent Missing, key ["section", "metric"], columns [
        text(section, "section of the summary"),
        text(metric, "line"),
        count(appointments, "appointments"),
    ];
    COVERAGE = coverage, "How many practices and patients the appointment data of a month cover.",
        of sub_icb(), in [Month], absent Missing, key ["sub_icb"], columns [
        text(sub_icb, "sub-ICB code"),
        count(practices_included, "practices"),
        count(practices_open, "practices"),
        count(patients_included, "people"),
        count(patients_open, "people"),
    ];
    ONLINE_CONSULTATION = online_consultation, "Online consultation submissions to a practice in a month.",
        of practice(), in [Month], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(supplier, "supplier"),
        words(kind, "all, clinical, administrative or other"),
        count(submissions, "submissions"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    ONLINE_CONSULTATION_HOUR = online_consultation_hour, "Online consultation submissions to a practice in a month by weekday and hours of the day.",
        of practice(), in [Month], absent Nought, key ["practice"], columns [
        text(practice, "practice code"),
        text(supplier, "supplier"),
        words(weekday, "monday to sunday"),
        text(hour_from, "HH:MM, first hour"),
        text(hour_to, "HH:MM, first hour past the band"),
        count(submissions, "submissions"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
    CALL = call, "Calls to a practice by cloud based telephony on a day; its period is the month. The same calls are split in three ways: keep to one split and one indicator.",
        of practice(), in [Month], absent Missing, key ["practice", "region", "split"], columns [
        text(practice, "practice code", empty "of accounts that several practices share"),
        text(region, "region code as published", empty "where there is none"),
        text(day, "day"),
        text(indicator, "CBT001 all calls from outside, CBT002 ended in the menu, CBT003 answered, CBT004 missed (voicemail too), CBT005 call back asked for, CBT006 call back made, CBT007 answered, by length"),
        words(split, "time (of the day), duration or wait"),
        text(band, "band of the time, the length or the wait as published, such as 08:00-09:59 or 121_180"),
        words(hours, "core (as the publisher's notes say) or outside_core", empty "where the split is not by wait"),
        count(calls, "calls"),
        words(mark, "value, estimated, suppressed, missing or not_applicable"),
    ];
}
