package dev.konomi.train.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.stage.SpreadFit.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpreadFitTest {
    private static final int CHOICES = 30;
    private static final int DIRECTIONS = 12;

    @Test
    void findsWhatPeopleLikeThatNoTokenExplains() {
        SpreadFit fit = SpreadFit.of(people(1_500, 0.7, 1.5));

        assertEquals(0.7, fit.scale(), 0.08);
        assertEquals(1.5, fit.variance(), 0.35);
        assertTrue(fit.error() < 0.3, "error " + fit.error());
        assertTrue(fit.trusted().isPresent());
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        SpreadFit fit = SpreadFit.of(people(1_500, 0.7, 0));

        assertEquals(0.7, fit.scale(), 0.08);
        assertEquals(0, fit.variance(), 0.15);
    }

    @Test
    void aFewPeopleCannotTell() {
        assertTrue(SpreadFit.of(people(20, 0.7, 1.5)).trusted().isEmpty());
        assertTrue(SpreadFit.of(List.of(List.of())).trusted().isEmpty());
    }

    /// People who choose as the fit takes them to: two tokens that are as likely, and a taste of their own.
    private static List<List<Later>> people(int count, double scale, double variance) {
        SplittableRandom random = new SplittableRandom(7);
        List<List<Later>> people = new ArrayList<>();
        for (int person = 0; person < count; person++) {
            double[] own = new double[DIRECTIONS];
            for (int k = 0; k < DIRECTIONS; k++) {
                own[k] = Math.sqrt(variance) * random.nextGaussian();
            }
            int token = random.nextInt(2);
            double[][] item = new double[CHOICES][];
            double[][] byToken = new double[CHOICES][2];
            for (int j = 0; j < CHOICES; j++) {
                item[j] = difference(random);
                byToken[j] = new double[] {1.5 * random.nextGaussian(), 1.5 * random.nextGaussian()};
                double logit = scale * byToken[j][token];
                for (int k = 0; k < DIRECTIONS; k++) {
                    logit += own[k] * item[j][k];
                }
                if (random.nextDouble() > 1 / (1 + Math.exp(-logit))) {
                    for (int k = 0; k < DIRECTIONS; k++) {
                        item[j][k] = -item[j][k];
                    }
                    byToken[j] = new double[] {-byToken[j][0], -byToken[j][1]};
                }
            }
            List<Later> all = new ArrayList<>();
            for (int known = 0; known < CHOICES; known++) {
                all.add(later(known, item, byToken));
            }
            people.add(all);
        }
        return people;
    }

    private static double[] difference(SplittableRandom random) {
        double[] difference = new double[DIRECTIONS];
        difference[random.nextInt(DIRECTIONS)] += 1;
        difference[random.nextInt(DIRECTIONS)] -= 1;
        return difference;
    }

    /// Nothing that was chosen before is taken to say anything of tokens: both stay as likely.
    private static Later later(int known, double[][] item, double[][] byToken) {
        int count = CHOICES - known;
        double[][] arrays = new double[5][count];
        for (int j = 0; j < count; j++) {
            double[] now = byToken[known + j];
            arrays[0][j] = (now[0] + now[1]) / 2;
            arrays[1][j] = (now[0] - now[1]) * (now[0] - now[1]) / 4;
            arrays[2][j] = (now[0] - now[1]) * (byToken[known][0] - byToken[known][1]) / 4;
            for (int k = 0; k < DIRECTIONS; k++) {
                arrays[3][j] += item[known + j][k] * item[known + j][k];
                arrays[4][j] += item[known + j][k] * item[known][k];
            }
        }
        return new Later(arrays[0], arrays[1], arrays[2], arrays[3], arrays[4]);
    }
}
