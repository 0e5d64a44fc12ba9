package io.synapse.sdk.gateway.server.model;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.WorkflowRole;
import io.synapse.sdk.gateway.server.GatewayAgent;
import io.synapse.sdk.gateway.server.model.internal.AgentTask;
import io.synapse.sdk.gateway.server.model.internal.AnswerLoop;
import io.synapse.sdk.gateway.server.model.internal.ModelChain;
import io.synapse.sdk.gateway.server.model.internal.provider.AgentVariables;
import io.synapse.sdk.gateway.server.model.internal.provider.Provider;
import io.synapse.sdk.gateway.server.model.internal.provider.ProviderSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An agent that answers with language models (wire/gateway.md, section 8). It has a model for each role: {@code planner}
 * for plans, {@code coder} for code, {@code analyst} for analyses, {@code reviewer} for reviews.
 *
 * <pre>{@code
 * try (ModelAgent agent = ModelAgent.builder()
 *         .anthropicKey(key)
 *         .model("anthropic/claude-sonnet-4-5")
 *         .build()) {
 *     Plan plan = agent.plan(PlanRequest.of("add a login page"), System.out::print);
 * }
 * }</pre>
 *
 * <p>An answer is JSON of a schema, to which models are forced where they can be. An answer of another form is repaired by
 * the model once, and then a failure of kind {@code INVALID}. The pieces are those of the first answer.
 *
 * <p>An attempt that fails before its first piece is repeated, and then the next model of the role asked, if the model
 * could not be reached or has too much to do; after its first piece, the failure carries what came, or, where the caller
 * gave a {@link io.synapse.sdk.gateway.server.RestartableConsumer}, the same is done and the text begins anew. The times that models
 * ask to wait are kept. Each answer has the model that gave it in {@code additionalProperties}, as {@code source}.
 *
 * <p>Safe for use by several threads. Keys are in no message and no {@code toString()}.
 */
public final class ModelAgent implements GatewayAgent, AutoCloseable {
    private static final String LOCAL = "local/";
    private static final List<WorkflowRole> ROLES =
            List.of(WorkflowRole.PLANNER, WorkflowRole.CODER, WorkflowRole.ANALYST, WorkflowRole.REVIEWER);

    private final Map<WorkflowRole, ModelChain> chains;
    private final Set<LanguageModel> models;

    private ModelAgent(Map<WorkflowRole, ModelChain> chains, Set<LanguageModel> models) {
        this.chains = Map.copyOf(chains);
        this.models = Set.copyOf(models);
    }

    /** A builder without models. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * An agent with the models that environment variables name.
     *
     * <ul>
     *   <li>{@code ANTHROPIC_API_KEY}, {@code GEMINI_API_KEY}, {@code OPENAI_API_KEY}: the keys. {@code OPENAI_BASE_URL} is
     *       the URL of any server with OpenAI's interface; it may need no key.
     *   <li>{@code SYNAPSE_AGENT_MODEL}: the model, for instance {@code anthropic/claude-sonnet-4-5}, or
     *       {@code local/} and the path of a GGUF file; with several, separated by commas, each is asked when those before it
     *       cannot answer.
     *   <li>{@code SYNAPSE_AGENT_MODEL_PLANNER}, {@code _CODER}, {@code _ANALYST}, {@code _REVIEWER}: those of one role.
     * </ul>
     *
     * @throws BadRequestException when a variable is missing or invalid; see the message
     */
    public static ModelAgent fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * An agent on a model in a GGUF file on this machine, which {@link LocalModel} runs. For tests and demonstrations
     * without a key.
     *
     * @throws BadRequestException when there is no such file, or the library is missing
     */
    public static ModelAgent local(Path file) {
        return builder().model(LocalModel.of(file)).build();
    }

    /** {@code model:} and the name of the planner's first model. */
    @Override
    public String source() {
        return AnswerLoop.source(chain(WorkflowRole.PLANNER).models().get(0).name());
    }

    @Override
    public Plan plan(PlanRequest request, Consumer<String> pieces) throws InterruptedException {
        return perform(AgentTask.plan(request), pieces);
    }

    @Override
    public GeneratedCode generateCode(CodeRequest request, Consumer<String> pieces) throws InterruptedException {
        return perform(AgentTask.code(request), pieces);
    }

    @Override
    public Analysis analyze(AnalysisRequest request, Consumer<String> pieces) throws InterruptedException {
        return perform(AgentTask.analysis(request), pieces);
    }

