package dev.konomi.cli.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The native executable with HTTP, in the folder that its container file lays out, by its entry point.
class NativeContainerIT extends NativeContract {
    @Override
    @Nullable
    Executable executable(Path target) throws IOException, InterruptedException {
        Path runner = target.resolve("konomi-0.1.0-SNAPSHOT-runner");
        if (!Files.isExecutable(runner) || NativeLambdaIT.isLambdas(runner, target.resolve("function.zip"))) {
            return null;
        }
        Containerfile image = Containerfile.carryOut(
                target.resolveSibling("infra/containers/native.Containerfile"),
                Objects.requireNonNull(target.getParent()),
                folder().resolve("image"));
        return new Executable(image.command(null), image.workdir(), image.environment(Map.of()));
    }

    @Override
    String build() {
        return "./mvnw -Pcontainer -Dnative package";
    }
}
