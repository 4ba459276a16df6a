//! Longitude and latitude (WGS84) to the British National Grid (OSGB36, EPSG:27700) by a seven-parameter shift:
//! within about five metres, far finer than a page can show.
//!
//! # Source
//! Ordnance Survey, *A guide to coordinate systems in Great Britain*, annexes A to C.

const DEGREE: f64 = std::f64::consts::PI / 180.0;
/// Semi-axes of WGS84 and of the Airy 1830 ellipsoid, in metres.
const WGS84: (f64, f64) = (6_378_137.0, 6_356_752.314_245);
const AIRY: (f64, f64) = (6_377_563.396, 6_356_256.909);
/// Scale on the central meridian.
const F0: f64 = 0.999_601_271_7;

/// Easting and northing in metres of a longitude and latitude in degrees.
#[must_use]
pub fn to_national_grid(longitude: f64, latitude: f64) -> (f64, f64) {
    let (latitude, longitude) = shifted(latitude * DEGREE, longitude * DEGREE);
    projected(latitude, longitude)
}

/// WGS84 to OSGB36, both in radians, at height nought.
fn shifted(latitude: f64, longitude: f64) -> (f64, f64) {
    let second = DEGREE / 3600.0;
    let (tx, ty, tz) = (-446.448, 125.157, -542.060);
    let scale = 1.0 + 20.4894e-6;
    let (rx, ry, rz) = (-0.1502 * second, -0.2470 * second, -0.8421 * second);
    let (x, y, z) = cartesian(latitude, longitude);
    let shifted_x = tx + scale * x - rz * y + ry * z;
    let shifted_y = ty + rz * x + scale * y - rx * z;
    let shifted_z = tz - ry * x + rx * y + scale * z;
    geodetic((shifted_x, shifted_y, shifted_z))
}

/// A place on the WGS84 ellipsoid as x, y, z from the centre of the earth.
fn cartesian(latitude: f64, longitude: f64) -> (f64, f64, f64) {
    let (major, minor) = WGS84;
    let e2 = 1.0 - (minor * minor) / (major * major);
    let (sin, cos) = (libm::sin(latitude), libm::cos(latitude));
    let radius = major / libm::sqrt(1.0 - e2 * sin * sin);
    (
        radius * cos * libm::cos(longitude),
        radius * cos * libm::sin(longitude),
        radius * (1.0 - e2) * sin,
    )
}

/// x, y, z as latitude and longitude on the Airy ellipsoid.
fn geodetic((x, y, z): (f64, f64, f64)) -> (f64, f64) {
    let (major, minor) = AIRY;
    let e2 = 1.0 - (minor * minor) / (major * major);
    let level = libm::hypot(x, y);
    let mut latitude = libm::atan2(z, level * (1.0 - e2));
    for _ in 0..6 {
        let sin = libm::sin(latitude);
        let radius = major / libm::sqrt(1.0 - e2 * sin * sin);
        latitude = libm::atan2(z + e2 * radius * sin, level);
    }
    (latitude, libm::atan2(y, x))
}

/// The transverse Mercator of the National Grid.
fn projected(latitude: f64, longitude: f64) -> (f64, f64) {
    let (major, minor) = AIRY;
    let e2 = 1.0 - (minor * minor) / (major * major);
    let (sin, cos, tan) = (libm::sin(latitude), libm::cos(latitude), libm::tan(latitude));
    let nu = major * F0 / libm::sqrt(1.0 - e2 * sin * sin);
    let rho = major * F0 * (1.0 - e2) / libm::pow(1.0 - e2 * sin * sin, 1.5);
    let eta2 = nu / rho - 1.0;
    let (t2, c3) = (tan * tan, cos * cos * cos);
    let (t4, c5) = (t2 * t2, c3 * cos * cos);
    let foot = meridian_arc(latitude) - 100_000.0;
    let ii = nu / 2.0 * sin * cos;
    let iii = nu / 24.0 * sin * c3 * (5.0 - t2 + 9.0 * eta2);
    let iii_a = nu / 720.0 * sin * c5 * (61.0 - 58.0 * t2 + t4);
    let iv = nu * cos;
    let v = nu / 6.0 * c3 * (nu / rho - t2);
    let vi = nu / 120.0 * c5 * (5.0 - 18.0 * t2 + t4 + 14.0 * eta2 - 58.0 * t2 * eta2);
    let east = longitude + 2.0 * DEGREE;
    let east2 = east * east;
    let northing = foot + east2 * (ii + east2 * (iii + east2 * iii_a));
    let easting = 400_000.0 + east * (iv + east2 * (v + east2 * vi));
    (easting, northing)
}

/// Metres along the central meridian from 49° north.
fn meridian_arc(latitude: f64) -> f64 {
    let (major, minor) = AIRY;
    let n = (major - minor) / (major + minor);
    let (n2, n3) = (n * n, n * n * n);
    let (difference, sum) = (latitude - 49.0 * DEGREE, latitude + 49.0 * DEGREE);
    let wave = |k: f64| libm::sin(k * difference) * libm::cos(k * sum);
    minor
        * F0
        * ((1.0 + n + 1.25 * n2 + 1.25 * n3) * difference
            - (3.0 * n + 3.0 * n2 + 2.625 * n3) * wave(1.0)
            + (1.875 * n2 + 1.875 * n3) * wave(2.0)
            - 35.0 / 24.0 * n3 * wave(3.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_ordnance_survey_is_reproduced() {
        let latitude = (52.0 + 39.0 / 60.0 + 27.2531 / 3600.0) * DEGREE;
        let longitude = (1.0 + 43.0 / 60.0 + 4.5177 / 3600.0) * DEGREE;
        let (easting, northing) = projected(latitude, longitude);
        assert!((easting - 651_409.903).abs() < 0.01, "{easting}");
        assert!((northing - 313_177.270).abs() < 0.01, "{northing}");
    }

    #[test]
    fn the_greenwich_observatory_lies_where_maps_have_it() {
        let (easting, northing) = to_national_grid(-0.0015, 51.4779);
        assert!((easting - 538_880.0).abs() < 60.0, "{easting}");
        assert!((northing - 177_330.0).abs() < 60.0, "{northing}");
    }
}