    @Override
    public CodeReview review(ReviewRequest request, Consumer<String> pieces) throws InterruptedException {
        return perform(AgentTask.review(request), pieces);
    }

    /** Closes the models, which ends what they do. Closing again has no effect. */
    @Override
    public void close() {
        models.forEach(LanguageModel::close);
    }

    /** The names of its models. */
    @Override
    public String toString() {
        return "ModelAgent" + models.stream().map(LanguageModel::name).sorted().toList();
    }

    private <R> R perform(AgentTask<?, R> task, Consumer<String> pieces) throws InterruptedException {
        return AnswerLoop.perform(task, chain(task.role()), pieces);
    }

    private ModelChain chain(WorkflowRole role) {
        ModelChain chain = chains.get(role);
        if (chain == null) {
            throw new IllegalStateException("no model for the role " + role);
        }
        return chain;
    }

    /** Builds agents on models. Not thread-safe. */
    public static final class Builder {
        private final Map<Provider, String> keys = new EnumMap<>(Provider.class);
        private final Map<Provider, String> urls = new EnumMap<>(Provider.class);
        private final Map<String, LanguageModel> own = new HashMap<>();
        private final Map<WorkflowRole, List<String>> names = new HashMap<>();
        private List<String> defaults = List.of();
        private Duration silence = Duration.ofSeconds(60);
        private Duration maxDelay = Duration.ofSeconds(10);
        private int attempts = 2;
        private int maxOutputTokens;
        private ModelChain.Pause pause = delay -> Thread.sleep(delay.toMillis());

        private Builder() {}

        /**
         * Takes keys, URLs and models from environment variables, as {@link ModelAgent#fromEnvironment}.
         *
         * @throws BadRequestException when a variable is invalid; see the message
         */
        public Builder fromEnvironment() {
            return variables(System.getenv());
        }

        Builder variables(Map<String, String> variables) {
            AgentVariables read = new AgentVariables(variables);
            read.keys().forEach(this::key);
            if (!read.openAiBaseUrl().isEmpty()) {
                openAiBaseUrl(read.openAiBaseUrl());
            }
            List<String> all = read.models("");
            defaults = all.isEmpty() ? defaults : all;
            for (WorkflowRole role : ROLES) {
                List<String> ofRole = read.models("_" + role.value());
                if (!ofRole.isEmpty()) {
                    names.put(role, ofRole);
                }
            }
            return this;
        }

        /** The key for models of Anthropic. */
        public Builder anthropicKey(String key) {
            return key(Provider.ANTHROPIC, key);
        }

        /** The URL of Anthropic's interface, with its version; {@code https://api.anthropic.com/v1} by default. */
        public Builder anthropicBaseUrl(String url) {
            return url(Provider.ANTHROPIC, url);
        }

        /** The key for models of Google. */
        public Builder geminiKey(String key) {
            return key(Provider.GEMINI, key);
        }

        /**
         * The URL of Google's interface, with its version; {@code https://generativelanguage.googleapis.com/v1beta} by
         * default.
         */
        public Builder geminiBaseUrl(String url) {
            return url(Provider.GEMINI, url);
        }

        /** The key for models of OpenAI, or of a server with its interface. */
        public Builder openAiKey(String key) {
            return key(Provider.OPENAI, key);
        }

        /** The URL of a server with OpenAI's interface, with its version; {@code https://api.openai.com/v1} by default. */
        public Builder openAiBaseUrl(String url) {
            return url(Provider.OPENAI, url);
        }

        /**
         * The models of all roles that have none of their own.
         *
         * @param models names of the form {@code provider/model}, in the order in which they are asked; providers are
         *     {@code anthropic}, {@code gemini}, {@code openai}, and {@code local}, whose models are the paths of GGUF files
         *     for {@link LocalModel}
         */
        public Builder model(String... models) {
            defaults = List.of(models);
            return this;
        }

        /** The models of one role, as {@link #model(String...)}. */
        public Builder model(WorkflowRole role, String... models) {
            requireRole(role);
            names.put(role, List.of(models));
            return this;
        }

        /**
         * The models of all roles that have none of their own, in the order in which they are asked. They are closed with
         * the agent.
         */
        public Builder model(LanguageModel first, LanguageModel... others) {
            defaults = named(first, others);
            return this;
        }

