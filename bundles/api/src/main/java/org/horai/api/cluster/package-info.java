/** What a cluster is wanted to be, its hosts, and its Mesos masters. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.cluster;
