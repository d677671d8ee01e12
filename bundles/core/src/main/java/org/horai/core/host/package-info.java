/** Hosts asked and changed: one script, one exec. */
package org.horai.core.host;
