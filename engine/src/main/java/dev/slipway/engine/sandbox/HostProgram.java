package dev.slipway.engine.sandbox;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of this machine that works for the build, outside of any image. It gets nothing of this program's environment,
 * reads nothing from its input, and runs in a process namespace of its own, so that it ends with everything it has
 * started: when the call is interrupted, when it falls silent, and when this program dies.
 */
public final class HostProgram {
    /** Ends the whole family with its eldest, and the eldest with the thread that started it. */
    private static final List<String> FAMILY =
            List.of("setpriv", "--pdeathsig", "KILL", "--", "unshare", "--pid", "--fork", "--kill-child", "--");

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path program;
    private final Duration silence;

    private HostProgram(Path program, Duration silence) {
        this.program = program;
        this.silence = silence;
    }

    /**
     * Finds a program.
     *
     * @param name looked up where programs of the system are, not in this program's own {@code PATH}
     * @param debianPackage that has it
     * @param purpose what needs it, for the message
     * @param silence how long it may write nothing before it is ended
     * @throws MachineException if it is not installed
     */
    public static HostProgram find(String name, String debianPackage, String purpose, Duration silence) {
        Path found = Programs.find(name)
                .orElseThrow(() -> new MachineException(Problem.of(
                                purpose + " needs the program '" + name + "'", "it is not in " + Programs.SEARCH_PATH)
                        .remedy("install Debian's package " + debianPackage)));
        return new HostProgram(found, silence);
    }

    /**
     * What a run came to.
     *
     * @param output all that it wrote to its standard output
     * @param lastErrors the last lines that it wrote to its standard error, oldest first
     * @param silenced whether it was ended because it wrote nothing
     */
    public record Ended(int status, String output, List<String> lastErrors, boolean silenced) {
        public Ended {
            lastErrors = List.copyOf(lastErrors);
        }
    }

    /**
     * Runs the program to its end.
     *
     * @param environment all of it, but for {@code PATH}
     * @param errors gets each line of its standard error
     * @throws CancelledException if the thread is interrupted; the program has ended then, too
     */
    public Ended run(
            List<String> arguments, Path directory, Map<String, String> environment, Sandbox.OutputSink errors) {
        Run run = new Run(command(arguments, directory, environment), errors);
        // A virtual thread would lend the process to whatever thread carries it, and it would end with that one.
        Thread starter = Thread.ofPlatform()
                .daemon()
                .name(program.getFileName().toString())
                .start(run);
        try {
            starter.join();
        } catch (InterruptedException e) {
            run.stop();
            awaitEnd(starter);
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
        return run.result();
    }

    private ProcessBuilder command(List<String> arguments, Path directory, Map<String, String> environment) {
        List<String> words = new ArrayList<>(FAMILY);
        words.add(program.toString());
        words.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PATH", Programs.SEARCH_PATH);
        builder.environment().putAll(environment);
        return builder;
    }

    /** It has been told to end, and does; an interrupt changes nothing about that. */
    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One process, watched by the thread that starts it. */
    private final class Run implements Runnable {
        private final ProcessBuilder builder;
        private final Sandbox.OutputSink errors;
        private volatile boolean stopped;
        private @Nullable Ended ended;
        private @Nullable RuntimeException failure;

        Run(ProcessBuilder builder, Sandbox.OutputSink errors) {
            this.builder = builder;
            this.errors = errors;
        }

        void stop() {
            stopped = true;
        }

        Ended result() {
            if (failure != null) {
                throw failure;
            }
            if (ended == null) {
                throw new IllegalStateException(program + " has neither ended nor failed");
            }
            return ended;
        }

        @Override
        public void run() {
            try {
                ended = watch(builder.start());
            } catch (IOException e) {
                failure = new MachineException(Problem.of("cannot run " + program, String.valueOf(e.getMessage())), e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private Ended watch(Process process) {
            ProgramOutput output = ProgramOutput.follow(process, errors);
            boolean silenced = false;
            try {
                while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    silenced = output.silentFor().compareTo(silence) > 0;
                    if (stopped || silenced) {
                        process.destroyForcibly();
                    }
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            process.onExit().join();
            output.awaitEnd();
            return new Ended(process.exitValue(), output.text(), output.lastErrors(), silenced);
        }
    }
}
