package dev.konomi.gallery.painting;

import dev.konomi.gallery.Detail;
import dev.konomi.gallery.Theme;

/// What a picture is of, 100 units high: `(0, 0)` is the middle of its foot, `y` points down.
final class Subjects {
    private Subjects() {}

    static void draw(Theme theme, Pen pen, Detail detail) {
        int level = detail.ordinal();
        switch (theme) {
            case MOUNTAINS -> Landscapes.mountains(pen, level);
            case FOREST -> Landscapes.forest(pen, level);
            case WAVES -> Landscapes.waves(pen, level);
            case DESERT -> Landscapes.desert(pen, level);
            case MOON -> Landscapes.moon(pen, level);
            case TREE -> Plants.tree(pen, level);
            case FLOWERS -> Plants.flowers(pen, level);
            case MUSHROOMS -> Plants.mushrooms(pen, level);
            case CAT -> Creatures.cat(pen, level);
            case FISH -> Creatures.fish(pen, level);
            case BIRD -> Creatures.bird(pen, level);
            case BUTTERFLY -> Creatures.butterfly(pen, level);
            case LIGHTHOUSE -> Buildings.lighthouse(pen, level);
            case SKYLINE -> Buildings.skyline(pen, level);
            case CASTLE -> Buildings.castle(pen, level);
            case HOUSE -> Buildings.house(pen, level);
            case BRIDGE -> Buildings.bridge(pen, level);
            case BALLOON -> Vehicles.balloon(pen, level);
            case BICYCLE -> Vehicles.bicycle(pen, level);
            case BOAT -> Vehicles.boat(pen, level);
            case ROCKET -> Vehicles.rocket(pen, level);
            case TRAIN -> Vehicles.train(pen, level);
            case TEAPOT -> Things.teapot(pen, level);
            case UMBRELLA -> Things.umbrella(pen, level);
        }
    }
}
