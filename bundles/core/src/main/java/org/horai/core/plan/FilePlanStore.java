package org.horai.core.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanStore;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.RunErrors;
import org.horai.core.plan.model.SavedPlan;
import org.horai.core.plan.run.AtomicFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans in files. */
@Component
public final class FilePlanStore implements PlanStore {
  private final PlanJson json;

  @Activate
  public FilePlanStore(@Reference PlanJson json) {
    this.json = json;
  }

  @Override
  public void save(Plan plan, Path file) {
    try {
      AtomicFile.write(file, json.pretty(SavedPlan.of(plan)));
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.USAGE, "cannot save the plan to " + file, e.toString(), "name a file", e);
    }
  }

  @Override
  public Plan load(Path file) {
    try {
      return SavedPlan.read(Files.readString(file), json);
    } catch (NoSuchFileException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "no plan file " + file, "save one with chronos:plan --out FILE");
    } catch (SavedPlan.NotAPlan e) {
      throw new HoraiException(
          RunErrors.BAD_PLAN_FILE,
          file + " is not a saved plan",
          e.getMessage(),
          "save one with chronos:plan --out FILE");
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.USAGE, "cannot read " + file, e.toString(), "check the path", e);
    }
  }
}
