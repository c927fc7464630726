package dev.konomi.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.konomi.cli.pilot.Town;
import dev.konomi.gallery.Attribute;
import dev.konomi.gallery.Catalogue;
import dev.konomi.gallery.Population;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemEncoder;
import dev.konomi.train.dataset.Dataset;
import dev.konomi.train.dataset.Person;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreparedWorldTest {
    private static final PreparedWorld WORLD = world();

    @Test
    void othersAreNobodyWhomAModelLearnsFrom() {
        Dataset training = WORLD.training(Inputs.BOTH, 30);
        Dataset others = WORLD.others(Inputs.BOTH, 30);
        assertEquals(30, training.people().size());
        assertTrue(others.people().size() >= 4_000, "enough to choose weights on");
        Set<Long> known = new HashSet<>();
        training.people().forEach(person -> known.add(person.id()));
        assertFalse(others.people().stream().map(Person::id).anyMatch(known::contains));
        assertNotEquals(
                training.people().getFirst().observations(),
                others.people().getFirst().observations());
    }

    @Test
    void trialsAreAboutPicturesThatNobodyChoseBetween() {
        assertEquals(List.of(), WORLD.asked(Inputs.BOTH).people());
        assertEquals(20, WORLD.asked(Inputs.BOTH).items().size());
        assertEquals(Curve.LONGEST, WORLD.trials().getFirst().history().size());
    }

    @Test
    void aModelIsToldWhatItsInputsSay() {
        Encoding image = WORLD.asked(Inputs.IMAGE).items().getFirst();
        Encoding text = WORLD.asked(Inputs.TEXT).items().getFirst();
        assertEquals(.25f, Objects.requireNonNull(image.image())[0]);
        assertNull(image.text());
        assertEquals(.75f, Objects.requireNonNull(text.text())[0]);
        assertNull(text.image());

        Dataset attributes = WORLD.asked(Inputs.ATTRIBUTES);
        assertEquals(Attribute.VALUES, attributes.width());
        float[] shown = Objects.requireNonNull(attributes.items().getFirst().image());
        var scene = WORLD.unseen().catalogue().scene(0);
        float sum = 0;
        for (float value : shown) {
            sum += value;
        }
        assertEquals(Attribute.values().length, sum);
        for (Attribute attribute : Attribute.values()) {
            assertEquals(1, shown[attribute.offset() + scene.value(attribute)]);
        }
    }

    private static PreparedWorld world() {
        Town town = new Town(5_001, Population.BROAD, 12, 3, 40, 20);
        return new PreparedWorld(
                StudyFiles.broad(5_001),
                town,
                town.trials(Curve.LONGEST),
                encoded(town.catalogue()),
                encoded(town.heldOut()));
    }

    private static EncodedCatalogue encoded(Catalogue catalogue) {
        Encoding encoding = new Encoding(new float[] {.25f, 0}, new float[] {.75f, 0});
        return new EncodedCatalogue(catalogue, Collections.nCopies(catalogue.size(), encoding), new Unused());
    }

    /// Its encodings are made up here.
    private static final class Unused implements ItemEncoder {
        @Override
        public String digest() {
            return "made-up";
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public List<Encoding> encode(List<ItemContent> items) {
            throw new UnsupportedOperationException("nothing is encoded here");
        }

        @Override
        public void close() {}
    }
}
