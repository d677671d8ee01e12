package org.horai.core.net;

import java.time.Duration;
import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlayProviders;
import org.horai.api.service.Needed;
import org.horai.core.net.flow.PatientAsker;
import org.horai.core.net.model.InstalledProviders;
import org.horai.core.net.model.ProviderSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the providers as their bundles come and go. */
@Component(service = {OverlayProviders.class, InstalledProviders.class})
public final class OverlayProvidersComponent implements InstalledProviders {
  private static final Logger LOG = LoggerFactory.getLogger(OverlayProvidersComponent.class);
  private static final String HOUSE = "org.horai.";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PatientAsker asker = new PatientAsker(PATIENCE);
  private final ProviderSet providers = new ProviderSet(asker);

  @Deactivate
  public void close() {
    asker.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addProvider(
      ServiceReference<OverlayNetworkProvider> reference, OverlayNetworkProvider provider) {
    Bundle bundle = reference.getBundle();
    if (bundle == null) {
      return;
    }
    String name = bundle.getSymbolicName();
    try {
      providers.add(
          reference,
          name.startsWith(HOUSE) ? name.substring(HOUSE.length()) : name,
          bundle.getVersion().toString(),
          provider);
    } catch (HoraiException e) {
      LOG.warn("the overlay provider of bundle {} is left out: {}", name, e.getMessage());
    }
  }

  void removeProvider(ServiceReference<OverlayNetworkProvider> reference) {
    providers.remove(reference);
  }

  @Override
  public List<Installed> installed() {
    return providers.installed();
  }

  @Override
  public List<OverlayNetworkProvider> all() {
    return providers.all();
  }

  @Override
  public OverlayNetworkProvider named(String id) {
    return Needed.awaited(id, () -> providers.find(id).orElse(null), () -> providers.unknown(id));
  }

  @Override
  public OverlayNetworkProvider require(String id) {
    return Needed.awaited(id, () -> providers.find(id).orElse(null), () -> providers.gone(id));
  }
}
