package dev.konomi.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Picture;
import dev.konomi.gallery.Population;
import dev.konomi.gallery.Trial;
import dev.konomi.gallery.World;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.release.Manifest;
import dev.konomi.report.HtmlReport;
import dev.konomi.report.Report;
import dev.konomi.taste.ItemVectors;
import dev.konomi.taste.Taste;
import dev.konomi.taste.TasteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PEOPLE = 120;
    private static final Manifest.Calibration CALIBRATION = new Manifest.Calibration(1, new Manifest.Spread(0.7, 1.5));

    private static final World WORLD = World.of(5005, Population.BROAD);
    private static final Catalogue HELD_OUT = Catalogue.of(5005, 250, true);
    private static Measurement measurement;
    private static Measurement.Ideal ideal;

    @BeforeAll
    static void askTheIdealObserver() {
        measurement = new Measurement(
                WORLD,
                HELD_OUT,
                Trial.of(WORLD, HELD_OUT, 1, PEOPLE, 8, 16),
                number -> WORLD.person(1L + number, 24),
                5005,
                new Measurement.Scale(10, 120, 30));
        ideal = measurement.observe();
    }

    @Test
    void whoKnowsNothingIsSeenToKnowNothing() {
        Measures none = measure(new SumOfDifferences(0));
        JsonNode report = report(none);
        assertEquals(0, report.at("/segments/ari/mean").asDouble(), 1e-9);
        assertEquals(1, report.at("/segments/pValue").asDouble(), 1e-9);
        // Half is predicted for every pair, and half of the people agree.
        assertEquals(0, report.at("/ece/mean").asDouble(), 1e-9);
        for (String attribute : List.of("theme", "composition", "style", "palette")) {
            assertEquals(
                    0.5,
                    report.at("/byDifference/" + attribute + "/konomi/mean").asDouble(),
                    1e-9);
            assertTrue(report.at("/byDifference/" + attribute + "/idealObserver/mean")
                            .asDouble()
                    > 0.5);
        }
        assertEquals(0, report.at("/deletion/top/mean").asDouble(), 1e-9);
    }

    @Test
    void whoLearnsFromHistoriesIsSeenToLearn() {
        Measures some = measure(new SumOfDifferences(0.3f));
        JsonNode report = report(some);
        assertTrue(report.at("/byDifference/style/konomi/mean").asDouble() > 0.51);
        assertTrue(report.at("/deletion/top/mean").asDouble()
                > report.at("/deletion/random/mean").asDouble());
        assertTrue(report.at("/deletion/random/margin/low").asDouble() > 0);
        assertTrue(report.at("/sharedAttribute/top/mean").asDouble()
                > report.at("/sharedAttribute/random/mean").asDouble());
    }

    @Test
    void theIdealObserverFindsGroupsAsHistoriesGrow() {
        JsonNode byHistory = report(measure(new SumOfDifferences(0))).at("/segments/byHistory");
        double before = 0;
        for (int length : Groups.LENGTHS) {
            double now = byHistory.at("/" + length + "/idealObserver/mean").asDouble();
            assertTrue(now > before, length + ": " + now);
            before = now;
        }
        assertTrue(before > 0.7, "after 40: " + before);
        JsonNode two = report(measure(new SumOfDifferences(0))).at("/twoInterests");
        assertTrue(two.at("/idealObserver/mean").asDouble()
                > two.at("/chance/mean").asDouble());
        double stronger = two.at("/stronger/idealObserver/mean").asDouble();
        double weaker = two.at("/weaker/idealObserver/mean").asDouble();
        assertTrue(stronger > weaker, stronger + " and " + weaker);
        assertEquals(two.at("/idealObserver/mean").asDouble(), (stronger + weaker) / 2, 1e-6);
    }

    @Test
    void intervalsHoldMoreTheWiderTheyAre() {
        Intervals narrow = intervals(new Manifest.Spread(0.7, 0.5));
        Intervals wide = intervals(new Manifest.Spread(0.7, 8));
        assertTrue(
                narrow.coverage().mean() + 0.1 < wide.coverage().mean(), narrow.coverage() + " and " + wide.coverage());
        assertTrue(narrow.width().mean() + 0.1 < wide.width().mean(), narrow.width() + " and " + wide.width());
        JsonNode report = report(measure(new SumOfDifferences(0.3f)));
        assertTrue(report.at("/coverage/mean").asDouble() > 0);
        assertTrue(report.at("/width/constant/mean").asDouble() > 0);
    }

    @Test
    void aReleaseWithoutIntervalsIsNotMeasuredByThem() {
        JsonNode report =
                report(measurement.measure(subject(new SumOfDifferences(0), new Manifest.Calibration(1)), ideal, NOW));
        assertTrue(report.path("coverage").isMissingNode());
        assertTrue(report.path("width").isMissingNode());
    }

    private static Intervals intervals(Manifest.Spread spread) {
        return measurement
                .measure(subject(new SumOfDifferences(0.3f), new Manifest.Calibration(1, spread)), ideal, NOW)
                .intervals()
                .orElseThrow();
    }

    @Test
    void drawsThemAll() {
        HtmlReport page = new HtmlReport("t", "l");
        measure(new SumOfDifferences(0.3f)).write(page);
        String html = page.html();
        assertEquals(5, html.split("<svg", -1).length - 1);
        assertTrue(html.contains("palette, ideal observer"));
    }

    private static Measures measure(TasteModel model) {
        return measurement.measure(subject(model, CALIBRATION), ideal, NOW);
    }

    private static Subject subject(TasteModel model, Manifest.Calibration calibration) {
        List<Encoding> pictures = measurement.pictures().pictures().stream()
                .map(MeasurementTest::encoding)
                .toList();
        return new Subject(model, NamesTest.book(List.of(), List.of()), pictures, calibration);
    }

    private static JsonNode report(Measures measures) {
        Report report = new Report();
        measures.write(report);
        return report.json();
    }

    private static Encoding encoding(Picture picture) {
        float[] image = new float[Attribute.VALUES];
        for (Attribute attribute : Attribute.values()) {
            image[attribute.offset() + picture.scene().value(attribute)] = 1;
        }
        return new Encoding(image, null);
    }

    /// Adds up chosen minus rejected; of two tokens the first is always taken.
    private record SumOfDifferences(float rate) implements TasteModel {
        @Override
        public ItemVectors items(List<Encoding> encodings) {
            return new ItemVectors(
                    encodings.stream()
                            .map(encoding -> Objects.requireNonNull(encoding.image()))
                            .toArray(float[][]::new),
                    new float[encodings.size()]);
        }

        @Override
        public Taste taste(ItemVectors items, List<Observation> history) {
            float[] kept = new float[history.size()];
            Arrays.fill(kept, 1);
            return tastes(items, history, new float[][] {kept}).getFirst();
        }

        @Override
        public List<Taste> tastes(ItemVectors items, List<Observation> history, float[][] kept) {
            List<Taste> tastes = new ArrayList<>();
            for (float[] row : kept) {
                float[] vector = new float[Attribute.VALUES];
                for (int i = 0; i < row.length; i++) {
                    Observation.Choice choice = (Observation.Choice) history.get(i);
                    for (int k = 0; k < vector.length; k++) {
                        vector[k] += rate
                                * row[i]
                                * (items.features()[choice.chosen()][k] - items.features()[choice.rejected()][k]);
                    }
                }
                tastes.add(new Taste(vector, vector.clone(), new float[] {0.6f, 0.4f}));
            }
            return tastes;
        }

        @Override
        public float[] scores(Taste taste, ItemVectors candidates, float[] offsets) {
            float[] scores = new float[offsets.length];
            for (int i = 0; i < scores.length; i++) {
                for (int k = 0; k < Attribute.VALUES; k++) {
                    scores[i] += taste.vector()[k] * candidates.features()[i][k];
                }
            }
            return scores;
        }

        @Override
        public float[][] tokens() {
            return new float[2][Attribute.VALUES];
        }

        @Override
        public Encoding mean() {
            return new Encoding(new float[Attribute.VALUES], null);
        }

        @Override
        public void close() {}
    }
}
