package dev.konomi.train.lineage;

import java.util.Arrays;

/// Optimal one-to-one assignment by shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987),
/// cubic in the larger side.
final class Assignment {
    private Assignment() {}

    /// @param gain `[rows][columns]`, finite
    /// @return the column of each row, −1 for rows that are left over: min(rows, columns) pairs whose
    ///     gains add up to the largest sum there is
    static int[] best(double[][] gain) {
        int rows = gain.length;
        int columns = rows == 0 ? 0 : gain[0].length;
        int n = Math.max(rows, columns);
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[n + 1];
        int[] rowOf = new int[n + 1]; // by column, both from 1; row 0 and column 0 stand for nobody
        int[] before = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            double[] slack = new double[n + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] reached = new boolean[n + 1];
            rowOf[0] = row;
            int column = 0;
            do {
                reached[column] = true;
                int from = rowOf[column];
                double least = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int to = 1; to <= n; to++) {
                    if (!reached[to]) {
                        // What is left over is paired with padding, which gains nothing.
                        double cost = from <= rows && to <= columns ? -gain[from - 1][to - 1] : 0;
                        double reduced = cost - rowPotential[from] - columnPotential[to];
                        if (reduced < slack[to]) {
                            slack[to] = reduced;
                            before[to] = column;
                        }
                        if (slack[to] < least) {
                            least = slack[to];
                            next = to;
                        }
                    }
                }
                for (int to = 0; to <= n; to++) {
                    if (reached[to]) {
                        rowPotential[rowOf[to]] += least;
                        columnPotential[to] -= least;
                    } else {
                        slack[to] -= least;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }
        int[] chosen = new int[rows];
        Arrays.fill(chosen, -1);
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] <= rows) {
                chosen[rowOf[column] - 1] = column - 1;
            }
        }
        return chosen;
    }
}
