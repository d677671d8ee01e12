package org.horai.api.deployer;

import java.util.Optional;

/**
 * What came of handing a workload to Marathon.
 *
 * @param changed false when the app was already as wanted and nothing was sent
 * @param deploymentId to await; empty when nothing changed
 */
public record Submission(
    String appId, boolean changed, Optional<String> deploymentId, Optional<String> version) {}
