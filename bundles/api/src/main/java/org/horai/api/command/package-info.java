/** Commands: what they declare, what they are given, what they show. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.command;
