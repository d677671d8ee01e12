package org.horai.core.plan;

import org.horai.core.plan.model.PlanJson;
import org.osgi.service.component.annotations.Component;

/** The one for all components of this bundle. */
@Component(service = PlanJson.class)
public final class SharedPlanJson extends PlanJson {}
