package org.horai.core.cluster.model;

import java.nio.file.Path;

/**
 * Who reads.
 *
 * @param home the operator's home folder
 * @param user the operator's login name, default for SSH
 */
public record Origin(Path home, String user) {}
