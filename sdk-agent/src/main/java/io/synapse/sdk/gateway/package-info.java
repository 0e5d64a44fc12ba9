/** The AI gateway: plans, code, analyses, reviews, commands and workflows of its agents (wire/gateway.md). */
@NullMarked
package io.synapse.sdk.gateway;

import org.jspecify.annotations.NullMarked;
