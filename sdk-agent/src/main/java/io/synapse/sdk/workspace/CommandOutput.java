package io.synapse.sdk.workspace;

/**
 * A part of what a command has written to its standard output and error, in the order in which it wrote. Positions are
 * counted in bytes from the beginning of the output.
 *
 * @param text the part as text; whole characters, with a replacement for what is not UTF-8; may be empty
 * @param position where it begins; beyond the position that was asked for where what lies between is not kept
 * @param next where the next part begins
 * @param last whether the command has ended and nothing follows
 */
public record CommandOutput(String text, long position, long next, boolean last) {}
