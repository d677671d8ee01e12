/** The coordination store (ZooKeeper). */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.coordination;
