package dev.fourthpillar.backbone.outcome;

import java.util.function.Function;

/**
 * How a feature's answer is kept. Given by the feature's mapper, usually the bytes of its response
 * message, so that the domain needs to know nothing of them.
 *
 * @param encode the answer's bytes
 * @param decode the answer of those bytes
 */
public record AnswerCodec<T>(Function<T, byte[]> encode, Function<byte[], T> decode) {}
