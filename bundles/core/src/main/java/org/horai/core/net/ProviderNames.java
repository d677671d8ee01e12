package org.horai.core.net;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.horai.core.net.model.InstalledProviders;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the ids of the installed overlay providers. */
@Component
public final class ProviderNames implements CompletionSource {
  private final InstalledProviders providers;

  @Activate
  public ProviderNames(@Reference InstalledProviders providers) {
    this.providers = providers;
  }

  @Override
  public String kind() {
    return "provider";
  }

  @Override
  public List<String> candidates() {
    return providers.installed().stream().map(one -> one.info().id()).distinct().toList();
  }
}
