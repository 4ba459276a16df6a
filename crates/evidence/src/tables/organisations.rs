//! Organisations, where they stand and to whom they belong.

tables! {
    PRACTICE = practice, "An organisation on the register of practices on the day of the edition, whatever its setting.",
        of practice(), in [Day], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(name, "name"),
        text(address, "address in one line"),
        text(postcode, "postcode"),
        words(status, "active, inactive, dormant or proposed"),
        words(setting, "general_practice or other"),
        text(opened, "day of opening"),
        text(closed, "day of closing", empty "while it is open"),
        text(sub_icb, "commissioner", empty "where the register prints none"),
        text(icb, "ICB code", empty "where the register prints none"),
        text(region, "region code", empty "where the register prints none"),
    ];
    SITE = site, "A building that a practice works from.",
        of practice(), in [Day], absent Missing, key ["site"], columns [
        text(site, "site code"),
        text(practice, "practice code"),
        text(name, "name"),
        text(postcode, "postcode"),
        text(opened, "day of opening"),
        text(closed, "day of closing", empty "while it is open"),
    ];
    PHARMACY = pharmacy, "A community pharmacy on the register.",
        of icb(), in [Day], absent Missing, key ["pharmacy"], columns [
        text(pharmacy, "pharmacy code"),
        text(name, "name"),
        text(postcode, "postcode"),
        words(status, "active, inactive or proposed"),
        text(opened, "day of opening"),
        text(closed, "day of closing", empty "while it is open"),
        text(icb, "ICB code", empty "of bodies before the boards"),
        text(region, "region code", empty "where the register prints none"),
        count(pharmacies, "1, to be added up"),
    ];
    NETWORK = network, "A primary care network in the edition.",
        of network(), in [Day], absent Missing, key ["network"], columns [
        text(network, "network code"),
        text(name, "name"),
        text(sub_icb, "sub-ICB of the network"),
        text(sub_icb_name, "its name"),
        text(opened, "first day"),
        text(closed, "first day it no longer existed", empty "while it exists"),
    ];
    MEMBERSHIP = membership, "A spell of a practice in a network, from `start` up to but not including `end`.",
        of practice(), in [Day], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(practice_name, "name in the edition"),
        text(network, "network code"),
        text(network_name, "name"),
        text(practice_sub_icb, "sub-ICB of the practice"),
        text(network_sub_icb, "sub-ICB of the network"),
        text(start, "first day"),
        text(end, "first day it no longer held", empty "while it holds"),
    ];
    AFFILIATION = affiliation, "Where a practice belonged on the day of the extract.",
        of practice(), in [Day], absent Missing, joined by "practice", key ["practice"], columns [
        text(practice, "practice code"),
        text(name, "name"),
        text(postcode, "postcode", empty "where the extract does not print it"),
        text(network, "network code", empty "of a practice in none"),
        text(network_name, "its name", empty "of a practice in none"),
        text(sub_icb, "sub-ICB code"),
        text(sub_icb_name, "its name"),
        text(icb, "ICB code"),
        text(icb_name, "its name"),
        text(region, "region code"),
        text(region_name, "its name"),
        text(supplier, "supplier of the record system", empty "where the extract does not print it"),
    ];
    SUCCESSOR = successor, "An organisation that took over from one that closed.",
        of practice(), in [Day], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(successor, "who took over"),
        text(day, "day it took effect"),
        text(reason, "reason as published"),
    ];
    COMMISSIONER = commissioner, "The commissioner that a publication of figures prints beside a practice, as it belonged in the period of the figures.",
        of practice(), in [FinancialYear], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(sub_icb, "sub-ICB or CCG code"),
        text(sub_icb_name, "its name", empty "where not printed"),
        text(region, "code of the region, or of the local office of NHS England that stood in its place", empty "where not printed"),
        text(region_name, "its name", empty "where not printed"),
    ];
    COMMISSIONER_SPELL = commissioner_spell, "A spell of a practice under a commissioner, from `start` up to but not including `end`.",
        of practice(), in [Day], absent Missing, key ["practice"], columns [
        text(practice, "practice code"),
        text(commissioner, "code of the commissioner"),
        text(start, "first day"),
        text(end, "first day it no longer held", empty "while it holds"),
    ];
    PROVIDER = provider, "An NHS trust on the register.",
        of icb(), in [Day], absent Missing, key ["provider"], columns [
        text(provider, "trust code"),
        text(name, "name"),
        text(postcode, "postcode"),
        text(icb, "ICB code"),
        text(opened, "day of opening"),
        text(closed, "day of closing", empty "while it is open"),
    ];
    LOCATION = location, "Where an organisation stands.",
        of other("organisations with a place on the map"), in [Day], absent Missing, joined by "organisation", key ["organisation"], columns [
        text(organisation, "code"),
        text(kind, "practice, emergency_department"),
        text(name, "name", empty "where not given"),
        text(postcode, "postcode", empty "where not given"),
        amount(latitude, "degrees north, WGS84"),
        amount(longitude, "degrees east, WGS84"),
    ];
    CARE_HOME = care_home, "A care home and its beds.",
        of other("care homes"), in [Day], absent Missing, key ["location"], columns [
        text(location, "location id"),
        text(name, "name"),
        text(postcode, "postcode"),
        count(beds, "registered beds"),
        amount(latitude, "degrees north"),
        amount(longitude, "degrees east"),
    ];
    OPENING = opening, "Hours at which a service is open at a site on a weekday.",
        of other("sites"), in [Day], absent Missing, key ["site", "service"], columns [
        text(site, "site code"),
        text(service, "service"),
        words(weekday, "monday to sunday"),
        text(opens, "HH:MM"),
        text(closes, "HH:MM"),
    ];
}
