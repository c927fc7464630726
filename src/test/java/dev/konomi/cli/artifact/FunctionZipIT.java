package dev.konomi.cli.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `target/function.zip` as Lambda unpacks it.
class FunctionZipIT {
    private static final long MEGABYTE = 1_000_000;

    /// Lambda's limit for an unpacked function, with its layers.
    private static final long LIMIT = 250 * MEGABYTE;

    /// ELF's number for x86-64, at byte 18 of a file.
    private static final int X86_64 = 62;

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

    private static final List<String> FILES = new ArrayList<>();
    private static final TreeMap<String, byte[]> NATIVES = new TreeMap<>();
    private static long bytes;

    @BeforeAll
    static void unpack() throws IOException {
        try (InputStream zip = Files.newInputStream(Path.of("target/function.zip"))) {
            walk(zip, "");
        }
    }

    private static void walk(InputStream archive, String within) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.isDirectory()) {
                continue;
            }
            String name = within + entry.getName();
            byte[] content = zip.readAllBytes();
            if (within.isEmpty()) {
                FILES.add(name);
                bytes += content.length;
            }
            if (NATIVE.matcher(name).matches()) {
                NATIVES.put(name, content);
            }
            if (name.endsWith(".jar")) {
                walk(new ByteArrayInputStream(content), name + "!");
            }
        }
    }

    @Test
    void unpackedItIsLessThanHalfOfWhatLambdaTakes() {
        assertTrue(bytes < LIMIT / 2, bytes / MEGABYTE + " MB unpacked");
    }

    @Test
    void everyFileStandsInItOnce() {
        Set<String> seen = new HashSet<>();
        assertEquals(
                List.of(), FILES.stream().filter(name -> !seen.add(name)).toList(), "names that stand there twice");
        Set<String> libraries = new HashSet<>();
        List<String> twice = FILES.stream()
                .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                .map(jar -> jar.substring(4).replaceFirst("^modified-", "").replaceFirst("-\\d.*", ""))
                .filter(library -> !libraries.add(library))
                .toList();
        assertEquals(List.of(), twice, "libraries of which there are two versions");
    }

    @Test
    void neitherTrainerNorDatabaseNorCommandLineAreInIt() {
        Pattern stranger = Pattern.compile(
                "lib/.*(pytorch|openblas|javacpp|mkl|tribuo|protobuf|zonky|embedded|s3proxy|elasticmq|jline|progressbar).*");
        assertEquals(
                List.of(),
                FILES.stream().filter(name -> stranger.matcher(name).matches()).toList());
    }

    @Test
    void nativeLibrariesAreForLambdasProcessorOnly() {
        assertTrue(
                NATIVES.keySet()
                        .containsAll(List.of("onnxruntime/libonnxruntime.so", "onnxruntime/libonnxruntime4j_jni.so")),
                NATIVES.keySet().toString());
        NATIVES.forEach((name, content) -> {
            ByteBuffer elf = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(0x464C457F, elf.getInt(0), name + " is for another system than Linux");
            assertEquals(X86_64, elf.getShort(18), name + " is for another processor");
        });
        assertEquals(
                2,
                NATIVES.keySet().stream()
                        .filter(name -> name.contains("onnxruntime"))
                        .count(),
                "ONNX Runtime's libraries, once each: " + NATIVES.keySet());
    }
}
