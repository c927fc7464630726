package dev.konomi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.konomi.door.Contract;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// A native executable knows by name only what was registered while it was built. What needs that is found in the code
/// and in ONNX Runtime's library, never in the list it is compared with: a class that was forgotten fails here in a
/// second, and not in an executable after ten minutes.
class NativeRegistrationTest {
    private static final String METADATA = "/META-INF/native-image/dev.konomi/konomi/reachability-metadata.json";

    private static final Path RESOURCES = Path.of("src/main/resources");

    private static final Set<String> MAPPERS =
            Set.of(ObjectMapper.class.getName(), ObjectReader.class.getName(), ObjectWriter.class.getName());

    private static final Pattern NAME_IN_LIBRARY = Pattern.compile("ai/onnxruntime/[A-Za-z0-9_$]+");

    private static final JavaClasses SERVING = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.konomi.door",
                    "dev.konomi.event",
                    "dev.konomi.item",
                    "dev.konomi.history",
                    "dev.konomi.taste",
                    "dev.konomi.token",
                    "dev.konomi.release",
                    "dev.konomi.retrain");

    @Test
    void everythingThatJsonIsBoundToIsRegistered() throws IOException {
        Set<String> needed = boundToJson();
        for (String known : List.of(
                "dev.konomi.door.Problem",
                "dev.konomi.event.EventMessage$Type",
                "dev.konomi.release.Manifest$Lineage$Token",
                "dev.konomi.release.Pointer",
                "dev.konomi.taste.ScoreRequest",
                "dev.konomi.taste.ScoreAnswer")) {
            assertTrue(needed.contains(known), known + " should be found in " + needed);
        }
        assertEquals(Set.of(), missing(needed, registeredForReflection()), REMEDY);
    }

    @Test
    void everyClassThatOnnxRuntimesLibraryLooksUpIsRegistered() throws IOException {
        Set<String> needed = lookedUpByTheLibrary();
        assertTrue(needed.size() >= 10 && needed.contains("ai.onnxruntime.OrtException"), needed.toString());
        assertEquals(
                Set.of(),
                missing(needed, inMetadata("jniAccessible", "allDeclaredConstructors", "allDeclaredMethods")),
                REMEDY);
    }

    @Test
    void everyResourceOfTheFunctionsIsInTheExecutable() throws IOException {
        List<PathMatcher> globs = StreamSupport.stream(
                        metadata().path("resources").spliterator(), false)
                .map(resource -> FileSystems.getDefault()
                        .getPathMatcher("glob:" + resource.path("glob").asText()))
                .toList();
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("dev/konomi"))) {
            SortedSet<Path> left = files.filter(Files::isRegularFile)
                    .map(RESOURCES::relativize)
                    .filter(file -> !file.startsWith("dev/konomi/report") && !file.startsWith("dev/konomi/cli"))
                    .filter(file -> globs.stream().noneMatch(glob -> glob.matches(file)))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(Set.of(), left, "resources that no glob of " + METADATA + " takes in");
        }
    }

    @Test
    void everyProviderOfAServiceInTheExecutableIsRegistered() throws IOException {
        Set<String> providers = new TreeSet<>();
        for (JsonNode resource : metadata().path("resources")) {
            String glob = resource.path("glob").asText();
            if (glob.startsWith("META-INF/services/")) {
                assertFalse(glob.contains("*"), glob + " takes in services whose providers nobody has seen: name one");
                for (URL file : Collections.list(
                        NativeRegistrationTest.class.getClassLoader().getResources(glob))) {
                    try (InputStream in = file.openStream()) {
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .forEach(providers::add);
                    }
                }
            }
        }
        assertTrue(
                providers.contains("com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi"), providers.toString());
        assertEquals(Set.of(), missing(providers, inMetadata("allDeclaredConstructors")), REMEDY);
    }

    @Test
    void whatIsForgottenIsNamed() throws IOException {
        Set<String> registered = registeredForReflection();
        assertTrue(registered.remove("dev.konomi.taste.ScoreRequest"), registered.toString());
        assertEquals(Set.of("dev.konomi.taste.ScoreRequest"), missing(boundToJson(), registered));
    }

    private static final String REMEDY =
            "classes that a native executable would not find: annotate them with @RegisterForReflection, those of "
                    + "libraries add to " + METADATA;

    private static Set<String> missing(Set<String> needed, Set<String> registered) {
        SortedSet<String> missing = new TreeSet<>(needed);
        missing.removeAll(registered);
        return missing;
    }

    // What JSON is bound to: contracts, classes that are handed to Jackson or to a method that hands them on, classes
    // with Jackson's annotations; and all that these hold.

    private static Set<String> boundToJson() {
        Set<Class<?>> roots = new HashSet<>();
        Set<String> binders = binders();
        for (JavaClass type : SERVING) {
            if (type.getMembers().stream().anyMatch(NativeRegistrationTest::hasJacksonAnnotation)
                    || hasJacksonAnnotation(type)) {
                roots.add(type.reflect());
            }
            for (JavaCodeUnit code : type.getCodeUnits()) {
                if (code.isAnnotatedWith(Contract.class)) {
                    Contract contract = code.getAnnotationOfType(Contract.class);
                    roots.addAll(List.of(contract.takes(), contract.gives()));
                }
                if (binds(code, binders)) {
                    code.getReferencedClassObjects()
                            .forEach(named -> roots.add(named.getRawType().reflect()));
                    if (type.isRecord()) {
                        roots.add(type.reflect()); // it reads or writes itself
                    }
                }
            }
        }
        return closure(roots);
    }

    private static boolean hasJacksonAnnotation(CanBeAnnotated element) {
        return element.isMetaAnnotatedWith(JacksonAnnotation.class);
    }

    /// Methods that take a class and hand it to Jackson or to another such method.
    private static Set<String> binders() {
        Set<String> binders = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (JavaClass type : SERVING) {
                for (JavaCodeUnit code : type.getCodeUnits()) {
                    boolean takesOne = code.getRawParameterTypes().stream()
                            .anyMatch(taken -> taken.isEquivalentTo(Class.class) || taken.isEquivalentTo(Object.class));
                    grown |= takesOne && binds(code, binders) && binders.add(code.getFullName());
                }
            }
        }
        return binders;
    }

    private static boolean binds(JavaCodeUnit code, Set<String> binders) {
        return code.getMethodCallsFromSelf().stream()
                .anyMatch(call -> MAPPERS.contains(call.getTargetOwner().getName())
                                || call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                        ? call.getName()
                                .matches("(read|write|convert)Value.*|treeToValue|valueToTree|(reader|writer)For")
                        : binders.contains(call.getTarget().getFullName()));
    }

    private static Set<String> closure(Set<Class<?>> roots) {
        Set<String> all = new TreeSet<>();
        Deque<Class<?>> left = new ArrayDeque<>(roots);
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            if (!type.getName().startsWith("dev.konomi.") || type.isInterface() && !type.isSealed()) {
                continue;
            }
            if (!all.add(type.getName()) || isDelegating(type)) {
                continue;
            }
            if (type.isSealed()) {
                left.addAll(Arrays.asList(type.getPermittedSubclasses()));
            }
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    add(component.getGenericType(), component, left);
                }
            }
            Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors())
                    .flatMap(Arrays::<Executable>stream)
                    .filter(creator -> creator.isAnnotationPresent(JsonCreator.class))
                    .flatMap(creator -> Arrays.stream(creator.getParameters()))
                    .forEach((Parameter parameter) -> add(parameter.getParameterizedType(), parameter, left));
        }
        return all;
    }

    /// JSON passes through such a class as a whole; what it holds is its own affair.
    private static boolean isDelegating(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.isAnnotationPresent(JsonValue.class)
                        || method.isAnnotationPresent(JsonCreator.class)
                                && method.getAnnotation(JsonCreator.class).mode() == JsonCreator.Mode.DELEGATING);
    }

    private static void add(Type type, AnnotatedElement place, Deque<Class<?>> left) {
        Contract.Element element = place.getAnnotation(Contract.Element.class);
        if (element != null) {
            left.add(element.value());
        }
        switch (type) {
            case Class<?> plain -> left.add(plain.isArray() ? plain.getComponentType() : plain);
            case ParameterizedType parameterized ->
                Arrays.stream(parameterized.getActualTypeArguments()).forEach(argument -> add(argument, place, left));
            case GenericArrayType array -> add(array.getGenericComponentType(), place, left);
            case WildcardType wildcard ->
                Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> add(bound, place, left));
            default -> {}
        }
    }

    private static Set<String> registeredForReflection() throws IOException {
        Set<String> registered = inMetadata("allDeclaredConstructors", "allDeclaredMethods", "allDeclaredFields");
        for (JavaClass type : SERVING) {
            if (type.isAnnotatedWith(RegisterForReflection.class)) {
                RegisterForReflection annotation = type.getAnnotationOfType(RegisterForReflection.class);
                Class<?>[] targets = annotation.targets();
                for (Class<?> target : targets.length == 0 ? new Class<?>[] {type.reflect()} : targets) {
                    register(target, annotation.ignoreNested(), registered);
                }
            }
        }
        return registered;
    }

    private static void register(Class<?> type, boolean alone, Set<String> registered) {
        registered.add(type.getName());
        if (!alone) {
            Arrays.stream(type.getDeclaredClasses()).forEach(nested -> register(nested, false, registered));
        }
    }

    // What ONNX Runtime's library looks up by name through JNI stands in it as text.

    private static Set<String> lookedUpByTheLibrary() throws IOException {
        String library = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
        try (InputStream in = NativeRegistrationTest.class.getResourceAsStream(library)) {
            String text = new String(Objects.requireNonNull(in, library).readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher names = NAME_IN_LIBRARY.matcher(text);
            return names.results()
                    .map(found -> found.group().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> inMetadata(String... granted) throws IOException {
        return StreamSupport.stream(metadata().path("reflection").spliterator(), false)
                .filter(entry ->
                        Arrays.stream(granted).allMatch(what -> entry.path(what).asBoolean()))
                .map(entry -> entry.path("type").asText())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in = NativeRegistrationTest.class.getResourceAsStream(METADATA)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, METADATA));
        }
    }
}