        /** The models of one role, as {@link #model(LanguageModel, LanguageModel...)}. */
        public Builder model(WorkflowRole role, LanguageModel first, LanguageModel... others) {
            requireRole(role);
            names.put(role, named(first, others));
            return this;
        }

        /** Whether a model is named for any role. */
        public boolean namesModels() {
            return !defaults.isEmpty() || !names.isEmpty();
        }

        /** The longest time without a byte of a model's server; positive, 60 s by default. */
        public Builder readTimeout(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw BadRequestException.refused("the read timeout must be positive, not " + limit);
            }
            silence = limit;
            return this;
        }

        /** How often a model is asked before the next one; at least 1, 2 by default. */
        public Builder maxAttempts(int number) {
            if (number < 1) {
                throw BadRequestException.refused("there must be at least 1 attempt, not " + number);
            }
            attempts = number;
            return this;
        }

        /**
         * The longest wait between two attempts; 10 s by default. A model that asks for more is not waited for: the next
         * one is asked, and without one the failure tells the time.
         */
        public Builder maxRetryAfter(Duration longest) {
            if (longest.isNegative()) {
                throw BadRequestException.refused("the longest wait must not be negative: " + longest);
            }
            maxDelay = longest;
            return this;
        }

        /** The longest answer in tokens; positive, by default what the provider allows, or 8192 where it has to be told. */
        public Builder maxOutputTokens(int tokens) {
            if (tokens < 1) {
                throw BadRequestException.refused("the limit of tokens must be positive, not " + tokens);
            }
            maxOutputTokens = tokens;
            return this;
        }

        Builder pause(ModelChain.Pause own) {
            pause = own;
            return this;
        }

        /**
         * The agent.
         *
         * @throws BadRequestException when a role has no model, a name is not one, or a key is missing
         */
        public ModelAgent build() {
            Map<String, LanguageModel> opened = new HashMap<>(own);
            Map<WorkflowRole, ModelChain> chains = new HashMap<>();
            for (WorkflowRole role : ROLES) {
                List<LanguageModel> models = new ArrayList<>();
                for (String name : names.getOrDefault(role, defaults)) {
                    models.add(opened.computeIfAbsent(name.strip(), this::open));
                }
                if (models.isEmpty()) {
                    throw BadRequestException.refused("no model is named for the role " + role
                            + ": set SYNAPSE_AGENT_MODEL, or call model(...) of the builder");
                }
                chains.put(role, new ModelChain(models, attempts, maxDelay, pause));
            }
            return new ModelAgent(chains, new HashSet<>(opened.values()));
        }

        private LanguageModel open(String name) {
            int slash = name.indexOf('/');
            if (slash < 1 || slash == name.length() - 1) {
                throw BadRequestException.refused(
                        "the name of a model has the form provider/model, not '" + name + "'");
            }
            String model = name.substring(slash + 1);
            if (name.startsWith(LOCAL)) {
                return LocalModel.of(path(model));
            }
            Provider provider = Provider.named(name.substring(0, slash));
            String key = keys.getOrDefault(provider, "");
            if (key.isEmpty() && !(provider == Provider.OPENAI && urls.containsKey(provider))) {
                throw BadRequestException.refused(
                        "there is no key for the model " + name + ": set " + provider.keyVariable());
            }
            String url = urls.getOrDefault(provider, provider.defaultUrl());
            return provider.model(model, new ProviderSettings(key, url, silence, maxOutputTokens));
        }

        private static Path path(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw BadRequestException.refused("the model '" + text + "' is no path of a file");
            }
        }

        private Builder key(Provider provider, String key) {
            if (key.isBlank()) {
                throw BadRequestException.refused("the key for " + provider.text() + " is blank");
            }
            keys.put(provider, key.strip());
            return this;
        }

        private Builder url(Provider provider, String url) {
            urls.put(provider, url.strip());
            return this;
        }

        private List<String> named(LanguageModel first, LanguageModel... others) {
            List<String> all = new ArrayList<>();
            List<LanguageModel> models = new ArrayList<>(List.of(others));
            models.add(0, first);
            for (LanguageModel each : models) {
                LanguageModel other = own.putIfAbsent(each.name(), each);
                if (other != null && other != each) {
                    throw BadRequestException.refused("two models have the name " + each.name());
                }
                all.add(each.name());
            }
            return all;
        }

        private static void requireRole(WorkflowRole role) {
            if (!ROLES.contains(role)) {
                throw BadRequestException.refused("no model is asked for the role " + role);
            }
        }
    }
}
