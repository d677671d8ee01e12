package org.horai.recording.client;

import java.util.Map;
import org.horai.api.secret.SecretResolver;

/**
 * What a recording says about where it was made.
 *
 * @param version of this program
 * @param bundles versions by symbolic name
 * @param secrets resolves what was not asked for, so that it can be masked
 */
public record Platform(String version, Map<String, String> bundles, SecretResolver secrets) {}
