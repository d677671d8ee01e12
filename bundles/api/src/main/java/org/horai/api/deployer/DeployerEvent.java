package org.horai.api.deployer;

import java.util.Map;

/** One event of Marathon's stream; {@code data} is its JSON in JDK types. */
public record DeployerEvent(String type, Map<String, Object> data) {}
