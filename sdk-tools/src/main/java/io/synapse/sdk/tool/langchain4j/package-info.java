/** The tools of a workspace for LangChain4j. A program that uses this package has LangChain4j as a dependency of its own. */
@NullMarked
package io.synapse.sdk.tool.langchain4j;

import org.jspecify.annotations.NullMarked;
