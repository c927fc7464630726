package dev.konomi;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes objects as the functions' container would, each by its largest constructor, around what a test gives.
public final class Wired {
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final List<Object> given;

    /// @param given what is not made
    public Wired(Object... given) {
        this.given = List.of(given);
    }

    /// @return the one of its kind
    public <T> T get(Class<T> type) {
        for (Object one : given) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
        }
        Object before = made.get(type);
        if (before != null) {
            return type.cast(before);
        }
        try {
            Constructor<?> constructor = List.of(type.getDeclaredConstructors()).stream()
                    .max(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow(() -> new IllegalArgumentException("Give a " + type.getName() + "."));
            List<Object> parts = new ArrayList<>();
            for (Class<?> part : constructor.getParameterTypes()) {
                parts.add(get(part));
            }
            constructor.setAccessible(true);
            T one = type.cast(constructor.newInstance(parts.toArray()));
            made.put(type, one);
            return one;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
