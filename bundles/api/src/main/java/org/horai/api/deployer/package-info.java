/** Workloads and the service that deploys them (Marathon). */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.deployer;
