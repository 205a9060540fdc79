package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.solve.DockerfileBuilder;
import dev.slipway.foundation.error.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The entry point: the one place that reads the environment, takes signals and ends the process. */
public final class Main {
    /** How long a command may clean up after a signal; what it has not done by then, its next run does. */
    private static final Duration CLEANUP = Duration.ofSeconds(20);

    private Main() {}

    public static void main(String[] arguments) {
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                new FileInputStream(FileDescriptor.in),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                InstantSource.system());
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption);
        int status = new Slipway(surroundings, DockerfileBuilder::new).run(arguments);
        interruption.commandEnded(status);
        // CHECKSTYLE OFF: RegexpSinglelineJava because this is the entry point
        System.exit(status);
        // CHECKSTYLE ON
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs when the process is told to end: interrupts the command, gives it time to clean up, and sets the status. */
    private static final class Interruption extends Thread {
        private final Thread command;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile int status = ExitStatus.INTERRUPTED.code();

        Interruption(Thread command) {
            super("interruption");
            this.command = command;
        }

        void commandEnded(int newStatus) {
            status = newStatus;
            ended.countDown();
        }

        @Override
        public void run() {
            if (ended.getCount() == 0) {
                return;
            }
            command.interrupt();
            awaitCommand();
            Runtime.getRuntime().halt(status);
        }

        private void awaitCommand() {
            try {
                if (!ended.await(CLEANUP.toMillis(), TimeUnit.MILLISECONDS)) {
                    System.err.println("slipway: the command did not end in time; its next run cleans up after it");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
