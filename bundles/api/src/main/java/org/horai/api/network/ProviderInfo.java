package org.horai.api.network;

import java.util.List;
import java.util.Map;

/**
 * What a provider says of itself.
 *
 * @param id selects it in cluster files: {@code weave}
 * @param version of the provider bundle
 * @param capabilities its column of the comparison; a provider says all of them
 * @param options the keys it understands below {@code overlay.options}
 */
public record ProviderInfo(
    String id,
    String title,
    String version,
    Map<Capability, String> capabilities,
    List<ProviderOption> options) {
  public ProviderInfo {
    capabilities = Map.copyOf(capabilities);
    options = List.copyOf(options);
  }

  /** One option: its name, meaning and default as text. */
  public record ProviderOption(String name, String description, String defaultValue) {}
}
