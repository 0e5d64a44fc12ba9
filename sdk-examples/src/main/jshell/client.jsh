// Start-up of bin/shell: a ready `client`, and the words most used with it.
import io.synapse.sdk.*
import io.synapse.sdk.agent.*
import io.synapse.sdk.job.*
import io.synapse.sdk.examples.ExampleAgent

var agent = new ExampleAgent()
var client = agent.client()
Runtime.getRuntime().addShutdownHook(new Thread(agent::close))
System.out.println("client is " + client + "; try  client.listJobs()  or  client.submitJob(JobSubmission.of(\"echo hello\"))")
