/** Overlay networks of whatever provider: the concern "net". */
package org.horai.core.net;
