package io.natator.cli.kind;

import com.google.protobuf.Message;
import io.natator.v1.ChangeType;

/**
 * One message of a Watch stream.
 *
 * @param type what happened
 * @param resource the resource; its default for SYNCED
 * @param response the message as it came
 */
public record Change<M extends Message>(ChangeType type, M resource, Message response) {}
