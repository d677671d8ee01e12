package org.horai.recording;

import java.util.Map;
import java.util.TreeMap;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.recording.Recorder;
import org.horai.api.recording.Tap;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.recording.client.Deck;
import org.horai.recording.client.Platform;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Publishes the tap and the recorder. Immediate, for a tape must outlive the calls it hears. */
@Component(
    immediate = true,
    service = {Tap.class, Recorder.class})
public final class RecordingComponent extends Deck {
  @Activate
  public RecordingComponent(BundleContext context) {
    super(() -> platform(context));
  }

  @Deactivate
  void deactivate() {
    close();
  }

  private static Platform platform(BundleContext context) {
    Map<String, String> bundles = new TreeMap<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName().startsWith("org.horai.")) {
        bundles.put(bundle.getSymbolicName(), bundle.getVersion().toString());
      }
    }
    String version = context.getBundle().getVersion().toString();
    return new Platform(version, bundles, reference -> resolve(context, reference));
  }

  /** Looked up when needed only: the resolver itself hangs on the tap. */
  private static Secret resolve(BundleContext context, SecretRef secret) {
    ServiceReference<SecretResolver> reference = context.getServiceReference(SecretResolver.class);
    SecretResolver resolver = reference == null ? null : context.getService(reference);
    if (resolver == null) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE, "no secret store is installed", "bundle core brings it");
    }
    try {
      return resolver.resolve(secret);
    } finally {
      context.ungetService(reference);
    }
  }
}
