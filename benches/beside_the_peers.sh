#!/bin/bash
# Runs `catchment calc` beside its peers on the same files; see README.md in this folder.
# beside_the_peers.sh CATCHMENT SCRATCH [RUNS]
set -euo pipefail
catchment=$(realpath "$1")
mkdir -p "$2/data" "$2/answers"
cd "$2"
runs=${3:-3}
peers=$(realpath "${CATCHMENT_PEERS:?set CATCHMENT_PEERS to the folder of the peers}")
here=$(realpath "$OLDPWD/$(dirname "${BASH_SOURCE[0]}")" 2>/dev/null || dirname "$(realpath "${BASH_SOURCE[0]}")")

if [ ! -x venv/bin/python ]; then
  python3 -m venv venv
  venv/bin/pip install --quiet PHStatsMethods==0.1.16 polars duckdb abspc==1.1.0 pyarrow scipy access==1.1.10 'pandas<3' humanleague==2.4.3 neworder
fi
python=$PWD/venv/bin/python

# Prints processor seconds, wall seconds and peak memory of the median run.
timed() {
  local name=$1
  shift
  for _ in $(seq "$runs"); do
    /usr/bin/time -f '%U %S %e %M' -o time.txt "$@" >/dev/null 2>err.txt || { cat err.txt; exit 1; }
    awk '{print $1 + $2, $3, $4}' time.txt
  done | sort -n | awk -v name="$name" '{line[NR] = $0} END {
    split(line[int((NR + 1) / 2)], f, " ")
    printf "%-34s %8.3f s cpu %8.3f s wall %8.1f MiB\n", name, f[1], f[2], f[3] / 1024 }'
}

generate() { [ -e "data/$1" ] || "$python" "$peers/scripts/$2" "${@:3}" >/dev/null; }

echo "B1 proportions, rates, directly standardised rates"
generate p1_prop_6300x20.csv p1_gen.py 20 prop
generate p1_prop_6300x200.csv p1_gen.py 200 prop
generate p1_age_6300x10.csv p1_gen.py 10 age
for size in 6300x20 6300x200; do
  for method in proportion rate; do
    per=100000; [ $method = proportion ] && per=100
    timed "catchment $method $size" "$catchment" calc $method --input data/p1_prop_$size.csv \
      --by practice,indicator --numerator num --denominator den --multiplier $per --output answers/our_${method}_$size.parquet
  done
done
timed "catchment dsr 6300x10" "$catchment" calc dsr --input data/p1_age_6300x10.csv --by practice,indicator \
  --numerator num --denominator den --weight esp --output answers/our_dsr_6300x10.parquet
runs=1
for method in prop rate; do
  timed "PHStatsMethods $method 6300x20" "$python" "$peers/scripts/p1_phstats.py" $method data/p1_prop_6300x20.csv answers/$method.parquet
done
timed "PHStatsMethods dsr 6300x10" "$python" "$peers/scripts/p1_phstats.py" dsr data/p1_age_6300x10.csv answers/dsr.parquet
runs=${3:-3}

echo "B2 life expectancy, slope index (peer: stored answers; 1.41 and 14.0 s cpu when they were made)"
timed "catchment life-expectancy 300" "$catchment" calc life-expectancy --input "$peers/data/p1_le_300.csv" --by area \
  --deaths deaths --population pops --age startage --output answers/our_le_300.parquet
timed "catchment sii 30, closed form" "$catchment" calc sii --input "$peers/data/p1_sii_30.csv" --by area \
  --quantile q --population pop --value val --standard-error se --output answers/our_sii_30.parquet
timed "catchment sii 30, 100k samples" "$catchment" calc sii --input "$peers/data/p1_sii_30.csv" --by area \
  --quantile q --population pop --value val --standard-error se --repetitions 100000 --output answers/our_sii_30_sampled.parquet

echo "B5 ageing: 20 years of a million people; ten years of everybody in England"
cp -n "$peers"/data/p3_* data/
timed "catchment ageing 1,000,000" "$catchment" calc ageing --people data/p3_pop_1000000.parquet --rates data/p3_rates.csv \
  --years 20 --seed 5 --output answers/our_ageing.csv
for peer in neworder numpy32; do
  timed "$peer 1,000,000" "$python" -W ignore "$peers/scripts/p3_micro.py" $peer 1000000 20
done
timed "the same people as CSV, for ixa" "$python" -c "import polars
polars.read_parquet('data/p3_pop_1000000.parquet').write_csv('data/p3_pop_1000000.csv')"
cargo build --release --quiet --manifest-path "$here/ixa/Cargo.toml" --target-dir ixa
for mode in ixa scalar; do
  timed "$mode 1,000,000" ixa/release/beside-ixa $mode data/p3_pop_1000000.csv data/p3_rates.csv 20 5 "answers/${mode}_ageing.csv"
  cat err.txt
