package io.synapse.sdk.docker.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Contents are remembered as long as there is room, those longest that were used last. */
class RecentContentsTest {
    private final RecentContents recent = new RecentContents();

    @Test
    void theOldestMakesRoom() {
        byte[] content = new byte[RecentContents.MOST_BYTES];
        for (int number = 0; number < 32; number++) {
            recent.put("version " + number, content);
        }
        assertThat(recent.get("version 0")).isPresent(); // and is used last by that

        recent.put("version 32", content);

        assertThat(recent.get("version 0")).isPresent();
        assertThat(recent.get("version 1")).isEmpty();
        assertThat(recent.get("version 32")).isPresent();
    }

    @Test
    void theSameVersionTakesItsRoomOnce() {
        for (int number = 0; number < 100; number++) {
            recent.put("same", new byte[RecentContents.MOST_BYTES]);
        }
        recent.put("other", new byte[RecentContents.MOST_BYTES]);

        assertThat(recent.get("same")).isPresent();
        assertThat(recent.get("other")).isPresent();
    }

    @Test
    void whatIsTooLongIsNotRemembered() {
        recent.put("long", new byte[RecentContents.MOST_BYTES + 1]);

        assertThat(recent.get("long")).isEmpty();
    }
}
