/** The tools of a workspace as a server of the Model Context Protocol. */
@NullMarked
package io.synapse.sdk.tool.mcp;

import org.jspecify.annotations.NullMarked;
