/** Findings and the checks that make them. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.health;
