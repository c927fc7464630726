package dev.konomi.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneTest {
    @Test
    void everyIndexIsOneScene() {
        for (int index = 0; index < Scene.COUNT; index++) {
            assertEquals(index, Scene.of(index).index());
        }
    }

    @Test
    void attributesCoverTheTableOfWeights() {
        int next = 0;
        for (Attribute attribute : Attribute.values()) {
            assertEquals(next, attribute.offset());
            next += attribute.size();
        }
        assertEquals(Attribute.VALUES, next);
    }

    @Test
    void oneCombinationInFiveIsHeldOutForEveryValue() {
        for (Attribute attribute : Attribute.values()) {
            int[] held = new int[attribute.size()];
            IntStream.range(0, Scene.COUNT)
                    .mapToObj(Scene::of)
                    .filter(Scene::heldOut)
                    .forEach(scene -> held[scene.value(attribute)]++);
            for (int count : held) {
                assertEquals(0.2, (double) count * attribute.size() / Scene.COUNT, 0.02);
            }
        }
    }

    @Test
    void aValueOutsideItsAttributeIsRefusedByName() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Scene(0, 12, 0, 0, 0));
        assertTrue(String.valueOf(refused.getMessage()).contains("style 12"));
        assertThrows(IllegalArgumentException.class, () -> Scene.of(Scene.COUNT));
    }
}
