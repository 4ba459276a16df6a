//! From eastings and northings of the British National Grid to latitude and longitude.
//!
//! The inverse transverse Mercator projection on Airy's ellipsoid, then the seven-parameter shift to WGS 84 of the
//! Ordnance Survey's guide to coordinate systems; good to about five metres.

const AIRY: (f64, f64) = (6_377_563.396, 6_356_256.909);
const WGS84: (f64, f64) = (6_378_137.0, 6_356_752.314_2);
const SCALE: f64 = 0.999_601_271_7;
const FALSE_EASTING: f64 = 400_000.0;
const FALSE_NORTHING: f64 = -100_000.0;

/// Latitude and longitude in degrees (WGS 84) of a point of the National Grid in metres.
pub fn to_latitude_longitude(easting: f64, northing: f64) -> (f64, f64) {
    let (latitude, longitude) = unproject(easting, northing);
    let shifted = shift(to_cartesian(latitude, longitude));
    from_cartesian(shifted)
}

fn meridional_arc(latitude: f64, n: f64) -> f64 {
    let origin = 49.0_f64.to_radians();
    let (less, more) = (latitude - origin, latitude + origin);
    let (n2, n3) = (n * n, n * n * n);
    AIRY.1
        * SCALE
        * ((1.0 + n + 1.25 * n2 + 1.25 * n3) * less
            - (3.0 * n + 3.0 * n2 + 2.625 * n3) * libm::sin(less) * libm::cos(more)
            + (1.875 * n2 + 1.875 * n3) * libm::sin(2.0 * less) * libm::cos(2.0 * more)
            - 35.0 / 24.0 * n3 * libm::sin(3.0 * less) * libm::cos(3.0 * more))
}

fn unproject(easting: f64, northing: f64) -> (f64, f64) {
    let (major, minor) = AIRY;
    let n = (major - minor) / (major + minor);
    let mut latitude = 49.0_f64.to_radians();
    for _ in 0..12 {
        latitude += (northing - FALSE_NORTHING - meridional_arc(latitude, n)) / (major * SCALE);
    }
    let e2 = 1.0 - (minor * minor) / (major * major);
    let root = 1.0 - e2 * libm::sin(latitude) * libm::sin(latitude);
    let nu = major * SCALE / root.sqrt();
    let rho = major * SCALE * (1.0 - e2) / libm::pow(root, 1.5);
    let eta2 = nu / rho - 1.0;
    let tangent = libm::tan(latitude);
    let (t2, sec) = (tangent * tangent, 1.0 / libm::cos(latitude));
    let d = easting - FALSE_EASTING;
    let seventh = tangent / (2.0 * rho * nu);
    let eighth = tangent / (24.0 * rho * nu * nu * nu) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2);
    let tenth = sec / nu;
    let eleventh = sec / (6.0 * nu * nu * nu) * (nu / rho + 2.0 * t2);
    let twelfth = sec / (120.0 * libm::pow(nu, 5.0)) * (5.0 + 28.0 * t2 + 24.0 * t2 * t2);
    let longitude =
        (-2.0_f64).to_radians() + tenth * d - eleventh * d * d * d + twelfth * libm::pow(d, 5.0);
    (latitude - seventh * d * d + eighth * libm::pow(d, 4.0), longitude)
}

fn to_cartesian(latitude: f64, longitude: f64) -> [f64; 3] {
    let (a, b) = AIRY;
    let e2 = 1.0 - (b * b) / (a * a);
    let (sine, cosine) = (libm::sin(latitude), libm::cos(latitude));
    let nu = a / (1.0 - e2 * sine * sine).sqrt();
    [nu * cosine * libm::cos(longitude), nu * cosine * libm::sin(longitude), (1.0 - e2) * nu * sine]
}

fn shift([x, y, z]: [f64; 3]) -> [f64; 3] {
    let seconds = |value: f64| (value / 3600.0).to_radians();
    let (rx, ry, rz) = (seconds(0.1502), seconds(0.2470), seconds(0.8421));
    let s = 1.0 - 20.4894e-6;
    [
        446.448 + s * x - rz * y + ry * z,
        -125.157 + rz * x + s * y - rx * z,
        542.060 - ry * x + rx * y + s * z,
    ]
}

fn from_cartesian([x, y, z]: [f64; 3]) -> (f64, f64) {
    let (major, minor) = WGS84;
    let e2 = 1.0 - (minor * minor) / (major * major);
    let p = libm::hypot(x, y);
    let mut latitude = libm::atan2(z, p * (1.0 - e2));
    for _ in 0..8 {
        let sine = libm::sin(latitude);
        let nu = major / (1.0 - e2 * sine * sine).sqrt();
        latitude = libm::atan2(z + e2 * nu * sine, p);
    }
    (latitude.to_degrees(), libm::atan2(y, x).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::to_latitude_longitude;

    #[test]
    fn known_departments_of_emergency_fall_where_they_are_published() {
        let published = [
            (423_313.0, 324_460.0, 52.817_179, -1.655_528),
            (449_458.0, 90_396.0, 50.711_101, -1.300_887),
        ];
        for (easting, northing, latitude, longitude) in published {
            let found = to_latitude_longitude(easting, northing);
            assert!((found.0 - latitude).abs() < 2e-4, "{found:?}");
            assert!((found.1 - longitude).abs() < 2e-4, "{found:?}");
        }
    }
}
