package dev.konomi.cli;

/// A command that cannot do its job: one clear sentence for the person and the exit code for the script.
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    /// @param exitCode 1 when the job failed, 2 when what was asked for cannot be done
    /// @param sentence what was wrong, with the value, and what to do
    public CommandFailed(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
