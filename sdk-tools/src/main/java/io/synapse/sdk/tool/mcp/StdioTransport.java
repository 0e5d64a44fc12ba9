package io.synapse.sdk.tool.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import reactor.core.publisher.Mono;

/** The transport of the MCP SDK, which of itself does not tell that its input has ended or cannot be read. */
final class StdioTransport extends StdioServerTransportProvider {
    private final Runnable ended;

    /**
     * A transport.
     *
     * @param ended called when nothing more is read, perhaps several times
     */
    StdioTransport(InputStream input, OutputStream output, Runnable ended) {
        super(McpJsonDefaults.getMapper(), input, output);
        this.ended = ended;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        super.setSessionFactory(transport -> factory.create(new TransportWithEnd(transport, ended)));
    }

    private record TransportWithEnd(McpServerTransport transport, Runnable ended) implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return transport.sendMessage(message);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return transport.unmarshalFrom(data, type);
        }

        @Override
        public List<String> protocolVersions() {
            return transport.protocolVersions();
        }

        @Override
        public Mono<Void> closeGracefully() {
            return transport.closeGracefully();
        }

        /** The SDK does this at the end of the input, after a message that is no JSON, and after one that is too long. */
        @Override
        public void close() {
            transport.close();
            ended.run();
        }
    }
}
