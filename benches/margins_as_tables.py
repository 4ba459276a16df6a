# The arrays of the raking workload as the tables that `catchment calc rake` reads.
# margins_as_tables.py ARRAYS.npz TABLE_WITH_THE_COLUMN_NAMES.csv FOLDER
import sys

import numpy as np
import polars as pl

arrays, names, folder = np.load(sys.argv[1]), sys.argv[2], sys.argv[3]
seed, ages, groups = arrays["seed"], arrays["agesex"], arrays["eth"]
columns = open(names).readline().strip().split(",")[1:]
zones = range(len(ages))
ages = ages.reshape(len(ages), -1)
pl.DataFrame({"zone": zones, **{name: ages[:, i] for i, name in enumerate(columns)}}).write_csv(f"{folder}/rake_age_sex.csv")
pl.DataFrame({"zone": zones, **{f"eth{i}": groups[:, i] for i in range(6)}}).write_csv(f"{folder}/rake_ethnic.csv")
cells = {"age": np.repeat([name[:-2] for name in columns[::2]], 12), "sex": np.tile(np.repeat(["m", "f"], 6), 19)}
pl.DataFrame({**cells, "ethnic": np.tile(range(6), 38), "weight": seed.ravel()}).write_csv(f"{folder}/rake_start.csv")
