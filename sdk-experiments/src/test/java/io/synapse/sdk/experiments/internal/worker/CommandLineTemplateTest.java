package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTemplateTest {
    @Test
    void argumentsAreWordsOfAShellWhateverIsInThem() {
        assertThat(text("python", "a b", "it's", "$HOME", "", "{other}"))
                .isEqualTo("'python' 'a b' 'it'\\''s' '$HOME' '' '{other}'");
    }

    @Test
    void placeholdersAreVariablesAlsoInsideOfArguments() {
        assertThat(text("main", "--config={config}", "{uid}-{attempt}", "{project}"))
                .isEqualTo(
                        "'main' '--config='\"$SYNAPSE_EXPERIMENT_CONFIG\""
                                + " \"$SYNAPSE_EXPERIMENT_UID\"'-'\"$SYNAPSE_EXPERIMENT_ATTEMPT\" \"$SYNAPSE_EXPERIMENT_PROJECT\"");
    }

    @Test
    void aCommandWithoutAProgramIsRefused() {
        assertThatThrownBy(() -> text()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(String... arguments) {
        return new CommandLineTemplate(List.of(arguments)).shellText();
    }
}
