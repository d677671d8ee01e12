/** Plans as data, who contributes to them, who runs them, what came of it. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.plan;
