//! Small areas, what holds them, how deprived and how rural they are, and how far people travel from them.

tables! {
    AREA = area, "A small area with its population-weighted centroid.",
        of other("small areas"), in [Year], absent Missing, key ["area"], columns [
        text(area, "LSOA code"),
        text(census, "2011 or 2021"),
        text(name, "name", empty "where not given"),
        amount(easting_metres, "British National Grid"),
        amount(northing_metres, "British National Grid"),
    ];
    RURAL_URBAN = rural_urban, "How rural a small area is.",
        of other("small areas"), in [Year], absent Missing, key ["area"], columns [
        text(area, "LSOA code"),
        text(census, "2011"),
        text(class, "class, such as A1 or E2"),
        text(class_name, "its name"),
        words(setting, "urban (classes A to C) or rural (D to F)"),
    ];
    LOOKUP = lookup, "A smaller area and the larger one that holds it, or the share of it.",
        of other("pairs of areas"), in [Day, Year], absent Missing, key ["area", "area_kind", "parent_kind"], columns [
        text(area, "code of the smaller area"),
        text(area_kind, "lsoa11, lsoa21, msoa11, msoa21, ward; sub_icb, ccg, icb, stp, nhs_region (codes of the NHS) or local_authority"),
        text(area_name, "name"),
        text(parent, "code of the larger area"),
        text(parent_kind, "lsoa21, msoa11, msoa21, ward, local_authority, county, combined_authority, region, sub_icb, ccg, icb, stp, nhs_region (codes of the NHS); sub_icb_ons, ccg_ons, icb_ons, stp_ons, nhs_region_ons (codes of the ONS)"),
        text(parent_name, "name"),
        amount(weight, "share of the smaller area that lies in the larger"),
        text(change, "how the area changed between censuses, as published", empty "where the lookup does not tell"),
    ];
    BOUNDARY = boundary, "The outline of an area as rings of longitude and latitude.",
        of other("areas"), in [Year], absent Missing, key ["area"], columns [
        text(area, "code"),
        text(kind, "lsoa21, local_authority, icb"),
        text(name, "name"),
        text(rings, "rings as JSON: polygons of rings of [longitude, latitude]"),
    ];
    DEPRIVATION = deprivation, "A domain of the Indices of Deprivation for a small area; decile 1 is the most deprived tenth.",
        of other("small areas"), in [Year], absent Missing, key ["area", "domain"], columns [
        text(area, "LSOA code"),
        text(census, "2011 or 2021"),
        text(domain, "overall, income, employment, education, health, crime, housing, environment, ..."),
        amount(score, "score; higher is more deprived", empty "where only ranks are published"),
        count(rank, "rank; 1 is the most deprived"),
        count(decile, "1 is the most deprived tenth"),
    ];
    PRACTICE_DEPRIVATION = practice_deprivation, "Deprivation of a practice or network, the mean of its patients’ areas, as derived by a third party, or here where the areas of patients are known.",
        of several("organisation"), in [FinancialYear, Month, Year], absent Missing, key ["organisation"], columns [
        text(organisation, "code"),
        words(level, "practice or network"),
        amount(score, "IMD score"),
        count(decile, "1 is the most deprived tenth"),
    ];
    TRAVEL = travel, "Minutes one way from a small area to a site by a mode; imported times replace stated speeds.",
        of other("ways from small areas to sites"), in [Day], absent Missing, key ["area", "mode"], columns [
        text(area, "LSOA code"),
        text(site, "code of the practice or emergency department"),
        words(mode, "walk, walk_or_bus or drive"),
        amount(minutes, "minutes one way"),
    ];
}
