/** Chat models of LangChain4j as models of agents. A program that uses this package has LangChain4j as a dependency of its own. */
@NullMarked
package io.synapse.sdk.gateway.server.model.langchain4j;

import org.jspecify.annotations.NullMarked;
