package dev.slipway.step.yaml;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into a tree. The tree is made from the parser's events, not by the library's composer: that one
 * recurses before anything can stop it, and counts only some aliases.
 */
public final class YamlParser {
    /** The largest file that is read. */
    public static final int MOST_BYTES = 3 * 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlParser() {}

    /**
     * Reads a document; empty if there is nothing in it but comments.
     *
     * @param file as messages name it
     * @throws InvalidInputException if it is no YAML, not in UTF-8, has a key twice or more than one document, or is too
     *     large, too deep or grows too much by its aliases
     */
    public static Optional<YamlNode> parse(String file, byte[] bytes) {
        String text = decode(file, bytes);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_BYTES)
                .build();
        TreeBuilder tree = new TreeBuilder(file);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                tree.accept(event);
            }
        } catch (MarkedYamlEngineException e) {
            throw new InvalidInputException(syntax(file, e));
        } catch (ReaderException e) {
            throw new InvalidInputException(Problem.of("a character that YAML does not allow")
                    .at(placeOf(file, text, e.getPosition()))
                    .because("U+%04X".formatted(e.getCodePoint())));
        } catch (YamlEngineException e) {
            throw new InvalidInputException(Problem.of("not a YAML document", oneLine(String.valueOf(e.getMessage())))
                    .at(Place.ofFile(file)));
        }
        return tree.root();
    }

    private static String decode(String file, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException(Problem.of(
                            "the file is too large", bytes.length + " bytes, and at most " + MOST_BYTES + " are read")
                    .at(Place.ofFile(file)));
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (decoder.decode(in, out, true).isError()) {
            String before = out.flip().toString();
            throw new InvalidInputException(Problem.of("the file is not in UTF-8")
                    .at(placeOf(file, before, before.codePointCount(0, before.length())))
                    .remedy("save it in UTF-8"));
        }
        String text = out.flip().toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Problem syntax(String file, MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        String reason = oneLine(context + (e.getProblem() == null ? "" : e.getProblem()));
        String snippet = mark.map(m -> "\n" + m.createSnippet(4, 75)).orElse("");
        Place place = mark.map(m -> placeOf(file, m)).orElseGet(() -> Place.ofFile(file));
        return Problem.of("not a YAML document", reason + snippet).at(place);
    }

    static Place placeOf(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of a code point of the text. */
    private static Place placeOf(String file, String text, int codePoint) {
        int line = 1;
        int column = 1;
        int[] points = text.codePoints().limit(codePoint).toArray();
        for (int point : points) {
            if (point == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Place(file, line, column);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
