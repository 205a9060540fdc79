package dev.slipway.step.connector;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.step.model.AwsConnector;
import dev.slipway.step.model.Connector;
import dev.slipway.step.model.DockerRegistryConnector;
import dev.slipway.step.model.Reference;
import dev.slipway.step.yaml.YamlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connectors of a directory: one in each file whose name ends with {@code .yaml} or {@code .yml}. Immutable. */
public final class Connectors {
    private final String source;
    private final List<ConnectorFile> files;

    private Connectors(String source, List<ConnectorFile> files) {
        this.source = source;
        this.files = List.copyOf(files);
    }

    public static Connectors none() {
        return new Connectors("no directory is given", List.of());
    }

    /**
     * Reads a directory.
     *
     * @throws InvalidInputException if there is none, or with the faults of all files that do not say which connector
     *     they are
     * @throws MachineException if a file cannot be read
     */
    public static Connectors load(Path directory) {
        List<ConnectorFile> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : list(directory)) {
            try {
                add(files, ConnectorReader.read(file.toString(), bytes(file)));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new Connectors(directory.toString(), files);
    }

    /** @throws InvalidInputException if it is not there, of another type, wrong or not supported */
    public AwsConnector aws(Reference reference) {
        Connector connector = find(reference);
        if (connector instanceof AwsConnector aws) {
            return aws;
        }
        throw wrongType(reference, connector, AwsConnector.TYPE);
    }

    /** @throws InvalidInputException if it is not there, of another type, wrong or not supported */
    public DockerRegistryConnector dockerRegistry(Reference reference) {
        Connector connector = find(reference);
        if (connector instanceof DockerRegistryConnector registry) {
            return registry;
        }
        throw wrongType(reference, connector, DockerRegistryConnector.TYPE);
    }

    private Connector find(Reference reference) {
        Optional<ConnectorFile> found =
                files.stream().filter(file -> file.id().isMeantBy(reference)).findFirst();
        ConnectorFile file = found.orElseThrow(() -> missing(reference));
        return file.connector().orElseThrow(() -> new InvalidInputException(file.faults()));
    }

    private InvalidInputException missing(Reference reference) {
        String known = files.stream().map(file -> file.id().toString()).sorted().collect(Collectors.joining(", "));
        String why = known.isEmpty() ? "there is none: " + source : source + " has " + known;
        return new InvalidInputException(Problem.of("the connector " + reference + " is not found", why)
                .at(reference.place())
                .remedy("give the directory of connectors with --connectors DIR"));
    }

    private static InvalidInputException wrongType(Reference reference, Connector connector, String expected) {
        return new InvalidInputException(Problem.of(
                        "the connector " + reference,
                        "expected one of type " + expected + ", found " + connector.type() + " at " + connector.place())
                .at(reference.place()));
    }

    private static void add(List<ConnectorFile> files, ConnectorFile next) {
        Optional<ConnectorFile> same =
                files.stream().filter(file -> file.id().equals(next.id())).findFirst();
        if (same.isPresent()) {
            throw new InvalidInputException(Problem.of(
                            "a second connector " + next.id(),
                            "the first is at " + same.get().place())
                    .at(next.place()));
        }
        files.add(next);
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".yaml") || name.endsWith(".yml");
                    })
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new InvalidInputException(Problem.of("the directory of connectors", "there is no such directory")
                    .at(directory.toString()));
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlParser.MOST_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SlipwayException unreadable(Path path, IOException e) {
        return new MachineException(
                Problem.of("read", String.valueOf(e.getMessage())).at(path.toString()), e);
    }
}
