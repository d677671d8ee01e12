/** What a host must look like, as data; and what was found on it. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.host;
