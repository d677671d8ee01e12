/** Secrets, which travel by reference and never show themselves. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.secret;
