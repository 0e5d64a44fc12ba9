package io.synapse.sdk.embedded.internal.http;

/** How a server words an error that is none of its routes': an unknown caller, a body that is too large, a bad path. */
public interface ErrorForm {
    /** A sentence under {@code detail}, as an agent has it. */
    ErrorForm DETAIL = new ErrorForm() {
        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public Object document(int status, String sentence) {
            return Answers.detail(sentence);
        }
    };

    /** The content type of the answer. */
    String contentType();

    /** The document of the answer, to be written as JSON. */
    Object document(int status, String sentence);
}
