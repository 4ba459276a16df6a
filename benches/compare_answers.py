"""Compares the answers of `catchment calc` with the peers', in the scratch folder of beside_the_peers.sh."""
import json
import pathlib
import sys
import humanleague as hl
import numpy as np
import polars as pl

peers = sys.argv[1]
failed = False


def compare(name, ours, theirs, on, pairs, relative=1e-9):
    """Joins both answers and prints the largest relative difference over all figures."""
    global failed
    texts = [pl.col(c).cast(pl.String) for c in on if ours[c].dtype == pl.Categorical]
    ours = ours.with_columns(texts)
    both = ours.join(theirs, on=on, suffix="_peer", how="full", coalesce=True)
    worst, compared = 0.0, 0
    for our, their in pairs:
        their = their + "_peer" if their in ours.columns else their
        a, b = both[our].cast(pl.Float64), both[their].cast(pl.Float64).fill_nan(None)
        if (a.is_null() != b.is_null()).any():
            failed = True
            print(f"{name}: {our} is given where the peer gives none, or the other way round")
        difference = ((a - b).abs() / b.abs().clip(1e-12)).max() or 0.0
        worst, compared = max(worst, difference), compared + a.len()
    failed |= worst > relative
    print(f"{name}: {compared} figures compared, largest relative difference {worst:.1e}")


limits = [("value", "Value"), ("lower_95", "lower_95_ci"), ("upper_95", "upper_95_ci")]
groups = ["practice", "indicator"]
read = pl.read_parquet
compare("proportions", read("answers/our_proportion_6300x20.parquet"), read("answers/prop.parquet"), groups, limits)
compare("rates", read("answers/our_rate_6300x20.parquet"), read("answers/rate.parquet"), groups, limits)
compare("standardised rates", read("answers/our_dsr_6300x10.parquet"), read("answers/dsr.parquet"), groups, limits)
compare(
    "life expectancy",
    read("answers/our_le_300.parquet"),
    pl.read_csv(f"{peers}/answers/p1_le_300.csv", null_values="NA").rename({"startage": "age"}),
    ["area", "age"],
    [("value", "value"), ("lower_95", "lowercl"), ("upper_95", "uppercl")],
)
official = pl.read_csv(f"{peers}/answers/p1_sii_30.csv")
ours = read("answers/our_sii_30.parquet")
compare("slope index", ours, official, ["area"], [("sii", "sii"), ("rii", "rii")])
sampled = [("sii_lower_95", "sii_lower95_0cl"), ("sii_upper_95", "sii_upper95_0cl")]
compare("slope index limits (peer sampled)", ours, official, ["area"], sampled, 0.01)
for name, size, column in [
    ("2sfca", "33755_6300", "access"),
    ("e2sfca", "33755_6300", "access"),
    ("given", "33755_6300", "access"),
    ("3sfca", "33755_6300", "access"),
    ("raam", "8439_1575", "cost"),
]:
    method = "e2sfca" if name == "given" else name
    theirs = pl.read_csv(f"answers/p5_{method}_{size}.csv")
    ours = read(f"answers/our_{name}_{size}.parquet").with_columns(pl.col("id").cast(pl.Int64))
    compare(f"access {name} {size}", ours, theirs, ["id"], [(column, f"{method}_fte")], 1e-12)
for rows in (1500000, 6000000):
    for engine in ("polars_stream", "duckdb"):
        theirs = read(f"answers/p9_{engine}_{rows}.parquet").rename({"m": "APPOINTMENT_MONTH_START_DATE"})
        totals = [(name, name) for name in ("total", "gp", "same_day", "rows")]
        on = ["GP_CODE", "APPOINTMENT_MONTH_START_DATE"]
        compare(f"totals {rows} {engine}", read(f"answers/our_totals_{rows}.parquet"), theirs, on, totals, 0.0)
for path in sorted(pathlib.Path("answers").glob("*_mixed_*.json")):
    engine, size = path.stem.split("_mixed_")
    theirs = json.loads(path.read_text().splitlines()[-1])
    figures = pl.read_csv(f"answers/our_mixed_{size}.csv")
    ours = {(part, name or ""): value for part, name, value in figures.select("part", "name", "value").rows()}
    names = {"b0": "(intercept)", "b_imd": "imd", "b_yr": "yr"}
    worst = max(abs(ours["coefficient", name] - theirs[key]) for key, name in names.items())
    worst = max(worst, abs(ours["standard deviation", "group"] - theirs["sd"]))
    gain = ours["log-likelihood", ""] - theirs["loglik"]
    failed |= worst > 1e-4 or gain < -1e-3
    print(f"mixed model {size} {engine}: largest difference {worst:.1e}, log-likelihood higher by {gain:.1e}")
flags = [("outside", "rule1"), ("run", "rule2"), ("trend", "rule3"), ("two_of_three", "rule4")]
whole = [pl.col(name).cast(pl.String).cast(pl.Int64) for name in ("series", "t")]
charts = read("answers/our_spc_6300.parquet").with_columns(whole)
compare("control charts", charts, pl.read_csv("answers/p10_6300x36.csv"), ["series", "t"], flags, 0.0)
limits = [("mean", "mean"), ("lower", "lcl"), ("upper", "ucl"), ("near_lower", "lwl"), ("near_upper", "uwl")]
compare("control limits", charts, pl.read_csv("answers/p10_6300x36.csv"), ["series", "t"], limits)
expected = pl.read_csv(f"{peers}/answers/p3_expected_1000000_20.csv").to_numpy()
for path in ["our_ageing", "p3_neworder_1000000_20", "p3_numpy32_1000000_20", "ixa_ageing", "scalar_ageing"]:
    lives = pl.read_csv(f"answers/{path}.csv").drop("year", strict=False).to_numpy()
    worst = (abs(lives - expected) / expected**0.5).max()
    failed |= worst > 4
    print(f"ageing, {path}: {lives.size} figures, farthest {worst:.2f} standard errors from the exact expectation")
arrays = np.load("data/p4_33755.npz")
ages = arrays["agesex"].reshape(-1, 38)
fitted, whole = (read(f"answers/our_rake{kind}.parquet")["people"].to_numpy().reshape(-1, 38, 6) for kind in ("", "--whole"))
failed |= not ((whole.sum(2) == ages).all() and (whole.sum(1) == arrays["eth"]).all())
theirs = [hl.ipf(arrays["seed"], [[0, 1], [2]], [ages[z].reshape(19, 2).astype(float), arrays["eth"][z].astype(float)])[0] for z in range(500)]
worst = max(abs(fitted[z] - cells.reshape(38, 6)).max() for z, cells in enumerate(theirs))
failed |= worst > 1e-8
print(f"raking: 500 zones compared cell by cell, largest difference {worst:.1e}; whole people keep both margins: {not failed}")
sys.exit(bool(failed))
