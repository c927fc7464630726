package dev.konomi.release;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/// Stands for the SDK's own class in a native executable, and nowhere else: that is linked whole when it is built, and
/// AWS' Common Runtime, whose checksums the SDK would take where it has them, is not there. The SDK has its own.
@TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
final class ChecksumsWithoutCommonRuntime {
    private ChecksumsWithoutCommonRuntime() {}

    @Substitute
    static @Nullable SdkChecksum createCrtCrc32C() {
        return null;
    }

    @Substitute
    static @Nullable SdkChecksum crc64NvmeCrtImplementation() {
        return null;
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
        throw new UnsupportedOperationException(
                algorithm.algorithmId() + " checksums need AWS' Common Runtime: use another.");
    }
}
