/** One way to speak HTTP: no hidden redirects, deadlines on every call. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.http;
