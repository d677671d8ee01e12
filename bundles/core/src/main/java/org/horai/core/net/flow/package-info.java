/** What the concern does over time. */
package org.horai.core.net.flow;
