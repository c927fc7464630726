package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.train.stage.SequencePlan;
import dev.konomi.train.stage.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VariantTest {
    private static final TrainingPlan FULL = TrainingPlan.full();
    private static final SequencePlan SEQUENCE = SequencePlan.full(8, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "full|",
                "without-interactions|products=false",
                "without-own|mapSteps=0",
                "true-attributes|",
                "without-tokens|activation=NONE selected=1 tokens=1",
                "global-token|activation=PRIOR",
                "query-activation|activation=QUERY",
                "without-contrast|base=1.0 contrast=0.0",
                "without-dense|dense=false",
                "without-token-fit|stageOneSteps=1800 tokenSteps=0",
                "image-only|",
                "text-only|",
                "pool-4|tokens=4",
                "pool-8|tokens=8",
                "pool-16|tokens=16",
                "pool-32|tokens=32",
                "pool-64|tokens=64"
            })
    void aPlanDiffersFromTheFullOneInExactlyWhatItSays(String id, String differences) {
        TreeSet<String> changed = settings(Variant.of(id).plan(FULL));
        changed.removeAll(settings(FULL));
        assertEquals(differences == null ? "" : differences, String.join(" ", changed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sequence|",
                "sequence-prefix|placement=PREFIX",
                "sequence-global|selected=16 selection=ALL",
                "sequence-without-tokens|decoderSteps=300 selected=0 tokenSteps=0",
                "sequence-prior|learningRate=0.001",
                "sequence-prior-alone|decoderSteps=0 tokenSteps=0"
            })
    void aPlanInSequenceDiffersFromThatOfSequenceInExactlyWhatItSays(String id, String differences) {
        TreeSet<String> changed = settings(Variant.of(id).plan(SEQUENCE));
        changed.removeAll(settings(SEQUENCE));
        assertEquals(differences == null ? "" : differences, String.join(" ", changed));
    }

    @ParameterizedTest
    @EnumSource
    void allOfAHeadTakeTheSameNumberOfStepsOnTheTenantsPeople(Variant variant) {
        if (!variant.inSequence()) {
            assertEquals(steps(FULL), steps(variant.plan(FULL)));
        } else if (variant != Variant.SEQUENCE_PRIOR_ALONE) {
            SequencePlan plan = variant.plan(SEQUENCE);
            assertEquals(SEQUENCE.decoderSteps() + SEQUENCE.tokenSteps(), plan.decoderSteps() + plan.tokenSteps());
        }
    }

    @Test
    void onlyTwoStartFromAPrior() {
        assertEquals(
                List.of(Variant.SEQUENCE_PRIOR, Variant.SEQUENCE_PRIOR_ALONE),
                Arrays.stream(Variant.values())
                        .filter(variant -> variant.start() == Variant.Start.PRIOR)
                        .toList());
    }

    @Test
    void onlyWhatIsToldOfPicturesTellsTheOthersApart() {
        assertEquals(
                List.of(Inputs.BOTH, Inputs.ATTRIBUTES, Inputs.IMAGE, Inputs.TEXT),
                Arrays.stream(Variant.values())
                        .filter(variant ->
                                !variant.inSequence() && variant.plan(FULL).equals(FULL))
                        .map(Variant::inputs)
                        .toList());
    }

    @Test
    void eachIsComparedWithWhatItDiffersFromInOneThing() {
        assertEquals(Optional.empty(), Variant.FULL.base());
        assertEquals(Optional.of(Variant.FULL), Variant.WITHOUT_TOKENS.base());
        assertEquals(Optional.of(Variant.FULL), Variant.SEQUENCE.base());
        assertEquals(Optional.of(Variant.SEQUENCE), Variant.SEQUENCE_GLOBAL.base());
    }

    @Test
    void namesWhatThereIs() {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Variant.of("without-hope"))
                .getMessage());
        assertTrue(message.contains("without-hope") && message.contains("without-tokens"), message);
    }

    private static int steps(TrainingPlan plan) {
        return plan.tokenSteps() + plan.stageOneSteps() + plan.stageTwoSteps();
    }

    private static TreeSet<String> settings(Record plan) {
        Function<Object, Stream<String>> parts = record ->
                Arrays.stream(record.toString().replaceAll("\\w+\\[|\\]", "").split(", "));
        TreeSet<String> settings = new TreeSet<>();
        parts.apply(plan).map(part -> part.replace("network=", "")).forEach(settings::add);
        return settings;
    }
}
