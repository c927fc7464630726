package dev.konomi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Resident memory of a process, as Linux tells it: tensors and graphs live outside of Java's heap.
public final class ResidentMemory {
    private ResidentMemory() {}

    /// @return what it is now, in megabytes, or NaN where the system does not tell
    public static double megabytes(ProcessHandle process) {
        return megabytes(process, "VmRSS:");
    }

    /// @return the most that it has been, in megabytes, or NaN where the system does not tell
    public static double peakMegabytes(ProcessHandle process) {
        return megabytes(process, "VmHWM:");
    }

    private static double megabytes(ProcessHandle process, String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException unknown) {
            return Double.NaN;
        }
    }
}
