package dev.konomi.train.atelier.procedural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProceduralPictureTest {
    private static final int EDGE = 48;

    @Test
    void countsAreThoseOfTheEnumerations() {
        assertEquals(Kind.values().length, Kind.COUNT);
        assertEquals(Trait.values().length, Trait.COUNT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSameRandomNumbersGiveTheSamePicture(Kind kind) {
        ProceduralPicture one = ProceduralPicture.draw(kind, new SplittableRandom(7), EDGE);
        ProceduralPicture again = ProceduralPicture.draw(kind, new SplittableRandom(7), EDGE);
        ProceduralPicture other = ProceduralPicture.draw(kind, new SplittableRandom(8), EDGE);

        assertArrayEquals(one.pixels().rgb(), again.pixels().rgb());
        assertFalse(Arrays.equals(one.pixels().rgb(), other.pixels().rgb()));
        assertArrayEquals(one.traits(), again.traits());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPictureIsNotPlainAndItsTraitsAreWithinTheirEnds(Kind kind) {
        SplittableRandom random = new SplittableRandom(11);
        for (int k = 0; k < 20; k++) {
            ProceduralPicture picture = ProceduralPicture.draw(kind, random, EDGE);

            Set<Integer> colours = new HashSet<>();
            byte[] rgb = picture.pixels().rgb();
            for (int at = 0; at < rgb.length; at += 3) {
                colours.add((rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF);
            }
            assertTrue(colours.size() > 1, "a plain picture");
            int known = 0;
            for (float trait : picture.traits()) {
                if (!Float.isNaN(trait)) {
                    known++;
                    assertTrue(Math.abs(trait) < 1.0001f, "a trait of " + trait);
                }
            }
            assertTrue(known >= 7, known + " traits");
        }
    }

    @Test
    void darkScenesAreDarkerThanBrightOnes() {
        SplittableRandom random = new SplittableRandom(3);
        double night = 0;
        double day = 0;
        int nights = 0;
        int days = 0;
        for (int k = 0; k < 120; k++) {
            ProceduralPicture picture = ProceduralPicture.draw(Kind.HILLS, random, EDGE);
            double mean = 0;
            for (byte value : picture.pixels().rgb()) {
                mean += value & 0xFF;
            }
            if (picture.traits()[Trait.DAYLIGHT.ordinal()] < 0) {
                night += mean;
                nights++;
            } else {
                day += mean;
                days++;
            }
        }
        assertTrue(night / nights < 0.8 * day / days);
    }
}
