package io.synapse.sdk.examples;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.node.Node;

/** Looks at what there is to run on. */
public final class InspectCluster {
    private InspectCluster() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent()) {
            AgentClient client = agent.client();
            for (Node node : client.listNodes()) {
                System.out.println(node.nodeId() + " " + node.state());
            }
            System.out.println(client.getClusterResources());
            System.out.println(client.getRuntimePolicy());
        }
    }
}
