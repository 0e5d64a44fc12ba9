package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.config.ConfigNode.Mapping;
import io.synapse.sdk.experiments.internal.config.ConfigNode.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes the values of a config from the events of its text. The events come without recursion, and the limits are checked at
 * each of them, so that neither nesting nor aliases of aliases cost more than the text that has them.
 */
final class ConfigParser {
    static final int MAX_DEPTH = 50;
    /** That of YAML for keys without a question mark. Keys are in the paths of problems, which may be many. */
    private static final int MAX_KEY = 1024;

    static final int MAX_LEAVES = 100_000;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("config").build();

    private final Deque<OpenCollection> open = new ArrayDeque<>();

    /** What aliases name; null while it is still open. */
    private final Map<String, @Nullable ConfigNode> anchors = new HashMap<>();

    private final ConfigWarnings warnings;
    private @Nullable ConfigNode root;
    private int documents;
    private long leaves;

    private ConfigParser(ConfigWarnings warnings) {
        this.warnings = warnings;
    }

    /**
     * The mapping that a text has.
     *
     * @param warnings are told of what may not be meant
     * @throws ConfigException when it has none that can be used
     */
    static Mapping parse(String text, ConfigWarnings warnings) {
        ConfigParser parser = new ConfigParser(warnings);
        try {
            Iterator<Event> events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            while (events.hasNext()) {
                parser.take(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigException(parser.path(), line, "not YAML: " + e.getProblem());
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(point -> point == '\n')
                            .count();
            throw new ConfigException(
                    "", line, String.format("YAML has no character U+%04X without quotes", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new ConfigException(parser.path(), 1, "not YAML: " + e.getMessage());
        }
        if (parser.root instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            return mapping;
        }
        throw new ConfigException("", 1, "a config is a mapping with at least one key");
    }

    private void take(Event event) {
        int line = line(event);
        if (event instanceof ScalarEvent scalar) {
            close(scalar, scalar(scalar, line));
        } else if (event instanceof AliasEvent alias) {
            add(named(alias.getAlias().getValue(), line), line);
        } else if (event instanceof CollectionStartEvent start) {
            begin(start, line);
        } else if (event instanceof CollectionEndEvent) {
            end(open.pop());
        } else if (event instanceof DocumentStartEvent && ++documents > 1) {
            throw new ConfigException("", line, "a config is one document; this is the second");
        }
    }

    private void begin(CollectionStartEvent start, int line) {
        refuseTag(start.getTag().isPresent(), line);
        OpenCollection parent = open.peek();
        if (parent != null && parent.expectsKey()) {
            throw new ConfigException(
                    path(), line, "a key is no list and no mapping; {{…}} that is filled in later needs quotes");
        }
        if (open.size() >= MAX_DEPTH) {
            throw tooDeep(line);
        }
        open(start, line);
        open.push(OpenCollection.of(start, line));
    }

    private void open(NodeEvent event, int line) {
        event.getAnchor().map(Anchor::getValue).ifPresent(anchor -> {
            if (anchors.containsKey(anchor)) {
                throw new ConfigException(path(), line, "the anchor &" + anchor + " is there twice");
            }
            anchors.put(anchor, null);
        });
    }

    private void end(OpenCollection ended) {
        if (ended.isEmpty()) {
            count(1, ended.line());
        }
        try {
            close(ended.start(), ended.node());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path(), ended.line(), String.valueOf(e.getMessage()));
        }
    }

    /** Puts a value into its place, and under the name by which aliases repeat it. */
    private void close(NodeEvent event, ConfigNode node) {
        if (event instanceof ScalarEvent) {
            open(event, node.line());
        }
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        add(node, node.line());
    }

    private void add(ConfigNode node, int line) {
        OpenCollection parent = open.peek();
        if (parent == null) {
            root = node;
            return;
        }
        try {
            parent.add(node);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path(), line, String.valueOf(e.getMessage()));
        }
    }

    private Scalar scalar(ScalarEvent event, int line) {
        refuseTag(event.getTag().isPresent(), line);
        OpenCollection parent = open.peek();
        boolean isKey = parent != null && parent.expectsKey();
        if (!isKey) {
            count(1, line);
        }
        if (isKey && event.getValue().length() > MAX_KEY) {
            throw ConfigException.tooLarge(path(), line, "a key has at most " + MAX_KEY + " characters");
        }
        if (!event.isPlain()) {
            return new Scalar(event.getValue(), false, line);
        }
        try {
            Scalar scalar = new Scalar(TrainingScalars.value(event.getValue()), true, line);
            warnings.check(scalar, event.getValue(), this::path);
            if (!isKey && "<<".equals(scalar.value())) {
                throw new IllegalArgumentException("<< without quotes is no value");
            }
            if (parent != null && parent.start().isFlow()) {
                warnings.checkBrackets(event.getValue(), parent.line(), () -> path(parent));
            }
            return scalar;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path(), line, String.valueOf(e.getMessage()));
        }
    }

    private ConfigNode named(String anchor, int line) {
        if (!anchors.containsKey(anchor)) {
            throw new ConfigException(path(), line, "no anchor &" + anchor + " is before this alias");
        }
        ConfigNode node = anchors.get(anchor);
        if (node == null) {
            throw new ConfigException(path(), line, "*" + anchor + " contains itself");
        }
        if (open.size() + node.depth() > MAX_DEPTH) {
            throw tooDeep(line);
        }
        count(node.leaves(), line);
        return node;
    }

    private void count(long more, int line) {
        leaves += more;
        if (leaves > MAX_LEAVES) {
            throw ConfigException.tooLarge(
                    path(), line, "a config has at most " + MAX_LEAVES + " values, those repeated by aliases included");
        }
    }

    private void refuseTag(boolean isPresent, int line) {
        if (isPresent) {
            throw new ConfigException(path(), line, "tags are not allowed in a config");
        }
    }

    private ConfigException tooDeep(int line) {
        return ConfigException.tooLarge(path(), line, "a config is nested at most " + MAX_DEPTH + " deep");
    }

    private String path() {
        return path(null);
    }

    /** Of the value that is read, or of an open collection. */
    private String path(@Nullable OpenCollection end) {
        List<String> steps = new ArrayList<>();
        Iterator<OpenCollection> outermostFirst = open.descendingIterator();
        while (outermostFirst.hasNext()) {
            OpenCollection next = outermostFirst.next();
            if (next == end) {
                break;
            }
            steps.add(next.step());
        }
        String path = String.join("", steps);
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
