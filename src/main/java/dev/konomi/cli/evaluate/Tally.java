package dev.konomi.cli.evaluate;

import dev.konomi.report.Estimate;
import dev.konomi.train.evaluate.Bootstrap;
import dev.konomi.train.evaluate.Outcome;
import dev.konomi.train.evaluate.Pairwise;
import dev.konomi.train.evaluate.Target;
import dev.konomi.train.evaluate.TestPerson;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Answers summed over splits, by person and, where items are new, by the two groups that a pair's items belong to.
/// A person's splits are therefore kept together when people are drawn anew, and so are a group's pairs.
final class Tally {
    private final List<String> groups;
    private final boolean crossed;
    private final Map<Key, Integer> places = new LinkedHashMap<>();
    private final Map<Integer, Map<String, double[]>> sums = new TreeMap<>();
    private int[] counts = new int[64];

    /// @param groups of the items, by index
    /// @param crossed whether groups of items are new to the models, so that they are drawn anew as well
    Tally(List<String> groups, boolean crossed) {
        this.groups = groups;
        this.crossed = crossed;
    }

    private record Key(long person, String first, String second, boolean close) {}

    /// Notes pairs that are going to be asked.
    ///
    /// @param people whose targets are asked
    /// @param close whether a pair is close, `[people][targets]`
    /// @return where each pair's answers go
    int[][] asked(List<TestPerson> people, boolean[][] close) {
        int[][] cells = new int[people.size()][];
        for (int p = 0; p < cells.length; p++) {
            TestPerson person = people.get(p);
            cells[p] = new int[person.targets().size()];
            for (int t = 0; t < cells[p].length; t++) {
                Target target = person.targets().get(t);
                Key key = new Key(person.id(), group(target.first()), group(target.second()), close[p][t]);
                int cell = places.computeIfAbsent(key, none -> places.size());
                if (cell >= counts.length) {
                    counts = Arrays.copyOf(counts, 2 * counts.length);
                }
                counts[cell]++;
                cells[p][t] = cell;
            }
        }
        return cells;
    }

    private String group(int item) {
        return crossed ? groups.get(item) : "";
    }

    /// @param cells from [#asked]
    void add(int[][] cells, int length, String name, Outcome outcome) {
        Map<String, double[]> byName = sums.computeIfAbsent(length, none -> new LinkedHashMap<>());
        double[] sum = byName.getOrDefault(name, new double[0]);
        if (sum.length < places.size()) {
            sum = Arrays.copyOf(sum, Math.max(places.size(), 2 * sum.length));
            byName.put(name, sum);
        }
        for (int p = 0; p < cells.length; p++) {
            for (int t = 0; t < cells[p].length; t++) {
                double probability = outcome.people().get(p).targets().get(t).probability();
                sum[cells[p][t]] += Pairwise.accuracy(outcome.differences()[p][t], probability);
            }
        }
    }

    /// @return what all splits came to
    Findings findings() {
        Cells every = new Cells(false);
        Cells close = new Cells(true);
        Map<Integer, Map<String, Estimate>> byHistory = new TreeMap<>();
        sums.forEach((length, byName) -> {
            Map<String, Estimate> estimates = new LinkedHashMap<>();
            byName.forEach((name, sum) -> estimates.put(name, every.mean(sum)));
            byHistory.put(length, estimates);
        });
        int longest = Collections.max(sums.keySet());
        Map<String, double[]> last = sums.getOrDefault(longest, Map.of());
        Map<String, double[]> without = sums.getOrDefault(0, Map.of());
        Map<String, Estimate> history = new LinkedHashMap<>();
        last.forEach((name, sum) -> {
            double[] before = without.get(name);
            if (before != null) {
                history.put(name, every.mean(minus(sum, before)));
            }
        });
        return new Findings(
                every.people, every.targets(), every.compare(last), close.compare(last), byHistory, history);
    }

    private double[] minus(double[] left, double[] right) {
        double[] difference = new double[places.size()];
        Arrays.setAll(difference, cell -> left[cell] - right[cell]);
        return difference;
    }

    /// Cells with places for people and groups in place of their names.
    private final class Cells {
        private final int[] cell;
        private final int[] person;
        private final int[] first;
        private final int[] second;
        private final int people;
        private final int groupCount;

        Cells(boolean closeOnly) {
            Map<Long, Integer> ids = new LinkedHashMap<>();
            Map<String, Integer> names = new LinkedHashMap<>();
            List<Map.Entry<Key, Integer>> kept = places.entrySet().stream()
                    .filter(entry -> entry.getKey().close() || !closeOnly)
                    .toList();
            cell = new int[kept.size()];
            person = new int[kept.size()];
            first = new int[kept.size()];
            second = new int[kept.size()];
            for (int i = 0; i < cell.length; i++) {
                Key key = kept.get(i).getKey();
                cell[i] = kept.get(i).getValue();
                person[i] = ids.computeIfAbsent(key.person(), none -> ids.size());
                first[i] = names.computeIfAbsent(key.first(), none -> names.size());
                second[i] = names.computeIfAbsent(key.second(), none -> names.size());
            }
            people = ids.size();
            groupCount = names.size();
        }

        int targets() {
            return Arrays.stream(cell).map(each -> counts[each]).sum();
        }

        Findings.Comparison compare(Map<String, double[]> byName) {
            Map<String, Estimate> accuracy = new LinkedHashMap<>();
            Map<String, Estimate> margin = new LinkedHashMap<>();
            double[] konomi = byName.get(Contestants.KONOMI);
            if (cell.length > 0 && konomi != null) {
                for (String name : Contestants.NAMES) {
                    double[] sum = byName.get(name);
                    if (sum != null) {
                        accuracy.put(name, mean(sum));
                        if (!name.equals(Contestants.KONOMI) && !name.equals(Contestants.IMAGE_ONLY)) {
                            margin.put(name, mean(minus(konomi, sum)));
                        }
                    }
                }
            }
            return new Findings.Comparison(targets(), accuracy, margin);
        }

        /// @param sum of accuracies or of their differences, a cell
        /// @return mean over people of each person's mean over pairs
        Estimate mean(double[] sum) {
            int[] once = new int[groupCount];
            Arrays.fill(once, 1);
            return crossed
                    ? Bootstrap.DEFAULT.crossed(
                            people, groupCount, (drawn, drawnGroups) -> mean(sum, drawn, drawnGroups))
                    : Bootstrap.DEFAULT.statistic(people, drawn -> mean(sum, drawn, once));
        }

        private double mean(double[] sum, int[] drawn, int[] drawnGroups) {
            double[] total = new double[people];
            double[] mass = new double[people];
            for (int i = 0; i < cell.length; i++) {
                int weight = drawnGroups[first[i]] * (first[i] == second[i] ? 1 : drawnGroups[second[i]]);
                total[person[i]] += weight * sum[cell[i]];
                mass[person[i]] += weight * (double) counts[cell[i]];
            }
            double mean = 0;
            double count = 0;
            for (int p = 0; p < people; p++) {
                if (mass[p] > 0) {
                    mean += drawn[p] * total[p] / mass[p];
                    count += drawn[p];
                }
            }
            return mean / count;
        }
    }
}
