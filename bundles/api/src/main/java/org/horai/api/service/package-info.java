/** Services of other bundles, which may come and go at any time. */
@org.osgi.annotation.versioning.Version("0.1.0")
package org.horai.api.service;
