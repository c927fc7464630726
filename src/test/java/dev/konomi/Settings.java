package dev.konomi;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.konomi.door.DatabaseUrl;
import dev.konomi.retrain.Ticket;
import io.smallrye.config.ConfigMapping;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The settings that the code reads, to hold deployments to.
public final class Settings {
    /// Read by processes, not by an injected setting.
    private static final Set<String> OF_PROCESSES = Set.of(Ticket.VARIABLE, "KONOMI_JAVA_OPTIONS");

    private Settings() {}

    /// @return Konomi's classes without its tests
    public static JavaClasses code() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.konomi");
    }

    /// @param code Konomi's classes
    /// @return environment variables `KONOMI_…` that mean something
    public static Set<String> environment(JavaClasses code) {
        Set<String> names = new TreeSet<>(OF_PROCESSES);
        names.add(variable(DatabaseUrl.SETTING));
        for (JavaClass type : code) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                String prefix = type.getAnnotationOfType(ConfigMapping.class).prefix();
                type.getMethods().forEach(setting -> names.add(variable(prefix + "." + kebab(setting.getName()))));
            }
            for (JavaConstructor constructor : type.getConstructors()) {
                constructor.getParameterAnnotations().stream()
                        .flatMap(Set::stream)
                        .filter(annotation -> annotation.getRawType().isEquivalentTo(ConfigProperty.class))
                        .map(Settings::named)
                        .forEach(name -> names.add(variable(name)));
            }
        }
        return names;
    }

    private static String named(JavaAnnotation<?> property) {
        return property.get("name").map(Object::toString).orElse("");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