done
for size in 100000 1000000 5000000 20000000 62000000; do
  runs=1 timed "catchment invented $size" "$catchment" calc ageing --invented $size --years 10 --output answers/our_invented.csv
done

echo "B6 raking 33,755 zones"
"$python" "$peers/scripts/p4_hl.py" ipf 33755
"$python" "$here/margins_as_tables.py" data/p4_33755.npz "$peers/data/p4_3000_age_sex.csv" data
for whole in "" --whole; do
  timed "catchment rake $whole" "$catchment" calc rake --start data/rake_start.csv --margin data/rake_age_sex.csv=age,sex \
    --margin data/rake_ethnic.csv=ethnic $whole --output answers/our_rake$whole.parquet
done

echo "B7 floating catchments: journeys found from coordinates (ours), given (peer)"
for size in "2110 394" "8439 1575" "33755 6300"; do
  read -r origins sites <<<"$size"
  [ -e "data/p5_cost_${origins}_$sites.parquet" ] || "$python" "$peers/scripts/p5_gen.py" "$origins" "$sites" >/dev/null
done
access() {
  local name=$1 origins=$2 sites=$3
  shift 3
  timed "catchment $name $origins x $sites" "$catchment" calc access --origins "data/p5_o_$origins.csv" --demand pop \
    --sites "data/p5_s_${origins}_$sites.csv" --supply fte --coordinates x,y --radius 30 --cost-per-unit 1.5 \
    --least-distance 0.2 --method "$name" "$@" --output "answers/our_${name}_${origins}_$sites.parquet"
}
access 2sfca 33755 6300 --reach 45
access e2sfca 33755 6300 --steps 15:1,30:0.68,45:0.22
access 3sfca 33755 6300 --steps 10:0.962,20:0.704,30:0.377,45:0.042
access raam 8439 1575 --tau 30
access raam 33755 6300 --tau 30
timed "catchment e2sfca, journeys given" "$catchment" calc access --origins data/p5_o_33755.csv --demand pop \
  --sites data/p5_s_33755_6300.csv --supply fte --costs data/p5_cost_33755_6300.parquet --method e2sfca \
  --steps 15:1,30:0.68,45:0.22 --output answers/our_given_33755_6300.parquet
runs=1
for method in 2sfca e2sfca 3sfca; do
  timed "PySAL access $method 33755 x 6300" "$python" "$peers/scripts/p5_access.py" $method 33755 6300
done
timed "PySAL access raam 8439 x 1575" "$python" "$peers/scripts/p5_access.py" raam 8439 1575
runs=${3:-3}

echo "B9 messy table to checked totals, one thread"
for rows in 1500000 6000000; do
  generate p9_appts_$rows.csv p9_gen.py $rows
  timed "catchment totals $rows" "$catchment" calc totals --input data/p9_appts_$rows.csv --practice GP_CODE \
    --month APPOINTMENT_MONTH_START_DATE --total total=COUNT_OF_APPOINTMENTS \
    --total 'gp=COUNT_OF_APPOINTMENTS[HCP_TYPE=GP]' \
    --total 'same_day=COUNT_OF_APPOINTMENTS[TIME_BETWEEN_BOOK_AND_APPT=Same Day]' --output answers/our_totals_$rows.parquet
  for engine in polars_stream duckdb; do
    "$python" "$peers/scripts/p9_tab.py" $engine $rows 1 | sed "s/^/$engine (inner figures) /"
  done
done

echo "B11 mixed model (peer: R with glmmTMB and lme4; without R only ours)"
sed 's/data.table::fread(f,data.table=FALSE)/read.csv(f)/' "$peers/scripts/p8.R" >p8.R
generate p8_6300x5.csv p8_gen.py 6300 5
generate p8_6300x60.csv p8_gen.py 6300 60
for size in 6300x5 6300x60; do
  timed "catchment mixed $size" "$catchment" calc mixed --input data/p8_$size.csv --outcome y --denominator pop \
    --covariates imd,yr --group practice --output answers/our_mixed_$size.csv
  engines=glmmTMB
  [ $size = 6300x5 ] && engines="glmmTMB lme4"
  for engine in $engines; do
    if command -v Rscript >/dev/null; then
      /usr/bin/time -f "$engine $size %U + %S s cpu, %e s wall, %M KiB" Rscript p8.R $engine data/p8_$size.csv >answers/${engine}_mixed_$size.json
    fi
  done
done

echo "B12 control charts"
for size in 1000 6300; do
  [ -e data/p10_${size}x36.csv ] || "$python" "$peers/scripts/p10_abspc.py" $size 36 | cut -c1-150 | sed 's/^/abspc (inner figures) /'
  timed "catchment spc ${size}x36" "$catchment" calc spc --input data/p10_${size}x36.csv --by series --label t --value value \
    --run 8 --trend 6 --limit-factor 2.6595744680851063 --output answers/our_spc_$size.parquet
done

"$python" "$here/compare_answers.py" "$peers"
