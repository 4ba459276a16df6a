//! Who lives in an area and who is on the list of a practice.

tables! {
    RESIDENT = resident, "People living in an area at mid-year, by single year of age.",
        of area(), in [Year], absent Missing, key ["area", "sex"], columns [
        text(area, "LSOA code"),
        text(census, "2011 or 2021", empty "where the people of England are not split by area"),
        words(sex, "female, male or all"),
        count(age_from, "first age"),
        count(age_to, "first age past the band", empty "where the band is open"),
        count(residents, "people"),
    ];
    PROJECTED_RESIDENT = projected_resident, "People whom a published projection expects to live in a local authority at mid-year, by single year of age.",
        of other("local authorities"), in [Year], absent Missing, key ["area", "sex"], columns [
        text(area, "local authority code"),
        words(sex, "female or male"),
        count(age_from, "first age"),
        count(age_to, "first age past the band", empty "where the band is open"),
        amount(people, "people; fractions as published"),
    ];
    ETHNICITY = ethnicity, "People living in an area by ethnic group, at the census.",
        of area(), in [Year], absent Missing, key ["area"], columns [
        text(area, "LSOA code"),
        text(ethnic_group, "group as published"),
        count(residents, "people"),
    ];
    CAR = car, "Households of an area with and without a car or van, at the census.",
        of area(), in [Year], absent Missing, key ["area"], columns [
        text(area, "LSOA code"),
        count(households, "households"),
        count(without, "households without a car or van"),
    ];
    LIST_SIZE = list_size, "Patients registered at a practice on the day of the extract.",
        of practice(), in [Day], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(sub_icb, "sub-ICB in the extract", empty "where the extract does not print it"),
        count(patients, "people on the list"),
    ];
    REGISTERED = registered, "Patients registered at a practice by sex and five-year age band.",
        of practice(), in [Day], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        words(sex, "female or male"),
        count(age_from, "first age"),
        count(age_to, "first age past the band", empty "where the band is open"),
        count(patients, "people on the list"),
    ];
    REGISTERED_SINGLE_AGE = registered_single_age, "Patients registered at a practice by sex and year of age.",
        of practice(), in [Day], absent Missing, key ["practice", "sex"], columns [
        text(practice, "practice code"),
        words(sex, "female or male"),
        count(age_from, "first age"),
        count(age_to, "first age past the band", empty "where the band is open"),
        count(patients, "people on the list"),
    ];
    REGISTERED_AREA = registered_area, "Patients of a practice who live in a small area.",
        of practice(), in [Day], absent Nought, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(area, "LSOA code", empty "where the area is not known"),
        words(area_note, "closed, no_area or wales", empty "where the area is an English one"),
        words(sex, "female, male, other_or_unknown or all"),
        count(patients, "people on the list"),
    ];
}
