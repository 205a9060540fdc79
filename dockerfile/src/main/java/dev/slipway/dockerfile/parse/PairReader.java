package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Env;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ARG, ENV and LABEL. */
final class PairReader {
    private final Statement statement;
    private final List<Word> words;

    PairReader(Statement statement) {
        this.statement = statement;
        Flags.read(statement);
        this.words = statement.words().quoted();
        if (words.isEmpty()) {
            throw statement.fault(statement.keyword(), statement.name() + " has no argument", "write NAME=VALUE");
        }
    }

    Arg arg(Origin origin) {
        Attempts attempts = new Attempts();
        List<Arg.Variable> variables = new ArrayList<>();
        for (Word word : words) {
            attempts.of(() -> variable(word)).ifPresent(variables::add);
        }
        return attempts.finish(() -> new Arg(origin, variables));
    }

    private Arg.Variable variable(Word word) {
        int equals = word.text().indexOf('=');
        String name = equals < 0 ? word.text() : word.text().substring(0, equals);
        checkName(word, name);
        return new Arg.Variable(
                name, equals < 0 ? Optional.empty() : Optional.of(word.text().substring(equals + 1)));
    }

    Env env(Origin origin) {
        return new Env(origin, pairs(), isLegacy());
    }

    Label label(Origin origin) {
        return new Label(origin, pairs(), isLegacy());
    }

    /** The old form has no = in its first word. */
    private boolean isLegacy() {
        return !words.getFirst().text().contains("=");
    }

    private List<KeyValue> pairs() {
        if (isLegacy()) {
            return List.of(legacy());
        }
        Attempts attempts = new Attempts();
        List<KeyValue> pairs = new ArrayList<>();
        for (Word word : words) {
            attempts.of(() -> pair(word)).ifPresent(pairs::add);
        }
        return attempts.finish(() -> pairs);
    }

    private KeyValue pair(Word word) {
        int equals = word.text().indexOf('=');
        if (equals < 0) {
            throw statement.fault(
                    word, "'" + word.text() + "' has no '='", "quote values that hold blanks: NAME=\"a b\"");
        }
        String name = word.text().substring(0, equals);
        checkName(word, name);
        return new KeyValue(name, word.text().substring(equals + 1));
    }

    private KeyValue legacy() {
        String text = statement.rest().text();
        int end = 0;
        while (end < text.length() && !WordSplitter.separates(text.charAt(end))) {
            end++;
        }
        if (end == text.length()) {
            throw statement.fault(statement.rest(), statement.name() + " has no value", "write NAME=VALUE");
        }
        return new KeyValue(text.substring(0, end), Blanks.strip(text.substring(end)));
    }

    private void checkName(Word word, String name) {
        if (name.isEmpty()) {
            throw statement.fault(word, "the name is empty", "write NAME=VALUE, without blanks around the '='");
        }
    }
}
