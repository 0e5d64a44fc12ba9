/** Notifications, kept on the server so that all who look see the same (wire/experiments.md, section 7). */
@NullMarked
package io.synapse.sdk.experiments.internal.notification;

import org.jspecify.annotations.NullMarked;
