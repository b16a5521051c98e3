package dev.fourthpillar.backbone.outcome;

import java.util.Optional;

/**
 * An outcome as it is kept.
 *
 * @param fingerprint of the request that got it
 * @param answer bytes of the answer, when the request was accepted
 * @param refusal JSON of the failure, when it was refused
 */
record FrozenOutcome(Fingerprint fingerprint, Optional<byte[]> answer, Optional<String> refusal) {}
