package org.horai.shell.platform;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Completes the names of bundles. */
@Component
public final class BundleNames implements CompletionSource {
  private final Bundles bundles;

  @Activate
  public BundleNames(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public String kind() {
    return "bundle";
  }

  @Override
  public List<String> candidates() {
    return bundles.all().stream().filter(Bundles::isOwn).map(Bundles::name).toList();
  }
}
