/** What every bundle shares: errors with a code, an explanation and a next command. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api;
