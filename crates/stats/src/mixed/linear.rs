//! Small symmetric systems: Cholesky's factor and what is worked out from it.

/// A square matrix, row after row.
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    size: usize,
    cells: Vec<f64>,
}

impl Square {
    pub fn zeros(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    pub const fn size(&self) -> usize {
        self.size
    }

    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
    }

    /// Copies the lower half over the upper.
    pub fn mirror(&mut self) {
        for row in 0..self.size {
            for column in 0..row {
                let value = self.get(row, column);
                self.set(column, row, value);
            }
        }
    }

    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells.chunks(self.size).map(|row| dot(row, vector)).collect()
    }

    /// Cholesky's lower factor; nothing where the matrix is not positive definite.
    pub fn factor(&self) -> Option<Self> {
        let mut factor = Self::zeros(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let before: f64 =
                    (0..column).map(|k| factor.get(row, k) * factor.get(column, k)).sum();
                let left = self.get(row, column) - before;
                if row > column {
                    factor.set(row, column, left / factor.get(column, column));
                } else if left > 1e-13 * self.get(row, row).abs() {
                    factor.set(row, row, left.sqrt());
                } else {
                    return None;
                }
            }
        }
        Some(factor)
    }

    /// Solves `L Lᵀ x = vector` where this is the factor L.
    pub fn solve(&self, vector: &[f64]) -> Vec<f64> {
        let mut x = vector.to_vec();
        for row in 0..self.size {
            let before: f64 = (0..row).map(|k| self.get(row, k) * x[k]).sum();
            x[row] = (x[row] - before) / self.get(row, row);
        }
        for row in (0..self.size).rev() {
            let after: f64 = (row + 1..self.size).map(|k| self.get(k, row) * x[k]).sum();
            x[row] = (x[row] - after) / self.get(row, row);
        }
        x
    }

    /// The inverse of a positive definite matrix.
    pub fn inverse(&self) -> Option<Self> {
        let factor = self.factor()?;
        let mut inverse = Self::zeros(self.size);
        for column in 0..self.size {
            let mut unit = vec![0.0; self.size];
            unit[column] = 1.0;
            for (row, value) in factor.solve(&unit).into_iter().enumerate() {
                inverse.set(row, column, value);
            }
        }
        Some(inverse)
    }
}

/// The sum of products, in eight sums side by side so that it does not wait for itself.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let length = a.len().min(b.len());
    let (a, b) = (&a[..length], &b[..length]);
    let (lefts, rights) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = lefts.remainder().iter().zip(rights.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; LANES];
    for (left, right) in lefts.zip(rights) {
        for (sum, (a, b)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Sums side by side.
const LANES: usize = 8;

#[cfg(test)]
mod tests {
    use super::Square;

    #[test]
    fn a_system_is_solved_and_a_flat_one_refused() {
        let mut matrix = Square::zeros(2);
        for (row, column, value) in [(0, 0, 4.0), (0, 1, 2.0), (1, 0, 2.0), (1, 1, 3.0)] {
            matrix.set(row, column, value);
        }
        let found = matrix.factor().unwrap().solve(&[2.0, -1.0]);
        assert!((found[0] - 1.0).abs() < 1e-15 && (found[1] + 1.0).abs() < 1e-15, "{found:?}");
        matrix.set(1, 1, 1.0);
        assert!(matrix.factor().is_none());
    }
}
