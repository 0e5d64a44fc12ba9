/** The routes: they read requests and write answers, and nothing else. */
@NullMarked
package io.synapse.sdk.experiments.internal.http;

import org.jspecify.annotations.NullMarked;
