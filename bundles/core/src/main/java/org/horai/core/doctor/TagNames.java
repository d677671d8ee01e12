package org.horai.core.doctor;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.horai.core.doctor.model.Doctor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the tags of the checks that are there. */
@Component
public final class TagNames implements CompletionSource {
  private final Doctor doctor;

  @Activate
  public TagNames(@Reference Doctor doctor) {
    this.doctor = doctor;
  }

  @Override
  public String kind() {
    return "tag";
  }

  @Override
  public List<String> candidates() {
    return List.copyOf(doctor.tags());
  }
}
